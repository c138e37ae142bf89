"""`rules`: evaluative phrases, and the place of the target that makes them speak of it. See README.md in this folder."""

from workbench.stance.rules.classifier import PHENOMENA, Rules

__all__ = ["PHENOMENA", "Rules"]
