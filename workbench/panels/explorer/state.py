"""What the explorer shows, without a widget: a selection, what follows from it, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import traitlets
from numpy.typing import NDArray

from workbench import summarize
from workbench.columns import Calendar, Columns, Mask
from workbench.errors import QueryError
from workbench.labels import Language
from workbench.panels.explorer.background import Work
from workbench.panels.explorer.tables import Tables
from workbench.panels.explorer.vocabulary import Vocabulary
from workbench.queries import parse_query
from workbench.selection import FACETS, NOBODY, Selection

TABS = ("overview", "time", "holders", "outlets", "words", "concordance", "sentences", "reader")
PAGE = 12

Judge = Callable[[pd.DataFrame], pd.DataFrame]


class ExplorerState(traitlets.HasTraits):
    """A selection over articles and stances, and all that follows from it.

    Parameters
    ----------
    articles, stances : DataFrame
        The tables of the contract; a selection's classifier is the one that judged `stances`, unless it says otherwise.
    classifier : str
        What that one is called here.
    make_judge : callable, optional
        Name of a classifier to a function from articles to stances. Without it no other classifier can be chosen.
    classifiers : sequence of str
        The names that can be chosen.
    """

    selection: Any = traitlets.Instance(Selection)
    tab: Any = traitlets.Enum(TABS, "overview")
    chosen: Any = traitlets.Tuple(allow_none=True, default_value=None)
    """Article id and sentence that the reader shows."""
    page: Any = traitlets.Int(0)
    calendar: Any = traitlets.Enum(("jalali", "gregorian"), "jalali")
    period: Any = traitlets.Enum(("", "week", "month", "quarter", "year"), "")
    """Empty: the finest that fits on the screen."""
    order: Any = traitlets.Enum(("certain", "unsure", "newest", "text"), "certain")
    kwic_order: Any = traitlets.Enum(("before", "after", "text"), "after")
    language: Any = traitlets.Enum(("fa", "en"), "fa")
    works: Any = traitlets.Int(0)
    """Raised by one when work beside the filters has brought something."""

    def __init__(
        self,
        articles: pd.DataFrame,
        stances: pd.DataFrame,
        *,
        classifier: str = "rules",
        make_judge: Callable[[str], Judge] | None = None,
        classifiers: tuple[str, ...] = (),
        language: Language = "fa",
    ) -> None:
        self.articles = articles.reset_index(drop=True)
        self.dates = Calendar.of(self.articles["published"])
        self.on_background: Callable[[], None] = lambda: None
        self.base = classifier
        self.classifiers = (classifier, *(one for one in classifiers if one != classifier))
        self._position = {value: index for index, value in enumerate(self.articles["article_id"])}
        self._texts: Any = self.articles["text"].array  # texts become strings one by one, when they are asked for
        self._tables = Tables(self.articles, self.dates, make_judge, self._told)
        self._tables.keep(classifier, stances)
        self._vocabulary = Vocabulary(self._texts, self._told)
        self._past: list[dict[str, Any]] = []
        self._moving = True  # the first selection is no step
        self._mask: tuple[Columns, Any, Mask] | None = None
        super().__init__(selection=Selection(classifier=classifier), language=language)
        self._moving = False

    # The way there and back

    @traitlets.observe("selection", "tab", "chosen")
    def _remember(self, change: Any) -> None:
        if not self._moving and change["old"] is not traitlets.Undefined and isinstance(self.selection, Selection):
            self._past.append({**self._place(), change["name"]: change["old"]})

    @traitlets.validate("selection")
    def _readable(self, proposal: Any) -> Selection:
        """Words are looked up as they are typed: a query that cannot be read yet never becomes the selection."""
        chosen: Selection = proposal["value"]
        if chosen.words.strip():
            try:
                parse_query(chosen.words)
            except QueryError as error:
                raise traitlets.TraitError(str(error)) from error
        return chosen

    def _place(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("selection", "tab", "chosen", "page")}

    def go(self, **changes: Any) -> None:
        """Change the selection, the tab, the chosen sentence and the page as one step that one undo takes back."""
        before = self._place()
        is_step = any(
            before.get(name, getattr(self, name)) != value for name, value in changes.items() if name != "page"
        )
        self._move({"page": 0, **changes})
        if is_step:
            self._past.append(before)

    def select(self, **changes: Any) -> None:
        """Change parts of the selection, such as ``targets=("IR",)``."""
        self.go(selection=replace(self.selection, **changes))

    def undo(self) -> bool:
        """Go back one step; False at the first."""
        if not self._past:
            return False
        self._move(self._past.pop())
        return True

    def _move(self, place: dict[str, Any]) -> None:
        self._moving = True
        try:
            with self.hold_trait_notifications():
                for name, value in place.items():
                    setattr(self, name, value)
        finally:
            self._moving = False

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    def narrow(self, change: dict[str, Any], tab: str | None = None) -> None:
        """Narrow the selection to what was chosen in a picture; ``period`` names one of the periods shown."""
        given = dict(change)
        period = given.pop("period", None)
        if period is not None:
            given["since"], given["until"] = self.dates.bounds(self.period_column(), period)
        given = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
        self.go(selection=replace(self.selection, **given), **({"tab": tab} if tab else {}))

    def toggle(self, field: str, value: str) -> None:
        """Add a value to a facet of the selection, or take it away."""
        if field not in FACETS:
            raise ValueError(f"facet {field!r}: expected one of {', '.join(FACETS)}")
        held = getattr(self.selection, field)
        self.select(**{field: tuple(v for v in held if v != value) if value in held else (*held, value)})

    def clear(self) -> None:
        """Select everything that the classifier judged."""
        self.go(selection=Selection(classifier=self.selection.classifier))

    # What is selected

    @property
    def columns(self) -> Columns:
        """Stances of the chosen classifier as far as they are judged; choosing it begins the judging."""
        return self._tables.columns(self.selection.classifier)

    @property
    def judging(self) -> Work | None:
        """The work of the chosen classifier, when it is not the one that came with the stances; begins it."""
        self._tables.columns(self.selection.classifier)
        return self._tables.work(self.selection.classifier)

    @property
    def indexing(self) -> Work | None:
        """The indexing of words, while it goes on."""
        return self._vocabulary.work

    @property
    def mask(self) -> Mask:
        """Which rows of `columns` are selected."""
        columns, index = self.columns, self._vocabulary.ready
        kept = self._mask
        if kept is None or kept[0] is not columns or kept[1] != (self.selection, index):
            kept = self._mask = (columns, (self.selection, index), self._where())
        return kept[2]

    def _where(self, without: str = "") -> Mask:
        columns = self.columns
        return columns.where(self.selection, lambda query: self._vocabulary.rows_holding(columns, query), without)

    @property
    def words_pending(self) -> bool:
        """Whether the selection asks for words that the index cannot answer yet."""
        return bool(self.selection.words.strip()) and not self._vocabulary.knows(self.columns)

    @property
    def rows(self) -> pd.DataFrame:
        """The selected stances joined with their articles, as `summarize.joined` gives them."""
        return summarize.joined(self.columns.stances[self.mask], self.articles)

    def counts(self) -> tuple[int, int]:
        """Return how many stances are selected, and in how many articles."""
        mask = self.mask
        return int(mask.sum()), int(np.count_nonzero(np.bincount(self.columns.article[mask], minlength=1)))

    def facet(self, field: str) -> list[tuple[str, int]]:
        """Return the values of a facet, and how many stances each would leave with the other filters as they are."""
        column = FACETS[field]
        columns = self.columns
        found = columns.count(column, self._where(without=field))
        values = [*columns.names[column], NOBODY]
        counts = [(value, int(n)) for value, n in zip(values, found, strict=True)]
        chosen = set(getattr(self.selection, field))
        kept = [(value, n) for value, n in counts if n or value in chosen]
        return kept if field in ("stances", "voices") else sorted(kept, key=lambda one: (one[0] == NOBODY, -one[1]))

    def period_column(self) -> str:
        """Return the period of the time picture: the one chosen, or the finest that fits."""
        prefix = "jalali_" if self.calendar == "jalali" else ""
        if self.period:
            return f"{prefix}{self.period}"
        return summarize.fitting_period(self.columns, self.mask, prefix)

    # Sentences, words, articles

    def ordered(self, first: int, count: int) -> NDArray[np.int64]:
        """Return a page of the selected rows in the chosen order."""
        columns, rows = self.columns, np.flatnonzero(self.mask)
        if self.order == "text" or not len(rows):
            return rows[first : first + count]
        if self.order == "newest":
            days = columns.calendar.days[columns.article[rows]]
            weight = np.where(np.isnat(days), -(2**62), days.astype("int64")).astype(float)
        elif self.order == "unsure":
            weight = self._tables.dispute(self.selection.classifier)[rows].astype(float)
        else:
            # Certain stances first, and what is neutral after all that is not.
            neutral = columns.codes["stance"][rows] == 1
            weight = columns.confidence[rows].astype(float) - neutral
        return rows[_first(-weight, first, min(len(rows), first + count))]

    def record(self, row: int) -> dict[str, Any]:
        """Return a stance with its article's ``text``, ``title``, ``outlet`` and ``published``."""
        article = self.articles.iloc[int(self.columns.article[row])]
        facts = {name: article[name] for name in ("text", "title", "outlet", "published", "url")}
        return {**self.columns.record(row), **facts, "row": int(row)}

    def sentences(self, first: int = 0, count: int = PAGE) -> list[dict[str, Any]]:
        """Return a page of selected stances as records."""
        return [self.record(int(row)) for row in self.ordered(first, count)]

    def vocabulary(self) -> Vocabulary:
        """The words of the sentences judged."""
        return self._vocabulary

    def keyness(self) -> pd.DataFrame:
        """Return the words that mark the selection against the rest, as `Vocabulary.keyness` does; waits for the index."""
        if not self._vocabulary.knows(self.columns) and self.indexing is not None:
            self.indexing.join()
            self.collect()
        return self._vocabulary.keyness(self.columns, self.mask)[0]

    def text_of(self, article_id: str) -> str:
        """Return the raw text of an article."""
        return str(self._texts[self._position[article_id]])

    def read(self, row: int) -> None:
        """Open the article of a stance at its sentence."""
        record = self.columns.record(row)
        self.go(chosen=(record["article_id"], record["sentence"]), tab="reader")

    def reading(self) -> tuple[dict[str, Any], list[dict[str, Any]], int] | None:
        """Return the chosen article, its stances by the chosen classifier and the sentence; None when nothing is chosen."""
        if self.chosen is None or self.chosen[0] not in self._position:
            return None
        position = self._position[self.chosen[0]]
        article: dict[str, Any] = {str(key): value for key, value in self.articles.iloc[position].items()}
        columns = self.columns
        return article, [columns.record(row) for row in columns.rows_of(position)], int(self.chosen[1])

    def others(self, record: dict[str, Any]) -> list[tuple[str, str]]:
        """Return how the other classifiers that have judged see the same sentence and target: name and stance."""
        return self._tables.others(self.selection.classifier, self._position[record["article_id"]], record)

    @property
    def compared(self) -> bool:
        """Whether more than one classifier has judged, so that they can disagree."""
        return self._tables.compared(self.selection.classifier)

    def neighbour(self, step: int) -> None:
        """Go to the next (1) or previous (-1) sentence of the selection in order of the classifiers' disagreement."""
        rows = np.flatnonzero(self.mask)
        if not len(rows):
            return
        dispute = self._tables.dispute(self.selection.classifier)[rows]
        ranked = rows[np.lexsort((rows, -dispute))]
        at = -1 if step > 0 else 0
        if self.chosen is not None and self.chosen[0] in self._position:
            own = self.columns.rows_of(self._position[self.chosen[0]])
            here = [r for r in own if int(self.columns.stances["sentence"].iloc[r]) == self.chosen[1] and self.mask[r]]
            if here:
                places = np.flatnonzero(np.isin(ranked, here))
                at = int(places.max() if step > 0 else places.min())
        self.read(int(ranked[(at + step) % len(ranked)]))

    # Beside the filters

    def stop(self) -> None:
        """Stop the judging of the chosen classifier; what it judged stays."""
        if self.judging is not None:
            self.judging.stop()

    def resume(self) -> None:
        """Go on judging after a stop."""
        self._tables.resume(self.selection.classifier)

    def collect(self) -> bool:
        """Take in what work beside the filters has brought; True when what is shown may have changed."""
        changed = self._tables.collect(self.selection.classifier) | self._vocabulary.collect()
        if changed:
            self.works += 1
        return changed

    def _told(self) -> None:
        self.on_background()

    @contextmanager
    def everything_judged(self) -> Iterator[None]:
        """Wait until the chosen classifier is through, as an export must."""
        work = self.judging
        if work is not None and work.status == "running":
            work.join()
        self.collect()
        yield

    def code(self) -> str:
        """Return the pandas lines that give what is on the screen."""
        by = {"time": f"['target', {self.period_column()!r}]", "outlets": "['target', 'outlet']"}.get(self.tab)
        code: str = self.selection.to_code()
        if self.tab == "holders":
            return code.replace("summarize.shares(rows)", "summarize.matrix(rows)")
        return code.replace("summarize.shares(rows)", f"summarize.shares(rows, {by})") if by else code


def _first(weight: NDArray[np.float64], first: int, last: int) -> NDArray[np.int64]:
    """Places `first` to `last` of the order by weight, equals as they stand, without sorting what is not shown."""
    edge = np.partition(weight, last - 1)[last - 1]
    below = np.flatnonzero(weight < edge)
    places = np.concatenate([below, np.flatnonzero(weight == edge)[: last - len(below)]])
    ordered: NDArray[np.int64] = places[np.lexsort((places, weight[places]))][first:last]
    return ordered
