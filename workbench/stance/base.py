"""What every learned classifier shares: from probabilities and word scores to judgements with holder and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from workbench.attribution import Attribution, learn_holders
from workbench.errors import ModelError, TableError
from workbench.features import Briefing, Cue
from workbench.saving import SavedModel, read_model, write_model
from workbench.seeds import seed_path
from workbench.stance import classifier
from workbench.types import STANCES, Judgement, Passage, Span, Stance
from workbench.views import View, view

SPANS = 3
"""A judgement shows at most so many spans of evidence."""


@dataclass(frozen=True)
class Look:
    """Passages as learned classifiers see them, worked out once for all of them, for probabilities, evidence and holders alike."""

    passages: Sequence[Passage]
    seen: list[View]
    rules: list[Judgement]
    cues: list[list[Cue]]

    @classmethod
    def at(cls, passages: Sequence[Passage]) -> Self:
        """Look at passages with the help of the rules."""
        rules: Any = classifier("rules")
        return cls(passages, [view(passage) for passage in passages], *rules.judge_with_cues(passages))

    @cached_property
    def briefings(self) -> list[Briefing]:
        """Each passage in numbers."""
        return [Briefing.of(*one) for one in self]

    def __iter__(self) -> Iterator[tuple[Passage, View, Judgement, list[Cue]]]:
        """Passage by passage."""
        return zip(self.passages, self.seen, self.rules, self.cues, strict=True)


class Learned(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Base of the classifiers that are fitted on judged passages.

    A member gives `examine`, `probabilities` and `word_scores`; the rest is here.

    Attributes
    ----------
    attribution_ : Attribution
        Who holds the stances found.
    card_ : dict
        What is known of the fit: data, scores, versions.
    """

    name: ClassVar[str]
    table_name: ClassVar[str]
    attribution_: Attribution

    def examine(self, look: Look) -> Any:
        """Work out what both probabilities and evidence need."""
        raise NotImplementedError

    def probabilities(self, examined: Any) -> NDArray[np.float64]:
        """Return probabilities of shape (n, 3) in the order of `STANCES`."""
        raise NotImplementedError

    def word_scores(self, examined: Any, asked: Sequence[tuple[int, Stance]]) -> list[NDArray[np.float64]]:
        """Return how much each word of a passage speaks for a stance, rather than for the others, for each index and stance."""
        raise NotImplementedError

    def fit_look(
        self,
        look: Look,
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        weights: ArrayLike | None = None,
    ) -> NDArray[np.float64]:
        """Fit on passages that were looked at already; returns held-out probabilities, for stacking (nan where there are none)."""
        raise NotImplementedError

    def fit(
        self,
        X: Sequence[Passage],  # noqa: N803
        y: Sequence[str],
        groups: Sequence[str] | None = None,
        holders: Sequence[str | None] | None = None,
        weights: ArrayLike | None = None,
    ) -> Self:
        """Fit on judged passages.

        Parameters
        ----------
        X : sequence of Passage
        y : sequence of str
            Stances.
        groups : sequence of str, optional
            Theme or article of each passage; calibration leaves whole groups out. Folds of passages when absent.
        holders : sequence of str or None, optional
            Who holds each stance, to learn that as well.
        weights : array_like of shape (n,), optional
            How much each passage counts when probabilities are calibrated.

        Raises
        ------
        TableError
            There are fewer than two stances, or too few passages to leave some out.
        """
        if len(set(y)) < 2 or len(X) < 2 * len(STANCES):
            raise TableError(
                f"{self.table_name}: {len(X)} judged passages with stances {', '.join(sorted(set(y))) or 'none'}; "
                f"expected at least {2 * len(STANCES)} with two stances"
            )
        look = Look.at(X)
        self.fit_look(look, y, groups, weights)
        self.fit_holders(look, y, holders)
        return self

    def predict_proba(self, X: Sequence[Passage]) -> NDArray[np.float64]:  # noqa: N803
        """Return probabilities of shape (n, 3) in the order of `STANCES`."""
        if not len(X):
            return np.zeros((0, len(STANCES)))
        return self.probabilities(self.examine(Look.at(X)))

    def predict(self, X: Sequence[Passage]) -> NDArray[np.str_]:  # noqa: N803
        """Return the likeliest stance of each passage."""
        return np.asarray(STANCES)[self.predict_proba(X).argmax(axis=1)] if len(X) else np.array([], dtype=str)

    def judge(self, X: Sequence[Passage]) -> list[Judgement]:  # noqa: N803
        """Return one judgement per passage, in order; evidence is given for what is not neutral."""
        if not len(X):
            return []
        look = Look.at(X)
        examined = self.examine(look)
        table = self.probabilities(examined)
        stances = [STANCES[place] for place in table.argmax(axis=1).tolist()]
        asked = [(index, stance) for index, stance in enumerate(stances) if stance is not Stance.NEUTRAL]
        scores = self.word_scores(examined, asked) if asked else []
        spans = {index: strongest(look.seen[index], own) for (index, _), own in zip(asked, scores, strict=True)}
        found = []
        for index, (passage, seen, row, stance) in enumerate(zip(X, look.seen, table, stances, strict=True)):
            evidence = spans.get(index, ())
            favor, neutral, against = row.tolist()
            found.append(
                Judgement(
                    article_id=passage.document.article.article_id,
                    sentence=passage.sentence,
                    start=passage.span.start,
                    end=passage.span.end,
                    target=passage.target,
                    stance=stance,
                    probabilities=(favor, neutral, against),
                    holder=self.attribution_.holder(passage, seen, look.rules[index], stance),
                    mentions=tuple(Span(mention.start, mention.end) for mention in passage.mentions),
                    evidence=evidence,
                    classifier=self.name,
                    voice=seen.speech.voice if seen.speech else "outlet",
                    speaker=seen.speech.speaker if seen.speech else None,
                    reason=_reason(stance, row, evidence, passage.document.text),
                )
            )
        return found

    def fit_holders(self, look: Look, y: Sequence[str], holders: Sequence[str | None] | None) -> None:
        """Learn who holds stances, where the training data says it."""
        self.attribution_ = (
            Attribution.prior() if holders is None else learn_holders(look.passages, look.seen, look.rules, y, holders)
        )

    def saved(self) -> SavedModel:
        """Return the fitted state as plain arrays and a card."""
        raise NotImplementedError

    @classmethod
    def from_saved(cls, model: SavedModel) -> Self:
        """Restore what `saved` gave.

        Raises
        ------
        ModelError
            The model is of another classifier or of another version of it, or lacks a part.
        """
        if model.card.get("classifier") != cls.table_name:
            raise ModelError(f"model of classifier {model.card.get('classifier')!r}; expected {cls.table_name!r}")
        fitted = model.card.get("name", cls.name)
        if fitted != cls.name:  # another version counts other things, so that its weights mean nothing here
            raise ModelError(f"model of {fitted!r}; this is {cls.name!r}: fit it again (workbench train)")
        try:
            made = cls._restored(model)
            made.attribution_ = Attribution(model.arrays["holders"])
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            raise ModelError(
                f"model of classifier {cls.table_name!r} lacks a part or has a wrong one ({error})"
            ) from error
        return made

    def _saved(self, arrays: Mapping[str, NDArray[Any]], **told: Any) -> SavedModel:
        """Arrays with those of the holders; what is told of the fit with what every classifier tells."""
        own = {"classifier": self.table_name, "name": self.name, "parameters": self.get_params()}
        return SavedModel(
            {**getattr(self, "card_", {}), **own, **told}, {**arrays, "holders": self.attribution_.weights}
        )

    @classmethod
    def _restored(cls, model: SavedModel) -> Self:
        raise NotImplementedError

    @classmethod
    def shipped(cls) -> Self:
        """Return the one fitted on the project's own labelled sentences."""
        return cls.from_saved(read_model(seed_path("models", f"{cls.table_name}.npz")))

    def save(self, path: Any) -> None:
        """Write the fitted classifier as a model file that `workbench.stance.classifier` reads."""
        write_model(self.saved(), path)


