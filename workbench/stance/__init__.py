"""Stance classifiers: one family, one table, the same input (passages) and output (judgements)."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from workbench.errors import ModelError, UnknownNameError
from workbench.saving import SUFFIX, read_model
from workbench.types import StanceClassifier

# Name to where it is made; modules load when they are asked for.
CLASSIFIERS: dict[str, tuple[str, str]] = {
    "majority": ("workbench.stance.majority", "Majority"),
    "rules": ("workbench.stance.rules", "Rules"),
    "embedding": ("workbench.stance.embedding", "Embedding"),
    "linear": ("workbench.stance.linear", "Linear"),
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
        return _member(name).from_saved(model)  # type: ignore[no-any-return]
    if which not in CLASSIFIERS:
        raise UnknownNameError("classifier", str(which), CLASSIFIERS)
    kind = _member(str(which))
    made: StanceClassifier = kind.shipped() if hasattr(kind, "shipped") else kind()
    return made


def _member(name: str) -> Any:
    module, kind = CLASSIFIERS[name]
    return getattr(importlib.import_module(module), kind)
