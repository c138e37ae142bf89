"""The workbench's own tokens: raw spans, half-spaces restored."""

from __future__ import annotations

from workbench.text import Token, tokens


def tokenize(text: str) -> list[Token]:
    """Cut a raw text; see `workbench.text.tokens`."""
    return tokens(text)
