"""Models behind a URL: one JSON question and answer at a time, with retries where waiting can help."""

from __future__ import annotations

import http.client
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.errors import ServiceError

# Answers that another try may change: too many questions, or trouble on their side.
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_LONGEST_WAIT = 60.0
# An answer is some kilobytes; a stream without an end must not fill the memory.
_MOST_BYTES = 1 << 26


@dataclass(frozen=True, slots=True)
class Service:
    """An address that speaks OpenAI's protocol.

    Parameters
    ----------
    url : str
        Base address, such as ``http://localhost:8000/v1``.
    key : str or None
        Sent as a bearer token; never shown in an error.
    timeout : float
        Seconds to wait for one answer.
    tries : int
        Questions at the most, the first included.
    pause : float
        Seconds before the second try; doubled each time, unless the server says how long to wait.
    """

    url: str
    key: str | None = None
    timeout: float = 120.0
    tries: int = 6
    pause: float = 1.0

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ServiceError(f"{self.url!r}: expected an address that starts with http:// or https://")

    def __repr__(self) -> str:
        return f"Service({self.url!r})"

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """Ask once, and again while that can help.

        Raises
        ------
        ServiceError
            The server refuses, is silent or answers no JSON, and did so to the last try.
        """
        trouble = ""
        for attempt in range(self.tries):
            try:
                return self._ask(path, body)
            except urllib.error.HTTPError as error:
                with error:
                    trouble = f"status {error.code}"
                    if error.code not in _PASSING:
                        raise ServiceError(f"{self.url}: refused ({trouble}: {_said(error)})") from error
                    wait = _asked_to_wait(error.headers.get("Retry-After"))
            except (OSError, http.client.HTTPException, ValueError) as error:
                trouble = f"{type(error).__name__}: {error}"
                wait = None
            if attempt + 1 < self.tries:
                time.sleep(wait if wait is not None else min(_LONGEST_WAIT, self.pause * 2**attempt) * _spread())
        raise ServiceError(f"{self.url}: no answer in {self.tries} tries ({trouble})")

    def _ask(self, path: str, body: Mapping[str, Any]) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            f"{self.url.rstrip('/')}/{path}", json.dumps(body, ensure_ascii=False).encode("utf8"), headers
        )
        with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
            content = answer.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise ValueError(f"answer of more than {_MOST_BYTES:,} bytes")
        return json.loads(content)


def _spread() -> float:
    """Many clients that were refused together should not come back together."""
    return 0.75 + random.random() / 2  # noqa: S311 - no secret depends on it


def _said(error: urllib.error.HTTPError) -> str:
    try:
        return error.read(300).decode("utf8", "replace").strip() or str(error.reason)
    except OSError:
        return str(error.reason)


def _asked_to_wait(header: str | None) -> float | None:
    try:
        return min(_LONGEST_WAIT, max(0.0, float(header))) if header else None
    except ValueError:
        return None
