"""How far a long piece of work has come: articles, megabytes a second, time left."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Protocol, Self, TextIO


class Extent(Protocol):
    """What knows how much there is to do: articles when they are counted, else bytes of files."""

    @property
    def count(self) -> int | None: ...  # noqa: D102
    @property
    def bytes_in_all(self) -> int: ...  # noqa: D102
    @property
    def bytes_read(self) -> int: ...  # noqa: D102


class Progress:
    """Counts, and shows nothing; `ProgressBar` shows.

    Attributes
    ----------
    articles, bytes : int
        Done so far; bytes are of text in UTF-8.
    """

    def __init__(self) -> None:
        self.articles = 0
        self.bytes = 0

    def advance(self, articles: int, size: int, extent: Extent) -> None:
        """Tell that so many more articles, and bytes of text, are done."""
        self.articles += articles
        self.bytes += size
        self._show(extent)

    def _show(self, extent: Extent) -> None:
        """Show nothing."""


class ProgressBar(Progress):
    """A bar on a terminal; in a log a line now and then.

    Parameters
    ----------
    what : str
        Word before the bar.
    file : TextIO, optional
        Standard error when absent.
    """

    def __init__(self, what: str, file: TextIO | None = None) -> None:
        super().__init__()
        from tqdm import tqdm

        out = file or sys.stderr
        terminal = out.isatty()
        self._begun = time.monotonic()
        self._what = what
        self._bar: Any = tqdm(
            desc=what,
            file=out,
            mininterval=0.2 if terminal else 30.0,
            miniters=0,
            leave=False,
            delay=2.0,
            bar_format="{desc} {percentage:3.0f}% |{bar:20}| {remaining} left",
            total=1.0,
            ascii=None if terminal else True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def _show(self, extent: Extent) -> None:
        whole, done = extent.bytes_in_all, extent.bytes_read
        if extent.count:
            whole, done = extent.count, self.articles
        seconds = max(time.monotonic() - self._begun, 1e-6)
        rate = self.bytes / 1e6 / seconds
        self._bar.set_description_str(f"{self._what}: {self.articles:,} articles, {rate:.2f} MB/s", refresh=False)
        self._bar.update(max(0.0, (min(done / whole, 1.0) if whole else 0.0) - self._bar.n))
