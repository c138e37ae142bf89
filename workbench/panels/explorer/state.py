"""What the explorer shows, without a widget: a selection, the rows behind it, and the way back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

import numpy as np
import pandas as pd
import traitlets

from workbench import summarize
from workbench.text import fold


@dataclass(frozen=True, slots=True)
class Selection:
    """Which stances are shown. An empty tuple or string selects all.

    Attributes
    ----------
    outlets, targets, stances, holders, voices : tuple of str
    since, until : str
        ISO dates, both included.
    words : str
        Text that the sentence holds; spaces, half-spaces and letter variants do not matter.
    confidence : float
        Least probability of the stance.
    classifier : str
    """

    outlets: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    words: str = ""
    confidence: float = 0.0
    classifier: str = "rules"

    def to_text(self) -> str:
        """Return a short JSON text that holds what differs from the default."""
        default = asdict(Selection())
        return json.dumps(
            {key: value for key, value in asdict(self).items() if value != default[key]}, ensure_ascii=False
        )

    @classmethod
    def from_text(cls, text: str) -> Selection:
        """Read a selection's text form.

        Raises
        ------
        ValueError
            It is no JSON object, or names what no selection has.
        """
        row: Any = json.loads(text or "{}")
        known = {field.name for field in fields(cls)}
        if not isinstance(row, dict) or not set(row) <= known:
            raise ValueError(f"selection {text!r}: expected an object with {', '.join(sorted(known))}")
        given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        return cls(**given)


class ExplorerState(traitlets.HasTraits):
    """A selection over articles and stances, and all that follows from it.

    Parameters
    ----------
    articles, stances : DataFrame
        The tables of the contract.
    rejudge : callable, optional
        Classifier's name to a stances table; called once for each classifier chosen.
    """

    selection = traitlets.Instance(Selection)
    chosen = traitlets.Tuple(allow_none=True, default_value=None)
    """Article id and sentence that the reader shows."""

    def __init__(
        self, articles: pd.DataFrame, stances: pd.DataFrame, rejudge: Callable[[str], pd.DataFrame] | None = None
    ) -> None:
        self.articles = articles
        self._texts = dict(zip(articles["article_id"], articles["text"], strict=True))
        self._rejudge = rejudge
        self._tables: dict[str, pd.DataFrame] = {}
        self._folded: dict[str, np.ndarray[Any, Any]] = {}
        self._past: list[Selection] = []
        self._keep("rules", stances)
        super().__init__(selection=Selection())

    @traitlets.observe("selection")
    def _remember(self, change: Any) -> None:
        if isinstance(change["old"], Selection) and not getattr(self, "_undoing", False):
            self._past.append(change["old"])

    def select(self, **changes: Any) -> None:
        """Change parts of the selection, such as ``targets=("IR",)``."""
        self.selection = replace(self.selection, **changes)

    def undo(self) -> None:
        """Go back to the selection before; nothing happens at the first."""
        if self._past:
            self._undoing = True
            try:
                self.selection = self._past.pop()
            finally:
                self._undoing = False

    @property
    def table(self) -> pd.DataFrame:
        """All stances of the chosen classifier, joined with their articles."""
        name = self.selection.classifier
        if name not in self._tables:
            if self._rejudge is None:
                raise ValueError(
                    f"classifier {name!r}: these stances were judged before; known are {', '.join(self._tables)}"
                )
            self._keep(name, self._rejudge(name))
        return self._tables[name]

    @property
    def rows(self) -> pd.DataFrame:
        """The selected stances."""
        table = self.table
        return table[self._mask(table)]

    def text_of(self, article_id: str) -> str:
        """Return the raw text of an article."""
        return str(self._texts[article_id])

    def sentences(self, first: int = 0, count: int = 12) -> list[dict[str, Any]]:
        """Return a page of selected stances as records with the article's ``text``; the strongest stances come first."""
        rows = self.rows
        certain = rows[["p_favor", "p_against"]].max(axis=1)
        page = rows.loc[certain.sort_values(ascending=False, kind="stable").index[first : first + count]]
        records: list[dict[str, Any]] = page.to_dict("records")  # type: ignore[assignment]
        return [{**row, "text": self._texts[row["article_id"]]} for row in records]

    def reading(self) -> tuple[dict[str, Any], list[dict[str, Any]], int] | None:
        """Return the chosen article, its stances and the sentence; None when nothing is chosen."""
        if self.chosen is None:
            return None
        article_id, sentence = self.chosen
        article = self.articles[self.articles["article_id"] == article_id].iloc[0].to_dict()
        return article, self.table[self.table["article_id"] == article_id].to_dict("records"), sentence

    def code(self) -> str:
        """Return the pandas lines that give what is on the screen."""
        lines = ["rows = summarize.joined(stances, articles)"]
        for field, column in (
            ("outlets", "outlet"),
            ("targets", "target"),
            ("stances", "stance"),
            ("holders", "holder"),
            ("voices", "voice"),
        ):
            values = getattr(self.selection, field)
            if values:
                lines.append(f"rows = rows[rows[{column!r}].isin({list(values)!r})]")
        return "\n".join(lines)

    def _keep(self, name: str, stances: pd.DataFrame) -> None:
        table = summarize.joined(stances, self.articles)
        self._tables[name] = table
        self._folded[name] = np.array(
            [
                fold(self._texts[a][s:e]).replace(" ", "")
                for a, s, e in zip(table["article_id"], table["start"], table["end"], strict=True)
            ],
            dtype=object,
        )

    def _mask(self, table: pd.DataFrame) -> np.ndarray[Any, Any]:
        chosen = self.selection
        mask = np.ones(len(table), dtype=bool)
        for field, column in (
            ("outlets", "outlet"),
            ("targets", "target"),
            ("stances", "stance"),
            ("holders", "holder"),
            ("voices", "voice"),
        ):
            values = getattr(chosen, field)
            if values:
                mask &= table[column].isin(values).to_numpy()
        if chosen.confidence:
            mask &= table[["p_favor", "p_neutral", "p_against"]].max(axis=1).to_numpy() >= chosen.confidence
        if chosen.since:
            mask &= (table["published"] >= pd.Timestamp(chosen.since, tz="UTC")).to_numpy()
        if chosen.until:
            mask &= (table["published"] < pd.Timestamp(chosen.until, tz="UTC") + pd.Timedelta(days=1)).to_numpy()
        if chosen.words.strip():
            wanted = fold(chosen.words).replace(" ", "")
            mask &= np.fromiter(
                (wanted in sentence for sentence in self._folded[chosen.classifier]), dtype=bool, count=len(table)
            )
        return mask