def directions(stances: Sequence[Stance]) -> NDArray[np.float64]:
    """Weights of the three logits, shape (n, 3), that tell how much speaks for a stance rather than for the others."""
    return np.array([[1.0 if one == stance else -0.5 for one in STANCES] for stance in stances])


def strongest(seen: View, scores: NDArray[np.float64], spans: int = SPANS) -> tuple[Span, ...]:
    """Return the spans of the words with the highest positive scores; neighbours make one span. Mentions are no evidence."""
    order = [index for index in np.argsort(-scores, kind="stable").tolist() if scores[index] > 0]
    chosen: set[int] = set()
    for index in order:
        word = seen.words[index]
        if index in seen.target or index in seen.states or word.form.kind in {"mark", "space"}:
            continue
        if len(_runs(chosen | {index})) > spans or len(chosen) >= 2 * spans:
            break
        chosen.add(index)
    return tuple(Span(seen.words[first].start, seen.words[last].end) for first, last in _runs(chosen))


def _runs(indices: set[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index in sorted(indices):
        if runs and runs[-1][1] == index - 1:
            runs[-1] = runs[-1][0], index
        else:
            runs.append((index, index))
    return runs


def _reason(stance: Stance, row: NDArray[np.float64], evidence: Sequence[Span], text: str) -> str:
    words = "، ".join(f"«{span.of(text)}»" for span in evidence)
    share = f"{stance} {row[STANCES.index(stance)]:.2f}"
    return f"{share}: {words}" if words else share
