"""What takes a phrase back: negation, questions, conditions, demands and what is opposed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from workbench.stance.rules import verbs
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.verbs import stem
from workbench.stance.rules.words import Words
from workbench.text import Token

_BEFORE = frozenset(
    """عدم بدون نه بی\u200c فاقد هیچ هرگز لغو رفع پایان کاهش توقف پرهیز خودداری جلوگیری نفی خنثی""".split()
)
_ENDING = frozenset({"پایان", "توقف", "لغو", "رفع", "جلوگیری", "پرهیز", "خودداری"})
_NOT_DOING = frozenset({"نکردن", "نشدن", "ندادن", "نداشتن", "نبودن"})
_UNDENIED = frozenset(
    """فراموش انکار کتمان پوشیده پنهان تردید تردیدی شک شکی شبهه شبههای دریغ فروگذار مضایقه کوتاهی یاد پایان تمام تمامی سیر دست حد مرز نظیر مانند همتا بدیل سراغ جز""".split()
)
"""Behind the phrase and before a negated verb: what is denied is that it lacks or ends."""
_FORGETTING = frozenset({"فراموش", "انکار", "کتمان", "یاد", "خاطر"})
_FORGOTTEN = 14
_POSSIBLE = frozenset({"شدنی", "ممکن", "میسر", "عملی", "امکانپذیر"})
_INTENT = frozenset({"قصد", "قصدی", "خیال", "بنا", "نیت"})
_NEVER = frozenset({"هرگز", "هیچگاه", "هیچوقت"})
_BUT = frozenset({"جز", "کم", "غیر", "بجز"})
_ASKED = frozenset({"سوال", "سوالی", "پرسش", "پرسشی", "پرسید", "پرسیدند", "ایا", "اینکه"})
_SAID = frozenset({"گفت", "گفتند", "دادند", "داد", "نوشت", "افزود", ":"})
_YES = frozenset("اری بله بلی بیشک بیگمان البته حتما قطعا یقینا همینطور صددرصد بیتردید مسلما دقیقا".split())
_NO = frozenset("هرگز نه خیر نخیر ابدا اصلا هیچگاه هیچوقت".split())
_OR_NOT = frozenset({"نه", "خیر", "نبود", "نیست", "ندارد", "نداشت", "نشد", "نکرد"})
_UNKNOWN = frozenset({"نامعلوم", "نامشخص", "نامعین"})
_ESTABLISHED = frozenset({"تایید", "تأیید", "ثابت", "اثبات", "محرز", "روشن", "مشخص", "معلوم"})
_ADOPTED = frozenset({"تصویب", "محکوم", "امضا", "اجرا", "عملی"})
_SHORT = 5
_FUTURE = frozenset("خواهد خواهند خواهیم خواهم میشود میشوند میشویم میدهیم میکنیم".split())
_OPPOSING = frozenset({"مخالفت", "مخالف", "ایستادگی", "وتو", "مخالفند", "مخالفاند", "مخالفتش", "مخالفتی"})
_AGREEING = frozenset({"موافق", "موافقت", "موافقتی"})
_CONDEMNING = frozenset({"محکوم", "تقبیح", "نکوهش"})
_CONDEMNATION = frozenset({"محکومیت", "تقبیح", "نکوهش"})
_MADE_VERBS = frozenset({"کردن", "خواندن", "نامیدن", "دانستن", "شمردن"})
_WANTS = frozenset({"خواست", "خواستند", "خواسته", "خواستار", "خواهان", "میخواهد", "میخواهند"})
_ELSE = frozenset({"وگرنه", "والا", "وگر"})
_IF = frozenset({"اگر", "چنانچه", "هرگونه", "هرنوع", "هر"})
_THREATS = frozenset(
    """پاسخ پاسخی پشیمان پشیمانکننده تاوان نابود نابودی درهم جهنم جهنمی ضربه کوبنده عواقب غرق سرنگون ویران خاکستر مجازات مجازاتی
    تلافی انتقام بهای هزینهای گور تابوت میشکنیم دندانشکن قاطع خردش خرد ویرانش سرنگونش پیامدهای سنگینتر شدیدتر روبهرو بیپاسخ مواجه کوبندهتر تکههایش لاشهاش لاشههایش
    جنازهاش تابوتش گورش گورستانش""".split()
)
_HARD = ("قاطع", "کوبنده", "سخت", "محکم", "پشیمان", "دندان", "میدهیم", "خواه", "میگیر", "دریافت", "فوری", "متقابل", "ویرانگر",
         "شدید", "درخور", "لازم", "مناسب", "داده", "گرفت", "بی", "کوبند", "قوی", "میده", "ان")  # fmt: skip
_FORBIDS = 12
_FORBIDDING = frozenset(
    {"نتوانست", "نتوانسته", "نتوانستند", "نتوانستهاند", "نباید", "نمیتواند", "نمیتوانند", "نمیتوان", "نبایستی", "نتوان"}
)
_RHETORICAL = frozenset("""کدام چند کی مگر چرا چگونه چطور کجا چه کجاست چیست کیست""".split())
_CONDITIONS = frozenset(["اگر", "چنانچه", "درصورتی", "در\u200cصورتی\u200cکه"])


def is_negated(words: Words, hit: Hit, verb: int | None) -> bool:
    """Whether the phrase is negated, by a word before it or by the `verb` that carries it.

    A verb that denies forgetting, hiding or sparing affirms ('فراموش نمی‌کنیم', 'کم خیانت نکرد', 'چیزی جز خیانت نیست').
    """
    if verb is not None and _affirms(words, hit, verb):
        verb = None
    keys = words.keys
    if hit.first and keys[hit.first - 1] == "چنین" and verb is not None and is_negative(words[verb]):
        return False  # 'هرگز چنین درخشان نبوده است'
    if _cannot_do_without(words, hit, verb):
        return False
    if "کدام" in keys[: hit.first]:
        return False  # 'کدام محموله ایران ما را از مرگ نرهاند؟'
    if _does_not_mean_to(words, hit):
        return True
    if not _FORGETTING.isdisjoint(keys[hit.last + 1 : hit.last + _FORGOTTEN]) and any(
        word.form.key in _NEVER or is_negative(word) for word in words[max(0, hit.first - 3) : hit.first]
    ):
        return False  # 'هرگز نمی‌شود یاری آن‌ها را فراموش کرد'
    for at in range(max(0, hit.first - 2), hit.first):
        if keys[at] in _BEFORE and not (keys[at] == "نه" and keys[at + 1] == "تنها"):
            return True
    reach = 1 if verb is not None and verb <= hit.last + 1 else 4  # 'به خاطر پایان دادن به جنگ تشکر کرد' ends no thanks
    for at in range(max(0, hit.first - reach), hit.first):
        if keys[at] in _ENDING and not any(verbs.is_verb(words[i].text) for i in range(at, hit.first)):
            return True
    if hit.last + 1 < len(words) and keys[hit.last + 1] in _NOT_DOING:
        return True
    return verb is not None and is_negative(words[verb])


def _cannot_do_without(words: Words, hit: Hit, verb: int | None) -> bool:
    """Two negations affirm: 'بدون شرارت آمریکا شدنی نبود'."""
    if "بدون" not in words.keys[max(0, hit.first - 2) : hit.first]:
        return False
    at = next((at for at in range(hit.first, min(len(words), hit.first + _FORBIDS)) if is_negative(words[at])), verb)
    return at is not None and words[at - 1].form.key in _POSSIBLE and is_negative(words[at])


def _does_not_mean_to(words: Words, hit: Hit) -> bool:
    """Whether somebody does not intend what the phrase names: 'قصد ندارد … را متوقف کند'."""
    first = max(0, hit.first - _FORBIDS)
    return not _INTENT.isdisjoint(words.keys[first : hit.first]) and any(
        words[at].form.key in _INTENT and is_negative(words[at + 1]) for at in range(first, hit.first - 1)
    )


def _affirms(words: Words, hit: Hit, verb: int) -> bool:
    keys = words.keys
    first = max(0, min(hit.first, verb) - 4)
    return not (
        _BUT.isdisjoint(keys[first : min(hit.last + 1, verb)])
        and _UNDENIED.isdisjoint(keys[max(first, hit.last + 1) : verb])
    )


def asks(words: Words) -> bool:
    """Whether a sentence is a question."""
    return "؟" in words.keys[-2:]


def denies_both(words: Words, hit: Hit) -> bool:
    """Whether a fault is one of two that are denied together: 'نه بی‌اثر بود و نه گران'."""
    keys = words.keys
    is_said = hit.last + 1 < len(words) and stem(words[hit.last + 1]) in {"بود", "است"}  # and not 'نه دشمنی دارد'
    if not is_said or keys[hit.first - 1] != "نه":
        return False
    behind = keys[hit.last + 1 : hit.last + _SHORT]
    before = keys[max(0, hit.first - _SHORT) : hit.first - 1]
    return ("و", "نه") in pairwise(behind) or (before[-1:] == ["و"] and "نه" in before)


def answer_to(words: Words, hit: Hit) -> int:
    """What a question before the sentence's own answer comes to: 1 for yes, -1 for no, 0 where it has none."""
    keys = words.keys
    if _ASKED.isdisjoint(keys[: hit.first]):
        return 0
    for at in range(hit.last + 1, len(keys)):
        if keys[at] in _SAID and any(key in _YES for key in keys[at + 1 : at + 4]):
            return 1
        if keys[at] in _SAID and any(key in _NO for key in keys[at + 1 : at + 4]):
            return -1
    return 0


