"""Each loader on files made for it: what is read, what is streamed, and what is told of the rest."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sys
import tarfile
import types
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.loaders.conftest import BODY, PAGES
from workbench import corpus
from workbench.errors import SourceError
from workbench.loaders import LOADERS, ending_name
from workbench.types import Article, Reject

ROWS: list[dict[str, Any]] = [
    {
        "id": "1",
        "title": "دیدار",
        "body": BODY,
        "agency": "مهر",
        "date": "۱۲ خرداد ۱۴۰۳ - ۱۴:۳۰",
        "link": "https://www.mehrnews.com/1",
    },
    {
        "id": "2",
        "title": "رزمایش",
        "body": f"{BODY}\nبند دوم، با «گیومه»؛ و,کاما.",
        "agency": None,
        "date": "2024-06-01",
        "link": None,
    },
]


def read(*sources: str | Path, **options: Any) -> tuple[list[Article], list[Reject]]:
    found = list(corpus.Sources(sources, **options))
    return [one for one in found if isinstance(one, Article)], [one for one in found if isinstance(one, Reject)]


def lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def written(folder: Path, kind: str) -> Path:
    """The two rows in a file of a kind."""
    path = folder / f"news.{kind}"
    frame = pd.DataFrame(ROWS)
    if kind == "csv":
        frame.to_csv(path, index=False)
    elif kind == "tsv":
        frame.to_csv(path, index=False, sep="\t")
    elif kind == "xlsx":
        frame.to_excel(path, index=False)
    elif kind == "parquet":
        frame.to_parquet(path)
    elif kind == "json":
        path.write_text(json.dumps({"count": 2, "articles": ROWS}, ensure_ascii=False), "utf8")
    else:
        packed = {"jsonl": bytes, "jsonl.gz": gzip.compress, "jsonl.bz2": bz2.compress, "jsonl.xz": lzma.compress}[kind]
        path.write_bytes(packed(lines(ROWS)))
    return path


KINDS = ["csv", "tsv", "xlsx", "parquet", "json", "jsonl", "jsonl.gz", "jsonl.bz2", "jsonl.xz"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_rows_in_every_format_are_the_same_articles(tmp_path: Path, kind: str) -> None:
    articles, rejects = read(written(tmp_path, kind))
    assert rejects == []
    assert [article.article_id for article in articles] == ["1", "2"]
    assert [article.text for article in articles] == [row["body"] for row in ROWS]
    first, second = articles
    assert (first.title, first.outlet, first.url) == ("دیدار", "مهر", "https://www.mehrnews.com/1")
    assert first.published == datetime(2024, 6, 1, 11, 0, tzinfo=UTC)
    assert first.published_raw == "۱۲ خرداد ۱۴۰۳ - ۱۴:۳۰"
    assert second.outlet is None
    assert second.published == datetime(2024, 5, 31, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tgz", "tar.xz"])
def test_an_archive_of_them_gives_them_all(tmp_path: Path, kind: str) -> None:
    members = {written(tmp_path, one).name: (tmp_path / f"news.{one}").read_bytes() for one in KINDS}
    members |= {f"pages/{page.name}": page.read_bytes() for page in PAGES.glob("*.html")}
    path = tmp_path / f"all.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
    else:
        with tarfile.open(path, "w:" + {"tar.gz": "gz", "tgz": "gz", "tar.xz": "xz"}.get(kind, "")) as archive:
            for name, data in members.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
    articles, rejects = read(path)
    assert rejects == []
    assert len(articles) == 2 * len(KINDS) + len(list(PAGES.glob("*.html")))
    assert len({article.article_id for article in articles}) == 2 + len(list(PAGES.glob("*.html")))


def test_columns_are_guessed_shown_and_overridden(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    pd.DataFrame({"code": ["7"], "khabar": [BODY], "sar": ["تیتر"], "agency": ["مهر"]}).to_csv(path, index=False)
    told: list[str] = []
    articles, _ = read(path, tell=lambda source, mapped: told.append(f"{Path(source).name}: {mapped}"))
    assert articles[0].text == BODY
    assert told == ["odd.csv: article_id=code, outlet=agency, text=khabar (by what it holds); unused: sar"]
    articles, _ = read(path, columns={"title": "sar", "text": "khabar"})
    assert (articles[0].title, articles[0].text) == ("تیتر", BODY)
    _, rejects = read(path, columns={"text": "nowhere"})
    assert "the table has code, khabar, sar, agency" in rejects[0].reason
    with pytest.raises(SourceError, match="tilte=sar: expected one of article_id, text, title"):
        read(path, columns={"tilte": "sar"})


def test_rows_of_another_shape_keep_their_text(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(
        lines([{"text": BODY}, {"content": BODY + " ۲"}, {"note": "x"}, {"text": " "}]) + b'["x"]\n{"text"\n'
    )
    articles, rejects = read(path)
    assert [article.text for article in articles] == [BODY, BODY + " ۲"]
    assert [reject.source.rsplit(", ", 1)[1] for reject in rejects] == ["row 3", "row 4", "row 5", "line 6"]


def test_a_table_in_windows_1256_with_semicolons_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    arabic = BODY.replace("ی", "ي").replace("\u200c", " ")
    path.write_bytes(f"شناسه;متن\r\n1;{arabic}\r\n".replace("ی", "ي").encode("cp1256"))
    articles, rejects = read(path, columns={"text": "متن"})
    assert rejects == []
    assert articles[0].text == arabic


def test_one_broken_byte_costs_its_row_and_not_the_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(
        b"id,text\n"
        + "".join(f"{n},{BODY}\n" for n in range(300)).encode()
        + b"x,\xff\xfe bad\n"
        + f"y,{BODY}\n".encode()
    )
    articles, rejects = read(path)
    assert len(articles) == 301
    assert [reject.reason for reject in rejects] == [
        "its text holds the byte 0xFF, which is not in its encoding, at character 0"
    ]


def test_half_a_surrogate_pair_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'{"text": "\\ud83d x"}\n' + lines([{"text": BODY}]))
    articles, rejects = read(path)
    assert len(articles) == 1
    assert "half of a surrogate pair, U+D83D" in rejects[0].reason


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>خبرگزاری</title>
<item><title>کامل</title><link>https://www.irna.ir/news/1</link><pubDate>Sat, 01 Jun 2024 11:00:00 GMT</pubDate>
<content:encoded><![CDATA[<p>{BODY}</p>{"<p>" + BODY + "</p>" * 1}<p>{BODY * 4}</p>]]></content:encoded></item>
<item><title>خلاصه</title><link>https://www.irna.ir/news/2</link><description>{BODY}</description></item>
<item><title>بی‌متن</title></item></channel></rss>"""


