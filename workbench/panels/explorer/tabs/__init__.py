"""The explorer's tabs: one file for each, a state in and HTML out, live where a kernel listens and still where none does."""

from __future__ import annotations

from collections.abc import Callable

from workbench.panels.explorer.state import ExplorerState
from workbench.panels.explorer.tabs.concordance import concordance
from workbench.panels.explorer.tabs.holders import holders
from workbench.panels.explorer.tabs.outlets import outlets
from workbench.panels.explorer.tabs.overview import overview
from workbench.panels.explorer.tabs.reader import reader
from workbench.panels.explorer.tabs.sentences import sentences
from workbench.panels.explorer.tabs.time import time
from workbench.panels.explorer.tabs.words import words

Draw = Callable[[ExplorerState, bool], str]

TABS: dict[str, Draw] = {
    "overview": overview,
    "time": time,
    "holders": holders,
    "outlets": outlets,
    "words": words,
    "concordance": concordance,
    "sentences": sentences,
    "reader": reader,
}