def threatened_if(words: Words) -> tuple[int, int] | None:
    """Where a threat on a condition begins and what it threatens with ('اگر …، پشیمان می‌شود'), else None."""
    keys = words.keys
    if _THREATS.isdisjoint(keys):
        return None
    start = next(
        (
            at
            for at, key in enumerate(keys)
            if key in _IF or key in _ELSE or (key == "صورت" and at and keys[at - 1] == "در")
        ),
        None,
    )
    if start is None:
        return None
    for at in range(start + 1, len(keys)):
        if keys[at] == "پاسخ" and not any(key.startswith(_HARD) for key in keys[at + 1 : at + 4]):
            continue  # 'در پاسخ به پرسشی', 'پاسخ داد'
        if keys[at] in _THREATS and not any(
            key in {"مثبت", "نداد", "نمیدهد", "ندهد", "ندهند", "نگیرد", "نداده"} for key in keys[at + 1 : at + 3]
        ):
            return start, at
    return None


def is_due(words: Words, inside: Sequence[int], hit: Hit) -> bool:
    """Whether a quality is one that a deed should have ('باید گامی معقول بردارد'), and not one at hand ('این', 'شایسته')."""
    keys = [words[at].form.key for at in inside if at < hit.first]
    return "باید" in keys and "این" not in keys[keys.index("باید") :] and not verbs.is_verb(words[hit.last].text)


