"""The words of a sentence with their matching keys beside them, so that every rule reads them where one has made them."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.text import Token


class Words(list[Token]):
    """Words in reading order; never changed once made.

    Attributes
    ----------
    keys : list of str
        Their matching keys.
    """

    __slots__ = ("keys",)

    def __init__(self, words: Iterable[Token]) -> None:
        super().__init__(words)
        self.keys = [word.form.key for word in self]
