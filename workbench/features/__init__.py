"""What can be counted about a passage: features with names, phrases with their places, and a briefing in numbers."""

from __future__ import annotations

from workbench.features.briefing import Briefing
from workbench.features.cues import Cue, speaker
from workbench.features.named import Feature, features

__all__ = ["Briefing", "Cue", "Feature", "features", "speaker"]