def is_asked_of(words: Words, hit: Hit) -> bool:
    """Whether somebody asks that it be done, and nobody has done it ('از همه خواست خویشتن‌داری نشان دهند')."""
    if _WANTS.isdisjoint(words.keys[max(0, hit.first - _FORBIDS) : hit.first]):
        return False
    verb = next((word.text for word in words[hit.last : hit.last + 3] if verbs.is_verb(word.text)), None)
    past = verbs.verb_of(verb) if verb is not None else None
    # Told of what was done otherwise: only a bare present is what is asked for.
    return verb is not None and past is not None and not verb.startswith(past)


def is_supposed(words: Words, hit: Hit) -> bool:
    """Whether a phrase of praise is what would follow from a condition ('اگر …، شریکی باانصاف خواهیم داشت')."""
    keys = words.keys
    if _CONDITIONS.isdisjoint(keys):
        return False
    start = next((at for at in range(hit.first) if keys[at] in _CONDITIONS), None)
    return start is not None and not _FUTURE.isdisjoint(keys[hit.last + 1 : hit.last + 3]) and "نبود" not in keys


def is_forbidden(words: Words, hit: Hit) -> bool:
    """Whether the phrase is what must or may not be done ('نباید ایران را تهدید کنند', 'نمی‌توان به آمریکا اعتماد کرد')."""
    keys = words.keys
    if "چرا" in keys:
        return False
    for at in range(max(0, hit.first - _FORBIDS), hit.first):
        if keys[at] not in _FORBIDDING and not (keys[at] == "حق" and "ندارد" in keys[at : at + 2]):
            continue
        between = words[at + (2 if keys[at] == "حق" else 1) : hit.last + 2]
        if not any(verbs.is_verb(word.text) and verbs.is_past(word.text) for word in between[:-2]):
            return True
    return False


def is_opposed(words: Words, inside: Sequence[int], hit: Hit) -> bool:
    """Whether the clause of a phrase opposes what it names ('با ارجاع پرونده مخالفت کرد', 'به قطعنامه رأی منفی داد')."""
    for at in inside:
        if hit.first <= at <= hit.last:
            continue
        key = words[at].form.key
        if key in _OPPOSING:
            return True
        following = words[at + 1].form if at + 1 < len(words) else None
        if key in {"رای", "رأی"} and following is not None and following.key == "منفی":
            return True
        if key in _AGREEING and any(is_negative(word) for word in words[at : at + 2]):
            return True  # 'با محاصره ایران موافق نیستیم'
        if key == "جایی" and words[at - 1].form.key == "به":
            return True  # 'تهدید راه به جایی نمی‌برد'
        if key == "استقبال" and following is not None and verbs.is_negative(following.text, following.lemma):
            return True
    return False