def test_a_saved_feed_gives_what_it_carries(tmp_path: Path) -> None:
    (tmp_path / "f.rss").write_text(RSS, "utf8")
    articles, rejects = read(tmp_path / "f.rss")
    assert [(a.title, a.read_by, a.outlet) for a in articles] == [
        ("کامل", "feed", "ایرنا"),
        ("خلاصه", "feed summary", "ایرنا"),
    ]
    assert articles[0].text.split("\n")[:2] == [BODY, BODY]
    assert articles[0].published == datetime(2024, 6, 1, 11, 0, tzinfo=UTC)
    assert rejects[0].reason == "the entry has no text"


HOSTS = {"mehr": "mehrnews.com", "isna": "isna.ir"}


def warc(path: Path) -> list[tuple[int, int]]:
    """Write two pages and an error as a web archive; returns where the records are."""
    answers = [
        (f"https://www.{host}/news/1", 200, (PAGES / f"{page}.html").read_bytes()) for page, host in HOSTS.items()
    ]
    places = []
    data = b""
    for number, (url, status, body) in enumerate([*answers, ("https://www.isna.ir/x", 404, b"no")]):
        block = f"HTTP/1.1 {status} X\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: {url}\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        record = head.encode() + block + b"\r\n\r\n"
        record = gzip.compress(record) if path.suffix == ".gz" else record
        places.append((len(data), len(record)))
        data += record
    path.write_bytes(data)
    return places


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_gives_its_pages(tmp_path: Path, name: str) -> None:
    warc(tmp_path / name)
    articles, rejects = read(tmp_path / name)
    assert rejects == []
    assert [(article.outlet, article.read_by) for article in articles] == [("مهر", "site mehr"), ("ایسنا", "site isna")]


