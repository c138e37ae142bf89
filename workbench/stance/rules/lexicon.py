"""The lexicon of evaluative phrases, as a trie over dictionary forms."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

from workbench.errors import SeedError
from workbench.seeds import seed_path
from workbench.stance.rules.verbs import is_negative, stem, verb_of
from workbench.text import Form, Token, fold, tokens
from workbench.text.characters import ZWNJ

PLACES = ("az", "ba", "be", "bar", "alayh", "dar", "obj", "gen", "subj", "by", "pred", "mod", "slogan", "pair", "psubj")


@dataclass(frozen=True)
class Entry:
    """An evaluative phrase; what follows from its frame is worked out once.

    Attributes
    ----------
    phrase : str
    frame : dict of str to int
        Place of the target (see `PLACES`) to +1 or -1.
    strength : int
        1 to 3; 0 only guards: a set term (وزیر دفاع) whose words are no praise or blame.
    applies_to : str
        ``act``, ``quality``, ``emotion`` or ``diplomacy``.
    meaning : str
    """

    phrase: str
    frame: dict[str, int]
    strength: int
    applies_to: str
    meaning: str

    @cached_property
    def is_negative(self) -> bool:
        """Whether the phrase holds its own negation ('تسلیم نشد')."""
        last = tokens(self.phrase)[-1]
        return last.text in {"نماند", "نبرد"} or is_negative(last.text, stem(last))

    @cached_property
    def is_blame(self) -> bool:
        """Whether the phrase speaks against somebody."""
        return any(sign < 0 for sign in self.frame.values())

    @cached_property
    def is_done_to_somebody(self) -> bool:
        """Whether the phrase is a hostile act that has a patient ('تحریم … علیه'), so that who stands behind it suffers it."""
        return any(sign < 0 and place in _PATIENTS for place, sign in self.frame.items())

    @cached_property
    def is_done_to_whom_it_has(self) -> bool:
        """Whether who stands behind the noun of a hostile act suffers it ('محاصره ایران') and does not do it ('جنایت آمریکا')."""
        return self.frame.get("gen") == -1 and not (set(self.frame) & _BEARER - {"gen"})

    @cached_property
    def of_bearer(self) -> int:
        """What the phrase says of the one who does or has it: +1, -1, or 0 where it is said of somebody else."""
        signs = {sign for place, sign in self.frame.items() if place in _BEARER}
        if set(self.frame) & _BEARER == {"by"} and self.phrase.endswith(_BECAME):
            return 0  # 'به دست X کشته شد'
        if set(self.frame) & _BEARER == {"gen"} and self.applies_to != "quality":
            return 0  # 'مهار ایران', 'احضار سفیر': done to whom the ezafe names
        if set(self.frame) & _BEARER == {"by"} and self.phrase.endswith(("شد", "شدند")):
            return 0  # done by whom 'به دست' names, and not by the subject
        return signs.pop() if len(signs) == 1 else 0


_PATIENTS = frozenset({"alayh", "be", "bar", "obj", "slogan"})
_BECAME = ("شد", "شدند", "یافت", "رسید", "رسیدند")
_BEARER = frozenset({"gen", "by", "subj", "pred"})


@dataclass(frozen=True)
class Hit:
    """A phrase found among the tokens of a sentence: words `first` to `last`, and the entries that it may be.

    `gap` holds the words that stand inside an idiom and are no part of it ('گلوی *کوبا* را می‌فشارد').
    """

    first: int
    last: int
    entries: tuple[Entry, ...]
    gap: range | None = None

    def meant(self, words: Sequence[Token]) -> tuple[Entry, ...]:
        """The entries that the verb allows: 'تسلیم شد' is no 'تسلیم نشد', though they share their dictionary form."""
        if not [entry for entry in self.entries if entry.is_negative]:
            return self.entries
        last = words[self.last]
        negative = is_negative(last.text, stem(last))
        return tuple(entry for entry in self.entries if entry.is_negative == negative)

    @cached_property
    def is_suffered(self) -> bool:
        """Whether it names a hostile act that who stands behind it suffers ('محاصره ایران')."""
        return any(entry.applies_to == "act" and entry.is_done_to_whom_it_has for entry in self.entries)

    @cached_property
    def is_blame(self) -> bool:
        """Whether any of its entries speaks against somebody."""
        return any(entry.is_blame for entry in self.entries)


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    @property
    def is_guard(self) -> bool:
        """Whether a phrase that judges nothing ends here."""
        return bool(self.entries) and not any(entry.strength for entry in self.entries)


@cache
def _trie() -> _Node:
    root = _Node()
    for path in sorted(seed_path("lexicons").glob("*.tsv")):
        for entry in read_lexicon(path):
            _plant(root, entry)
            if ZWNJ in entry.phrase and "می" + ZWNJ not in entry.phrase:
                _plant_apart(root, entry)
            for other in (_passive(entry), _infinitive(entry), _passive_infinitive(entry)):
                if other is not None:
                    _plant(root, other)
                    _plant_formal(root, other)
            _plant_formal(root, entry)
    return root


def _plant(root: _Node, entry: Entry) -> None:
    node = root
    for token in tokens(entry.phrase):
        node = node.next.setdefault(token.form.key, _Node())
    node.entries = (*node.entries, entry)


def _plant_formal(root: _Node, entry: Entry) -> None:
    """Plant a phrase with the verb that formal prose has for its own ('متهم نمود' for 'متهم کرد', 'محکوم گردید' for 'محکوم شد')."""
    before, _, verb = entry.phrase.rpartition(" ")
    if before and verb in _FORMAL and GAP not in before:
        _plant(root, replace(entry, phrase=f"{before} {_FORMAL[verb]}"))


def _plant_apart(root: _Node, entry: Entry) -> None:
    """Plant a phrase as it stands where a half-space was typed as a space and not put back ('نسل کشی')."""
    node = root
    for piece in entry.phrase.replace(ZWNJ, " ").split():
        node = node.next.setdefault(fold(piece), _Node())
    node.entries = (*node.entries, entry)


def _passive(entry: Entry) -> Entry | None:
    """The passive of a phrase with کرد or داد ('محکوم شد'): what was object is subject, its prepositions stay."""
    *before, verb = entry.phrase.split(" ")
    if (not before or verb not in _PASSIVES) and verb not in _ALONE:
        return None
    frame = {
        "psubj" if place == "obj" else place: sign
        for place, sign in entry.frame.items()
        if place not in {"subj", "pred", "by", "gen", "mod"}
    }
    return (
        Entry(
            " ".join([*before, _PASSIVES.get(verb, f"{verb}ه شد")]),
            frame,
            entry.strength,
            entry.applies_to,
            f"{entry.meaning}, passive",
        )
        if frame
        else None
    )


def _infinitive(entry: Entry) -> Entry | None:
    """The infinitive of a phrase with a verb ('متهم کردن'): what was object stands in its ezafe chain, its prepositions stay."""
    before, _, verb = entry.phrase.rpartition(" ")
    if not before or verb not in _PASSIVES:
        return None
    frame = {
        "gen" if place == "obj" else place: sign
        for place, sign in entry.frame.items()
        if place not in {"subj", "pred", "by", "gen", "mod", "slogan", "psubj"}
    }
    if not frame:
        return None
    return Entry(f"{before} {verb}ن", frame, entry.strength, entry.applies_to, f"{entry.meaning}, infinitive")


def _passive_infinitive(entry: Entry) -> Entry | None:
    """The infinitive of its passive ('متهم شدن'): what was object stands in its ezafe chain."""
    before, _, verb = entry.phrase.rpartition(" ")
    if before not in _SAID_OR_DONE or verb != "کرد" or entry.frame.get("obj") != -1:
        return None
    return Entry(f"{before} شدن", {"gen": -1}, entry.strength, entry.applies_to, f"{entry.meaning}, passive infinitive")


_SAID_OR_DONE = frozenset({"متهم", "محکوم", "تحریم", "تهدید", "سرزنش", "نکوهش", "تحقیر", "منزوی"})
_FORMAL = {"کرد": "نمود", "شد": "گردید", "کردن": "نمودن"}
_ALONE = frozenset({"ستود", "نکوهید", "ستایید", "سوزاند", "کشت", "ربود", "شکست"})
_PASSIVES = {
    "کرد": "شد",
    "داد": "داده شد",
    "ساخت": "ساخته شد",
    "خواند": "خوانده شد",
    "نامید": "نامیده شد",
    "گذاشت": "گذاشته شد",
    "گرفت": "گرفته شد",
}


def read_lexicon(path: Path) -> Iterator[Entry]:
    """Yield the entries of a file of `seeds/lexicons`.

    Raises
    ------
    SeedError
        A row lacks a column, or its frame names a place that there is not.
    """
    with path.open(encoding="utf8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        for number, row in enumerate(rows, 1):
            try:
                frame = {
                    place: int(f"{sign}1") for place, sign in (part.split(":") for part in row["frame"].split(","))
                }
                entry = Entry(row["phrase"], frame, int(row["strength"]), row["applies_to"], row["meaning"])
            except (KeyError, ValueError, TypeError, AttributeError) as error:
                raise SeedError(
                    f"{path.name}, entry {number}: expected phrase, frame, strength, applies_to, meaning ({error})"
                ) from error
            if not set(frame) <= set(PLACES):
                raise SeedError(
                    f"{path.name}, entry {number} {entry.phrase!r}: frame has {set(frame) - set(PLACES)}; expected {PLACES}"
                )
            yield entry


def find_hits(words: Sequence[Token]) -> list[Hit]:
    """Find the phrases of the lexicon, each word by its key or by its lemma's.

    A phrase that opens a longer one is found beside it: 'تمجید' keeps its own frame inside 'تمجید کرد'. One with a gap hides
    nothing inside it.
    """
    hits: list[Hit] = []
    covered = -1
    for first, word in enumerate(words):
        opening = _opening(word.form)
        if opening is None or not (opening.is_enough or _goes_on(opening, words, first + 1)):
            continue
        found = _from(opening.nodes, words, first)
        if not found:
            continue
        whole = max((hit.last for hit in found if hit.gap is None), default=-1)
        if whole >= max(covered, 0):
            covered = whole
            hits += found
        else:
            hits += [hit for hit in found if hit.gap is not None]
    return hits


def _goes_on(opening: _Opening, words: Sequence[Token], at: int) -> bool:
    """Whether word `at` may be the second of a phrase: most that 'به' or 'در' could open end there."""
    return at < len(words) and not opening.following.isdisjoint(_later_keys(words[at].form))


def _from(nodes: Sequence[_Node], words: Sequence[Token], first: int) -> list[Hit]:
    found: list[Hit] = []
    for at in range(first, min(first + _LONGEST, len(words))):
        if at > first:
            keys = _later_keys(words[at].form)
            nodes = [node.next[key] for node in nodes for key in keys if key in node.next]
            if not nodes:
                break
        entries = _entries(nodes)
        if entries:
            found.append(Hit(first, at, entries))
        gaps = [node.next[GAP] for node in nodes if GAP in node.next]
        if gaps:
            found += _across(gaps, words, first, at + 1)
    return found


def _entries(nodes: Sequence[_Node]) -> tuple[Entry, ...]:
    """The phrases that end in any of some places of the trie."""
    return nodes[0].entries if len(nodes) == 1 else tuple(entry for node in nodes for entry in node.entries)


def _across(gaps: Sequence[_Node], words: Sequence[Token], first: int, start: int) -> list[Hit]:
    """Find what closes an idiom that stands open from word `start` ('جیب … را زد'): the nearest word that can."""
    for at in range(start + 1, min(start + 1 + _GAP, len(words))):
        if words[at - 1].form.key in _GAP_ENDS:
            return []
        nodes = [node.next[key] for node in gaps for key in _later_keys(words[at].form) if key in node.next]
        if not nodes:
            continue
        for end in range(at, min(at + _LONGEST, len(words))):
            if end > at:
                if words[end].form.lemma in _MODAL and end + 1 < len(words):
                    continue  # 'گلوی … را می‌خواهد بفشارد'
                keys = _later_keys(words[end].form)
                nodes = [node.next[key] for node in nodes for key in keys if key in node.next]
            entries = _entries(nodes)
            if entries:
                return [Hit(first, end, entries, range(start, at))]
            if not nodes:
                break
    return []


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where in the trie a phrase may be after its first word.

    Attributes
    ----------
    nodes : tuple of _Node
    is_enough : bool
        Whether the word is a phrase by itself, or opens an idiom with a gap.
    following : frozenset of str
        Keys that the second word may have.
    """

    nodes: tuple[_Node, ...]
    is_enough: bool
    following: frozenset[str]


