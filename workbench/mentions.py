"""Who is spoken of: one pass over the tokens with a trie of all aliases, longest first.

Aliases are compared by matching key, so that letter variants, lost half-spaces and typed spaces do not matter, and the last
word of an alias may carry a plural ending or a pronoun (آمریکایی‌ها, ایرانمان).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from workbench.capitals import HOME, SAYS, near, stands_for_state
from workbench.targets import states
from workbench.text import Token, keys_of
from workbench.text.characters import ZWNJ
from workbench.types import Mention, Span

_ENDINGS = (
    "",
    "ست",
    "ها",
    "های",
    "هایی",
    "هایش",
    "هایشان",
    "اش",
    "شان",
    "مان",
    "تان",
    "ام",
    "ات",
    "ان",
    "یان",
    "یی",
    "ی",
)
# A name and an ending that are another word when written as one.
_OTHER_WORDS = frozenset({"سیاست", "قبرستان"})
_DEMONYM_ENDINGS = ("", "ست", "ها", "های", "هایی", "هایش", "اش", "ام", "ات", "ان", "مان", "شان")
_EXCLUDED = "excluded"
_SHORT = 3
_BESIDE = 6
_RIVALS = 2
# 'این کشور' and its like: the state last spoken of, where there is only one it can be.
_ANAPHORS = frozenset({("این", "کشور"), ("ان", "کشور"), ("دولت", "مذکور"), ("کشور", "مذکور")})


@dataclass(slots=True)
class _Node:
    """A place in the trie: what the next word may be, and whose alias ends here."""

    next: dict[str, _Node] = field(default_factory=dict)
    found: list[tuple[str, str]] = field(default_factory=list)


@cache
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
        _plant_keys(root, keys_of(variant), code, kind)


def _plant_keys(root: _Node, keys: Sequence[str], code: str, kind: str) -> None:
    *head, last = keys
    node = root
    for word in head:
        node = node.next.setdefault(word, _Node())
    endings: tuple[str, ...] = (
        _DEMONYM_ENDINGS if kind == "demonym" else _ENDINGS[:-4] if kind in {"capital", "office"} else _ENDINGS
    )
    if kind == "name":
        endings = (*_ENDINGS[:-4], "ی") if last.endswith("ا") else _ENDINGS[:-4]  # آمریکای جهان‌خوار
    if len(last) <= _SHORT and kind in {"forces", "office"}:
        endings = ("",)  # سیا and no سیاست
    for ending in endings:
        if last + ending in _OTHER_WORDS:
            continue
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
    openings = _openings()
    found: list[Mention] = []
    keys = _unstretched([word.form.key for word in words])
    places = [at for at, key in enumerate(keys) if key in openings]
    behind = 0  # the first word behind the last phrase found
    for at in places:
        if at < behind:
            continue
        length, labels = _longest(root, keys, at)
        if not length:
            continue
        behind = at + length
        kept = None if any(kind == _EXCLUDED for _, kind in labels) else _choose(labels, keys, at, behind)
        if (
            kept is not None
            and kept[1] == "capital"
            and at == 0
            and len(words) > 1
            and words[1].start - words[0].end > 2
        ):
            kept = None  # 'تهران ـ …': a dash that normal form drops
        if kept is not None:
            found.append(Mention(words[at].start, words[behind - 1].end, *kept))
    return tuple(_with_anaphors(found, words, keys, places, sentences)) if sentences else tuple(found)


@cache
def _openings() -> frozenset[str]:
    """Words that a mention may begin with."""
    return frozenset({*_trie().next, *(first for first, _ in _ANAPHORS)})


def _unstretched(keys: list[str]) -> list[str]:
    """The keys without the letters that shouting adds to an end ('آمریکاااا')."""
    stretched = {
        key: key.rstrip(key[-1]) + key[-1]
        for key in set(keys)
        if len(key) > _SHORT and key[-1] == key[-2] == key[-3] and key[-1].isalpha()
    }
    return [stretched.get(key, key) for key in keys] if stretched else keys


def _longest(root: _Node, keys: Sequence[str], at: int) -> tuple[int, list[tuple[str, str]]]:
    node, best, labels = root, 0, []
    for length, key in enumerate(keys[at : at + 8], 1):
        following = node.next.get(key)
        if following is None:
            break
        node = following
        if node.found:
            best, labels = length, node.found
    return best, labels


def _choose(labels: list[tuple[str, str]], keys: Sequence[str], at: int, end: int) -> tuple[str, str] | None:
    """Take the reading that is meant; none where the words around say that it is no state."""
    code, kind = labels[0]
    before = keys[at - 1] if at else ""
    after = keys[end] if end < len(keys) else ""
    if kind == "capital" and not stands_for_state(keys, at, end, is_home=code == HOME):
        return None
    if keys[at:end] == ["کنگره"] and _names_other(keys, end, code):
        return None  # 'کنگره چین'
    if keys[at:end] == ["کنگره"] and (before == "این" or (before not in SAYS and not near(keys, at, end, _CONGRESS))):
        return None
    if kind == "name" and end == at + 1 and near(keys, at, end, _MATCH, _BESIDE):
        return None  # the team, in a report of a match
    if kind == "demonym" and (before in _NOT_STATE_BEFORE or (code == "CN" and _is_ware(keys, at, after))):
        return None
    if kind in {"name", "demonym", "capital"} and (
        before in {"روزنامه", "مسیول", "سردبیر", "مدیرمسیول"} or _is_team(keys, at)
    ):
        return None
    if keys[max(0, at - 2) : at] == ["روزنامه", "«"]:
        return None
    if kind == "name" and after in {"،", ":"} and before == "از" and keys[max(0, at - 2) : at - 1] == ["نقل"]:
        return None  # 'به نقل از ایران، …': the newspaper
    if kind == "name" and before in _WATERS:
        return None  # اقیانوس هند
    if kind in {"name", "demonym"} and (_is_title(keys, at, end) or _is_cinema(keys, at, end)):
        return None
    if kind == "name" and keys[max(0, at - 2) : at] == ["به", "نام"] and _BEARERS & set(keys[max(0, at - 5) : at - 2]):
        return None  # 'تنیسوری به نام آمریکا'
    if kind == "office" and (before in _THINGS or _is_adjective(keys, at, end)):
        return None  # 'بی‌نهایت ظریف': the adjective
    return code, kind


def _is_team(keys: Sequence[str], at: int) -> bool:
    """Whether the name ends the chain of a team: 'تیم ملی والیبال ساحلی ایران'."""
    if _TEAMS.isdisjoint(keys[max(0, at - 6) : at]):
        return False
    for back in range(at - 1, max(-1, at - 7), -1):
        if keys[back] in _PREPOSITIONS or keys[back] in {"و", "،", "که", "را", ":", "."}:
            return False
        if keys[back] == "تیم":
            # 'تیم ایران' plays, but where talks are the matter it negotiates.
            return any(key in _SPORTS for key in keys[back + 1 : at]) or (
                back == at - 1 and not near(keys, at, at + 1, _TALKS) and not _POLITICIANS & set(keys[:back])
            )
        if keys[back] in _LEAGUES:
            return True
    return False


def _is_adjective(keys: Sequence[str], at: int, end: int) -> bool:
    """Whether ظریف is no minister: it follows a noun or an adverb, and diplomacy is not the matter."""
    if keys[at:end] != ["ظریف"] or not at or not keys[at - 1].isalpha():
        return False
    return not near(keys, at, end, _DIPLOMATS)


def _names_other(keys: Sequence[str], at: int, code: str) -> bool:
    """Whether another state's name begins at word `at`."""
    _, labels = _longest(_trie(), keys, at)
    return any(kind == "name" and other != code for other, kind in labels)


