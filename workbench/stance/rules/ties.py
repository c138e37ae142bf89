"""Offers to cooperate, ties widened and ties cut: a wish, a tie and the one it is meant for, words apart in one clause."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.stance.rules.verbs import is_negative, stem
from workbench.stance.rules.words import Words

_WISHES = frozenset(
    """اماده امادهایم امادگی حاضر حاضریم مایل مایلیم مشتاق مشتاقیم اشتیاق خواهان خواستار علاقهمند علاقهمندیم علاقه تمایل امیدوار امیدواریم
    امیدواری خواست مصمم مصممیم پیشنهاد ارزومند ارزومندیم ارزو ارزوی بیتاب بیصبرانه رغبت درخواست دعوت مترصد درصدد عزم""".split()
)
_TIES = frozenset(
    """همکاری همکاریها همکاریهای شراکت مشارکت سرمایهگذاری پیمان روابط مناسبات رابطه دوستی تجارت مشترک پیوند تعامل تعاملات مبادلات ایتلاف
    پیوندها پیوندهای سند تفاهمنامه موافقتنامه توافق قرارداد صلح گسترش تبادل شریک مشترکی""".split()
)
_OF_ANYTHING = frozenset(
    {"مشترک", "سند", "گسترش", "تبادل"}
)  # what grows may be something else: 'میدان مشترک را با همکاری …'
_CUTS = frozenset({"قطع", "متوقف", "تعلیق", "لغو", "پایان"})
_WORK = frozenset("همکاری سرمایهگذاری مشارکت شراکت".split())
_JOINT_WORK = frozenset("بازسازی تولید ساخت توسعه گشت سرمایهگذاری بهرهبرداری کار اکتشاف طراحی".split())
_INSISTS = frozenset({"تاکید", "تأکید", "پافشاری", "پای", "اصرار"})
_WIDENED = frozenset({"ادامه", "گسترش", "توسعه", "تعمیق", "تقویت", "ارتقا", "افزایش", "تمدید", "تحکیم"})
_DOES = frozenset({"داد", "کرد", "بخشید", "شد"})
_OWN_ACTS = frozenset({"پیشنهاد", "درخواست", "دعوت"})
_REACH = 7
_CLOSE, _NEEDED = 4, 14
_WITHOUT = frozenset({"بدون", "اگر"})
_WRONGS = frozenset(
    "فشار فشارهای تحریم تحریمهای دخالت دخالتهای مداخله حمله حملات تهدید تهدیدهای کارشکنی سنگاندازی مخالفت وتوی تجاوز بدعهدی".split()
)
_LEAVES = frozenset(
    "اجازه مجوز اطلاع موافقت هماهنگی رضایت تایید تأیید نام ذکر اشاره چراغ دلار کالای ویزای گاز نفت برق سوخت اب واردات صادرات بنزین".split()
)
_STOPS = frozenset("به با از در و که را برای ، بر".split())
_IMPOSSIBLE = frozenset("ناممکن غیرممکن محال نشدنی ناقص بینتیجه بیمعنا بیمعنی".split())


def may_be_needed(words: Words) -> bool:
    """Whether a sentence has a word by which a state may be said to be needed."""
    return not _WITHOUT.isdisjoint(words.keys)


def needed(words: Words, mentions: Sequence[tuple[int, int]]) -> tuple[int, bool] | None:
    """Word that says that nothing goes without a state, and whether it is a wrong of that state; else None."""
    if not may_be_needed(words):
        return None
    keys = words.keys
    for first, last in mentions:
        before = keys[max(0, first - _CLOSE) : first]
        is_wrong = not _WRONGS.isdisjoint(before)
        if "اگر" in before and "نبود" in keys[last + 1 : last + 3]:
            return last, is_wrong
        if "بدون" not in before or is_wrong or not _LEAVES.isdisjoint(before) or not _STOPS.isdisjoint(before):
            continue
        end = next((at for at in range(last + 1, len(words)) if keys[at] in {".", "؛", "که", "اما", "ولی"}), len(words))
        for at in range(last + 1, min(end, last + _NEEDED)):
            if keys[at] in _IMPOSSIBLE or is_negative(words[at].text, stem(words[at])):
                return at, False
    return None


def are_named(words: Words) -> bool:
    """Whether a sentence names any ties."""
    return not _TIES.isdisjoint(words.keys)


def tied_before(keys: Sequence[str], prepared: int) -> bool:
    """Whether a tie is named shortly before the 'با' at `prepared` ('همکاری قطبی با')."""
    return any(key in _TIES for key in keys[max(0, prepared - 3) : prepared])


def offer(words: Words, inside: Sequence[int], prepared: int, first: int) -> int | None:
    """Word of the wish to have ties with the state named from `first`, governed by the 'با' at `prepared`; else None."""
    wish = next((at for at in inside if words[at].form.key in _WISHES and at != prepared and _wishes(words, at)), None)
    if wish is None:
        wish = _insisted(words, inside)
    if wish is None or not _has_tie(words, inside, prepared, first) or _denied(words, wish):
        return None
    return wish


def _wishes(words: Words, at: int) -> bool:
    """Whether a word that may be another says a wish: 'حاضر به همکاری است', and not 'در کمیسیون حاضر شود'."""
    key, following = words.keys[at], words[at + 1 : at + 2]
    if key == "حاضر":
        return any(word.form.key == "به" or stem(word) in {"است", "بود"} for word in following)
    return key not in {"خواست", "درخواست"} or any(
        word.form.key in {"همکاری", "گسترش", "توسعه", "تعمیق"} for word in following
    )


def _insisted(words: Words, inside: Sequence[int]) -> int | None:
    """Word by which somebody insists that ties grow ('بر گسترش روابط تأکید کرد', 'بر ارتقای پیوندها پای فشرد'); else None."""
    keys = [words[at].form.key for at in inside]
    for place, key in enumerate(keys):
        if key in _INSISTS and any(
            keys[i].removesuffix("ی") in _WIDENED and keys[i + 1] in _TIES
            for i in range(max(0, place - _REACH), place - 1)
        ):
            return inside[place]
    return None


def wished(words: Words, inside: Sequence[int], first: int) -> int | None:
    """Word of the wish for ties with a state that stands in their ezafe chain ('آرزومند همکاری … آمریکا'); else None."""
    for wish in inside:
        if words[wish].form.key not in _WISHES and words[wish - 2].form.key != "چشم":
            continue
        if words[wish].form.key in _OWN_ACTS:
            continue  # 'پیشنهاد صلح آمریکا' is its own
        if not wish < first <= wish + _REACH or _denied(words, wish):
            continue
        between = [word.form.key for word in words[wish + 1 : first]]
        if any(key in _TIES for key in between) and not set(between) & {
            "با",
            "به",
            "از",
            "برای",
            "در",
            "و",
            "که",
            "،",
            "را",
        }:
            return wish
    return None


def invited(words: Words, inside: Sequence[int], mention: tuple[int, int]) -> int | None:
    """Word by which a state is invited to do something together ('برای سرمایه‌گذاری از چین دعوت کرد'); else None."""
    first, last = mention
    at = last + 1
    if at + 1 >= len(words) or words[at].form.key != "دعوت" or stem(words[at + 1]) != "کرد" or _denied(words, at):
        return None
    if "از" not in [word.form.key for word in words[max(0, first - 4) : first]]:
        return None
    keys = [words[i].form.key for i in inside if i < first]
    together = any(keys[i] in _JOINT_WORK and keys[i + 1] == "مشترک" for i in range(len(keys) - 1))
    return at if "برای" in keys and (together or not _WORK.isdisjoint(keys[keys.index("برای") :])) else None


def widened(words: Words, inside: Sequence[int], prepared: int, first: int) -> int | None:
    """Word that says that ties with the state grow ('همکاری با … را گسترش می‌دهد', 'از سر می‌گیرد'), else None."""
    if not any(words[at].form.key in _TIES - _OF_ANYTHING for at in inside if prepared - 4 <= at < prepared):
        return None
    for at in inside:
        if at <= first or at + 1 >= len(words):
            continue
        done = stem(words[at + 1])
        if words[at].form.key in _WIDENED and done in _DOES and not is_negative(words[at + 1].text, done):
            return at
        if words[at].form.key == "سر" and done == "گرفت" and not is_negative(words[at + 1].text, done):
            return at
    return None


def cut(words: Words, inside: Sequence[int], prepared: int, first: int) -> int | None:
    """Word that says that ties with the state are ended ('همکاری با … را قطع کرد'), else None."""
    if not _has_tie(words, inside, prepared, first):
        return None
    at = next((at for at in inside if at > first and words[at].form.key in _CUTS), None)
    if at is None or any(is_negative(words[i].text, stem(words[i])) for i in inside if at < i <= at + 2):
        return None
    return at


def _has_tie(words: Words, inside: Sequence[int], prepared: int, first: int) -> bool:
    return any(words[at].form.key in _TIES for at in inside if prepared - _REACH <= at <= first + _REACH)


def _denied(words: Words, wish: int) -> bool:
    before = words[wish - 1].form.key if wish else ""
    following = words[wish + 1 : wish + 3]
    return before in {"نه", "عدم", "بدون", "هیچ"} or any(is_negative(word.text, stem(word)) for word in following)
