"""Whether a sentence calls untrue what it tells: an accusation rejected, a rumour denied, a slander named one."""

from __future__ import annotations

from workbench.stance.rules import verbs
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.verbs import stem
from workbench.stance.rules.words import Words
from workbench.text import Token

_CALLED = frozenset({"خواند", "دانست", "نامید", "شمرد", "کرد", "شد", "است", "بود", "درآمد", "توصیف", "عنوان"})
_CLAIMS = frozenset(
    """ادعا ادعای ادعاهای ادعایی گزارش گزارشهای سخن سخنان اظهارات اظهار اتهام اتهامات اتهامهای اتهامزنی بیانیه روایت تبلیغات تفسیر
    استدلال موضع مواضع سیاست وعده وعدههای قول بهانه بهانههای توجیه توضیح درخواست درخواستهای تهدید تهدیدهای تهدیدات پیشنهاد طرح اقدام اقدامات اتهامزنیهای رفتار
    تحریم تحریمها تحریمهای حرف حرفهای دعوی برداشت نامه کارزار""".split()
)
"""What a state says or does itself: called baseless it is blamed."""
_DONE = frozenset({"کرد", "شد", "نمود"})
_REJECTING = {
    "تکذیب": _DONE, "رد": _DONE, "صحت": frozenset({"داشت", "ندارد"}), "بی\u200cاساس": _CALLED, "بیاساس": _CALLED, "کذب": _CALLED,
    "واهی": _CALLED, "نادرست": _CALLED, "دروغ": _CALLED, "دروغی": _CALLED, "ساختگی": _CALLED, "شایعه": _CALLED, "افسانه": _CALLED,
    "توهم": _CALLED, "هذیان": _CALLED, "تهمت": _CALLED, "تهمتی": _CALLED, "بیپایه": _CALLED, "بی\u200cپایه": _CALLED, "یاوه": _CALLED,
    "مضحک": _CALLED, "نابجا": _CALLED, "نابهجا": _CALLED, "بدخواهانه": _CALLED, "جعلی": _CALLED, "افترا": _CALLED, "خندهدار": _CALLED, "بیمورد": _CALLED, "غیرواقعی": _CALLED, "باطل": _CALLED,
    "ناروا": _CALLED, "بهانهتراشی": _CALLED, "افترایی": _CALLED, "شایعهای": _CALLED, "افسانهای": _CALLED, "خیالی": _CALLED, "بیجا": _CALLED, "بیانصافی": _CALLED,
}  # fmt: skip
_LAUGHED = "خندید"
_MILD = frozenset({"نادرست", "بیاساس", "بی\u200cاساس", "بیپایه", "بی\u200cپایه", "ساختگی", "غیرواقعی", "شایعه"})
_NEWS = frozenset("خبر اخبار شایعه شایعات گزارش گزارشها گزارشهای گزارشی خبری شایعهای اتهام ادعا ادعای".split())
_RUMOURS = frozenset({"خبر", "شایعه", "گزارش", "خبری", "عکس", "فیلم", "تصویر", "ویدئوی"})
_WHOEVER = frozenset({"هرکه", "هرکس", "کسانی", "کسی", "انانکه", "انها"}) | {"هر"}
_CLAUSE_ENDS = frozenset([".", "؛", ":", "که", "اما", "ولی", "؟", "!", "»"])


def is_rejected(words: Words, hit: Hit, at: int | None) -> bool:
    """Whether the sentence tells the phrase only to reject it, at word `at` ('ادعای … را رد کرد', 'دروغ است که …')."""
    if at is None or hit.first <= at <= hit.last:
        return False
    keys = words.keys
    if at > hit.last:
        return is_this_lie(words, at) or not any(keys[i] in {"؛", "اما", "ولی"} for i in range(hit.last, at))
    return "که" in keys[at : hit.first]


