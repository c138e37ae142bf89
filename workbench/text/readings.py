"""Which of two readings of the same letters is meant: 'خانهای' is خان‌های (khans) or خانه‌ای (a house).

The plural ending ‌های binds the noun to what follows, so a verb, a preposition, a conjunction or a mark behind it speaks for
the singular; so does a word before it that counts or picks out one ('یک', 'هر', 'هیچ').
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.text import lexicon

if TYPE_CHECKING:
    from workbench.text.forms import Form

_ONE = frozenset(["یک", "هر", "هیچ", "چنین", "چنان", "آنچنان", "همچو", "عجب", "چه", "صد", "هزار", "دو", "سه", "چند"])
_BY_ONE = 2.0
_BY_END = 3.0
_BY_NOUN = -1.5


def prefers_rival(form: Form, before: Form | None, after: Form | None) -> bool:
    """Whether the rival of a form is meant, between these neighbours."""
    odds = form.lean
    if before is not None and before.text in _ONE:
        odds += _BY_ONE
    return odds + (_BY_END if _ends(after) else _BY_NOUN) > 0


def _ends(after: Form | None) -> bool:
    """Whether what follows cannot belong to a noun before it."""
    if after is None or after.kind == "mark":
        return after is None or after.text not in "«(\"'"
    return after.kind == "word" and (
        after.is_stop or after.text.startswith("می\u200c") or lexicon.is_finite(after.text)
    )
