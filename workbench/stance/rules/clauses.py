"""A sentence as clauses: which verb closes each, and who is its subject.

Persian news puts the verb last, so a verb ends its clause; a relative clause stands inside the one that it speaks of, and a
clause without a noun phrase at its head goes on with the subject before ('آمریکا که … دارد و … کشیده است، صلاحیت ندارد').
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.stance.rules.verbs import is_verb, stem
from workbench.stance.rules.words import Words
from workbench.text import Token

_MODALS = frozenset({"توانست", "باید", "نباید", "خواهد", "بایست", "شاید"})
_OPENERS = frozenset("""؛ : . ! ؟ اما ولی لیکن بلکه زیرا چون چنانچه اگر درحالیکه هرچند گرچه""".split())
_PREPOSITIONS = frozenset(
    """از با به بر در برای علیه ضد تا طی ضمن بدون جز توسط درباره پس پیش نزد میان بین مانند همچون چون سوی روی زیر نسبت بابت""".split()
)
_LIGHT_WORDS = frozenset('، , » « ( ) - – ـ "'.split()) | frozenset(
    """و همچنین نیز هم سپس امروز دیروز اکنون اینک امسال همواره بارها تاکنون هنوز همچنان یا البته متاسفانه خوشبختانه قطعا دیگر حتی حالا فقط
    تنها هرگز باید نباید اینکه که نه بار همین همه""".split()
)
_BECOMES = frozenset({"شود", "شوند", "نشود", "گردد"})
_THAT = frozenset({"که", "اینکه", "انکه"})
_PARTING = _OPENERS | _THAT
_TRANSPARENT = frozenset({"وابسته", "متعلق", "مربوط", "منسوب"})  # before به: whose something is
PART_OF = frozenset(
    "شماری تعدادی بخشی یکی برخی بسیاری گروهی جمعی نیمی هیچیک تنی انبوهی عدهای پارهای دستهای چندتن".split()
)  # 'شماری از …'
_PRONOUNS = frozenset({"وی", "او", "ان", "انان", "انها", "ایشان", "خود", "این"})
_BY_THAT = [[noun, that] for noun in ("موجب", "دلیل", "خاطر", "سبب") for that in ("ان", "این")]
_SAYINGS = frozenset("گفته باور اعتقاد عقیده نوشته تعبیر زعم روایت اذعان".split())
_TRULY = frozenset("راستی درستی هرحال تازگی سادگی".split())  # 'به راستی'
_WHO = frozenset({"چه", "کدام", "کی", "کیست"})
_NAMELY = frozenset("سرزمینی کشوری دولتی ملتی قدرتی رژیمی حکومتی".split())
_INSIDE = frozenset({"اگر", "چنانچه", "انکه"})
_OFFICES = frozenset(
    "وزیر وزارت رئیس رییس رئیسجمهور رییسجمهور سخنگوی سفیر مقام مقامات مقامهای نماینده فرمانده معاون نخستوزیر دولت رهبر دبیر رسانههای روزنامه".split()
)
PEOPLE = (
    "زان",
    "گان",
    "ران",
    "ندان",
    "نان",
    "خدمه",
    "مردم",
    "بیانیه",
)  # 'سربازان …', 'خدمه آن': a subject of their own
_ACTORS = _OFFICES | frozenset(
    "تیم هییت رییس رییسجمهور نیروهای ناو ناوشکن پلیس پارلمان مجلس وزرای رهبران سران ارتش فرستاده مشاور شرکت".split()
)
_SUBJECTS = frozenset(
    "بورس بازار بازارها شهر شهرها قیمت قیمتها بهای سهام خیابانها".split()
)  # none of them a state's act
_TOLD = frozenset({"گفت", "گفتند", "افزود", "نوشت"})  # 'که از کابل برمی‌گشت گفت'
_WAS = frozenset({"بود", "است", "بودند", "هستند"})
_CLEFT = 3
_HIS = frozenset("دلش دلم دلمان دلشان جانش جانشان چشمش سرش دستش کامش پشتش".split())  # begins an object of its own
_SOURCE = 8
_PHRASE = 9


@dataclass(slots=True)
class Part:
    """One clause: its words in order, its verb, and the noun phrase at its head.

    Attributes
    ----------
    words : list of int
    verb : int or None
        First word of the verb group that closes it.
    subject : frozenset of int
        Words of the states in its subject, own or taken over from the clause before.
    is_own : bool
        Whether a noun phrase of the clause itself is the subject.
    head : int or None
        First word of a noun phrase at the head that names no state.
    is_open : bool
        Whether the clause has a noun phrase at its head that names no state, so that a subject taken over is a guess.
    """

    words: list[int] = field(default_factory=list)
    verb: int | None = None
    subject: frozenset[int] = frozenset()
    is_own: bool = False
    is_open: bool = False
    head: int | None = None
    before: int | None = None
    antecedent: frozenset[int] | None = None


def find_parts(words: Words, states: Mapping[int, str]) -> tuple[list[Part], list[int]]:
    """Part a sentence into clauses.

    Parameters
    ----------
    words : sequence of Token
    states : mapping of int to str
        Word to the state that it mentions.

    Returns
    -------
    parts : list of Part
        In the order in which they begin.
    of : list of int
        For each word the index of its clause.
    """
    keys = words.keys
    verbs = [is_verb(word.form.text) for word in words]
    parts: list[Part] = [Part()]
    waiting: list[int] = []
    of: list[int] = []
    at = 0
    for index, key in enumerate(keys):
        part = parts[at]
        if part.verb is None and not verbs[index] and key not in _PARTING:
            part.words.append(index)
            of.append(at)
            continue
        # 'خواهد شد', 'گرفته شده بود': verbs side by side are one.
        beside = verbs[index] and verbs[index - 1] and part.words[-1:] == [index - 1] and key not in _TOLD
        if key == "را" and part.verb == index - 1 and _is_who(part, keys, states):
            part.verb = None  # 'آنکه نامش اول آمد را …': told of the object
        closed = part.verb is not None and not beside
        if key in _THAT and part.verb is None and part.words and not (key == "انکه" and index in states):
            inner = Part(before=at, antecedent=_antecedent(part, parts, states, keys) if key == "که" else None)
            waiting.append(at)
            parts.append(inner)
            at = len(parts) - 1
        elif (
            key in _OPENERS and part.words and not (key == "چون" and not closed and keys[index - 1] not in _LIGHT_WORDS)
        ):
            waiting.clear()
            parts.append(Part(before=at))
            at = len(parts) - 1
        elif closed:
            if waiting and key not in {"و", "که"}:
                at = waiting.pop()
            else:
                cleft = _cleft(keys, index, states)
                parts.append(Part(before=at, antecedent=cleft, is_own=bool(cleft)))
                at = len(parts) - 1
        part = parts[at]
        part.words.append(index)
        of.append(at)
        if part.verb is None and verbs[index] and not _is_modal(words[index]):
            part.verb = index
    for part in parts:
        _find_subject(part, parts, keys, states)
    return parts, of


def _cleft(keys: Sequence[str], at: int, states: Mapping[int, str]) -> frozenset[int] | None:
    """The state that a sentence sets apart before که: 'این *چین* بود که …'."""
    if at < _CLEFT or keys[at] != "که" or keys[at - 1] not in _WAS or at - 2 not in states:
        return None
    first = at - 2
    while first - 1 in states and states[first - 1] == states[at - 2]:
        first -= 1
    return frozenset(range(first, at - 1)) if first and keys[first - 1] in {"این", "تنها", "فقط"} else None


def _is_modal(word: Token) -> bool:
    return stem(word) in _MODALS or word.text.startswith(("خواه", "نخواه"))


def _antecedent(part: Part, parts: Sequence[Part], states: Mapping[int, str], keys: Sequence[str]) -> frozenset[int]:
    """The states that a relative clause is about; those last named where it is about 'a land' that means them.

    '… برق ایران را برید؛ سرزمینی که حاکمانش …'.
    """
    is_namely = part.before is not None and keys[part.words[-1]] in _NAMELY and keys[part.words[0]] in _OPENERS
    if part.before is None or not is_namely:
        return _last_state(part.words, states, keys)
    before = parts[part.before].words
    last = max((place for place, at in enumerate(before) if at in states), default=-1)
    return _last_state(before[: last + 1], states, keys)


def _last_state(inside: Sequence[int], states: Mapping[int, str], keys: Sequence[str]) -> frozenset[int]:
    """The states of the noun phrase that که follows."""
    end = len(inside)
    if end and keys[inside[-1]] in {"،", ","}:
        end -= 1
    found: set[int] = set()
    for at in reversed(inside[max(0, end - 5) : end]):
        if keys[at] in _PREPOSITIONS or keys[at] in {"را", "،", ","}:
            break
        if at in states:
            found.add(at)
    return frozenset(found)


def _is_purpose(part: Part, keys: Sequence[str]) -> bool:
    """Whether a clause tells in the passive what something is done for, so that its subject is another: 'تا از صنعت حمایت شود'."""
    return keys[part.words[0]] == "تا" and part.verb is not None and keys[part.verb] in _BECOMES


def _find_subject(part: Part, parts: Sequence[Part], keys: Sequence[str], states: Mapping[int, str]) -> None:
    inside = part.words if part.verb is None else [at for at in part.words if at < part.verb]
    chain = _head(inside, keys, states)
    if chain is not None and not chain:
        part.head = next((at for at in inside if keys[at] not in _LIGHT_WORDS and keys[at] not in _OPENERS), None)
    if chain is not None and chain:
        part.subject, part.is_own = chain, True
    elif part.antecedent is not None:
        part.subject = part.antecedent
    elif (
        part.before is not None
        and not _is_purpose(part, keys)
        and (
            chain is None
            or _goes_on(inside, keys)
            or _is_who(parts[part.before], keys, states)
            or _breaks_in(part, parts[part.before], keys)
        )
    ):
        part.is_open = chain is not None
        if part.head is None or not (keys[part.head].endswith(PEOPLE) or keys[part.head] in _SUBJECTS):
            part.subject = parts[part.before].subject


def _is_who(part: Part, keys: Sequence[str], states: Mapping[int, str]) -> bool:
    """Whether a clause tells who is the subject of the next: 'آنکه بمب انداخت'."""
    return keys[part.words[0]] == "انکه" or any(keys[at] == "انکه" and at in states for at in part.words)


def _breaks_in(part: Part, around: Part, keys: Sequence[str]) -> bool:
    """Whether a condition stands behind the subject of the clause around it and tells of what that has or lacks.

    'تهران اگر عقل ندارد، …', 'پکن پیش از آنکه دندان‌هایش بریزد لازم است …'.
    """
    first = part.words[0]
    if keys[first] not in _INSIDE or not around.is_own or (around.verb is not None and around.verb < first):
        return False
    has = part.verb is not None and keys[part.verb] in {"دارد", "ندارد", "داشت", "نداشت"}
    return has or any(keys[at].endswith("هایش") for at in part.words[1:3])


def _goes_on(inside: Sequence[int], keys: Sequence[str]) -> bool:
    """Whether a clause without a state at its head may still be about the subject before: after و, or of 'this act'."""
    heads = [keys[at] for at in inside[:2]]
    return bool(heads) and (heads[0] in {"و", "،"} or heads[0] == "این")


def _apposed(inside: Sequence[int], place: int, keys: Sequence[str], states: Mapping[int, str]) -> set[int]:
    """A state between two commas, which names the noun phrase before it."""
    end = place
    while end < len(inside) and inside[end] in states:
        end += 1
    return set(inside[place:end]) if end < len(inside) and keys[inside[end]] in {"،", ","} else set()


def _behind_source(inside: Sequence[int], place: int, keys: Sequence[str], states: Mapping[int, str]) -> int:
    """Where the clause begins behind 'به گفته …' without a comma: at the first state that is not the source's own."""
    window = range(place, min(len(inside), place + _SOURCE))
    comma = next((at for at in window if keys[inside[at]] in {"،", ","}), None)
    if comma is not None:
        return comma + 1
    for at in window:
        if inside[at] not in states:
            continue
        is_next = at > place and states.get(inside[at - 1], states[inside[at]]) != states[inside[at]]
        if is_next or not any(keys[inside[back]] in _OFFICES for back in range(place, at)):
            return at
    return len(inside)


