"""A small site on loopback, and pages written by hand in the structures of the outlets."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from workbench.fetching import Fetcher

PAGES = Path(__file__).parent / "pages"
BODY = "وزیر دفاع ایران روز شنبه در تهران با همتای چینی خود دیدار کرد و بر گسترش همکاری‌های دو کشور تأکید کرد."


@dataclass
class Site:
    """A server on loopback: paths to answers, and what it was asked."""

    root: str = ""
    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(
        self, path: str, data: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **head: str
    ) -> str:
        """Answer a path with bytes; returns its address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            if head.get("ETag") and request.headers.get("If-None-Match") == head["ETag"]:
                request.send_response(304)
                request.end_headers()
                return
            request.send_response(status)
            request.send_header("Content-Type", kind)
            request.send_header("Content-Length", str(len(data)))
            for name, value in head.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(data)

        self.answers[path] = answer
        return self.root + path

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    held = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append((self.path, dict(self.headers)))
            if self.path in held.answers:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    held.answers[self.path](self)
            else:
                self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.root = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield held
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher(tmp_path: Path) -> Fetcher:
    """A fetcher for which loopback is allowed, as it never is outside tests."""
    return Fetcher(tmp_path / "cache", pause=0.0, seconds=3.0, largest=2_000_000, fresh=0.0, allow=("127.0.0.1/32",))