class _Kept[Found](dict[Form, Found]):
    """What a function finds for each form, kept: there is one form per spelling, and to look it up is one step in C."""

    def __init__(self, find: Callable[[Form], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, form: Form) -> Found:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[form] = self._find(form)
        return found


_MOST_KEPT = 1 << 17


def _find_opening(form: Form) -> _Opening | None:
    """Where in the trie a phrase may be after a word that opens one."""
    following = _trie().next
    found = [following[key] for key in _keys(form) if key in following]
    if not found:
        return None
    if found[0] is following.get(form.key) and found[0].is_guard:
        found = found[:1]  # an inflected form that is another word: 'سازنده‌ای'
    is_enough = any(node.entries or GAP in node.next for node in found)
    return _Opening(tuple(found), is_enough, frozenset().union(*(node.next for node in found)))


_opening = _Kept(_find_opening).__getitem__


_LONGEST = 6
_MODAL = frozenset({"خواست", "توانست", "باید"})
GAP = "…"
"""In a phrase of the lexicon: one to seven words of anything within a clause."""
_GAP = 7
_GAP_ENDS = frozenset({".", "؛", ":", "،", ",", "که", "؟", "!"})


def _keys(form: Form) -> tuple[str, ...]:
    """The keys that a word is found by, in order: its own and its dictionary form's."""
    verb = verb_of(form.text)
    if form.lemma == form.text:
        return (form.key, *_bare(form.key)) if verb is None else (form.key, _folded(verb))
    return tuple(
        dict.fromkeys((form.key, _folded(form.lemma), _folded(verb or form.lemma), *_bare(_folded(form.lemma))))
    )


def _bare(key: str) -> tuple[str, ...]:
    """What a word is without the endings that leave it a quality: 'وفادارتر', 'فرشتگان', 'راهزنان'."""
    return tuple(
        key[: -len(ending)] + stem for ending, stem in _ENDINGS if key.endswith(ending) and len(key) > len(ending) + 3
    )


_ENDINGS = (("تر", ""), ("ترین", ""), ("گان", "ه"), ("وی", "و"))


_folded = lru_cache(maxsize=1 << 17)(fold)


def _find_later_keys(form: Form) -> tuple[str, ...]:
    """Those behind the first word, where a negated verb has another ('عمل نکرد' for 'عمل نمی‌کند')."""
    lemma = verb_of(form.text) or form.lemma
    denied = ("ن" + _folded(lemma),) if is_negative(form.text, lemma) else ()
    return (*_keys(form), *denied)


_later_keys = _Kept(_find_later_keys).__getitem__


def means_else(hit: Hit, hits: list[Hit]) -> bool:
    """Whether a longer phrase around it says the contrary or nothing: 'شریک' in 'شریک کشتار', 'شریف' in 'شهباز شریف'."""
    for other in hits:
        if other.first <= hit.first and hit.last <= other.last and other.last - other.first > hit.last - hit.first:
            if not any(entry.strength for entry in other.entries):
                return True
            signs = {sign for entry in hit.entries for sign in entry.frame.values()}
            if signs.isdisjoint(sign for entry in other.entries for sign in entry.frame.values()):
                return True
    return False
