"""The quality gate: floors under what the shipped classifiers reach on the project's own test part and behavioural suite.

`seeds/models/floors.json` holds the floors and a digest of the data they were measured on. A floor goes up by `update`; it goes
down only when that is asked for in so many words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.behaviour import read_suite, run_suite, table
from workbench.errors import SeedError
from workbench.evaluation import GoldItem, evaluate
from workbench.seeds import seed_path
from workbench.stance import classifier as find_classifier
from workbench.training import digest, read_labelled

SHIPPED = ("rules", "linear", "grammar", "embedding", "ensemble")
PARTS = ("test", "behaviour")
# Measured figures are floored to so many decimals: another machine's last digits must not fail.
_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found.

    Attributes
    ----------
    measured : dict
        Classifier to part to figure to value.
    below : list of str
        One line for each figure below its floor.
    digest : str
        Of the data measured on.
    moved : bool
        Whether the data are others than those the floors were measured on.
    """

    measured: dict[str, dict[str, dict[str, float]]]
    below: list[str] = field(default_factory=list)
    digest: str = ""
    moved: bool = False

    @property
    def passed(self) -> bool:
        """Whether no figure is below its floor, and the floors are of these data."""
        return not self.below and not self.moved


def measure(name: str, parts: Sequence[str] = PARTS) -> dict[str, dict[str, float]]:
    """Measure one classifier.

    Returns
    -------
    dict
        ``test``: ``macro_f1``, F1 of each stance, ``holder_accuracy`` and ``calibration`` (1 - ECE).
        ``behaviour``: share of ``pairs`` and of ``items`` right.
    """
    judge = find_classifier(name)
    found: dict[str, dict[str, float]] = {}
    if "test" in parts:
        items = [
            GoldItem(item.id, item.text, item.target, item.stance, item.holder, item.title)
            for item in read_labelled(seed_path("labelled"))
            if item.part == "test"
        ]
        figures = evaluate(items, judge)
        found["test"] = {
            "macro_f1": figures["macro_f1"],
            **{f"f1_{stance}": row["f1"] for stance, row in figures["per_stance"].items()},
            "holder_accuracy": figures["holder_accuracy"] or 0.0,
            "calibration": 1 - figures["calibration_error"],
        }
    if "behaviour" in parts:
        last = table(run_suite(judge, read_suite())).iloc[-1]
        found["behaviour"] = {"pairs": float(last["right"]), "items": float(last["items"])}
    return found


def check(names: Sequence[str] = SHIPPED, parts: Sequence[str] = PARTS, path: Path | None = None) -> Verdict:
    """Measure classifiers and hold the figures against the floors."""
    kept = _read(path or _path())
    measured = {name: measure(name, parts) for name in names}
    below = [
        f"{name}, {part}: {figure} {value:.4f}, floor {floor:.2f}"
        for name, by_part in measured.items()
        for part, figures in by_part.items()
        for figure, value in figures.items()
        if (floor := kept["floors"].get(name, {}).get(part, {}).get(figure)) is not None and value < floor
    ]
    now = data_digest()
    return Verdict(measured, below, now, moved=kept["digest"] != now)


def update(verdict: Verdict, *, lower: bool = False, path: Path | None = None) -> list[str]:
    """Raise floors to what was measured, and note the digest of the data.

    Parameters
    ----------
    verdict : Verdict
    lower : bool, default False
        Also bring down floors that were not reached.

    Returns
    -------
    list of str
        One line for each floor that moved.

    Raises
    ------
    SeedError
        A floor would have to go down, and `lower` does not allow it.
    """
    if verdict.below and not lower:
        raise SeedError(f"floors would go down; say so with --lower if that is meant: {'; '.join(verdict.below)}")
    target = path or _path()
    kept = _read(target)
    moves = []
    for name, by_part in verdict.measured.items():
        for part, figures in by_part.items():
            floors = kept["floors"].setdefault(name, {}).setdefault(part, {})
            for figure, value in figures.items():
                new = math.floor(value * 10**_DECIMALS + 1e-9) / 10**_DECIMALS
                old = floors.get(figure)
                if old is None or new > old or (lower and value < old):
                    floors[figure] = new
                    moves.append(f"{name}, {part}: {figure} {'new' if old is None else old} -> {new}")
    kept["digest"] = verdict.digest
    target.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf8")
    return moves


def data_digest() -> str:
    """Return the digest of the labelled sentences and the behavioural suite."""
    return digest([*seed_path("labelled").glob("*.jsonl"), *seed_path("behaviour").glob("*.jsonl")])


def _path() -> Path:
    return seed_path("models") / "floors.json"


def _read(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {"digest": "", "floors": {}}
    try:
        kept = json.loads(path.read_text("utf8"))
        return {"digest": str(kept["digest"]), "floors": dict(kept["floors"])}
    except (ValueError, KeyError, TypeError) as error:
        raise SeedError(f"{path}: expected digest and floors ({error})") from error