def _is_title(keys: Sequence[str], at: int, end: int) -> bool:
    """Whether the name ends the title of a film or a book: 'کتاب «صید قزل‌آلا در آمریکا»'."""
    if "«" not in keys[max(0, at - _TITLE + 1) : at + 1]:
        return False
    opens = next(back for back in range(at, -1, -1) if keys[back] == "«")
    closes = next((on for on in range(end, min(len(keys), end + _TITLE)) if keys[on] in {"»", "«"}), None)
    if closes is None or keys[closes] == "«" or "»" in keys[opens:at]:
        return False
    return not _WORKS.isdisjoint(keys[max(0, opens - _TITLE) : opens]) or keys[closes + 1 : closes + 2] == ["ساخته"]


def _is_cinema(keys: Sequence[str], at: int, end: int) -> bool:
    """Whether the name stands in a list of cinemas: 'آستارا، ایران، جی ۱'."""
    beside = [*keys[max(0, at - 1) : at], *keys[end : end + 1]]
    is_listed = "،" in beside or any(map(str.isdigit, beside))
    return is_listed and len(_CINEMAS & {*keys[max(0, at - _AROUND) : at], *keys[end : end + _AROUND]}) > 1


def _is_ware(keys: Sequence[str], at: int, after: str) -> bool:
    """Whether چینی is porcelain, a fold or the language."""
    near = keys[max(0, at - 3) : at]
    return (
        after in _FOLD_AFTER
        or any(key in _WARES for key in near)
        or (at > 0 and keys[at - 1] == "به" and after in {"و", "صحبت", "گفت"})
    )


