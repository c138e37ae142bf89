"""Full-text search: words, phrases, prefixes and NEAR, in articles by the thousand, and the concordance of what is found.

The index is SQLite's FTS5 over words under their matching keys (`workbench.words`). Persian writes one word in several ways
('می‌رود', 'می رود', 'میرود'), so a phrase is taken by its letters alone: of all the ways to cut them into words that stand in
the index, the likeliest are looked for together. However it is typed, the same letters find the same articles.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.dates import both_calendars
from workbench.errors import QueryError, SourceError
from workbench.partitions import Corpus
from workbench.queries import Near, Phrase, Query, parse_query
from workbench.types import Article, Span
from workbench.words import words

if TYPE_CHECKING:
    from typing import Any

INDEX = "search.sqlite"
COLUMNS = ("article_id", "start", "end", "left", "keyword", "right", "outlet", "published", "date")
SORTS = ("corpus", "left", "right", "date", "outlet")
_FORMAT = "1"
_CUTS = 24  # ways to cut a phrase that are looked for
_LONGEST_WORD = 25
_SINGLE = frozenset("و0123456789abcdefghijklmnopqrstuvwxyz")
_SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE articles (number INTEGER PRIMARY KEY, article_id TEXT);
CREATE VIRTUAL TABLE texts USING fts5(words, content='', tokenize='ascii', columnsize=0);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab('texts', 'row');
CREATE TABLE frequencies (term TEXT PRIMARY KEY, articles INTEGER) WITHOUT ROWID;
"""


