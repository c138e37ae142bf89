"""The project's own list of compounds: its form, which everything that reads it relies on."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from workbench.seeds import seed_path
from workbench.text import lexicon, normalize
from workbench.text.characters import NORMAL, ZWNJ
from workbench.text.half_spaces import NON_JOINING, GapModel, gap_features, rank, restore

LINES = seed_path("half_spaces", "words.txt").read_text("utf8").splitlines()
ROWS = [line.split("\t") for line in LINES if line and not line.startswith("#")]
LETTERS = re.compile(f"[آ-غف-یپچژکگأؤئء]+(?:{ZWNJ}[آ-غف-یپچژکگأؤئء]+)*")


def test_a_row_is_a_spelling_and_at_most_one_known_mark() -> None:
    assert [row for row in ROWS if len(row) > 2 or (len(row) == 2 and row[1] not in ("split", "glued"))] == []


def test_spellings_are_letters_in_normal_form_cut_by_half_spaces() -> None:
    spellings = [row[0] for row in ROWS]
    assert [s for s in spellings if not LETTERS.fullmatch(s) or s.translate(NORMAL) != s] == []
    # After these letters a half-space changes nothing that is seen, and careful typing writes none.
    assert [s for s in spellings if any(part[-1] in NON_JOINING for part in s.split(ZWNJ)[:-1])] == []


def test_no_word_stands_twice_even_in_two_spellings() -> None:
    keys = [row[0].replace(ZWNJ, "") for row in ROWS]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_glued_words_hold_no_half_space_and_all_others_do() -> None:
    assert [row for row in ROWS if (ZWNJ in row[0]) == (row[1:] == ["glued"])] == []


def test_the_list_covers_the_general_vocabulary() -> None:
    assert len(ROWS) >= 7_000
    assert sum(row[1:] == ["glued"] for row in ROWS) >= 1_200


@pytest.mark.parametrize(
    "right", ["ذوب‌آهن", "سرمایه‌گذاری", "نظریه‌پرداز", "حجت‌الاسلام", "به‌ویژه", "دانشگاه", "کتابخانه", "پاکسازی"]
)
def test_what_is_listed_is_restored(right: str) -> None:
    assert restore(right.replace(ZWNJ, "")).text == right


def test_marks_are_no_part_of_a_spelling() -> None:
    assert not any("\t" in spelling for spelling in lexicon.own().values())
    assert "\t" not in normalize("دانشگاه و پیشآمد").text


def test_log_odds_are_the_sum_of_the_features_weights() -> None:
    row = json.loads(seed_path("half_spaces", "model.json").read_text("utf8"))
    model = GapModel(row["bias"][""], row["left"], row["right"], row["other"])
    for word in ("گفتوگو", "کتابخانههایشان", "آخیای", "نابرابریها", "پژوهشگران"):
        for gap in range(1, len(word)):
            ranks = (rank(word[:gap]), rank(word[gap:]), rank(word))
            left, right, other = gap_features(word, gap, ranks)
            weights = [row["left"].get(name, 0.0) for name in left]
            weights += [row["right"].get(name, 0.0) for name in right]
            weights += [row["other"].get(name, 0.0) for name in other]
            assert model.log_odds(word, gap, ranks) == pytest.approx(row["bias"][""] + sum(weights))
