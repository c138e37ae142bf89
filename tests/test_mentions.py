"""Who is spoken of, and who is not."""

from __future__ import annotations

import pytest

from workbench.mentions import find_mentions
from workbench.reading import read
from workbench.targets import described
from workbench.text import fold, sentences, tokens
from workbench.types import Article


def codes(text: str) -> list[str]:
    return [mention.target for mention in find_mentions(tokens(text), sentences(text))]


@pytest.mark.parametrize("code", ["IR", "US", "CN", "RU", "IL", "SA", "GB", "FR", "DE", "TR", "IQ"])
@pytest.mark.parametrize(
    "spoil",
    [
        str,
        lambda t: t.replace("\u200c", ""),
        lambda t: t.replace("ی", "ي").replace("ک", "ك"),
        lambda t: t.replace("\u200c", " "),
    ],
)
def test_every_alias_is_found_in_every_spelling(code: str, spoil: object) -> None:
    missed = []
    for kind, spellings in described()[code].aliases.items():
        for spelling in spellings:
            text = f"سخنان {spoil(spelling)} را"  # type: ignore[operator]
            if code not in codes(text):
                missed.append((kind, spelling))
    assert not missed


@pytest.mark.parametrize("text", ["کمک مالی و مالیات", "قبرستان شهر", "سیاست‌گذاری و سیاست"])
def test_a_common_word_is_no_state(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "سیاست خارجی و سیاست‌های اقتصادی",
        "اقتصادی که متکی به نفت است",
        "بر پیشانی‌اش چین و چروک افتاد",
        "روزنامه ایران نوشت",
        "خودروساز ایران خودرو سود کرد",
        "جمهوری چین جزیره‌ای است",
        "جمهوری اسلامی افغانستان پیام داد",
        "کشورهای آمریکای لاتین آمدند",
        "شهردار تهران سخن گفت",
        "دامن چین‌دار پوشید",
        "تیم ملی ایران برد",
    ],
)
def test_what_is_not_the_state_is_left_alone(text: str) -> None:
    assert not set(codes(text)) & {"IR", "US", "CN"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سطح تعاملات تهران-پکن خوب است", ["IR", "CN"]),
        ("آمریکایی‌ها رفتند", ["US"]),
        ("همتای چینیاش", ["CN"]),
        ("امريكا و ايران", ["US", "IR"]),
        ("کاخ‌سفید بیانیه داد", ["US"]),
        ("چین اعلام کرد این کشور آماده است", ["CN", "CN"]),
        ("سفارت آمریکا در تهران بسته شد", ["US"]),
        ("رئیس جمهوری کره جنوبی آمد", ["KR"]),
    ],
)
def test_mentions(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_offsets_are_of_the_raw_text(seed_text: str) -> None:
    for mention in read(Article("a", seed_text)).mentions:
        raw = seed_text[mention.start : mention.end]
        assert raw == raw.strip()
        assert fold(raw)


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("وزیر دفاع چین گفت: ما آماده‌ایم.", ["CN"]),
        ("لاوروف: غرب باید پاسخ دهد", ["RU"]),
        ("به گفته سخنگوی کاخ سفید، مذاکره ادامه دارد.", ["US"]),
        ("وزیر خارجه ایران گفت: نه.\nوی افزود: هرگز.", ["IR", "IR"]),
        ("به گزارش خبرنگار ما، وزیر دفاع ایران افزود: آری.", ["IR"]),
        ("هوا سرد است.", []),
        ("یک کارشناس گفت: بازار آرام است.", ["other"]),
        ("نخست‌وزیر عراق تأکید کرد که مرزها امن است.", ["IQ"]),
    ],
)
def test_who_speaks(text: str, holders: list[str]) -> None:
    assert [speech.holder for speech in read(Article("a", text)).speeches] == holders


@pytest.mark.parametrize(
    ("verb", "commitment"), [("گفت", "plain"), ("مدعی شد", "distancing"), ("تأکید کرد", "endorsing")]
)
def test_how_the_outlet_stands_to_what_is_said(verb: str, commitment: str) -> None:
    assert read(Article("a", f"سخنگوی کاخ سفید {verb}: این درست است.")).speeches[0].commitment == commitment


def test_closing_lines_are_no_sentences() -> None:
    assert len(read(Article("a", "ایران آمد.\nانتهای پیام/ 200")).sentences) == 1