def _gives_example(inside: Sequence[int], end: int, keys: Sequence[str]) -> bool:
    """Whether a preposition names one of those spoken of: 'کشورهایی مانند چین', 'کشورهایی از جمله چین'."""
    following = keys[inside[end + 1]] if end + 1 < len(inside) else ""
    is_plural = end > 0 and keys[inside[end - 1]].endswith(("ی", "ها"))
    return is_plural and (keys[inside[end]] in {"مانند", "همچون", "نظیر"} or following == "جمله")


def _head(inside: Sequence[int], keys: Sequence[str], states: Mapping[int, str]) -> frozenset[int] | None:
    """States in the noun phrase at the head; empty where it names none, None where there is no noun phrase."""
    place = 0
    while place < len(inside):
        key = keys[inside[place]]
        if inside[place] in states:
            break
        if key in _LIGHT_WORDS or (key in _PRONOUNS and key != "این"):
            place += 1
            continue
        if key in _OPENERS:
            place += 1
            continue
        if key == "به" and place + 1 < len(inside) and keys[inside[place + 1]] in _TRULY:
            place += 2
            continue
        if key == "به" and place + 1 < len(inside) and keys[inside[place + 1]] in _SAYINGS:
            place = _behind_source(inside, place + 2, keys, states)
            continue
        if key == "به" and [keys[at] for at in inside[place + 1 : place + 3]] in _BY_THAT:
            place += 3
            continue
        if key == "جز" and inside[place + 1 : place + 2] and inside[place + 1] in states:
            beside = [at for at in inside[place + 1 :] if at not in states][:1]
            if beside and keys[beside[0]] in _WHO:
                return frozenset({inside[place + 1]})  # 'جز آمریکا چه کسی ما را رهاند؟': it did
        if key in _PREPOSITIONS:
            comma = next((p for p in range(place, len(inside)) if keys[inside[p]] in {"،", ","}), None)
            if comma is None:
                return None
            place = comma + 1
            continue
        break
    if place >= len(inside):
        return None
    found: set[int] = set()
    end = place
    while end < len(inside) and end - place < _PHRASE:
        at = inside[end]
        key = keys[at]
        if key == "را":
            after = inside[end + 1] if end + 1 < len(inside) else -1
            return frozenset({after}) if after in states else None
        is_transparent = key in _PREPOSITIONS and (
            keys[inside[end - 1]] in (PART_OF if key == "از" else _TRANSPARENT) or _gives_example(inside, end, keys)
        )
        if (key in _PREPOSITIONS and not is_transparent) or key in {"،", ",", ":"}:
            if not found and key in {"،", ","}:
                found |= _apposed(inside, end + 1, keys, states)  # 'سرزمین سلمان، ایران، …'
            break
        if at in states:
            found.add(at)
            following = keys[inside[end + 1]] if end + 1 < len(inside) else ""
            # 'دولت آمریکا' is one mention; 'آمریکا ایران را' are two, and the first is the subject.
            if following != "و" and not (end + 1 < len(inside) and states.get(inside[end + 1]) == states[at]):
                end += 1
                break
        elif found and key != "و":
            break
        end += 1
    if end < len(inside) and keys[inside[end]] == "را":
        after = inside[end + 1] if end + 1 < len(inside) else -1
        return frozenset({after}) if after in states else None
    is_deed = (
        inside[place] not in states and keys[inside[place]] not in _ACTORS and not keys[inside[place]].endswith(PEOPLE)
    )
    if found and end < len(inside) and is_deed and keys[inside[end]] in _PREPOSITIONS:
        # 'حمله آمریکا به ایران را': the phrase is the object as a whole.
        ra = next((p for p in range(end, min(len(inside), end + 8)) if keys[inside[p]] in {"را", "و"}), None)
        ra = ra if ra is not None and keys[inside[ra]] == "را" else None
        is_new = ra is not None and ra > end + 2 and keys[inside[ra - 1]] in _HIS  # 'مهر ایران به او دلش را'
        if ra is not None and not is_new and not any(p in states for p in inside[end + 3 : ra]):
            return None
    return frozenset(found)