class Index:
    """A full-text index over articles; numbers are places in the order of the articles.

    Parameters
    ----------
    path : Path, optional
        Where it is kept; in memory when absent.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._base = sqlite3.connect(path or ":memory:", check_same_thread=False)
        try:
            made = self._base.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
        except sqlite3.DatabaseError:
            made = None
        if made != (_FORMAT,):
            self._begin()

    @classmethod
    def of_articles(cls, articles: Iterable[Article]) -> Index:
        """Index articles in memory, in the order given."""
        index = cls()
        index.add(articles)
        return index

    @classmethod
    def of_corpus(cls, corpus: Corpus) -> Index:
        """Open the index of a corpus on disk, and add the parts that it has not seen; it is made anew when parts changed.

        Raises
        ------
        SourceError
            The index cannot be written, or a part cannot be read.
        """
        parts = [part for part in corpus.parts if part.file is not None]
        try:
            index = cls(corpus.path / INDEX)
            seen = (index._about("parts") or "").split()
            if seen != [part.sha256 for part in parts][: len(seen)]:
                index._begin()
                seen = []
            if len(seen) < len(parts):
                left = Corpus(corpus.path, parts[len(seen) :])
                for part, table in zip(left.parts, left.tables(("article_id", "text")), strict=True):
                    rows = zip(table.column("article_id").to_pylist(), table.column("text").to_pylist(), strict=True)
                    seen.append(part.sha256 or "")
                    index._add(rows, {"parts": " ".join(seen)})
        except sqlite3.DatabaseError as error:
            raise SourceError(
                f"{corpus.path / INDEX}: the index cannot be used ({error}); remove it to have it made anew"
            ) from error
        return index

    def __len__(self) -> int:
        return int(self._base.execute("SELECT coalesce(max(number) + 1, 0) FROM articles").fetchone()[0])

    def add(self, articles: Iterable[Article]) -> None:
        """Add articles behind those that are there."""
        self._add((article.article_id, article.text) for article in articles)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_base"):
            self._base.close()

    def numbers(self, query: str | Query) -> NDArray[np.int64]:
        """Return the places of the articles that a query finds, in order.

        Raises
        ------
        QueryError
            As in `parse_query`.
        """
        parsed = parse_query(query) if isinstance(query, str) else query
        expression = self._expression(parsed)
        if expression is None:
            return np.empty(0, dtype=np.int64)
        try:
            rows = self._base.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (expression,)).fetchall()
        except sqlite3.OperationalError as error:
            raise QueryError(f"query {query!r}: {error}") from error
        return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))

    def find(self, query: str | Query) -> list[str]:
        """Return the ids of the articles that a query finds, in the order of the articles.

        Raises
        ------
        QueryError
            As in `parse_query`.
        """
        numbers = self.numbers(query)
        if len(numbers) > len(self) // 20:
            ids = [row[0] for row in self._base.execute("SELECT article_id FROM articles ORDER BY number")]
            return [ids[number] for number in numbers]
        select = "SELECT article_id FROM articles WHERE number = ?"
        return [self._base.execute(select, (int(number),)).fetchone()[0] for number in numbers]

    def _begin(self) -> None:
        """Make an empty index, in place of whatever was there."""
        if self.path is not None:
            self._base.close()
            self.path.unlink(missing_ok=True)
            self._base = sqlite3.connect(self.path, check_same_thread=False)
        self._base.executescript(_SCHEMA)
        self._base.execute("INSERT INTO about VALUES ('format', ?)", (_FORMAT,))
        self._base.commit()

    def _about(self, name: str) -> str | None:
        row = self._base.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _add(self, rows: Iterable[tuple[str, str]], about: dict[str, str] | None = None) -> None:
        """Add articles in one transaction, so that a process that is killed adds all or none."""
        number = len(self)
        with self._base:
            for number, (article_id, text) in enumerate(rows, number):  # noqa: B020
                self._base.execute("INSERT INTO articles VALUES (?, ?)", (number, article_id))
                self._base.execute("INSERT INTO texts (rowid, words) VALUES (?, ?)", (number, " ".join(words(text))))
            for pair in (about or {}).items():
                self._base.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", pair)

    def _expression(self, query: Query) -> str | None:
        """The query in the language of FTS5."""
        self._count()
        parts: list[str] = []
        for part in query.parts:
            opens = not isinstance(part, str) or part == "("
            if opens and parts and parts[-1] not in {"(", "AND", "OR", "NOT"}:
                parts.append("AND")
            if isinstance(part, Phrase):
                parts.append(_any_of(self._cuts(part)))
            else:
                parts.append(part if isinstance(part, str) else self._near(part))
        return " ".join(parts) or None

    def _near(self, near: Near) -> str:
        few = max(1, int(_CUTS ** (1 / len(near.phrases))))
        groups: list[list[str]] = [[]]
        for phrase in near.phrases:
            groups = [[*group, cut] for group in groups for cut in self._cuts(phrase)[:few]]
        return "(" + " OR ".join(f"NEAR({' '.join(group)}, {near.distance})" for group in groups) + ")"

    def _cuts(self, phrase: Phrase) -> list[str]:
        """The likeliest ways to cut the letters of a phrase into words of the index, as FTS5 phrases.

        The k best paths through the words that stand in the index, each as likely as articles that hold it are many.
        """
        letters, size = phrase.letters, len(phrase.letters)
        spans = {letters[a:b] for a in range(size) for b in range(a + 1, min(size, a + _LONGEST_WORD) + 1)}
        known = self._frequencies(spans)
        single = [word for word in phrase.typed if len(word) == 1]
        allowed = {word: count for word, count in known.items() if len(word) > 1 or word in _SINGLE or word in single}
        total = max(len(self), 1) + 1
        best: list[list[tuple[float, tuple[str, ...]]]] = [[(0.0, ())], *([] for _ in range(size))]
        for end in range(1, size + 1):
            found = []
            for start in range(max(0, end - _LONGEST_WORD), end):
                word = letters[start:end]
                count = allowed.get(word, 0)
                if not count and end == size and phrase.is_prefix and best[start] and self._begins(word):
                    count = 1
                if count:
                    cost = math.log(total / count) + 1.0
                    found += [(before + cost, (*path, word)) for before, path in best[start]]
            best[end] = sorted(found)[:_CUTS]
        paths = [path for _, path in best[size]]
        if phrase.typed not in paths:
            paths.append(phrase.typed)
        return [f'"{" ".join(path)}"{" *" if phrase.is_prefix else ""}' for path in paths]

    def _frequencies(self, spans: Iterable[str]) -> dict[str, int]:
        """How many articles hold each word; words that none holds are left out."""
        select = "SELECT articles FROM frequencies WHERE term = ?"
        rows = ((span, self._base.execute(select, (span,)).fetchone()) for span in spans)
        return {span: int(row[0]) for span, row in rows if row is not None}

    def _count(self) -> None:
        """Keep the frequencies of words where they are found at once: the index itself gives one twenty times as slowly."""
        state = str(len(self))
        if self._about("counted") != state:
            with self._base:
                self._base.execute("DELETE FROM frequencies")
                self._base.execute("INSERT INTO frequencies SELECT term, doc FROM vocabulary")
                self._base.execute("INSERT OR REPLACE INTO about VALUES ('counted', ?)", (state,))

    def _begins(self, start: str) -> bool:
        select = "SELECT 1 FROM frequencies WHERE term >= ? AND term < ? LIMIT 1"
        return self._base.execute(select, (start, start + "\U0010ffff")).fetchone() is not None


def _any_of(cuts: list[str]) -> str:
    return f"({' OR '.join(cuts)})" if len(cuts) > 1 else cuts[0]


def spans(query: str | Query, text: str) -> list[Span]:
    """Return where the phrases of a query stand in a raw text, in order and without overlap.

    Raises
    ------
    QueryError
        As in `parse_query`.
    """
    parsed = parse_query(query) if isinstance(query, str) else query
    return _spans([phrase.pattern() for phrase in parsed.phrases], text)


def _spans(patterns: Sequence[re.Pattern[str]], text: str) -> list[Span]:
    found = sorted(Span(*match.span()) for pattern in patterns for match in pattern.finditer(text))
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def concordance(
    articles: pd.DataFrame | Corpus,
    query: str,
    index: Index | None = None,
    *,
    sort: str = "corpus",
    width: int = 60,
    limit: int = 1000,
) -> pd.DataFrame:
    """List every place where a query is found, with what stands around it (KWIC).

    Parameters
    ----------
    articles : DataFrame or Corpus
    query : str
        As in `parse_query`.
    index : Index, optional
        Of these very articles; made in memory, or that of the corpus, when absent.
    sort : {'corpus', 'left', 'right', 'date', 'outlet'}
        ``left`` sorts by the words before, from the nearest on; ``right`` by those behind.
    width : int
        Code points of context on each side.
    limit : int
        Most lines; articles are read until there are so many.

    Returns
    -------
    DataFrame
        ``start`` and ``end`` are offsets of the keyword in the article's raw text; ``left``, ``keyword`` and ``right`` are
        cut from it as they stand; ``date`` is in both calendars.

    Raises
    ------
    QueryError
        As in `parse_query`, or `sort` is none of those.
    """
    if sort not in SORTS:
        raise QueryError(f"sort {sort!r}: expected one of {', '.join(SORTS)}")
    parsed = parse_query(query)
    patterns = [phrase.pattern() for phrase in parsed.phrases]
    if index is None:
        index = Index.of_corpus(articles) if isinstance(articles, Corpus) else Index.of_articles(_records(articles))
    rows: list[tuple[Any, ...]] = []
    for article_id, text, outlet, published in _texts(articles, index.numbers(parsed)):
        moment = None if pd.isna(published) else pd.Timestamp(published)
        date = both_calendars(moment.to_pydatetime()) if moment is not None else None
        for span in _spans(patterns, text):
            left, right = text[max(0, span.start - width) : span.start], text[span.end : span.end + width]
            rows.append((article_id, span.start, span.end, left, span.of(text), right, outlet, moment, date))
        if len(rows) >= limit:
            break
    frame = pd.DataFrame(rows[:limit], columns=list(COLUMNS)).astype({"published": "datetime64[us, UTC]"})
    if sort == "left":
        return _sorted(frame, [words(left)[::-1] for left in frame["left"]])
    if sort == "right":
        return _sorted(frame, [words(right) for right in frame["right"]])
    if sort in {"date", "outlet"}:
        column = "published" if sort == "date" else "outlet"
        return frame.sort_values(column, kind="stable", na_position="last", ignore_index=True)
    return frame


def _sorted(frame: pd.DataFrame, keys: list[list[str]]) -> pd.DataFrame:
    return frame.iloc[sorted(range(len(frame)), key=keys.__getitem__)].reset_index(drop=True)


def _records(articles: pd.DataFrame) -> Iterator[Article]:
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        yield Article(article_id, text)


def _texts(articles: pd.DataFrame | Corpus, numbers: NDArray[np.int64]) -> Iterator[tuple[str, str, str | None, Any]]:
    """The articles at some places; of a corpus, only the parts that hold one are read."""
    names = ["article_id", "text", "outlet", "published"]
    if not isinstance(articles, Corpus):
        chosen = articles.iloc[numbers]
        yield from zip(*(chosen[name] for name in names), strict=True)
        return
    first = 0
    for part in articles.parts:
        here = numbers[(numbers >= first) & (numbers < first + part.articles)] - first
        first += part.articles
        if len(here):
            for table in Corpus(articles.path, [part]).tables(names):
                columns = [table.column(name).take(here).to_pylist() for name in names]
                yield from zip(*columns, strict=True)