def names_a_deed(words: Words, hit: Hit) -> bool:
    """Whether a phrase is an infinitive, behind which stands who suffers it ('متهم کردن ایران', 'تروریست خواندن سپاه')."""
    return words[hit.last].form.key in _MADE_VERBS


def is_condemned(words: Words, inside: Sequence[int], hit: Hit) -> bool:
    """Whether the clause condemns what a phrase names ('حمله به ایران را محکوم کرد', 'با تقبیح تروریست خواندن سپاه')."""
    if not _CONDEMNATION.isdisjoint(words.keys[max(0, hit.first - 2) : hit.first]):
        return True
    return not _CONDEMNING.isdisjoint(words.keys) and any(
        words[at].form.key in _CONDEMNING and at + 1 < len(words) and words[at + 1].form.lemma in {"کرد", "نمود"}
        for at in inside
        if at > hit.last
    )


def is_counterfactual(words: Words, inside: Sequence[int]) -> bool:
    """Whether a clause supposes that what happened had not ('اگر کمک ایران نبود')."""
    if _CONDITIONS.isdisjoint(words.keys) or not any(words[at].form.key in _CONDITIONS for at in inside):
        return False
    return any(words[at].form.key == "نبود" for at in inside) or any(
        (is_negative(words[at]) or (words[at].text.startswith("ن") and words[at].text.endswith("ه")))
        and stem(words[at + 1]) == "بود"
        for at in inside
        if at + 1 < len(words)
    )


def is_hypothetical(words: Words, inside: Sequence[int], hit: Hit) -> bool:
    """Whether the phrase stands in a condition or a question that leaves it open; a rhetorical one does not."""
    keys = words.keys
    pointed = "این" in keys[max(0, hit.first - 2) : hit.first] and not verbs.is_verb(words[hit.last].text)
    is_conditional = not _CONDITIONS.isdisjoint(keys)
    if (
        (
            is_conditional
            and any(  # 'اگر به این جنگ ننگین ادامه دهد' calls the war so whatever comes
                keys[at] in _CONDITIONS
                and not pointed
                and not {"،", ",", "همان"} & set(keys[at : hit.first])
                and "همان" not in keys[hit.last :]
                for at in inside
                if at < hit.first
            )
        )
        or _is_open(words, inside, hit)
    ):
        return True
    if answer_to(words, hit) > 0:
        return False
    if "صورت" in keys[: hit.first] and any(
        keys[at : at + 2] == ["در", "صورت"] and keys[at + 2] in _ESTABLISHED for at in range(hit.first - 2)
    ):
        return True
    if is_conditional and any(key in _CONDITIONS and then in _ESTABLISHED for key, then in pairwise(keys)):
        return True
    if "ایا" in keys[: hit.first]:
        return _YES.isdisjoint(keys[: hit.first])
    if _asks_whether(keys, hit):
        return True
    return "؟" in keys[hit.last :] and _RHETORICAL.isdisjoint(keys)


def _is_open(words: Words, inside: Sequence[int], hit: Hit) -> bool:
    """Whether the clause leaves open what it names ('هنوز ثابت نشده', 'نامعلوم است') or refuses it ('طرح … را تصویب نکرد')."""
    for at in inside:
        if at <= hit.last or at + 1 >= len(words):
            continue
        key, following = words[at].form.key, words[at + 1]
        if key in _UNKNOWN or (
            key in _ESTABLISHED
            and any(is_negative(word) for word in words[at + 1 : at + 3])
            and not verbs.is_verb(words[hit.last].text)
        ):
            return True
        if (
            key in _ADOPTED
            and (key == "محکوم" or at - hit.last <= _SHORT)
            and is_negative(following)
            and not verbs.is_verb(words[hit.last].text)
        ):
            return True
    return False


def _asks_whether(keys: Sequence[str], hit: Hit) -> bool:
    """'… یا نه', '… یا خیر', '… بود یا نبود' behind the phrase."""
    return "یا" in keys[hit.last :] and any(key == "یا" and then in _OR_NOT for key, then in pairwise(keys[hit.last :]))


def is_negative(word: Token) -> bool:
    """Whether a word is a negated verb."""
    return verbs.is_negative(word.text, stem(word))
