"""What praise is worth: in titles, in quotation marks, in mockery; hoped for, or given for form's sake or at somebody's harm."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.stance.rules import verbs
from workbench.stance.rules.lexicon import Hit
from workbench.stance.rules.words import Words

_SHORT, _BEFORE_IT = 5, 12
_KNOWN_FOR_IT = frozenset("مشهورش معروفش مشهورشان معروفشان کذاییاش بینظیرشان کذایی".split())
_SO_CALLED = frozenset({"بهاصطلاح", "باصطلاح", "مثلا", "بهظاهر", "خودخوانده", "مدعی", "مدعیان"})
_UNREAL = frozenset(
    """خودخوانده خودگمارده پوشالی قلابی ساختگی نمایشی ریاکارانه دروغین خیالی افسانهای ادعایی کذایی نایاب نایابتر فرمایشی صوری مزورانه
    فریبنده فریبکارانه""".split()
)
_SO_CALLED_TWO = (["به", "اصطلاح"], ["موسوم", "به"], ["به", "ظاهر"])
_TITLES = frozenset(
    """کتاب فیلم نمایش همایش رزمایش عملیات نمایشگاه نام ماهواره روزنامه پروژه مستند سرود جشنواره موشک ناو رمان سریال پهپاد ناوشکن مقاله
    هفتهنامه خبرگزاری شبکه سایت پویش""".split()
)
_TITLED = _TITLES | frozenset(
    """طرح مجموعه شعار عنوان جایزه نشان مدال نشست کنفرانس هفته شعر برنامه بازی هشتگ کارزار سامانه قایق کشتی حزب گروه جنبش بنیاد شرکت
    پایگاه مدل نوع لقب""".split()
)
_PRAISES = frozenset("تمجید ستود ستایش تحسین قدردانی سپاسگزاری تقدیر تشکر".split())
_NAMED_SO = frozenset("گذاشت گذاشته گذاشتند نهاد نهاده نهادند گذاشتهاند".split())
_CALLING = frozenset(
    """خواند خواندند نامید نامیدند دانست دانستند توصیف شمرد برشمرد قلمداد عنوان ارزیابی گفت گفتند میخواند میداند مینامد میخوانند مینامند
    خوانده نامیده کردند""".split()
)
_HARMS = frozenset(
    """ضعیف تضعیف شکست سقوط مرگ کشته کشتن ترور ویرانی ویران زلزله سیل بحران فروپاشی نابودی ناکامی تحریم تحریمها تحریمهای تحقیر مجازات
    انزوای انزوا ورشکستگی تجزیه خروج خسارت آسیب گرفتاری رنج فلاکت فقر تنبیه محاصره سرنگونی براندازی حمله بمباران محکومیت""".split()
)
_HOPES = frozenset("امید ارزوی رویای ادعای خیال سودای توهم مدعی وعده دنبال".split())
_MAY = frozenset("میتواند میتوانند بتواند بتوانند ممکن شاید".split())
_WEAPONS = frozenset("جنگنده بمب بمبافکن موشک تانک خمپاره گلوله شلاق توپ بمباران گاز باتوم".split())
_SHAMES = frozenset({"شرم", "حیا", "خجالت"})
_THANKS = frozenset("دستش دستشان دستت دستتان خسته احسنت مرحبا آفرین افرین".split())
_VIRTUES = frozenset(
    "مدیریت تدبیر درایت اقتدار عدالت خدمت خدمترسانی کارامدی نبوغ درخشش شجاعت مهربانی رافت دیپلماسی رفاقت همدلی ایثار".split()
)
_RECEPTIONS = frozenset("فرودگاه مراسم گارد ایستگاه پلکان ترمینال".split())


def is_titled(words: Words, hit: Hit) -> bool:
    """Whether a phrase stands in the title of a book, a film, an exercise ('کتاب «اژدهای زخمی»')."""
    if any(word.form.key in _NAMED_SO for word in words[hit.last + 1 : hit.last + 4]) and any(
        words[at].form.key in {"نام", "اسم"} and _follows_ra(words, hit.first) for at in range(hit.first)
    ):
        return True  # 'نام رزمایش را «گرگ خشمگین» گذاشت'
    for at in range(hit.first - 1, max(-1, hit.first - _SHORT - 2), -1):
        key = words[at].form.key
        if key == "»":
            return False
        if key in {"«", "“"}:
            return any(word.form.key in _TITLES for word in words[max(0, at - 2) : at])
    return False


def _follows_ra(words: Words, first: int) -> bool:
    """Whether a word stands right behind را, or behind it in quotation marks."""
    before = [word.form.key for word in words[max(0, first - _SHORT) : first]]
    return before[-1:] == ["را"] or ("«" in before and before[before.index("«") - 1] == "را")


def is_scare_quoted(words: Words, hit: Hit) -> bool:
    """Whether a phrase is held at arm's length: alone in quotation marks that name no title and quote nobody, or 'به‌اصطلاح'."""
    keys = words.keys
    if any(
        keys[at] in _SO_CALLED or keys[at : at + 2] in _SO_CALLED_TWO for at in range(max(0, hit.first - 4), hit.first)
    ):
        return True
    if any(key in _KNOWN_FOR_IT for key in keys[hit.last + 1 : hit.last + 4]):
        return True  # 'با آن وجدان بیدار مشهورش'
    if "ببینید" in keys[hit.last + 1 : hit.last + 5]:
        return True  # 'دست‌ودل‌بازی پکن را ببینید که …'
    if any(key in _UNREAL for key in keys[hit.last + 1 : hit.last + 3]):
        return True
    opening = next((at for at in range(hit.first - 1, max(-1, hit.first - 4), -1) if keys[at] in {"«", '"', "“"}), None)
    closing = next(
        (at for at in range(hit.last + 1, min(len(keys), hit.last + 4)) if keys[at] in {"»", '"', "”"}), None
    )
    if opening is None or closing is None or closing - opening > _SHORT:
        return False
    before, after = keys[max(0, opening - 3) : opening], keys[closing + 1 : closing + 5]
    praised = any(key in _PRAISES for key in keys[closing:])
    return not (set(before) & (_TITLED | {":"}) or any(key in _CALLING for key in after) or praised)