def is_told_before(words: Words, hit: Hit, at: int | None) -> bool:
    """Whether a phrase of praise is only told, and the same clause rejects it ('خبر قدردانی … از آمریکا را تکذیب کرد')."""
    if at is None or at <= hit.last:
        return False
    return not any(
        word.form.key in _CLAUSE_ENDS or verbs.is_verb(word.text) for word in words[hit.last + 1 : at]
    ) and any(word.form.key in _NEWS for word in words[: hit.first])


def is_news(words: Words, hit: Hit) -> bool:
    """Whether a phrase is told as news or rumour, which nobody need be accused by ('خبر حمله …')."""
    return any(word.form.key in _RUMOURS for word in words[max(0, hit.first - 4) : hit.first])


def is_of_news(words: Words, at: int) -> bool:
    """Whether what word `at` calls untrue is a piece of news itself ('این خبر نادرست')."""
    return at > 0 and words[at - 1].form.key in _RUMOURS


def is_this_lie(words: Words, at: int) -> bool:
    """Whether word `at` calls what was told before a lie that nobody believes ('این دروغ را هیچ‌کس باور نمی‌کند')."""
    if words[at - 1].form.key != "این" or words[at + 1].form.key != "را":
        return False
    return any(
        words[i].form.key == "باور" and verbs.is_negative(words[i + 1].text, stem(words[i + 1]))
        for i in range(at + 2, min(len(words) - 1, at + 9))
    )


def is_called(words: Words, at: int) -> bool:
    """Whether word `at` is what something is called ('افترا', 'دروغ'), and no plain denial ('تکذیب', 'رد')."""
    return _REJECTING.get(words[at].form.key) is _CALLED and words[at].form.key not in _MILD


def is_claim(word: Token) -> bool:
    """Whether a word names what somebody says or does, which may be called baseless."""
    return word.form.key in _CLAIMS or word.form.lemma in _CLAIMS


def is_laughed_at(words: Words, at: int) -> bool:
    """Whether somebody laughs at what another says: 'به سخن پمپئو که … خندید'."""
    if stem(words[at]) != _LAUGHED or verbs.is_negative(words[at].text, stem(words[at])):
        return False
    keys = [word.form.key for word in words[:at]]
    return any(
        keys[to] == "به" and is_claim(words[to + 1]) and "که" in keys[to + 2 : to + 6] for to in range(len(keys) - 1)
    )


def rejection_at(words: Words) -> int | None:
    """Where a sentence calls something untrue ('بی‌اساس خواند', 'را رد کرد', 'دروغ محض است'), else None."""
    for at in [at for at, word in enumerate(words) if word.form.key in _REJECTING or word.form.lemma == _LAUGHED]:
        if is_laughed_at(words, at):
            return at
        word = words[at]
        verbs_of_it = _REJECTING.get(word.form.key)
        if verbs_of_it is None or at + 1 == len(words) or (at and words[at - 1].form.key in {"در", "با"}):
            continue
        if at + 1 < len(words) and stem(words[at + 1]) == "گفت":
            if _WHOEVER & {word.form.key for word in words[:at]}:
                return at  # 'هر که آمریکا را جنگ‌افروز بنامد دروغ می‌گوید'
            continue  # who 'دروغ گفت' lied: that is said of him
        if is_this_lie(words, at):
            return at  # 'این دروغ را هیچ‌کس باور نمی‌کند'
        if is_of_news(words, at) and any(follow.form.key == "که" for follow in words[at + 1 : at + 6]):
            return at  # 'این خبر نادرست … که'
        for follow in words[at + 1 : at + (9 if words[at + 1].form.key == "و" else 6)]:
            lemma = stem(follow)
            if lemma in verbs_of_it or (
                _CALLED is verbs_of_it and follow.text.endswith("ست") and not follow.text.endswith("خواست")
            ):
                if word.form.key == "صحت" and not verbs.is_negative(follow.text, lemma):
                    break
                return at
            joined = words[at + 1].form.key == "و"  # 'بی‌پایه و ظلم به آنان خواند'
            if follow.form.key in _CLAUSE_ENDS | {"سر"} or (
                verbs_of_it is _CALLED and follow.form.key in {"به", "در", "با"} and not joined
            ):
                break
    return None
