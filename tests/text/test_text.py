"""Normal form, tokens, lemmas and sentences, on what Persian typing does."""

from __future__ import annotations

import gc
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text import fold, normalize, sentences, tokens
from workbench.tokenizers import TOKENIZERS, tokenizer

HOSTILE = st.text(
    st.sampled_from(
        "ایران چین‌آمریکاهتیكىۀأؤًٌَّ\u200c\u200d\u200e\u202b\u00a0\ufeff ـ٠۱12،؛؟.!«»\"'()-/:…\n\r\t🇮🇷ﷲﻻ\x00می ها ای"
    ),
    max_size=60,
)
LOST = [
    "دفاع\u200cپرس",
    "گفت\u200cوگو",
    "چینی\u200cاش",
    "عالی\u200cرتبه",
    "بین\u200cالمللی",
    "آمریکایی\u200cها",
    "می\u200cکنم",
    "حوزه\u200cهای",
    "علاقه\u200cمند",
    "همکاری\u200cهای",
    "فضاسازی\u200cهای",
    "مداخله\u200cآمیز",
    "قدرت\u200cها",
    "می\u200cدانیم",
    "گسترده\u200cای",
    "می\u200cبایست",
    "فی‌مابین",
]


@pytest.mark.parametrize(
    "text",
    [
        "۱۲/۳/۱۳۹۸",
        "25.4.1398",
        "https://a.ir/b?c=1&d=2",
        "U.S.",
        "S-400",
        "F-35",
        "۵٫۲",
        "a.b@c.ir",
        "#هرمز",
        "۲۰٪",
        "12:30",
    ],
)
def test_numbers_dates_addresses_and_weapons_stay_whole(text: str) -> None:
    assert [token.text for token in tokens(f"در {text} بود")][1] in {text, text.translate(str.maketrans("", ""))}


@pytest.mark.parametrize(
    "text", ["ماه می سال", "منسوخ شده", "کتاب خواهد خواند", "در این دیدار", "تنها راه", "بها و ارزش"]
)
def test_separate_words_stay_separate(text: str) -> None:
    assert normalize(text).text == text


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("گفتوگو", "گفت‌وگو"),
        ("میشود", "می‌شود"),
        ("می شود", "می‌شود"),
        ("نمي توانند", "نمی‌توانند"),
        ("کتاب ها", "کتاب‌ها"),
        ("رفته اند", "رفته‌اند"),
        ("بزرگ تر", "بزرگ‌تر"),
        ("هستهای", "هسته‌ای"),
        ("همکاریهای", "همکاری‌های"),
        ("برمیگردد", "برمی‌گردد"),
        ("ﷲ", "الله"),
        ("كتـــابِ", "کتاب"),
        ("گفت\u00acوگو", "گفت‌وگو"),
        ("نیروهای", "نیروهای"),
        ("نگاه اصلاح طلبانه او", "نگاه اصلاح‌طلبانه او"),
        ("کتاب ها و اندیشه های سنت گرای او", "کتاب‌ها و اندیشه‌های سنت‌گرای او"),
        ("کتاب ها و زخم آفتاب سوزان", "کتاب‌ها و زخم آفتاب سوزان"),
        ("می گوید تنهایی و دختری در ارکستر", "می‌گوید تنهایی و دختری در ارکستر"),
        ("خبرگزاری رویتر از تحولات میدانی", "خبرگزاری رویتر از تحولات میدانی"),
        ("بهتری و مهمترین و انتهایش", "بهتری و مهم‌ترین و انتهایش"),
        ("نام ها و آمار منتشر شده نشان داد", "نام‌ها و آمار منتشر‌شده نشان داد"),
        ("نام ها و آمار منتشر شده است", "نام‌ها و آمار منتشر شده است"),
        ("نام ها و آمار منتشر شده و کم است", "نام‌ها و آمار منتشر شده و کم است"),
        ("نام ها را سی ان ان گفت", "نام‌ها را سی‌ان‌ان گفت"),
        ("نام ها را رسول زاده گفت", "نام‌ها را رسول‌زاده گفت"),
        ("نام ها در کجا زاده شد", "نام‌ها در کجا زاده شد"),
        ("خانه ای بی در را هلی کوپتر", "خانه‌ای بی در را هلی‌کوپتر"),
    ],
)
def test_half_spaces_and_letters_are_restored(raw: str, right: str) -> None:
    assert normalize(raw).text == right


def test_who_types_spaces_for_half_spaces_meant_one_word_where_there_is_none() -> None:
    assert normalize("همزمان").text == "هم‌زمان"
    assert normalize("کتاب ها همزمان می رود").text == "کتاب‌ها همزمان می‌رود"


