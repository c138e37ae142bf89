"""Dates as Iranian and other sites print them, to UTC and back; calendars by jdatetime.

>>> parse_date("۱۴:۳۰ - ۱۲ خرداد ۱۴۰۳").isoformat()
'2024-06-01T11:00:00+00:00'
>>> both_calendars(parse_date("شنبه / ۱۲ خرداد ۱۴۰۳ / ۱۴:۳۰"))
'۱۲ خرداد ۱۴۰۳ (2024-06-01)'
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import jdatetime

TEHRAN = ZoneInfo("Asia/Tehran")
JALALI_MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
_JALALI = {**{name: n for n, name in enumerate(JALALI_MONTHS, 1)}, "امرداد": 5, "اسپند": 12}
_GREGORIAN_NAMES = (
    ("ژانویه", "جنوری", "january", "jan"),
    ("فوریه", "فبروری", "february", "feb"),
    ("مارس", "مارچ", "march", "mar"),
    ("آوریل", "اپریل", "آپریل", "april", "apr"),
    ("مه", "می", "may"),
    ("ژوئن", "جون", "june", "jun"),
    ("ژوئیه", "جولای", "ژوییه", "july", "jul"),
    ("اوت", "آگوست", "اگست", "august", "aug"),
    ("سپتامبر", "سپتمبر", "september", "sept", "sep"),
    ("اکتبر", "october", "oct"),
    ("نوامبر", "november", "nov"),
    ("دسامبر", "december", "dec"),
)
_GREGORIAN = {name: number for number, names in enumerate(_GREGORIAN_NAMES, 1) for name in names}
_LATIN = "0123456789"
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
_LIKE = str.maketrans(f"{_PERSIAN}٠١٢٣٤٥٦٧٨٩يىكـ", f"{_LATIN}{_LATIN}ییک ")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u064b-\u0652]")
_MONTHS = "|".join(sorted(map(re.escape, [*_JALALI, *_GREGORIAN]), key=len, reverse=True))
_NUMERIC = re.compile(r"(?<![\d:])(?<!\d[/.\-])(\d{1,4})([/\-.])(\d{1,2})\2(\d{1,4})(?![\d:]|[/.\-]\d)")
_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*(?<!\w)({_MONTHS})(?:\s*ماه)?(?!\w)[\s،,\-/.]*(?:سال\s+)?(\d{{4}}|\d{{2}}(?![\d:]))",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"(?<!\w)({_MONTHS})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*[,،]?\s+(\d{{4}})", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?:\.\d+)?(?![\d:])\s*(Z\b|UTC|GMT|[+-]\d{2}:?\d{2}\b)?\s*(AM|PM|ق\.?ظ|ب\.?ظ)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:?\d{2}")
_EPOCH = re.compile(r"^(\d{10})(\d{3})?$")
_COMPACT = re.compile(r"^(1[34]\d\d|20\d\d|19\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_LETTER_HEAD = re.compile(r"^[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{4} ")
_LONGEST = 300


def parse_date(raw: str | None) -> datetime | None:
    """Read a date, Jalali or Gregorian, with Persian, Arabic or Latin digits.

    Parameters
    ----------
    raw : str or None
        Such as '۱۲ خرداد ۱۴۰۳ - ۱۴:۳۰', '1402/11/05', '2024-06-01T10:00:00Z', 'Sat, 01 Jun 2024 10:00:00 GMT'. Words
        around the date do not matter; of two dates the first counts. Without a zone it is Tehran's time.

    Returns
    -------
    datetime or None
        In UTC; None when it is no date.
    """
    if not raw or not raw.strip():
        return None
    text = _UNSEEN.sub("", raw[:_LONGEST].translate(_LIKE)).strip()
    try:
        return _parse(text)
    except (ValueError, OverflowError):
        return None


def _parse(text: str) -> datetime | None:
    epoch = _EPOCH.match(text)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), UTC)
    if _ISO.match(text) and int(text[:4]) > 1700:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass  # an ISO date with words behind it
        else:
            return (moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)).astimezone(UTC)
    if _LETTER_HEAD.match(text):
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            pass  # looks like the date of a letter's head, and is not
        else:
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    found = _parts(text)
    return None if found is None else _moment(*found, _TIME.search(text)).astimezone(UTC)


def _parts(text: str) -> tuple[int, int, int, bool] | None:
    """Year, month, day, and whether they are Jalali, of the date that stands first."""
    candidates = [
        (match.start(), kind, match)
        for kind, pattern in enumerate((_NAMED, _MONTH_FIRST, _NUMERIC))
        if (match := pattern.search(text))
    ]
    compact = _COMPACT.match(text)
    if compact:
        year, month, day = (int(number) for number in compact.groups())
        return year, month, day, year < 1700
    if not candidates:
        return None
    _, kind, match = min(candidates)
    if kind == 2:
        return _numbers(match)
    name, day_text = (match[2], match[1]) if kind == 0 else (match[1], match[2])
    name, year, day = name.lower(), int(match[3]), int(day_text)
    if name in _JALALI:
        return (year if year > 99 else _century(year)), _JALALI[name], day, True
    return (year if year > 99 else 2000 + year), _GREGORIAN[name], day, False


def _numbers(match: re.Match[str]) -> tuple[int, int, int, bool]:
    first, month, last = int(match[1]), int(match[3]), int(match[4])
    year, day = (last, first) if len(match[4]) == 4 else (first, last)
    if len(match[1]) < 3 and len(match[4]) < 3:
        year = _century(year)
    if month > 12 and day <= 12 and year > 1700:
        month, day = day, month  # 06/25/2024
    return year, month, day, year < 1700


def _century(year: int) -> int:
    return year + (1300 if year > 40 else 1400)


def _moment(year: int, month: int, day: int, jalali: bool, time: re.Match[str] | None) -> datetime:
    hour, minute, second = (int(part or 0) for part in time.groups()[:3]) if time else (0, 0, 0)
    zone, half = (time[4], (time[5] or "").lower().replace(".", "")) if time else (None, "")
    if half in {"pm", "بظ"} and hour < 12:
        hour += 12
    elif half in {"am", "قظ"} and hour == 12:
        hour = 0
    if jalali:
        date = jdatetime.date(year, month, day).togregorian()
        year, month, day = date.year, date.month, date.day
    moment = datetime(year, month, day, hour, minute, second, tzinfo=TEHRAN)
    if zone and zone.upper() in {"Z", "UTC", "GMT"}:
        return moment.replace(tzinfo=UTC)
    if zone:
        return datetime.strptime(f"{moment:%Y-%m-%d %H:%M:%S} {zone}", "%Y-%m-%d %H:%M:%S %z")
    return moment


def jalali(moment: datetime) -> str:
    """Write a moment as a Jalali date of Tehran, such as '۱۲ خرداد ۱۴۰۳'."""
    local = moment.astimezone(TEHRAN)
    date = jdatetime.date.fromgregorian(date=local.date())
    return f"{date.day} {JALALI_MONTHS[date.month - 1]} {date.year}".translate(str.maketrans(_LATIN, _PERSIAN))


def both_calendars(moment: datetime) -> str:
    """Write a moment as the date that it was in Tehran, in both calendars: '۱۲ خرداد ۱۴۰۳ (2024-06-01)'."""
    return f"{jalali(moment)} ({moment.astimezone(TEHRAN):%Y-%m-%d})"


def jalali_month(moment: datetime) -> str:
    """Return the Jalali year and month of a moment in Tehran as '1403-03'."""
    date = jdatetime.date.fromgregorian(date=moment.astimezone(TEHRAN).date())
    return f"{date.year:04d}-{date.month:02d}"