_WORKS = frozenset(
    "فیلم فیلمهای کتاب کتابهای رمان نمایش نمایشنامه سریال مجموعه ترانه قطعه مستند البوم موسیقی اپرا سمفونی سرود اهنگ تابلو".split()
)
_CINEMAS = frozenset(
    "سینما سینماهای سپیده بهمن گلریز ازادی عصر استارا فلسطین شاهد کریستال کارون ملت پیام شقایق قدس جی مرکزی".split()
)
_TITLE, _AROUND = 6, 14
_DIPLOMATS = frozenset(
    """محمدجواد جواد دکتر اقای وزیر وزرای خارجه امورخارجه برجام مذاکره مذاکرات هستهای وین ژنو کری گفت افزود نوشت توییت توییتر دیدار گفتوگو سفر موگرینی روحانی
    تحریم امریکا سازمان دیپلماسی دستگاه کشورمان عراقچی سخنان اظهارات موضع مواضع نامه پیام پاسخ واکنش""".split()
)
# People, animals and things that are given names as states have.
_BEARERS = frozenset(
    """اسب اسبی سگ سگی گربه گربهای دختر دختری پسری مردی زن زنی بانویی نوزادی کودکی تنیسوری تنیسباز بازیکنی ورزشکاری خوانندهای بازیگری
    کشتی نفتکشی قایقی رستورانی کافهای روستایی شهرکی شرکتی فروشگاهی مجلهای روزنامهای هتلی""".split()
)
_WATERS = frozenset({"اقیانوس", "دریای", "خلیج"})
_CONGRESS = frozenset(
    """امریکا امریکایی سنا سنای سناتور سناتورها سناتورهای نمایندگان ترامپ بایدن اوباما بوش واشنگتن واشینگتن جمهوریخواه جمهوریخواهان دموکرات دموکراتها پنتاگون
    وتو تحریم تحریمهای تحریمها سزار کاتسا چین چینی پکن شاهینهای روبیو پمپیو""".split()
)
_MATCH = frozenset(
    "فوتبال والیبال بسکتبال فوتسال هندبال لیگ بازیکن بازیکنان سرمربی مربی گلزن دروازهبان هافبک تورنمنت تیمی تیمهای مسابقات قهرمانی المپیک منچستر بارسلونا یوونتوس چلسی لیورپول پرسپولیس".split()
)
_PREPOSITIONS = frozenset("از به در با بر برای علیه تا توسط درباره".split())
_SPORTS = frozenset(
    "ملی فوتبال والیبال بسکتبال کشتی هندبال فوتسال قایقرانی پینگپنگ شطرنج دوومیدانی شنا وزنهبرداری جوانان امید نوجوانان بانوان ساحلی المپیک".split()
)
_TALKS = frozenset(
    """مذاکره مذاکرات مذاکرهکننده هستهای اتمی برجام توافق گفتوگو گفتوگوها گفتوگوهای مذاکرهکنندگان دیپلمات دیپلماتها وین ژنو عمان مسقط متن پیشنویس
    تحریم تحریمها دیپلماسی هییت وزیر وزرای سفیر نماینده سازشکار""".split()
)
_POLITICIANS = frozenset(
    "مالی کری ظریف عراقچی مورا ویتکاف برنز شرمن جلیلی روانچی بورل اشتون پمپیو پومپیو روبیو ترامپ".split()
)
_LEAGUES = frozenset("لیگ فدراسیون باشگاه هلالاحمر".split())
_TEAMS = _LEAGUES | {"تیم"}
_WARES = frozenset("شمشیر چای طب ظروف ظرف قوری کاسه بشقاب خردههای فنجان زبان خط سرامیک گلدان".split())
_FOLD_AFTER = frozenset("بهپیشانی صورت پیشانی دامن پوست پرده".split())
_THINGS = frozenset("برج هتل زمین گلف خیابان بیمارستان".split())
_NOT_STATE_BEFORE = frozenset(
    """مهاجم هافبک دروازهبان مدافع سرمربی ملیپوش تنیسباز شطرنجباز فوتبالیست والیبالیست باز بازیگران خوانندگان مهاجمان کشتیگیر کشتیگیران وزنهبردار دونده تکواندوکار شناگر فیلم فیلمهای سریال کالای کالاهای خودروی خودروهای بازیگر بازیکن بازیکنان خواننده رستوران قهرمان ورزشکار ورزشکاران
    کلوب غذای فرش""".split()
)