def test_the_seed_article_s_lost_half_spaces_are_restored(seed_text: str) -> None:
    restored = {word for token in tokens(seed_text) if "\u200c" in (word := token.text)}
    assert restored == set(LOST)
    assert sum("\u200c" in token.text for token in tokens(seed_text)) == 22


@given(HOSTILE)
def test_offsets_never_go_back_and_normalising_twice_changes_nothing(text: str) -> None:
    result = normalize(text)
    assert len(result.origin) == len(result.text)
    assert all(0 <= index < max(1, len(text)) for index in result.origin)
    assert all(a <= b for a, b in itertools.pairwise(result.origin))
    assert normalize(result.text).text == result.text


@given(HOSTILE)
@pytest.mark.parametrize("name", ["native"])
def test_tokens_stand_in_order(name: str, text: str) -> None:
    before = 0
    for token in tokenizer(name)(text):
        assert before <= token.start < token.end <= len(text)
        assert token.text.strip()
        before = token.end


@given(HOSTILE)
def test_sentences_lose_nothing(text: str) -> None:
    before = 0
    for span in sentences(text):
        assert before <= span.start < span.end <= len(text)
        assert not text[before : span.start].strip()
        before = span.end
    assert not text[before:].strip()


def test_each_token_s_raw_slice_has_its_normal_form(seed_text: str) -> None:
    for token in tokens(seed_text):
        assert normalize(seed_text[token.start : token.end]).text == token.text


def same_letters(raw: str, token: str) -> bool:
    """Whether a raw slice and a token hold the same letters; half-spaces hang on the text around, too."""
    return fold(raw).replace(" ", "") == fold(token).replace(" ", "")


@pytest.mark.parametrize("name", TOKENIZERS)
def test_every_tokenizer_gives_offsets_into_the_raw_text(name: str) -> None:
    text = "وزير دفاع چين از ایران حمایت میکند."
    found = tokenizer(name)(text)
    assert fold(text[found[2].start : found[2].end]) == "چین"
    assert [fold(text[token.start : token.end]) for token in found] == [fold(token.text) for token in found]


def test_ligatures_hold_several_letters_at_one_offset() -> None:
    text = "ﳎﻠﺲ ﳌ و كتابهاي"
    assert [(token.start, token.end, token.text) for token in tokens(text)] == [
        (0, 3, "مجلس"),
        (4, 5, "لم"),
        (6, 7, "و"),
        (8, 15, "کتاب‌های"),
    ]


def test_spellings_in_other_letters_share_a_form() -> None:
    first, second = tokens("كشورهاي کشورهای")
    assert first.form is second.form


def test_tokens_cost_the_garbage_collector_nothing() -> None:
    assert not any(gc.is_tracked(token) or gc.is_tracked(token.form) for token in tokens("ایران، چین و کتاب های آنها"))


def test_clitics_are_parts_with_offsets() -> None:
    text = "همتای چینیاش آمد"
    token = tokens(text)[1]
    assert [(part.text, text[part.start : part.end]) for part in token.parts] == [("چینی", "چینی"), ("اش", "اش")]


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("می‌کنند", "کرد"),
        ("کشورهای", "کشور"),
        ("همکاری‌های", "همکاری"),
        ("نمی‌شود", "شد"),
        ("ایران", "ایران"),
        ("رفته‌اند", "رفت"),
    ],
)
def test_lemmas(word: str, lemma: str) -> None:
    assert tokens(word)[0].lemma == lemma


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("م. رضایی آمد. او رفت.", 2),
        ("۱. نخست\n۲. دوم", 2),
        ("قیمت ۲.۵ دلار شد. پایان.", 2),
        ("تیتر بی‌نقطه\nمتن خبر آغاز شد.", 2),
        ("چرا؟! نمی‌دانم.", 2),
        ("به گزارش ایرنا شد.وی افزود.", 2),
        ("سال ۱۲۰۰ ه.ق بود.", 1),
    ],
)
def test_sentence_ends(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.shared
def test_a_thousand_real_articles(shared: object) -> None:
    import gzip
    import json
    from pathlib import Path

    with gzip.open(Path(str(shared)) / "corpus" / "articles.jsonl.gz", "rt", encoding="utf8") as lines:
        for line in itertools.islice(lines, 1000):
            text = json.loads(line)["text"]
            before = 0
            for token in tokens(text):
                assert before <= token.start < token.end
                assert same_letters(text[token.start : token.end], token.text)
                before = token.end


def test_a_word_of_a_million_letters_costs_no_more_than_its_length() -> None:
    text = "ایران" * 200_000 + " چین"
    assert [token.end - token.start for token in tokens(text)] == [1_000_000, 3]
    assert normalize(text).text == text
