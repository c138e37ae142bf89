"""What things are called on the screen, in Persian and English; numbers and dates as each language writes them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Literal

import jdatetime

from workbench.dates import jalali
from workbench.targets import states

Language = Literal["fa", "en"]

SIGNS = {"favor": "▲", "neutral": "●", "against": "▼"}
LABELS = {"favor": "موافق", "neutral": "خنثی", "against": "مخالف"}
_DIGITS = str.maketrans("0123456789.,%", "۰۱۲۳۴۵۶۷۸۹٫٬٪")

# Key to its Persian and English wording.
_WORDING: dict[str, tuple[str, str]] = {
    "favor": (LABELS["favor"], "in favour"),
    "neutral": (LABELS["neutral"], "neutral"),
    "against": (LABELS["against"], "against"),
    "author": ("خود رسانه", "the outlet itself"),
    "other": ("دیگران", "others"),
    "none": ("بی‌گوینده", "nobody"),
    "outlet": ("خود رسانه", "outlet"),
    "quoted": ("نقل قول", "quoted"),
    "unknown": ("نامعلوم", "unknown"),
    "targets": ("دربارهٔ", "Target"),
    "stances": ("موضع", "Stance"),
    "holders": ("از سوی", "Holder"),
    "outlets": ("رسانه", "Outlet"),
    "voices": ("صدا", "Voice"),
    "since": ("از تاریخ", "From"),
    "until": ("تا تاریخ", "Until"),
    "words": ("واژه‌ها", "Words"),
    "confidence": ("دست‌کم اطمینان", "Confidence at least"),
    "classifier": ("رده‌بند", "Classifier"),
    "options": ("گزینه‌های رده‌بند", "Its options"),
    "filters": ("پالایه‌ها", "Filters"),
    "explorer": ("کاوشگر موضع‌ها", "Stance explorer"),
    "tab_overview": ("نمای کلی", "Overview"),
    "tab_time": ("در زمان", "Time"),
    "tab_holders": ("که از که", "Who of whom"),
    "tab_outlets": ("رسانه‌ها", "Outlets"),
    "tab_words": ("واژگان", "Words"),
    "tab_concordance": ("واژه‌نما", "Concordance"),
    "tab_sentences": ("جمله‌ها", "Sentences"),
    "tab_reader": ("متن خبر", "Reader"),
    "back": ("بازگشت", "Back"),
    "clear": ("پاک کردن همه", "Clear all"),
    "copy_code": ("رونوشت به‌صورت کد", "Copy as code"),
    "copy_selection": ("رونوشت گزینش", "Copy selection"),
    "copied": ("رونوشت برداشته شد", "Copied"),
    "share_menu": ("رونوشت و برون‌بری", "Copy and export"),
    "export": ("برون‌بری", "Export"),
    "report": ("گزارش تک‌برگی", "One-page report"),
    "saved": ("ذخیره شد", "Saved"),
    "keys": ("میان‌برها", "Keys"),
    "help": (
        "⌫ بازگشت · / جست‌وجوی واژه · ۱ تا ۸ زبانه‌ها · ← → میان زبانه‌ها · ↑ ↓ در فهرست · Enter برگزیدن · ؟ همین راهنما",
        "⌫ back · / search words · 1 to 8 tabs · ← → between tabs · ↑ ↓ in lists · Enter choose · ? this help",
    ),
    "language": ("English", "فارسی"),
    "stop": ("ایست", "Stop"),
    "resume": ("ادامه", "Continue"),
    "judging": ("در حال رده‌بندی", "Judging"),
    "stopped": ("رده‌بندی ایستاد", "Judging stopped"),
    "failed": ("رده‌بندی نشد", "Judging failed"),
    "indexing": ("نمایهٔ واژه‌ها ساخته می‌شود", "Indexing words"),
    "articles_n": ("خبر", "articles"),
    "stances_n": ("داوری", "stances"),
    "sentences_n": ("جمله", "sentences"),
    "of": ("از", "of"),
    "by": ("از سوی", "by"),
    "in": ("در", "in"),
    "more": ("تای دیگر", "more"),
    "nothing": ("در این گزینش چیزی نیست.", "Nothing in this selection."),
    "nothing_dated": ("هیچ خبری در این گزینش تاریخ ندارد.", "No article of this selection has a date."),
    "undated": ("داوری بی‌تاریخ در این نمودار نیست", "stances without a date are not in this picture"),
    "previous": ("پیشین", "Previous"),
    "next": ("پسین", "Next"),
    "page": ("صفحه", "Page"),
    "share": ("سهم", "Share"),
    "interval": ("بازهٔ ۹۵٪", "95% interval"),
    "count": ("شمار", "Count"),
    "date": ("تاریخ", "Date"),
    "title": ("عنوان", "Title"),
    "sentence": ("جمله", "Sentence"),
    "untitled": ("بی‌عنوان", "Untitled"),
    "interval_note": (
        "بازه‌های ۹۵ درصد با در نظر گرفتن هم‌خبر بودن جمله‌ها (ویلسون با شمار مؤثر).",
        "95% intervals; sentences of one article are not counted as independent (Wilson with effective sample size).",
    ),
    "machine_note": (
        "این‌ها داوری رده‌بند است، نه برآورد تصحیح‌شده؛ خطای رده‌بند در بازه‌ها نیست.",
        "These are the classifier's judgements, not corrected estimates; its errors are not in the intervals.",
    ),
    "figure_overview": ("سهم موضع‌ها نسبت به هر کشور", "Share of stances toward each state"),
    "figure_time": ("سهم موافق و مخالف در گذر زمان", "Share in favour and against over time"),
    "figure_holders": ("چه کسی از کدام کشور چگونه سخن می‌گوید", "Who speaks how of whom"),
    "figure_outlets": ("سهم موافق و مخالف در هر رسانه", "Share in favour and against by outlet"),
    "figure_words": ("واژه‌های برجستهٔ این گزینش", "Words that mark this selection"),
    "calendar": ("تقویم", "Calendar"),
    "jalali": ("خورشیدی", "Jalali"),
    "gregorian": ("میلادی", "Gregorian"),
    "period": ("بازه", "Period"),
    "week": ("هفته", "week"),
    "month": ("ماه", "month"),
    "quarter": ("فصل", "quarter"),
    "year": ("سال", "year"),
    "keyness": ("برجستگی", "Keyness"),
    "word": ("واژه", "Word"),
    "here": ("در گزینش", "Here"),
    "elsewhere": ("بیرون از آن", "Elsewhere"),
    "log_odds": ("لگاریتم بخت", "Log-odds"),
    "spread": ("پراکندگی (DP)", "Dispersion (DP)"),
    "collocations": ("هم‌نشین‌های", "Collocates of"),
    "together": ("با هم", "Together"),
    "over": ("بیش از بقیه", "More than elsewhere"),
    "under": ("کمتر از بقیه", "Less than elsewhere"),
    "whole": (
        "گزینش همهٔ پیکره است؛ برای سنجش واژه‌ها آن را تنگ‌تر کنید. این‌ها پربسامدترین واژه‌هایند.",
        "The selection is the whole corpus; narrow it to compare words. These are the most frequent ones.",
    ),
    "keyness_note": (
        "واژه‌های گزینش در برابر بقیهٔ پیکره: لگاریتم نسبت بخت با پیشین دیریکله (z)، و G²؛ DP پراکندگی میان خبرها (۰ یکدست).",
        "Words of the selection against the rest: log-odds with a Dirichlet prior (z), and G²; DP is dispersion over articles (0 is even).",
    ),
    "before": ("پیش از آن", "Before"),
    "node": ("واژه", "Node"),
    "after": ("پس از آن", "After"),
    "sort": ("ترتیب", "Sort"),
    "sort_before": ("واژهٔ پیشین", "word before"),
    "sort_after": ("واژهٔ پسین", "word after"),
    "sort_text": ("ترتیب پیکره", "corpus order"),
    "sort_certain": ("قوی‌ترین موضع", "strongest stance"),
    "sort_unsure": ("اختلاف رده‌بندها", "classifiers' disagreement"),
    "sort_doubt": ("تردید رده‌بند", "classifier's doubt"),
    "sort_newest": ("تازه‌ترین", "newest"),
    "kwic_mentions": ("واژه‌ای جسته نشده؛ اشاره به کشورها نشان داده می‌شود.", "No word is searched; mentions of the targets are shown."),
    "kwic_sampled": ("مرتب‌سازی در نمونه‌ای یکنواخت از", "sorted within an even sample of"),
    "choose_sentence": ("برای خواندن خبر، جمله‌ای را برگزینید.", "Choose a sentence to read its article."),
    "reason": ("چرا", "Why"),
    "disputed": ("مورد اختلاف بعدی", "Next in dispute"),
    "disputed_back": ("مورد اختلاف قبلی", "Previous in dispute"),
    "doubted": ("تردید بعدی", "Next in doubt"),
    "doubted_back": ("تردید قبلی", "Previous in doubt"),
    "article_stances": ("داوری‌های این خبر", "Stances of this article"),
    "search": ("جست‌وجو", "Search"),
    "all": ("همه", "all"),
    "report_title": ("گزارش موضع‌ها", "Stance report"),
    "articles": ("خبرها", "Articles"),
    "provenance": ("شناسنامه", "Provenance"),
    "snapshot": ("گزینش کنونی، بدون هسته", "The selection as it stood, without a kernel"),
    "theirs": ("رده‌بندهای دیگر", "Other classifiers"),
}  # fmt: skip


def say(key: str, language: Language = "fa") -> str:
    """Return the wording of a key of the interface."""
    return _WORDING[key][0 if language == "fa" else 1]


def name(code: str, language: Language = "fa") -> str:
    """Return what a target, holder, stance or voice is called on the screen; what is not known stands as it is."""
    if code in _WORDING:
        return say(code, language)
    if code not in states():
        return code
    known = states()[code].names[language]
    return _english(code) if known == code else known


@cache
def _english(code: str) -> str:
    """The English name that CLDR has for a state without a file of its own."""
    from babel import Locale

    return str(Locale("en").territories.get(code, code))


def number(value: float, language: Language = "fa", digits: int = 0) -> str:
    """Write a number as the language does, thousands apart."""
    text = f"{abs(value):,.{digits}f}"
    minus = "\u200e\u2212" if value < 0 and text.strip("0.,") else ""  # at its left, whatever stands around it
    return minus + (text.translate(_DIGITS) if language == "fa" else text)


def percent(share: float, language: Language = "fa") -> str:
    """Write a share as a whole percentage."""
    return f"{share:.0%}".translate(_DIGITS) if language == "fa" else f"{share:.0%}"


def localized(text: str, language: Language = "fa") -> str:
    """Write the digits of a text as the language does; hyphens and letters stay."""
    return text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) if language == "fa" else text


def short_date(iso: str, language: Language = "fa") -> str:
    """Write an ISO day as one types it: '۱۴۰۳/۰۱/۰۱' in Persian, as it is in English."""
    if language == "en" or not iso:
        return iso
    day = jdatetime.date.fromgregorian(date=datetime.fromisoformat(iso).date())
    return localized(f"{day.year}/{day.month:02d}/{day.day:02d}")


def date(moment: datetime, language: Language = "fa") -> str:
    """Write a day: Jalali in Persian, ISO in English."""
    return jalali(moment) if language == "fa" else f"{moment:%Y-%m-%d}"
