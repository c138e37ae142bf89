"""Stance workbench: who says what of whom in Persian defence news, traceable to the sentence.

>>> import workbench as wb
>>> articles = wb.load("articles/")  # doctest: +SKIP
>>> stances = wb.judge(articles)  # doctest: +SKIP
>>> wb.explore(articles)  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.corpus import demo as demo
    from workbench.corpus import load as load
    from workbench.evaluation import evaluate as evaluate
    from workbench.judging import judge as judge
    from workbench.panels.explorer import explore as explore
    from workbench.reporting import report as report

__version__ = "0.1.0"

# Name to module: what a user sees, loaded when it is first asked for so that `import workbench` stays light.
_PUBLIC = {
    "demo": "workbench.corpus",
    "evaluate": "workbench.evaluation",
    "explore": "workbench.panels.explorer",
    "judge": "workbench.judging",
    "load": "workbench.corpus",
    "report": "workbench.reporting",
}
__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'workbench' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
