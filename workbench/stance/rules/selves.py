"""Words of a speaker that stand for his own state ('ما', 'ملت') or for the one foe that the sentence names ('دشمن')."""

from __future__ import annotations

from workbench.stance.rules.words import Words

_OWN = {"ما": "", "ملت": "IR", "نظام": "IR"}
_GOVERNMENT = "دولت"
_GOES_ON = frozenset("در باید با از به برای هنوز هم نیز را نباید".split())  # behind 'دولت' that no word describes
_NOT_OWN_AFTER = frozenset({"این", "ان", "هر", "دو", "همه", "منشور", "سازمان"})
_NOT_OWN_BEFORE = frozenset(
    "غذایی بانکی اموزشی مالی پزشکی بهداشتی اداری سلامت مالیاتی درمانی ارزی پولی".split()
)  # 'نظام بانکی'
_FOE = frozenset({"دشمن", "دشمنان"})
_OTHER_SIDE = "طرف"


def with_selves(words: Words, states: list[tuple[int, int, str]], speaker: str) -> list[tuple[int, int, str]]:
    """Add such words to the states that a sentence names.

    Parameters
    ----------
    words : sequence of Token
    states : list of (int, int, str)
        First word, last word and code of each mention.
    speaker : str
        Code of the speaker's state.
    """
    taken = {at for first, last, _ in states for at in range(first, last + 1)}
    foreign = {code for _, _, code in states if code != speaker}
    foreign_states = bool(foreign)
    foe = foreign.pop() if len(foreign) == 1 else None
    added = []
    for at, word in enumerate(words):
        key = word.form.key
        if at in taken:
            continue
        if (
            key in _OWN
            and _OWN[key] in {"", speaker}
            and at + 1 not in taken
            and words[at - 1].form.key not in _NOT_OWN_AFTER
            and (at + 1 == len(words) or words[at + 1].form.key not in _NOT_OWN_BEFORE)
        ) or (
            key == _GOVERNMENT
            and not foreign_states
            and at + 1 < len(words)
            and words[at + 1].form.key in _GOES_ON
            and words[at - 1].form.key not in _NOT_OWN_AFTER
        ):
            added.append((at, at, speaker))
        elif foe is not None and key in _FOE and speaker == "IR" and foe in {"US", "IL", "GB"}:
            added.append((at, at, foe))
        elif foe is not None and key == _OTHER_SIDE and at + 1 < len(words) and words[at + 1].form.key == "مقابل":
            added.append((at, at + 1, foe))
    return sorted([*states, *added]) if added else states
