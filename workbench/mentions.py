"""Who is spoken of: one pass over the tokens with a trie of all aliases, longest first.

Aliases are compared by matching key, so that letter variants, lost half-spaces and typed spaces do not matter, and the last
word of an alias may carry a plural ending or a pronoun (آمریکایی‌ها, ایرانمان).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.targets import states
from workbench.text import Token, tokens
from workbench.text.characters import ZWNJ
from workbench.types import Mention, Span

_ENDINGS = ("", "ها", "های", "هایی", "هایش", "هایشان", "اش", "شان", "مان", "تان", "ام", "ات", "ان", "یان", "یی", "ی")
_DEMONYM_ENDINGS = ("", "ها", "های", "هایی", "هایش", "اش", "ام", "ات", "ان", "مان", "شان")
_EXCLUDED = "excluded"
# 'این کشور' and its like: the state last spoken of, where there is only one it can be.
_ANAPHORS = (("این", "کشور"), ("آن", "کشور"), ("دولت", "مذکور"))


@dataclass(slots=True)
class _Node:
    """A place in the trie: what the next word may be, and whose alias ends here."""

    next: dict[str, _Node] = field(default_factory=dict)
    found: list[tuple[str, str]] = field(default_factory=list)


@lru_cache(maxsize=1)
def _trie() -> _Node:
    root = _Node()
    for code, state in states().items():
        for kind, spellings in state.aliases.items():
            for spelling in spellings:
                _plant(root, spelling, code, kind)
        for spelling in state.exclusions:
            _plant(root, spelling, code, _EXCLUDED)
    return root


def _plant(root: _Node, spelling: str, code: str, kind: str) -> None:
    for variant in {spelling, spelling.replace(ZWNJ, " ")}:
        _plant_keys(root, [token.form.key for token in tokens(variant)], code, kind)


def _plant_keys(root: _Node, keys: list[str], code: str, kind: str) -> None:
    *head, last = keys
    node = root
    for word in head:
        node = node.next.setdefault(word, _Node())
    endings: tuple[str, ...] = (
        _DEMONYM_ENDINGS if kind == "demonym" else _ENDINGS[:-4] if kind in {"capital", "office"} else _ENDINGS
    )
    if kind == "name":
        endings = (*_ENDINGS[:-4], "ی") if last.endswith("ا") else _ENDINGS[:-4]  # آمریکای جهان‌خوار
    for ending in endings:
        node.next.setdefault(last + ending, _Node()).found.append((code, kind))
    if head:  # کاخ‌سفید, typed as one word
        root.next.setdefault("".join(head) + last, _Node()).found.append((code, kind))


def find_mentions(words: Sequence[Token], sentences: Sequence[Span] = ()) -> tuple[Mention, ...]:
    """Find every mention of every state.

    Parameters
    ----------
    words : sequence of Token
        Of one article, in reading order.
    sentences : sequence of Span, optional
        Needed to resolve 'این کشور'.

    Returns
    -------
    tuple of Mention
        In reading order, without overlap; offsets into the raw text.
    """
    root = _trie()
    first = root.next
    found: list[Mention] = []
    keys = [word.form.key for word in words]
    at = 0
    while at < len(words):
        if keys[at] not in first:
            at += 1
            continue
        length, labels = _longest(root, keys, at)
        if not length:
            at += 1
            continue
        kept = None if any(kind == _EXCLUDED for _, kind in labels) else _choose(labels, keys, at)
        if kept is not None:
            found.append(Mention(words[at].start, words[at + length - 1].end, *kept))
        at += length
    return tuple(_with_anaphors(found, words, keys, sentences)) if sentences else tuple(found)


def _longest(root: _Node, keys: Sequence[str], at: int) -> tuple[int, list[tuple[str, str]]]:
    node, best, labels = root, 0, []
    for length in range(1, min(8, len(keys) - at) + 1):
        following = node.next.get(keys[at + length - 1])
        if following is None:
            break
        node = following
        if node.found:
            best, labels = length, node.found
    return best, labels


def _choose(labels: list[tuple[str, str]], keys: Sequence[str], at: int) -> tuple[str, str] | None:
    """Take the reading that is meant; none where the words before say that it is no state."""
    code, kind = labels[0]
    before = keys[at - 1] if at else ""
    if kind == "capital" and (before in _CITY_BEFORE or _is_dateline(keys, at)):
        return None
    if kind == "demonym" and before in _NOT_STATE_BEFORE:
        return None
    if kind == "name" and before in _TEAM_BEFORE:
        return None
    return code, kind


def _is_dateline(keys: Sequence[str], at: int) -> bool:
    """Whether a capital opens the text as the place of writing ('پکن - ایرنا')."""
    return at == 0 and len(keys) > 1 and keys[1] in {"-", "–", "—", "ـ", "/"}


_CITY_BEFORE = frozenset(
    [
        "در",
        "پلیس",
        "بزرگ",
        "پزشکی",
        "مرکز",
        "شهر",
        "استان",
        "شهرداری",
        "شهردار",
        "خیابان",
        "فرودگاه",
        "دانشگاه",
        "بورس",
        "حومه",
        "هوای",
        "مترو",
        "متروی",
        "فرمانداری",
        "استانداری",
        "جمعه",
    ]
)
_NOT_STATE_BEFORE = frozenset(
    [
        "فیلم",
        "فیلمهای",
        "سریال",
        "کالای",
        "کالاهای",
        "خودروی",
        "خودروهای",
        "بازیگر",
        "بازیکن",
        "خواننده",
        "تیم",
        "رستوران",
    ]
)
_TEAM_BEFORE = frozenset(["تیم", "روزنامه"])


def _with_anaphors(
    found: list[Mention], words: Sequence[Token], keys: Sequence[str], sentences: Sequence[Span]
) -> list[Mention]:
    """Add 'این کشور' where the sentence so far, or else the one before, names exactly one state."""
    added: list[Mention] = []
    for at in range(len(keys) - 1):
        if (keys[at], keys[at + 1]) not in _ANAPHORS:
            continue
        start = words[at].start
        here = next((index for index, span in enumerate(sentences) if span.start <= start < span.end), None)
        if here is None:
            continue
        begins = sentences[here].start
        codes = [mention.target for mention in found if begins <= mention.start < start]
        if not codes and here:
            codes = [mention.target for mention in found if sentences[here - 1].start <= mention.start < begins]
        if len(set(codes)) == 1:
            added.append(Mention(start, words[at + 1].end, codes[0], "anaphor"))
    return sorted([*found, *added], key=lambda mention: mention.start)
