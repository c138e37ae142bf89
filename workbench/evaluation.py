"""Score a classifier on judged sentences (gold), sentence by sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from workbench.calibration import expected_calibration_error, risk_coverage
from workbench.comparison import macro_f1_interval
from workbench.errors import SourceError, TableError
from workbench.reading import passages, read
from workbench.stance import classifier as find_classifier
from workbench.targets import DEFAULT_TARGETS
from workbench.types import STANCES, Article, Judgement, Passage, Stance, StanceClassifier

NONE = "none"
"""Gold label of an item whose target string is not the state ('چین' the fold, a newspaper called ایران)."""


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One judged (text, target) pair: ``stance`` is a `Stance` or `NONE`."""

    id: str
    text: str
    target: str
    stance: str
    holder: str | None = None
    title: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a classifier says of a gold item; `judgements` are those of the sentences that mention the target."""

    stance: Stance
    holder: str | None
    probabilities: tuple[float, float, float]
    judgements: tuple[Judgement, ...]

    @property
    def missed(self) -> bool:
        """Whether no mention of the target was found."""
        return not self.judgements


def read_gold(path: str | Path) -> list[GoldItem]:
    """Read gold from JSON Lines.

    Raises
    ------
    SourceError
        The file cannot be read or is empty.
    TableError
        A line is not an item; the message gives file, line and what was expected.
    """
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: cannot be read as UTF-8 JSON Lines ({error})") from error
    items = [_gold_item(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not items:
        raise SourceError(f"{path}: holds no gold items")
    return items


def _gold_item(line: str, where: str) -> GoldItem:
    try:
        row = json.loads(line)
        item = GoldItem(
            **{name: row[name] for name in ("id", "text", "target", "stance")},
            **{name: row.get(name) for name in ("holder", "title", "source")},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TableError(f"{where}: expected an object with id, text, target and stance ({error})") from error
    if item.stance not in (*STANCES, NONE):
        raise TableError(f"{where}: stance is {item.stance!r}; expected one of {', '.join((*STANCES, NONE))}")
    return item


def predict(items: Iterable[GoldItem], classifier: StanceClassifier) -> list[Prediction]:
    """Predict each item: the mean of its sentences' probabilities decides; without a mention it is neutral."""
    owners: list[int] = []
    found: list[Passage] = []
    total = 0
    for number, item in enumerate(items):
        total += 1
        article = Article(article_id=item.id, text=item.text, title=item.title)
        for passage in passages(read(article, (item.target,)), (item.target,)):
            owners.append(number)
            found.append(passage)
    # One call for all: what is learned is far faster over many passages at once.
    by_item: list[list[Judgement]] = [[] for _ in range(total)]
    for number, judgement in zip(owners, classifier.judge(found), strict=True):
        by_item[number].append(judgement)
    return [_combine(judgements) for judgements in by_item]


def _combine(judgements: Sequence[Judgement]) -> Prediction:
    if not judgements:
        return Prediction(Stance.NEUTRAL, None, (0.0, 1.0, 0.0), ())
    means = np.mean([judgement.probabilities for judgement in judgements], axis=0)
    winner = int(np.argmax(means))
    strongest = max(judgements, key=lambda judgement: judgement.probabilities[winner])
    stance = STANCES[winner]
    holder = None if stance is Stance.NEUTRAL else strongest.holder
    if holder is not None and holder not in (*DEFAULT_TARGETS, "author"):
        holder = "other"  # gold tells the three states apart and puts all others together
    favor, neutral, against = means.tolist()
    return Prediction(stance, holder, (favor, neutral, against), tuple(judgements))


