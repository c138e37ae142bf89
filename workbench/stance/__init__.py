"""Stance classifiers: one family, one table, the same input (passages) and output (judgements)."""

from __future__ import annotations

import importlib
from typing import Any

from workbench.errors import UnknownNameError
from workbench.types import StanceClassifier

# Name to where it is made; modules load when they are asked for.
CLASSIFIERS: dict[str, tuple[str, str]] = {
    "majority": ("workbench.stance.majority", "Majority"),
    "rules": ("workbench.stance.rules", "Rules"),
}


def classifier(which: str | Any) -> StanceClassifier:
    """Return a classifier by name; a fitted estimator is returned as it is.

    Raises
    ------
    UnknownNameError
        The name is in no row of `CLASSIFIERS`.
    """
    if not isinstance(which, str):
        return which  # type: ignore[no-any-return]
    if which not in CLASSIFIERS:
        raise UnknownNameError("classifier", which, CLASSIFIERS)
    module, name = CLASSIFIERS[which]
    made: StanceClassifier = getattr(importlib.import_module(module), name)()
    return made
