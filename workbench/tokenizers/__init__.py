"""Tokenizers: one type (`workbench.types.Tokenizer`), one table."""

from __future__ import annotations

import importlib

from workbench.errors import UnknownNameError
from workbench.types import Tokenizer

# Name to where its callable is; modules load when they are asked for.
TOKENIZERS: dict[str, tuple[str, str]] = {
    "native": ("workbench.tokenizers.native", "tokenize"),
    "hazm": ("workbench.tokenizers.hazm", "tokenize"),
}


def tokenizer(name: str) -> Tokenizer:
    """Return a tokenizer by name.

    Raises
    ------
    UnknownNameError
        The name is in no row of `TOKENIZERS`.
    """
    if name not in TOKENIZERS:
        raise UnknownNameError("tokenizer", name, TOKENIZERS)
    module, function = TOKENIZERS[name]
    found: Tokenizer = getattr(importlib.import_module(module), function)
    return found
