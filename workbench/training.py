"""Judged sentences to passages, folds by theme, and the classifiers that are fitted on them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from workbench.errors import SourceError, TableError, UnknownNameError
from workbench.reading import passages, read
from workbench.seeds import seed_path
from workbench.stance import CLASSIFIERS, member
from workbench.types import STANCES, Article, Passage

NONE = "none"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One judged (text, target) pair of `seeds/labelled/` or of a user's own annotations.

    Attributes
    ----------
    stance : str
        A `Stance`, or ``none`` where the string is not the state.
    theme : str
        What the text is about: folds and parts never cut through a theme.
    part : {'train', 'test'}
    """

    id: str
    text: str
    target: str
    stance: str
    holder: str | None = None
    title: str | None = None
    theme: str = ""
    part: str = "train"
    register: str = ""
    confidence: str = "high"

    @property
    def source(self) -> str:
        """Figures per source are per register."""
        return self.register


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Passages with what is known of them, item by item in the same order."""

    passages: list[Passage]
    stances: list[str]
    holders: list[str | None]
    themes: list[str]

    def __len__(self) -> int:
        return len(self.passages)

    def take(self, indices: Iterable[int]) -> TrainingSet:
        """Return the items at `indices`."""
        rows = list(indices)
        return TrainingSet(
            [self.passages[row] for row in rows],
            [self.stances[row] for row in rows],
            [self.holders[row] for row in rows],
            [self.themes[row] for row in rows],
        )


def read_labelled(source: str | Path | Sequence[str | Path]) -> list[Labelled]:
    """Read judged sentences from JSON Lines: a file, a folder, or several.

    Raises
    ------
    SourceError
        Nothing there, or not readable.
    TableError
        A line is not a judged sentence; the message gives file, line and what was expected.
    """
    sources = [source] if isinstance(source, str | Path) else list(source)
    found: list[Labelled] = []
    for one in map(Path, sources):
        paths = sorted(one.glob("*.jsonl")) if one.is_dir() else [one]
        for path in paths:
            try:
                lines = path.read_text("utf-8-sig").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise SourceError(f"{path}: cannot be read as UTF-8 JSON Lines ({error})") from error
            found += [_labelled(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise SourceError(f"{', '.join(map(str, sources))}: holds no judged sentences")
    return found


def _labelled(line: str, where: str) -> Labelled:
    try:
        row: dict[str, Any] = json.loads(line)
        item = Labelled(**{name: row[name] for name in ("id", "text", "target", "stance")})
        given = {
            name: row[name] for name in ("holder", "title", "theme", "part", "register", "confidence") if row.get(name)
        }
        item = Labelled(item.id, item.text, item.target, item.stance, **given)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TableError(f"{where}: expected an object with id, text, target and stance ({error})") from error
    if item.stance not in (*STANCES, NONE):
        raise TableError(f"{where}: stance is {item.stance!r}; expected one of {', '.join((*STANCES, NONE))}")
    if item.part not in {"train", "test"}:
        raise TableError(f"{where}: part is {item.part!r}; expected train or test")
    return item


def training_set(items: Iterable[Labelled]) -> TrainingSet:
    """Read texts into passages; ``none`` and texts in which no mention is found teach nothing and are left out."""
    found = TrainingSet([], [], [], [])
    for item in items:
        if item.stance == NONE:
            continue
        article = Article(article_id=item.id, text=item.text, title=item.title)
        for passage in passages(read(article, (item.target,)), (item.target,)):
            found.passages.append(passage)
            found.stances.append(item.stance)
            found.holders.append(item.holder)
            found.themes.append(item.theme or item.id)
    return found


def fit_shipped(data: TrainingSet, about: dict[str, Any]) -> dict[str, Any]:
    """Fit the ensemble; it and its members are what the project ships.

    Parameters
    ----------
    data : TrainingSet
    about : dict
        Card of the fit, as `card` gives it.

    Returns
    -------
    dict of str to classifier
        By name.
    """
    whole = member("ensemble")().fit(data.passages, data.stances, data.themes, data.holders)
    fitted = {"ensemble": whole, **whole.members_}
    for one in fitted.values():
        one.card_ = about
    return fitted


def fit_one(name: str, data: TrainingSet, about: dict[str, Any], **parameters: Any) -> Any:
    """Fit one classifier of the table.

    Raises
    ------
    UnknownNameError
        No such classifier.
    TableError
        It learns nothing, or there are too few passages.
    """
    if name not in CLASSIFIERS:
        raise UnknownNameError("classifier", name, CLASSIFIERS)
    kind = member(name)
    if not hasattr(kind, "save"):
        raise TableError(f"classifier {name!r} learns nothing that could be saved")
    fitted = kind(**parameters).fit(data.passages, data.stances, data.themes, data.holders)
    fitted.card_ = about
    return fitted


def card(paths: Sequence[Path], data: TrainingSet) -> dict[str, Any]:
    """Return what is written into a model file about its data and the versions it was made with."""
    return {
        "data": {
            "files": [path.name for path in paths],
            "digest": digest(paths),
            "passages": len(data),
            "stances": dict(Counter(data.stances)),
            "themes": sorted(set(data.themes)),
        },
        "versions": {name: version(name) for name in ("stance-workbench", "numpy", "scikit-learn")},
    }


def digest(paths: Iterable[Path]) -> str:
    """Return the SHA-256 over names and bytes of files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def shipped_parts() -> tuple[TrainingSet, TrainingSet]:
    """Return the train and the test part of the project's own labelled sentences."""
    items = read_labelled(seed_path("labelled"))
    train, test = (training_set(item for item in items if item.part == part) for part in ("train", "test"))
    return train, test


def test_items() -> list[Labelled]:
    """Return the test part as items to evaluate on, those in which the string is not the state among them."""
    return [item for item in read_labelled(seed_path("labelled")) if item.part == "test"]
