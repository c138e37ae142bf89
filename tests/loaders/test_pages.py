"""Pages of each outlet, written by hand in its structure: every part found, and what is no part of the article left out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbench.pages import article_of_page
from workbench.sites import outlet_of_url, sites
from workbench.types import Article, Reject

PAGES = Path(__file__).parent / "pages"
FIRST = "وزیر دفاع ایران در دیدار با همتای چینی خود گفت: همکاری‌های دفاعی دو کشور ادامه خواهد یافت."
SECOND = "وی افزود: تحریم‌های آمریکا مانع این همکاری‌ها نشده است."
LEAD = "وزیر دفاع از گسترش همکاری‌ها خبر داد."
TITLE = "وزیر دفاع با همتای چینی دیدار کرد"
RUTITR = "سردار آشتیانی:"
MOMENT = datetime(2024, 6, 1, 11, 0, tzinfo=UTC)


def read(name: str) -> Article:
    found = article_of_page((PAGES / f"{name}.html").read_bytes(), f"{name}.html")
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("page", "profile", "outlet", "lines", "category", "tags", "rutitr"),
    [
        (
            "defapress",
            "defapress",
            "دفاع‌پرس",
            [LEAD, f"به گزارش خبرنگار دفاع‌پرس، {FIRST}", SECOND, "این همکاری‌ها ادامه دارد."],
            "دفاعی امنیتی",
            "وزیر دفاع، چین",
            RUTITR,
        ),
        ("tabnak", "iransamaneh", "تابناک", [FIRST, SECOND], "سیاست خارجی", "چین", RUTITR),
        ("tasnim", "tasnim", "تسنیم", [LEAD, FIRST, SECOND], "سیاسی", "وزیر دفاع، چین", RUTITR),
        ("mehr", "mehr", "مهر", [LEAD, FIRST, SECOND], "سیاست", "وزیر دفاع، چین", RUTITR),
        ("irna", "irna", "ایرنا", [LEAD, FIRST, SECOND], "سیاست", "وزیر دفاع، چین", RUTITR),
        ("hamshahri", "nastooh", "همشهری آنلاین", [LEAD, FIRST, SECOND], "سیاست", "وزیر دفاع، چین", RUTITR),
        ("isna", "isna", "ایسنا", [LEAD, FIRST, SECOND], "دفاعی- امنیتی", "وزیر دفاع، چین", RUTITR),
        ("fars", "fars", "فارس", [LEAD, FIRST, SECOND], "دفاعی", "وزیر دفاع، چین", None),
        ("iranintl", "iranintl", "ایران اینترنشنال", [FIRST, SECOND], None, None, None),
    ],
)
def test_a_page_is_read_by_its_site_s_profile(
    page: str, profile: str, outlet: str, lines: list[str], category: str | None, tags: str | None, rutitr: str | None
) -> None:
    article = read(page)
    assert article.read_by == f"site {profile}"
    assert article.outlet == outlet
    assert article.title == TITLE
    assert article.text.split("\n") == lines
    assert article.published == MOMENT
    assert (article.category, article.tags, article.rutitr) == (category, tags, rutitr)


def test_a_page_of_no_known_site_is_read_by_trafilatura_and_says_so() -> None:
    article = read("unknown")
    assert article.read_by == "trafilatura"
    assert FIRST in article.text
    assert SECOND in article.text


def test_a_page_whose_profile_finds_nothing_falls_back_and_says_so() -> None:
    html = (PAGES / "unknown.html").read_text("utf8")
    moved = html.replace(
        "<head>", '<head><link rel="canonical" href="https://www.tasnimnews.com/fa/news/1403/03/12/1/x">'
    )
    article = article_of_page(moved.encode(), "moved.html")
    assert isinstance(article, Article)
    assert article.read_by == "trafilatura (tasnim found no body)"
    assert article.outlet == "تسنیم"


def test_a_date_is_taken_from_the_address_where_the_page_has_none() -> None:
    html = (PAGES / "tasnim.html").read_text("utf8").replace("۱۲ خرداد ۱۴۰۳ - ۱۴:۳۰", "")
    article = article_of_page(html.encode(), "x.html")
    assert isinstance(article, Article)
    assert article.published == datetime(2024, 5, 31, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_a_page_is_decoded_as_it_declares(encoding: str) -> None:
    html = (PAGES / "mehr.html").read_text("utf8").replace("\u06cc", "\u064a").replace("utf-8", "windows-1256")
    article = article_of_page(html.encode(encoding, "xmlcharrefreplace"), "x.html")
    assert isinstance(article, Article)
    assert article.title == TITLE.replace("\u06cc", "\u064a")


@pytest.mark.parametrize("data", [b"", b"   ", b"<html></html>", b"\x00" * 100, b"<p>short</p>", b"\xff\xd8\xff" * 50])
def test_what_is_no_article_is_rejected_with_a_reason(data: bytes) -> None:
    found = article_of_page(data, "x.html")
    assert isinstance(found, Reject)
    assert found.reason


def test_every_profile_is_sound_and_its_selectors_are_css() -> None:
    from lxml.cssselect import CSSSelector

    assert {"defapress", "tasnim", "mehr", "irna", "isna", "fars", "iranintl"} <= {site.name for site in sites()}
    for site in sites():
        assert site.domains
        assert site.fields["body"], site.name
        for selector in (*site.within, *site.drop, *(one for many in site.fields.values() for one in many)):
            CSSSelector(selector.partition("@")[0])


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.tasnimnews.com/fa/news/1", "تسنیم"),
        ("http://farsnews.ir/x", "فارس"),
        ("mehrnews.com/x", "مهر"),
        ("https://nottasnimnews.com/x", None),
        ("https://tasnimnews.com.evil.example/x", None),
        ("https://[broken", None),
        (None, None),
    ],
)
def test_an_outlet_is_known_by_its_domain_alone(url: str | None, outlet: str | None) -> None:
    assert outlet_of_url(url) == outlet
