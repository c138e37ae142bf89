"""Dates in every form that the sites print, to UTC and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.dates import JALALI_MONTHS, TEHRAN, both_calendars, jalali, jalali_month, parse_date

MOMENT = datetime(2024, 6, 1, 11, 0, tzinfo=UTC)
DAY = datetime(2024, 5, 31, 20, 30, tzinfo=UTC)
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    "raw",
    [
        "۱۲ خرداد ۱۴۰۳ - ۱۴:۳۰",
        "14:30 - 12 خرداد 1403",
        "۱۲ خرداد ۱۴۰۳، ۱۴:۳۰",
        "شنبه / ۱۲ خرداد ۱۴۰۳ / ۱۴:۳۰",
        "شنبه ۱۲ خردادماه ۱۴۰۳ ساعت ۱۴:۳۰",
        "شنبه، ۱۲ خرداد ماه سال ۱۴۰۳ ساعت ۲:۳۰ ب.ظ",
        "تاریخ انتشار: ۱۲ خرداد ۱۴۰۳ - ۱۴:۳۰ - 01 June 2024",
        "تاريخ انتشار : ۱۴۰۳/۰۳/۱۲ - ۱۴:۳۰",
        "1403/3/12 14:30:00",
        "1403-03-12 14:30",
        "12/3/1403 14:30",
        "1403.03.12 14:30",
        "2024-06-01T14:30:00+03:30",
        "2024-06-01T11:00:00Z",
        "2024-06-01 14:30",
        "2024-06-01 14:30:00 +0330",
        "Sat, 01 Jun 2024 11:00:00 GMT",
        "Sat, 01 Jun 2024 14:30:00 +0330",
        "01 June 2024 - 14:30",
        "June 1, 2024 2:30 PM",
        "1 ژوئن 2024 14:30",
        "۱ ژوئن ۲۰۲۴، ۱۴:۳۰",
        "1717239600",
        "1717239600000",
        "\u200f۱۲ خرداد ۱۴۰۳\u200f - ۱۴:۳۰",
    ],
)
def test_a_moment_in_any_form(raw: str) -> None:
    for text in (raw, raw.translate(PERSIAN), raw.translate(ARABIC), f"  {raw}\n"):
        assert parse_date(text) == MOMENT


@pytest.mark.parametrize(
    "raw",
    ["۱۲ خرداد ۱۴۰۳", "1403/03/12", "12 خرداد 03", "03/3/12", "2024-06-01", "14030312", "20240601", "1 June 2024"],
)
def test_a_day_begins_at_midnight_in_tehran(raw: str) -> None:
    assert parse_date(raw) == DAY


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "  ",
        "دیروز",
        "۱۴:۳۰",
        "31 شهریور ماه",
        "1403/13/01",
        "۳۰ اسفند ۱۴۰۲",
        "2024-02-30",
        "99999/1/1",
        "12.5.3.4",
        "http://x/1",
    ],
)
def test_what_is_no_date_is_none(raw: str | None) -> None:
    assert parse_date(raw) is None


def test_of_two_dates_the_first_counts() -> None:
    assert parse_date("01 June 2024 - ۱۵ خرداد ۱۴۰۳") == DAY


def test_summer_time_was_kept_until_1401() -> None:
    assert parse_date("۱۲ خرداد ۱۴۰۰ ۱۴:۳۰") == datetime(2021, 6, 2, 10, 0, tzinfo=UTC)


def test_both_calendars_tell_the_day_it_was_in_tehran() -> None:
    assert both_calendars(datetime(2024, 5, 31, 21, 0, tzinfo=UTC)) == "۱۲ خرداد ۱۴۰۳ (2024-06-01)"
    assert both_calendars(datetime(2024, 5, 31, 20, 0, tzinfo=UTC)) == "۱۱ خرداد ۱۴۰۳ (2024-05-31)"
    assert jalali_month(datetime(2024, 3, 19, 20, 31, tzinfo=UTC)) == "1403-01"


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)))
def test_a_day_survives_both_calendars(moment: datetime) -> None:
    when = moment.replace(tzinfo=UTC)
    for written in (jalali(when), both_calendars(when)):
        back = parse_date(written)
        assert back is not None
        assert back.astimezone(TEHRAN).date() == when.astimezone(TEHRAN).date()


@given(st.integers(1330, 1430), st.integers(1, 12), st.integers(1, 29), st.integers(1, 23), st.integers(0, 59))
def test_every_jalali_form_is_the_same_moment(year: int, month: int, day: int, hour: int, minute: int) -> None:
    time = f"{hour:02d}:{minute:02d}"
    forms = [
        f"{day} {JALALI_MONTHS[month - 1]} {year} - {time}",
        f"{time} - {day} {JALALI_MONTHS[month - 1]} {year}",
        f"{year}/{month}/{day} {time}",
        f"{year:04d}-{month:02d}-{day:02d} {time}".translate(PERSIAN),
        f"شنبه {day} {JALALI_MONTHS[month - 1]} {year} ساعت {time}",
    ]
    gregorian = jdatetime.date(year, month, day).togregorian()
    expected = datetime(gregorian.year, gregorian.month, gregorian.day, hour, minute, tzinfo=TEHRAN).astimezone(UTC)
    assert {parse_date(form) for form in forms} == {expected}


@given(st.text(max_size=60) | st.text("۰۱۲۳۴۵۶۷۸۹/-: TZخردادمه", max_size=40))
def test_no_text_is_too_strange(raw: str) -> None:
    found = parse_date(raw)
    assert found is None or found.utcoffset() == timedelta(0)