def test_an_index_of_a_web_archive_points_to_its_pages_and_never_outside(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    places = warc(tmp_path / "in" / "a.warc.gz")
    warc(tmp_path / "out.warc.gz")
    rows = [
        {"status": "200", "filename": "a.warc.gz", "offset": str(start), "length": str(size)}
        for start, size in places[1:2]
    ]
    rows += [
        {"status": "404", "filename": "a.warc.gz", "offset": "0"},
        {"status": "200", "filename": "../out.warc.gz", "offset": "0"},
    ]
    rows += [{"status": "200", "filename": "a.warc.gz", "offset": "7"}, {"status": "200"}]
    (tmp_path / "in" / "a.cdxj").write_text("".join(f"ir,isna)/x 20240601 {json.dumps(row)}\n" for row in rows))
    articles, rejects = read(tmp_path / "in" / "a.cdxj")
    assert [article.outlet for article in articles] == ["ایسنا"]
    assert "outside the folder" in rejects[0].reason
    assert len(rejects) == 3


def test_a_data_set_is_streamed_by_column_mapping(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def load_dataset(*words: Any, **options: Any) -> Any:
        asked.append((words, options))
        yield {
            "text": BODY,
            "url": "https://www.farsnews.ir/news/1",
            "timestamp": "2024-06-01T10:00:00Z",
            "source": "mC4",
        }

    monkeypatch.setitem(sys.modules, "datasets", types.SimpleNamespace(load_dataset=load_dataset))  # type: ignore[arg-type]
    articles, _ = read("hf:owner/crawl@fa:validation")
    assert asked == [(("owner/crawl", "fa"), {"split": "validation", "streaming": True})]
    assert articles[0].published == datetime(2024, 6, 1, 10, tzinfo=UTC)


def test_an_absent_extra_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(SourceError, match=r"pip install 'stance-workbench\[datasets\]'"):
        read("hf:owner/crawl")


def test_pages_read_by_several_processes_come_in_the_same_order(tmp_path: Path) -> None:
    for number in range(70):
        (tmp_path / f"{number:03d}.txt").write_text(f"{BODY} {number}", "utf8")
    (tmp_path / "035.jsonl").write_bytes(lines(ROWS))
    (tmp_path / "036.txt").write_bytes(b"")
    assert list(corpus.Sources([tmp_path], jobs=2)) == list(corpus.Sources([tmp_path]))


def test_the_same_source_gives_the_same_ids_wherever_it_is(tmp_path: Path) -> None:
    for folder in ("a", "b/c"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.txt").write_text(BODY, "utf8")
    assert read(tmp_path / "a")[0][0].article_id == read(tmp_path / "b")[0][0].article_id


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1, max_size=5
    )
)
@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "parquet"])
def test_any_text_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, kind: str, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("round") / f"t.{kind}"
    frame = pd.DataFrame({"id": [f"n{number}" for number in range(len(texts))], "text": texts})
    if kind == "csv":
        frame.to_csv(path, index=False, lineterminator="\n")
    elif kind == "parquet":
        frame.to_parquet(path)
    elif kind == "json":
        path.write_text(json.dumps(frame.to_dict("records")), "utf8")
    else:
        path.write_bytes(lines(frame.to_dict("records")))
    articles, rejects = read(path)
    assert rejects == []
    assert [article.text for article in articles] == texts


def test_every_ending_leads_to_its_loader() -> None:
    for name, (endings, _) in LOADERS.items():
        for ending in endings:
            assert ending_name(f"X{ending.upper()}") == name
    assert ending_name("a.jsonl.gz") == "json"
    assert ending_name("a.pdf") is None
