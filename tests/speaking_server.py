"""A local server that speaks OpenAI's protocol, well or badly, and counts what it answered in full."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Speaking:
    """What a test sees of the server.

    `behave` takes the request's body and its number (from 0), and gives a status with a body, or bytes to send as they are.
    """

    behave: Callable[[dict[str, Any], int], tuple[int, Any]]
    delay: float = 0.0
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    paid: Counter[str] = field(default_factory=Counter)
    headers: list[dict[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def speaking(server: Speaking) -> Iterator[Speaking]:
    """Run it on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with server.lock:
                number = len(server.asked)
                server.asked.append(body)
                server.headers.append(dict(self.headers))
            time.sleep(server.delay)
            status, answer = server.behave(body, number)
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            try:
                self.send_response(status)
                if status == 429:
                    self.send_header("Retry-After", "0")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                self.wfile.flush()
            except OSError:
                return  # the one who asked is gone: nothing was delivered
            if status == 200:
                with server.lock:
                    server.paid[json.dumps(body, sort_keys=True)] += 1

        def log_message(self, *_: Any) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{running.server_port}/v1"
    try:
        yield server
    finally:
        running.shutdown()
        running.server_close()
        thread.join()


def told(content: str) -> dict[str, Any]:
    """A completion with this content."""
    return {
        "id": "x",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}}],
    }


def sensible(body: dict[str, Any], number: int = 0) -> tuple[int, Any]:
    """Answer as a model would that knows two words: محکوم and حمایت."""
    material = json.loads(body["messages"][1]["content"])
    sentence = material["sentence"]
    for word, stance in (("محکوم", "against"), ("حمایت", "favor")):
        if word in sentence:
            row = {"key": material["key"], "stance": stance, "holder": "other", "evidence": [word]}
            return 200, told(json.dumps(row, ensure_ascii=False))
    row = {"key": material["key"], "stance": "neutral", "holder": None, "evidence": []}
    return 200, told(json.dumps(row))
