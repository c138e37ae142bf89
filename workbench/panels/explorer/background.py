"""Work that goes on beside the filters: a thread with progress, a stop, and what it has brought so far."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Literal

Status = Literal["waiting", "running", "stopped", "done", "failed"]
_EVERY = 0.25


class Work:
    """A piece of work in a thread of its own.

    Parameters
    ----------
    total : int
        How much there is to do.
    do : callable
        Takes the work itself; it reports with `advance` and ends early when that gives False.
    on_change : callable
        Called in the thread, a few times a second, whenever there is something new.

    Attributes
    ----------
    status : {'waiting', 'running', 'stopped', 'done', 'failed'}
    done : int
    error : str
        Why it failed.
    """

    def __init__(self, total: int, do: Callable[[Work], object], on_change: Callable[[], None]) -> None:
        self.total = total
        self.done = 0
        self.status: Status = "waiting"
        self.error = ""
        self._do = do
        self._on_change = on_change
        self._brought: list[Any] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._told = 0.0
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, or go on after a stop."""
        if self.status == "running":
            return
        self._stop.clear()
        self.status = "running"
        self._thread = threading.Thread(target=self._run, daemon=True, name="workbench")
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; what it brought so far stays."""
        self._stop.set()

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has ended."""
        if self._thread is not None:
            self._thread.join(timeout)

    def advance(self, done: int) -> bool:
        """Tell how far it is; False when it should end."""
        self.done = done
        if time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            self._on_change()
        return not self._stop.is_set()

    def bring(self, piece: Any) -> None:
        """Hand over a piece of the result."""
        with self._lock:
            self._brought.append(piece)

    def take(self) -> list[Any]:
        """Return what has been brought since the last time."""
        with self._lock:
            taken, self._brought = self._brought, []
        return taken

    def _run(self) -> None:
        try:
            self._do(self)
            self.status = "stopped" if self._stop.is_set() and self.done < self.total else "done"
        except Exception as error:  # whatever a classifier raises is shown, not lost in a thread
            self.error = f"{type(error).__name__}: {error}"
            self.status = "failed"
        self._on_change()
