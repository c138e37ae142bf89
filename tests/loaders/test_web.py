"""Addresses, against a server of the tests' own: polite, bounded in size and time, and never to a private address."""

from __future__ import annotations

import gzip
import json
import socket
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.loaders.conftest import BODY, PAGES, Site
from workbench import corpus
from workbench.errors import SourceError
from workbench.fetching import Fetcher, FetchError
from workbench.types import Article, Reject


def read(address: str, fetcher: Fetcher) -> tuple[list[Article], list[Reject]]:
    found = list(corpus.Sources([address], fetcher=fetcher))
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, Reject)]


def test_a_page_is_fetched_and_read(site: Site, fetcher: Fetcher) -> None:
    address = site.put("/news/1", (PAGES / "mehr.html").read_bytes())
    articles, rejects = read(address, fetcher)
    assert rejects == []
    assert articles[0].url == address
    assert BODY[:10] in articles[0].text or "وزیر دفاع" in articles[0].text
    assert "stance-workbench" in site.asked[-1][1]["User-Agent"]


def test_a_feed_gives_its_entries_and_fetches_those_that_are_summaries(site: Site, fetcher: Fetcher) -> None:
    site.put("/news/2", (PAGES / "unknown.html").read_bytes())
    items = f"<item><title>کامل</title><link>/news/1</link><description>{BODY * 8}</description></item>"
    items += "<item><title>خلاصه</title><link>/news/2</link><pubDate>Sat, 01 Jun 2024 11:00:00 GMT</pubDate><description>خ</description></item>"
    items += "<item><title>گم</title><link>/news/3</link></item><item><title>هیچ</title></item>"
    address = site.put(
        "/rss",
        f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode(),
        "application/rss+xml",
    )
    articles, rejects = read(address, fetcher)
    assert [article.read_by for article in articles] == ["feed", "trafilatura"]
    assert articles[1].published is not None
    assert [reject.reason.split(": ", 1)[-1] for reject in rejects] == [
        "the server answered 404",
        "the entry has neither its text nor an address",
    ]


def test_a_file_of_any_kind_is_loaded_from_an_address(site: Site, fetcher: Fetcher) -> None:
    data = gzip.compress(json.dumps({"id": "1", "text": BODY}).encode())
    articles, rejects = read(site.put("/data/news.jsonl.gz", data, "application/octet-stream"), fetcher)
    assert rejects == []
    assert articles[0].text == BODY


def test_robots_txt_is_kept(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private\nAllow: /\n", "text/plain")
    site.put("/private/x", b"secret")
    _, rejects = read(f"{site.root}/private/x", fetcher)
    assert "robots.txt forbids it" in rejects[0].reason
    assert site.paths() == []


def test_a_site_in_trouble_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    site.put("/robots.txt", b"", status=503)
    _, rejects = read(f"{site.root}/x", fetcher)
    assert "robots.txt forbids it" in rejects[0].reason


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    address = site.put("/p", (PAGES / "isna.html").read_bytes(), ETag='"v1"')
    first = fetcher.fetch(address)
    assert fetcher.fetch(address).data == first.data
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'
    fresh = replace(fetcher, fresh=100.0)
    asked = len(site.asked)
    assert fresh.fetch(address).data == first.data
    assert len(site.asked) == asked, "a fresh answer is not asked for"


def test_a_cache_that_was_cut_off_is_not_believed(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    address = site.put("/p", b"<p>whole</p>", ETag='"v1"')
    fetcher.fetch(address)
    next((tmp_path / "cache").glob("*.body")).write_bytes(b"<p>wh")
    assert fetcher.fetch(address).data == b"<p>whole</p>"


def test_one_host_is_asked_with_pauses(site: Site, fetcher: Fetcher) -> None:
    slow = replace(fetcher, pause=0.3)
    addresses = [site.put(f"/{number}", b"x") for number in range(3)]
    begin = time.monotonic()
    for address in addresses:
        slow.fetch(address)
    assert time.monotonic() - begin >= 0.6


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x",
        "http://localhost/x",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://224.0.0.1/",
        "http://100.64.0.1/",
    ],
)
def test_no_private_address_is_asked(address: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"is the private address|no such host"):
        Fetcher(tmp_path, seconds=2.0).fetch(address)


def test_a_redirect_to_a_private_address_is_not_followed(site: Site, fetcher: Fetcher) -> None:
    for number, to in enumerate(
        ["http://127.0.0.2/x", "http://169.254.169.254/", "file:///etc/passwd", "ftp://example.org/x"]
    ):
        address = site.put(f"/{number}", b"", status=302, Location=to)
        with pytest.raises(FetchError, match=r"is the private address|only http and https"):
            fetcher.fetch(address)


def test_a_name_that_stands_for_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(FetchError, match=r"news\.example is the private address 192\.168\.0\.1"):
        Fetcher(tmp_path).fetch("http://news.example/")


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, site: Site, fetcher: Fetcher
) -> None:
    port = int(site.put("/p", b"<p>x</p>").split(":")[2].split("/")[0])
    real = socket.getaddrinfo
    answers = iter(["127.0.0.1", "127.0.0.1"])  # one for robots.txt, one for the page; a third would be another's

    def resolve(host: str, *words: Any, **options: Any) -> Any:
        return real(next(answers) if host == "rebinding.example" else host, *words, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert fetcher.fetch(f"http://rebinding.example:{port}/p").data == b"<p>x</p>"
    assert site.asked[-1][1]["Host"] == f"rebinding.example:{port}"


def test_redirects_in_a_circle_end(site: Site, fetcher: Fetcher) -> None:
    address = site.put("/a", b"", status=302, Location="/a")
    with pytest.raises(FetchError, match="more than 5 redirects"):
        fetcher.fetch(address)


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "application/rss+xml")
    request.end_headers()
    request.wfile.write(b'<?xml version="1.0"?><rss version="2.0"><channel>')
    while True:
        request.wfile.write(b"<item><title>x</title></item>" * 1000)


def stalling(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    request.wfile.write(b"<html>")
    request.wfile.flush()
    time.sleep(20)


def dripping(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.1)


def dripping_head(request: BaseHTTPRequestHandler) -> None:
    for letter in b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 300:
        request.wfile.write(bytes([letter]))
        request.wfile.flush()
        time.sleep(0.1)


def bomb(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Encoding", "gzip")
    request.end_headers()
    request.wfile.write(gzip.compress(bytes(20_000_000), 1))


def cut_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"<html>")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (endless, "more than 2 MB, which is the limit"),
        (stalling, "took longer than 1 s"),
        (dripping, "took longer than 1 s"),
        (dripping_head, "took longer than 1 s"),
        (bomb, "more than 2 MB, which is the limit"),
        (cut_off, "broken off|IncompleteRead"),
    ],
)
def test_no_answer_goes_past_the_limits(site: Site, fetcher: Fetcher, answer: object, reason: str) -> None:
    site.answers["/x"] = answer  # type: ignore[assignment]
    begin = time.monotonic()
    with pytest.raises(FetchError, match=reason):
        replace(fetcher, seconds=1.0 if "longer" in reason else 10.0).fetch(f"{site.root}/x")
    assert time.monotonic() - begin < 15  # however slowly a handler of the tests goes on


def test_when_no_address_gives_anything_it_is_said_in_one_line(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(SourceError, match=r"nothing usable; .*the server answered 404"):
        corpus.load(f"{site.root}/nowhere", fetcher=fetcher)