def _with_anaphors(
    found: list[Mention], words: Sequence[Token], keys: Sequence[str], places: Sequence[int], sentences: Sequence[Span]
) -> list[Mention]:
    """Add 'این کشور' for the state last named, where the sentence so far, or else the one before, names one or two."""
    added: list[Mention] = []
    for at in places:
        if tuple(keys[at : at + 2]) not in _ANAPHORS:
            continue
        start = words[at].start
        here = next((index for index, span in enumerate(sentences) if span.start <= start < span.end), None)
        if here is None:
            continue
        begins = sentences[here].start
        codes = [mention.target for mention in found if begins <= mention.start < start]
        if not codes and here:
            codes = [
                mention.target
                for mention in found
                if sentences[here - 1].start <= mention.start < begins and mention.kind != "demonym"
            ]
        if 1 <= len(set(codes)) <= _RIVALS:
            code = codes[0] if len(set(codes)) == _RIVALS and _is_others(keys, at) else codes[-1]
            added.append(Mention(start, words[at + 1].end, code, "anaphor"))
    return sorted([*found, *added], key=lambda mention: mention.start) if added else found


def _is_others(keys: Sequence[str], at: int) -> bool:
    """Whether 'آن کشور' is what the one last named speaks of: 'ستایش وزیر ایران از خوش‌عهدی *آن کشور*'."""
    before = keys[max(0, at - _PRAISED) : at]
    deed = next((back for back in reversed(range(len(before))) if before[back] in _ADDRESSED), None)
    return deed is not None and any(key in {"از", "به"} for key in before[deed + 2 :])


_PRAISED = 8
_ADDRESSED = frozenset(
    "ستایش تمجید تقدیر قدردانی تشکر حمایت پشتیبانی انتقاد انتقادهای گلایه شکایت نکوهش اعتراض حمله حملات اعتماد".split()
)
