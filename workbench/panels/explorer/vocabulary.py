"""The words of the sentences judged: searched, compared and shown in context. The index is made when it is first asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.collocations import log_dice
from workbench.columns import Columns, Mask
from workbench.concordance import Line, line, sort_lines
from workbench.dispersion import deviation_of_proportions
from workbench.keyness import g2, log_odds
from workbench.panels.explorer.background import Work
from workbench.queries import parse_query
from workbench.wordindex import WordIndex, locate, sentence_keys

# So many sentences are indexed in a blink; more of them in a thread.
_AT_ONCE = 3000
_SAMPLE = 400
_OVER, _UNDER = 18, 8
_LEAST = 3
# Left out where words are merely frequent; a comparison finds out by itself that they mark nothing.
_FUNCTION_WORDS = frozenset(
    [
        "و",
        "در",
        "به",
        "از",
        "که",
        "را",
        "این",
        "با",
        "آن",
        "برای",
        "تا",
        "بر",
        "هم",
        "یا",
        "نیز",
        "اما",
        "اگر",
        "هر",
        "یک",
        "دو",
        "ما",
        "آن\u200cها",
        "آنها",
        "او",
        "وی",
        "خود",
        "من",
        "شما",
        "است",
        "بود",
        "شد",
        "شده",
        "کرد",
        "کرده",
        "کردند",
        "می\u200cشود",
        "می\u200cکند",
        "می\u200cکنند",
        "می\u200cکنیم",
        "شود",
        "کند",
        "کنند",
        "دارد",
        "داشت",
        "داد",
        "دهد",
        "باید",
        "نیست",
        "هست",
        "هستند",
        "بودند",
        "باشد",
        "نمی\u200cشود",
        "پس",
        "پیش",
        "بین",
        "روی",
        "زیر",
        "همه",
        "هیچ",
        "چه",
        "چنین",
        "همین",
        "همچنین",
        "بیش",
        "دیگر",
        "گفت",
        "افزود",
        "های",
        "ها",
        "ای",
    ]
)


@dataclass(frozen=True, slots=True)
class Concordance:
    """Lines in order, of how many hits, and whether they are a sample of them."""

    lines: list[Line]
    hits: int
    sampled: bool


class Vocabulary:
    """Words of the sentences behind a table of stances.

    Parameters
    ----------
    texts : sequence of str
        Raw texts by position.
    on_change : callable
        Called in a working thread.
    """

    def __init__(self, texts: Any, on_change: Callable[[], None]) -> None:
        self._texts = texts
        self._on_change = on_change
        self._keys: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._index: WordIndex | None = None
        self._pending: NDArray[np.int64] | None = None
        self._numbers: tuple[Columns, NDArray[np.int64]] | None = None
        self.work: Work | None = None
        self._ends: dict[Any, int] = {}
        self.ready = 0
        """How often an index has been made; what was found before the last is no longer true."""

    def knows(self, columns: Columns) -> bool:
        """Whether the index holds the sentences of these stances; if not, its making begins."""
        number = self._number(columns)
        if self._index is not None and not (number < 0).any():
            return True
        if self.work is None or self.work.status != "running":
            self._begin(columns)
        return self._index is not None and not (self._number(columns) < 0).any()

    def has(self, columns: Columns) -> bool:
        """Whether the words are there already, or would be at once."""
        return len(columns) <= _AT_ONCE or (self._index is not None and not (self._number(columns) < 0).any())

    def collect(self) -> bool:
        """Take in an index that was made in a thread; True when there is a new one."""
        if self.work is None:
            return False
        made = self.work.take()
        if made and self._pending is not None:
            self._accept(self._pending, made[-1])
        return bool(made)

    def rows_holding(self, columns: Columns, query: str) -> Mask:
        """Return which rows' sentences hold a query; all of them while there is no index yet."""
        if not self.knows(columns) or self._index is None:
            return np.ones(len(columns), dtype=bool)
        held = self._index.holding(query)
        return np.asarray(held[self._number(columns)], dtype=bool)

    def keyness(self, columns: Columns, mask: Mask) -> tuple[pd.DataFrame, bool]:
        """Compare the words of the selection with those of the other sentences.

        Returns
        -------
        table : DataFrame
            ``word``, ``here``, ``elsewhere``, ``delta``, ``z``, ``g2``, ``dp``; those that mark the selection first.
        whole : bool
            The selection is everything: the table has the most frequent words, and nothing to compare.
        """
        index, selected = self._selected(columns, mask)
        here = index.counts(selected)
        elsewhere = index.totals - here
        whole = not elsewhere.any()
        delta, z = log_odds(here, elsewhere)
        usable = np.flatnonzero((here + elsewhere >= _LEAST) & index.long)
        if whole:
            telling = np.array([index.types[word] not in _FUNCTION_WORDS for word in usable], dtype=bool)
            some = usable[telling][np.argsort(-here[usable[telling]], kind="stable")][: _OVER + _UNDER]
        else:
            ranked = usable[np.argsort(-z[usable], kind="stable")]
            over = [word for word in ranked[:_OVER] if z[word] > 0]
            under = [word for word in ranked[::-1][:_UNDER] if z[word] < 0]
            some = np.array([*over, *under[::-1]], dtype=np.int64)
        value = g2(here, elsewhere)
        article = (self._keys >> 32).astype(np.int64)
        parts = np.unique(article, return_inverse=True)[1].astype(np.int32)
        counts, sizes = index.table(some, parts, selected, int(parts.max(initial=0)) + 1)
        held = sizes > 0
        return (
            pd.DataFrame(
                {
                    "word": [index.types[word] for word in some],
                    "here": here[some],
                    "elsewhere": elsewhere[some],
                    "delta": delta[some],
                    "z": z[some],
                    "g2": value[some],
                    "dp": deviation_of_proportions(counts[:, held], sizes[held]),
                }
            ),
            whole,
        )

    def collocates(self, columns: Columns, mask: Mask, query: str) -> pd.DataFrame:
        """Return the words that keep company with a query in the selected sentences, by logDice over sentences.

        Returns
        -------
        DataFrame
            ``word``, ``together``, ``alone`` (sentences that hold the word at all), ``log_dice``.
        """
        index, selected = self._selected(columns, mask)
        held = index.holding(query) & selected
        together = index.sentence_counts(held)
        score = log_dice(together, int(held.sum()), index.sentence_totals)
        parsed = parse_query(query)
        own = {word for word, text in enumerate(index.types) if together[word] and locate(text, parsed)}
        usable = [word for word in np.flatnonzero(together >= 2) if word not in own and len(index.types[word]) > 1]
        best = sorted(usable, key=lambda word: -score[word])[:_OVER]
        return pd.DataFrame(
            {
                "word": [index.types[word] for word in best],
                "together": together[best],
                "alone": index.sentence_totals[best],
                "log_dice": score[best],
            }
        )

    def concordance(self, columns: Columns, mask: Mask, query: str, order: str) -> Concordance:
        """Show a query in context, or the mentions of the targets where there is none.

        Lines are sorted within an even sample of the selection when there are more than fit.
        """
        rows = np.flatnonzero(mask)
        if query.strip():  # a sentence that speaks of two targets is one line
            number = self._number(columns)[rows]
            rows = rows[np.unique(number, return_index=True)[1]]
        sampled = len(rows) > _SAMPLE
        some = rows[np.linspace(0, len(rows) - 1, _SAMPLE).astype(int)] if sampled else rows
        spans = columns.stances["mentions"].array
        starts, ends = columns.stances["start"].to_numpy(), columns.stances["end"].to_numpy()
        parsed = parse_query(query) if query.strip() else None
        lines = []
        for row in some.tolist():
            text, start = str(self._texts[columns.article[row]]), int(starts[row])
            if parsed is not None:
                found = [(start + a, start + b) for a, b in locate(text[start : int(ends[row])], parsed)]
            else:
                found = [(int(span["start"]), int(span["end"])) for span in spans[row]]
            lines += [line(row, text, a, b) for a, b in found]
        return Concordance(lines if order == "text" else sort_lines(lines, order), len(rows), sampled)

    def _selected(self, columns: Columns, mask: Mask) -> tuple[WordIndex, NDArray[np.bool_]]:
        if self._index is None:
            raise ValueError("the words are not indexed yet")
        selected = np.zeros(len(self._index), dtype=bool)
        selected[self._number(columns)[mask]] = True
        return self._index, selected

    def _number(self, columns: Columns) -> NDArray[np.int64]:
        """The sentence of each row, -1 where the index does not hold it."""
        if self._numbers is None or self._numbers[0] is not columns:
            keys = sentence_keys(columns.article, columns.stances["start"].to_numpy())
            at = np.searchsorted(self._keys, keys)
            inside = np.minimum(at, max(0, len(self._keys) - 1))
            known = self._keys[inside] == keys if len(self._keys) else np.zeros(len(keys), dtype=bool)
            self._numbers = (columns, np.where(known, inside, -1))
        return self._numbers[1]

    def _begin(self, columns: Columns) -> None:
        article, start = columns.article, columns.stances["start"].to_numpy()
        keys, rows = np.unique(sentence_keys(article, start), return_index=True)
        if len(self._keys):  # sentences of another classifier stay
            keys = np.union1d(keys, self._keys)
        ends: dict[Any, int] = dict(
            zip(
                sentence_keys(article, start)[rows].tolist(),
                columns.stances["end"].to_numpy()[rows].tolist(),
                strict=True,
            )
        )
        ends = {**self._ends, **ends}
        self._ends = ends
        texts = self._texts

        def make(work: Work | None) -> WordIndex | None:
            sentences = (texts[key >> 32][key & 0xFFFFFFFF : ends[key]] for key in keys.tolist())
            made = WordIndex.of(sentences, work.advance if work else None)
            if made is not None and work is not None:
                made.sentence_totals  # noqa: B018 - counted here, in the thread
                work.bring(made)
            return made

        if len(keys) <= _AT_ONCE:
            made = make(None)
            if made is not None:
                self._accept(keys, made)
            return
        self._pending = keys
        self.work = Work(len(keys), lambda work: make(work), self._on_change)
        self.work.start()

    def _accept(self, keys: NDArray[np.int64], index: WordIndex) -> None:
        self._keys, self._index, self._pending, self._numbers = keys, index, None, None
        self.ready += 1
