"""Pictures of a selection: one file for each, records in and a `Picture` out; matplotlib shapes Persian itself since 3.11."""

from __future__ import annotations

from workbench.labels import LABELS, name
from workbench.plots.canvas import COLOURS, Picture
from workbench.plots.holders import holders_picture
from workbench.plots.outlets import outlets_picture
from workbench.plots.overview import overview_picture
from workbench.plots.time import time_picture
from workbench.plots.words import words_picture

__all__ = [
    "COLOURS",
    "LABELS",
    "Picture",
    "holders_picture",
    "name",
    "outlets_picture",
    "overview_picture",
    "time_picture",
    "words_picture",
]