def is_at_harm(words: Words, hit: Hit, first: int) -> bool:
    """Whether what is welcomed is harm to whom word `first` names: 'ابراز خشنودی از ضعیف شدن ایران', 'استقبال از تحریم ایران'."""
    between = words[hit.last + 1 : first] if first > hit.last else words[max(0, first - _SHORT) : first]
    start = max((at for at, word in enumerate(between) if word.form.key == "از"), default=None)
    return start is not None and any(
        word.form.key in _HARMS or word.form.lemma in _HARMS for word in between[start + 1 :]
    )


def is_protocol(words: Words, inside: Sequence[int], hit: Hit) -> bool:
    """Whether a guest is received, which is no praise ('در فرودگاه از هیئت … استقبال کرد')."""
    return words[hit.first].form.key == "استقبال" and any(words[at].form.key in _RECEPTIONS for at in inside)


def is_hoped(words: Words, hit: Hit) -> bool:
    """Whether a success or a help is only hoped for, claimed or possible ('به امید پیروزی', 'می‌تواند به ایران کمک کند')."""
    if any(word.form.key in _HOPES for word in words[max(0, hit.first - 2) : hit.first]):
        return True
    may = any(word.form.key in _MAY for word in words[max(0, hit.first - _BEFORE_IT) : hit.first])
    return may and verbs.is_verb(words[hit.last].text) and not verbs.is_past(words[hit.last].text)


def _has_shame_named(words: Words) -> bool:
    """Whether somebody is told that 'shame is a good thing too': 'شرم هم خوب چیزی است'."""
    keys = words.keys
    return any(
        keys[at] in _SHAMES and keys[at + 1 : at + 4] == ["هم", "خوب", "چیزی"] for at in range(len(keys))
    ) or any(keys[at] in _SHAMES and keys[at + 1 : at + 4] == ["هم", "چیز", "خوبی"] for at in range(len(keys)))


def _opens_with_virtue(words: Words, inside: Sequence[int], hit: Hit) -> bool:
    """Whether a virtue in quotation marks is what the clause says shone: '«مدیریت جهادی» مسئولان گل کاشت'."""
    keys = [words[at].form.key for at in inside if at < hit.first]
    return keys[:1] == ["«"] and "»" in keys[2 : _SHORT + 1] and keys[1] in _VIRTUES


def is_ironic(words: Words, inside: Sequence[int], hit: Hit, *, blamed: bool) -> bool:
    """Whether praise is meant as its contrary: 'با مهربانی سی جنگنده فرستاد', 'دستش درد نکند که ریا را …' (`blamed` behind it)."""
    if words[hit.first].form.key == "با" or words[hit.first - 1].form.key == "با":
        return any(words[at].form.key in _WEAPONS for at in inside if at > hit.last)
    if _has_shame_named(words):
        return True
    if _opens_with_virtue(words, inside, hit):
        return True
    if blamed and "چنان" in {words[hit.first - 1].form.key, words[hit.first].form.key}:
        return "که" in [word.form.key for word in words[hit.last + 1 : hit.last + 4]]  # 'چنان بیدار بود که خمیازه کشید'
    return blamed and words[hit.first].form.key in _THANKS and "که" in [word.form.key for word in words[hit.last :]]
