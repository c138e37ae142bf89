"""Pages and feeds from the web, politely and safely: robots.txt, a rate limit, conditional requests, no private address.

A name is resolved once and the connection goes to the address that was checked, so that no second answer of the name
server can lead elsewhere; each redirect is checked in the same way. A watch ends what takes too long, however slowly it
drips.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import ipaddress
import json
import os
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from workbench.atomic import write_atomically

AGENT = "stance-workbench"
_HEADERS = {
    "User-Agent": f"{AGENT}/0.1 (research; one request at a time)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 5
_LONGEST_WAIT = 30.0


class FetchError(Exception):
    """What an address did not give, and why; the message names the address."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave.

    Attributes
    ----------
    url : str
        Where it was in the end, after redirects.
    data : bytes
        Unpacked.
    content_type : str
    fetched : float
        Seconds since 1970.
    """

    url: str
    data: bytes
    content_type: str
    fetched: float


@dataclass
class Fetcher:
    """Fetch addresses, one request at a time.

    Parameters
    ----------
    cache : Path, optional
        Folder of answers; ``WORKBENCH_CACHE``, or the user's cache folder, when absent.
    largest : int
        Bytes of an answer, unpacked.
    seconds : float
        For one answer, redirects included.
    pause : float
        Seconds between two requests to one host, unless its robots.txt asks for more.
    fresh : float
        Seconds for which a cached answer is used without asking.
    allow : tuple of str
        Networks that are private and yet allowed, such as ``127.0.0.1/32`` where a test serves its own site.
    """

    cache: Path | None = None
    largest: int = 20_000_000
    seconds: float = 30.0
    pause: float = 1.0
    fresh: float = 3600.0
    allow: tuple[str, ...] = ()
    _last: dict[str, float] = field(default_factory=dict, repr=False)
    _robots: dict[str, Any] = field(default_factory=dict, repr=False)

    def fetch(self, url: str) -> Page:
        """Fetch an address, from the cache when that is fresh or the server says that nothing has changed.

        Raises
        ------
        FetchError
            It is forbidden by robots.txt, private, too large, too slow, or an error; the message says which.
        """
        kept = self._kept(url)
        if kept and time.time() - kept[0].fetched < self.fresh:
            return kept[0]
        end = time.monotonic() + self.seconds
        conditions = kept[1] if kept else {}
        here = url
        for _ in range(_MOST_REDIRECTS + 1):
            if not self._robots_of(here).can_fetch(here, AGENT):
                raise FetchError(f"{here}: robots.txt forbids it")
            status, head, data = self._once(here, conditions if here == url else {}, end + self._wait(here))
            if status == 304 and kept:
                page = Page(kept[0].url, kept[0].data, kept[0].content_type, time.time())
                self._keep(url, page, kept[1])
                return page
            if status in _REDIRECTS and head.get("Location"):
                here = urljoin(here, str(head["Location"]))
                continue
            if status != 200:
                raise FetchError(f"{here}: the server answered {status}")
            page = Page(here, data, str(head.get("Content-Type", "")), time.time())
            said = {"If-None-Match": head.get("ETag"), "If-Modified-Since": head.get("Last-Modified")}
            self._keep(url, page, {name: str(value) for name, value in said.items() if value})
            return page
        raise FetchError(f"{url}: more than {_MOST_REDIRECTS} redirects")

    def _wait(self, url: str) -> float:
        """Wait until the host may be asked again; return how long that took."""
        host = urlsplit(url).netloc
        asked = self._robots_of(url).crawl_delay(AGENT) or 0.0
        pause = min(max(self.pause, float(asked)), _LONGEST_WAIT)
        left = max(0.0, self._last.get(host, -_LONGEST_WAIT) + pause - time.monotonic())
        time.sleep(left)
        self._last[host] = time.monotonic()
        return left

    def _robots_of(self, url: str) -> Any:
        import protego

        parts = urlsplit(url)
        root = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        if root not in self._robots:
            rules = ""
            here = root
            end = time.monotonic() + self.seconds
            for _ in range(_MOST_REDIRECTS + 1):
                status, head, data = self._once(here, {}, end)
                if status in _REDIRECTS and head.get("Location"):
                    here = urljoin(here, str(head["Location"]))
                    continue
                if status >= 500:
                    rules = "User-agent: *\nDisallow: /"  # a site in trouble is left alone (RFC 9309)
                elif status == 200:
                    rules = data[:500_000].decode("utf-8", "replace")
                break
            self._robots[root] = protego.Protego.parse(rules)
        return self._robots[root]

    def _once(self, url: str, conditions: dict[str, str], end: float) -> tuple[int, Message, bytes]:
        """One request to one checked address."""
        parts = urlsplit(url)
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise FetchError(f"{url}: {error}") from error
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FetchError(f"{url}: only http and https addresses are fetched")
        address = self._checked_address(parts.hostname, port, url)
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        if not target.isascii():
            target = quote(target, safe="/%?&=:;,+@!$'()*~#[]")
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=max(end - time.monotonic(), 0.1))
        try:
            with self._watched(connection, address, port, parts, end):
                connection.request("GET", target, headers={**_HEADERS, **conditions})
                answer = connection.getresponse()
                data = self._body(answer) if answer.status == 200 else b""
                return answer.status, answer.headers, data
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            if time.monotonic() >= end - 0.05:
                raise FetchError(f"{url}: took longer than {self.seconds:g} s") from error
            raise FetchError(f"{url}: {type(error).__name__}: {error}") from error
        finally:
            connection.close()

    @contextlib.contextmanager
    def _watched(
        self, connection: http.client.HTTPConnection, address: str, port: int, parts: Any, end: float
    ) -> Iterator[None]:
        """Connect to the address that was checked, and cut the line when the time is up."""
        line = socket.create_connection((address, port), timeout=max(end - time.monotonic(), 0.1))
        raw = line

        late = threading.Event()

        def cut() -> None:
            late.set()
            with contextlib.suppress(OSError):
                raw.shutdown(socket.SHUT_RDWR)

        watch = threading.Timer(max(end - time.monotonic(), 0.0), cut)
        watch.daemon = True
        watch.start()
        try:
            if parts.scheme == "https":
                context = ssl.create_default_context()
                line = context.wrap_socket(line, server_hostname=parts.hostname, do_handshake_on_connect=False)
                raw = line
                line.do_handshake()
            connection.sock = line
            yield
            if late.is_set():
                raise TimeoutError  # a line that was cut looks like an answer that has ended
        finally:
            watch.cancel()
            line.close()

    def _checked_address(self, host: str, port: int, url: str) -> str:
        """Resolve a name and return the address to connect to; every one that it stands for must be public."""
        try:
            found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{url}: no such host ({error})") from error
        allowed = [ipaddress.ip_network(network) for network in self.allow]
        for text in found:
            address = ipaddress.ip_address(text.partition("%")[0])
            plain = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
            public = plain.is_global and not plain.is_multicast and address.is_global
            if not public and not any(address in network for network in allowed):
                raise FetchError(f"{url}: {host} is the private address {text}")
        return min(found, key=lambda text: (":" in text, text))

    def _body(self, answer: http.client.HTTPResponse) -> bytes:
        unpack = zlib.decompressobj(wbits=47) if answer.headers.get("Content-Encoding", "").lower() == "gzip" else None
        parts: list[bytes] = []
        size = 0
        while chunk := answer.read1(1 << 16):
            data = unpack.decompress(chunk, self.largest + 1 - size) if unpack else chunk
            size += len(data)
            parts.append(data)
            if size > self.largest or (unpack and unpack.unconsumed_tail):
                raise ValueError(f"more than {self.largest / 1e6:g} MB, which is the limit")
        if answer.length:
            raise ValueError(f"broken off, with {answer.length} bytes to come")
        return b"".join(parts)

    def _folder(self) -> Path:
        if self.cache is not None:
            return self.cache
        told = os.environ.get("WORKBENCH_CACHE")
        return (
            Path(told) if told else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "stance-workbench"
        )

    def _paths(self, url: str) -> tuple[Path, Path]:
        name = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._folder() / f"{name}.body", self._folder() / f"{name}.json"

    def _kept(self, url: str) -> tuple[Page, dict[str, str]] | None:
        body, head = self._paths(url)
        try:
            row = json.loads(head.read_text("utf8"))
            data = body.read_bytes()
            if hashlib.sha256(data).hexdigest() != row.pop("sha256"):
                return None
            conditions = row.pop("conditions")
            return Page(data=data, **row), conditions
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, url: str, page: Page, conditions: dict[str, str]) -> None:
        body, head = self._paths(url)
        self._folder().mkdir(parents=True, exist_ok=True)
        row = {name: value for name, value in asdict(page).items() if name != "data"}
        row |= {"conditions": conditions, "sha256": hashlib.sha256(page.data).hexdigest()}
        write_atomically(body, lambda path: path.write_bytes(page.data))
        write_atomically(head, lambda path: path.write_text(json.dumps(row, ensure_ascii=False), "utf8"))
