"""Words: searched however they are typed, compared, in company, in context, and how evenly spread."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.collocations import log_dice
from workbench.concordance import line, sort_lines
from workbench.dispersion import deviation_of_proportions
from workbench.keyness import g2, log_odds
from workbench.search import Index
from workbench.statistics import clustered, wilson
from workbench.types import Article
from workbench.wordindex import WordIndex, locate
from workbench.words import words

SENTENCES = [
    "او می‌رود و می رود.",
    "تحریم‌های آمریکا علیه ايران",
    "همچنین چین، ایران را تحریم کرد",
    "كتاب‌ها ۱۲۳",
]


def index(sentences: list[str]) -> WordIndex:
    made = WordIndex.of(sentences)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("می‌رود", [0]),
        ("می رود", [0]),
        ("ميرود", [0]),
        ("تحریم", [1, 2]),
        ("تحریم*", [1, 2]),
        ("حریم", []),
        ("ایران", [1, 2]),
        ("چین", [2]),
        ("کتابها", [3]),
        ("123", [3]),
        ("چین|کتاب*", [2, 3]),
        ("ایران را تحریم", [2]),
        ("تحریم ایران", []),
        ("«تحریم» ایران", []),
        ("ایران NOT چین", [1]),
        ("ایران (چین OR آمریکا)", [1, 2]),
        ("چین OR ایران NOT آمریکا", [2]),
        ("NEAR(تحریم ایران, 1)", [2]),
        ("NEAR(تحریم ایران, 3)", [1, 2]),
        ("NEAR(ایران چین تحریم, 2)", [2]),
    ],
)
def test_a_query_finds_whole_words_in_any_spelling(query: str, held: list[int]) -> None:
    assert list(np.flatnonzero(index(SENTENCES).holding(query))) == held


@pytest.mark.parametrize("query", ["می رود", "تحریم*", "ایران", "تحر*", "چین|آمریکا"])
def test_what_the_index_finds_stands_where_it_is_located(query: str) -> None:
    for sentence, held in zip(SENTENCES, index(SENTENCES).holding(query), strict=True):
        spans = locate(sentence, query)
        assert bool(spans) == held
        assert all(index([sentence[start:end]]).holding(query).all() for start, end in spans)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ایرانچ ‌می‌که،.ۀ\u064e x1", max_size=30), min_size=1, max_size=6))
def test_any_word_of_a_sentence_is_found_in_it(sentences: list[str]) -> None:
    made = index(sentences)
    assert made.totals.sum() == len(made.tokens)
    for number, sentence in enumerate(sentences):
        for word in filter(words, sentence.split()):
            spans = locate(sentence, word)
            assert made.holding(word)[number] == bool(spans)
            for start, end in spans:
                assert 0 <= start < end <= len(sentence)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["ایران", "چین", "می‌رود", "تحریم‌ها", "تحریم،", "و"]), min_size=1, max_size=7),
        min_size=1,
        max_size=6,
    ),
    st.recursive(
        st.sampled_from(["ایران", "تحریم*", "می رود", "چین و", "NEAR(ایران چین, 1)", "NEAR(چین تحریم* ایران, 2)"]),
        lambda inner: st.tuples(inner, st.sampled_from([" AND ", " OR ", " NOT ", " | "]), inner).map(
            lambda three: f"({three[0]}){three[1]}{three[2]}" if len(three[0]) % 2 else "".join(three)
        ),
        max_leaves=4,
    ),
)
def test_sentences_and_articles_answer_a_query_alike(sentences: list[list[str]], query: str) -> None:
    texts = [" ".join(sentence) for sentence in sentences]
    articles = Index.of_articles([Article(str(number), text) for number, text in enumerate(texts)])
    assert np.flatnonzero(index(texts).holding(query)).tolist() == articles.numbers(query).tolist()


def test_indexing_can_be_given_up() -> None:
    assert WordIndex.of(["ایران"] * 5000, lambda done: done < 2000) is None


def test_log_odds_and_g2_agree_with_what_was_printed() -> None:
    # Two words of two equal parts: 10 and 0 of 1000 against 0 and 10.
    here, elsewhere = np.array([10, 0, 990]), np.array([0, 10, 990])
    delta, z = log_odds(here, elsewhere)
    assert delta[0] == pytest.approx(-delta[1])
    assert z[0] > 1.96 > abs(z[2])
    assert g2(here, elsewhere)[0] == pytest.approx(
        2 * (10 * np.log(2) + 990 * np.log(990 / 995) + 1000 * np.log(1000 / 995))
    )
    assert g2(np.array([3, 7]), np.array([30, 70])) == pytest.approx([0, 0], abs=1e-9)


def test_log_dice_is_fourteen_for_words_that_never_part() -> None:
    score = log_dice([5, 5, 0], 5, [5, 500, 3])
    assert score[0] == pytest.approx(14)
    assert score[1] == pytest.approx(14 + np.log2(10 / 505))
    assert score[2] == -np.inf


def test_dispersion_is_zero_when_even_and_near_one_in_one_small_part() -> None:
    sizes = [100, 300, 600]
    even, lumped = deviation_of_proportions([[1, 3, 6], [5, 0, 0]], sizes)
    assert even == pytest.approx(0)
    assert lumped == pytest.approx(0.9)


def test_lines_are_cut_at_words_and_sorted_by_their_neighbours() -> None:
    text = "نخست وزیر ایران از چین تشکر کرد. سپس رئیس ایران آمد. ایران، بزرگ است."
    lines = [line(0, text, at, at + 5, width=12) for at in range(len(text)) if text.startswith("ایران", at)]
    assert [one.node for one in lines] == ["ایران"] * 3
    assert all(text[one.start : one.end] == "ایران" for one in lines)
    assert [one.before.split()[-1] for one in sort_lines(lines, "before")] == ["آمد.", "رئیس", "وزیر"]
    assert [one.after.strip("، ").split()[0] for one in sort_lines(lines, "after")] == ["از", "آمد.", "بزرگ"]
    mixed = [line(0, f"ایران {word}", 0, 5) for word in ("یاد", "گاه", "کوه", "هم", "پدر", "تا", "بد", "ژرف", "زود")]
    assert [one.after for one in sort_lines(mixed, "after")] == [
        "بد",
        "پدر",
        "تا",
        "زود",
        "ژرف",
        "کوه",
        "گاه",
        "هم",
        "یاد",
    ]
    with pytest.raises(ValueError, match="expected 'before' or 'after'"):
        sort_lines(lines, "length")


def test_clusters_widen_an_interval_and_singletons_do_not() -> None:
    ones = np.array([1, 0, 1, 1, 0, 0, 0, 1, 0, 0])
    n = np.ones(10)
    low, high = clustered(ones.sum(), 10, ((ones**2).sum(), ones.sum(), 10), 10)
    plain = wilson(4, 10)
    assert high - low == pytest.approx(plain[1] - plain[0], rel=0.1)
    # Ten articles of ten sentences that each say the same: worth ten sentences, not a hundred.
    k, m = ones * 10, n * 10
    low, high = clustered(k.sum(), 100, ((k**2).sum(), (k * m).sum(), (m**2).sum()), 10)
    assert (low, high) == pytest.approx(plain, abs=0.03)
    low, high = clustered(0, 0, (0, 0, 0), 0)
    assert (low, high) == (0, 1)


@given(
    st.lists(st.lists(st.sampled_from("ایران چین آمریکا تحریم مذاکره".split()), max_size=6).map(" ".join), max_size=8),
    st.data(),
)
@settings(max_examples=60)
def test_counts_are_those_of_the_sentences_chosen(sentences: list[str], data: st.DataObject) -> None:
    made = index(sentences)
    chosen = np.array([data.draw(st.booleans()) for _ in sentences], dtype=bool)
    words = [word for sentence, on in zip(sentences, chosen, strict=True) if on for word in sentence.split()]
    counts = made.counts(chosen)
    assert {made.types[kind]: n for kind, n in enumerate(counts) if n} == {
        word: words.count(word) for word in set(words)
    }
    wanted = np.arange(len(made.types))
    table, sizes = made.table(wanted, np.arange(len(sentences), dtype=np.int32), chosen, len(sentences))
    assert list(table.sum(axis=1)) == list(counts)
    assert sizes.sum() == len(words)


def test_letters_that_are_rare_are_told_apart() -> None:
    many = [chr(code) for code in range(0x4E00, 0x4E00 + 300)]
    made = index([f"ایران {letter}{letter}" for letter in many])
    for number, letter in enumerate(many):
        assert np.flatnonzero(made.holding(letter * 2)).tolist() == [number]
    assert not made.holding("\u6c49" * 2).any()