def evaluate(gold: str | Path | Sequence[GoldItem], classifier: str | Any = "rules") -> dict[str, Any]:
    """Score `classifier` on gold.

    Parameters
    ----------
    gold : path or sequence of GoldItem
    classifier : str or estimator or path

    Returns
    -------
    dict
        ``n`` items whose gold is a stance, ``macro_f1`` over the three stances, ``accuracy``, ``per_target``,
        ``per_stance``, ``holder_accuracy`` (where gold has a holder and the stance is right), ``missed_mentions``
        (count of those items), ``false_mentions`` (count of `NONE` items in which the target was found all the same,
        of ``none_items``), ``confusion`` (gold, then predicted), ``macro_f1_interval`` (95 %, by bootstrap of whole
        texts), ``per_source`` (where gold names sources), ``calibration_error`` (ECE in ten bins), ``abstaining`` (error
        among the surest 90, 75 and 50 %, with the confidence that parts them from the rest).
    """
    items = read_gold(gold) if isinstance(gold, str | Path) else list(gold)
    judge = find_classifier(classifier)
    return score(items, predict(items, judge), getattr(judge, "name", str(classifier)))


def score(items: Sequence[GoldItem], predictions: Sequence[Prediction], name: str = "") -> dict[str, Any]:
    """Compare predictions with gold, item by item; see `evaluate` for the figures."""
    pairs = list(zip(items, predictions, strict=True))
    stated = [(item, prediction) for item, prediction in pairs if item.stance != NONE]
    others = [prediction for item, prediction in pairs if item.stance == NONE]
    gold = [item.stance for item, _ in stated]
    predicted = [str(prediction.stance) for _, prediction in stated]
    held = [
        (item.holder, prediction.holder)
        for item, prediction in stated
        if item.holder and item.stance == prediction.stance
    ]
    missed = sum(prediction.missed for _, prediction in stated)
    probabilities = [prediction.probabilities for _, prediction in stated]
    sources = sorted({item.source for item, _ in stated if item.source})
    interval = macro_f1_interval(gold, predicted, [item.text for item, _ in stated]) if stated else None
    return {
        "classifier": name,
        "n": len(stated),
        **_figures(gold, predicted),
        "macro_f1_interval": [round(interval.low, 4), round(interval.high, 4)] if interval else None,
        "calibration_error": round(expected_calibration_error(probabilities, gold), 4) if stated else None,
        "abstaining": _abstaining(probabilities, gold) if stated else [],
        "per_target": {
            target: _figures(
                [item.stance for item, _ in stated if item.target == target],
                [str(prediction.stance) for item, prediction in stated if item.target == target],
            )
            for target in sorted({item.target for item, _ in stated})
        },
        "per_source": {
            source: _figures(
                [item.stance for item, _ in stated if item.source == source],
                [str(prediction.stance) for item, prediction in stated if item.source == source],
            )
            for source in sources
        },
        "per_stance": _per_stance(gold, predicted),
        "holder_accuracy": round(sum(a == b for a, b in held) / len(held), 4) if held else None,
        "holder_n": len(held),
        "missed_mentions": missed,
        "missed_mentions_share": round(missed / len(stated), 4) if stated else None,
        "false_mentions": sum(not prediction.missed for prediction in others),
        "none_items": len(others),
        "confusion": {
            row: {
                column: sum((g, p) == (row, column) for g, p in zip(gold, predicted, strict=True)) for column in STANCES
            }
            for row in STANCES
        },
    }


def _abstaining(probabilities: Sequence[tuple[float, float, float]], gold: Sequence[str]) -> list[dict[str, float]]:
    curve = risk_coverage(probabilities, gold)
    found = []
    for coverage in (0.9, 0.75, 0.5):
        row = curve[curve["coverage"] <= coverage].tail(1)
        if len(row):
            found.append({name: round(float(row[name].iloc[0]), 4) for name in ("coverage", "threshold", "risk")})
    return found


def _figures(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, Any]:
    from sklearn.metrics import accuracy_score, f1_score  # half a second that a light import need not pay

    return {
        "support": len(gold),
        "macro_f1": round(float(f1_score(gold, predicted, labels=list(STANCES), average="macro", zero_division=0)), 4),
        "accuracy": round(float(accuracy_score(gold, predicted)), 4),
    }


def _per_stance(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, dict[str, float]]:
    from sklearn.metrics import precision_recall_fscore_support

    columns = precision_recall_fscore_support(gold, predicted, labels=list(STANCES), zero_division=0)
    return {
        stance: {
            name: round(float(value), 4)
            for name, value in zip(("precision", "recall", "f1", "support"), row, strict=True)
        }
        for stance, row in zip(STANCES, zip(*columns, strict=True), strict=True)
    }
