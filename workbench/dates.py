"""Dates as Iranian and other sites print them, to UTC and back; calendars by jdatetime."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import jdatetime

TEHRAN = ZoneInfo("Asia/Tehran")
JALALI_MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
_GREGORIAN_MONTHS = {
    **{
        name: n
        for n, name in enumerate(
            ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"],
            1,
        )
    },
    "می": 5,
    "جولای": 7,
    "آگوست": 8,
    "جون": 6,
    "جنوری": 1,
}
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يك", "01234567890123456789یک")
_NUMERIC = re.compile(r"(?<!\d)(\d{2,4})[/\-.](\d{1,2})[/\-.](\d{1,4})(?!\d)")
_NAMED = re.compile(rf"(\d{{1,2}})\s+({'|'.join([*JALALI_MONTHS, *_GREGORIAN_MONTHS])})(?:\s*ماه)?\s*،?\s*(\d{{2,4}})")
_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}T")


def parse_date(raw: str | None) -> datetime | None:
    """Read a date, Jalali or Gregorian, with Persian, Arabic or Latin digits.

    Parameters
    ----------
    raw : str or None
        Such as '۱۲ خرداد ۱۴۰۳ - ۱۴:۳۰', '1402/11/05', '2024-06-01T10:00:00Z'. Without a zone it is Tehran's time.

    Returns
    -------
    datetime or None
        In UTC; None when it is no date.
    """
    if not raw or not raw.strip():
        return None
    text = raw.translate(_DIGITS).strip()
    try:
        if _ISO.match(text):
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)).astimezone(UTC)
        found = _parts(text)
        return None if found is None else _moment(*found, _TIME.search(text)).astimezone(UTC)
    except ValueError:
        return None


def _parts(text: str) -> tuple[int, int, int, bool] | None:
    """Year, month, day, and whether they are Jalali."""
    named = _NAMED.search(text)
    if named:
        day, month, year = int(named[1]), named[2], int(named[3])
        if month in JALALI_MONTHS:
            return (year if year > 99 else 1300 + year), JALALI_MONTHS.index(month) + 1, day, True
        return year, _GREGORIAN_MONTHS[month], day, False
    numeric = _NUMERIC.search(text)
    if not numeric:
        return None
    first, month_number, last = (int(number) for number in numeric.groups())
    year, day = (last, first) if len(numeric[3]) == 4 else (first, last)
    if year < 100:
        year += 1300 if year > 40 else 1400
    return year, month_number, day, year < 1700


def _moment(year: int, month: int, day: int, jalali: bool, time: re.Match[str] | None) -> datetime:
    hour, minute, second = (int(part or 0) for part in time.groups()) if time else (0, 0, 0)
    if jalali:
        date = jdatetime.date(year, month, day).togregorian()
        year, month, day = date.year, date.month, date.day
    return datetime(year, month, day, hour, minute, second, tzinfo=TEHRAN)


def jalali(moment: datetime) -> str:
    """Write a moment as a Jalali date of Tehran, such as '۱۲ خرداد ۱۴۰۳'."""
    local = moment.astimezone(TEHRAN)
    date = jdatetime.date.fromgregorian(date=local.date())
    return f"{date.day} {JALALI_MONTHS[date.month - 1]} {date.year}".translate(
        str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    )


def jalali_month(moment: datetime) -> str:
    """Return the Jalali year and month of a moment in Tehran as '1403-03'."""
    date = jdatetime.date.fromgregorian(date=moment.astimezone(TEHRAN).date())
    return f"{date.year:04d}-{date.month:02d}"
