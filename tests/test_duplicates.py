"""Copies and repeated headlines: grouped with their similarity, never removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from workbench.cli import main
from workbench.corpus import demo
from workbench.duplicates import find_duplicates, one_per_group
from workbench.frames import articles_of
from workbench.seeds import seed_path
from workbench.types import Article

DEMO = list(articles_of(demo()))
LONG = max(DEMO, key=lambda article: len(article.text))


def test_copies_are_grouped_under_the_earliest() -> None:
    respelled = LONG.text.replace("ی", "ي").replace("\u200c", " ").replace(".", " .")
    edited = "به گزارش خبرنگار ما، " + LONG.text.replace("گفت", "اظهار کرد", 1) + "\nانتهای پیام"
    copies = [
        replace(LONG, article_id="late", published=datetime(2030, 1, 1, tzinfo=UTC)),
        replace(LONG, article_id="early", text=respelled, published=datetime(2001, 1, 1, tzinfo=UTC)),
        replace(LONG, article_id="edited", text=edited, published=None),
    ]
    found = find_duplicates([*DEMO, *copies])
    group = found[found["article_id"] == "early"]["group"].iloc[0]
    rows = found[found["group"] == group].set_index("article_id")
    assert set(rows.index) == {LONG.article_id, "late", "early", "edited"}
    assert set(rows["representative"]) == {"early"}
    assert rows.loc["late", "kind"] == "same text"
    assert rows.loc["edited", "kind"] == "near copy"
    assert 0.6 <= rows.loc["edited", "similarity"] < 1


def test_the_demo_corpus_holds_no_copies_but_what_differs_stays_apart() -> None:
    found = find_duplicates(DEMO)
    assert found[found["kind"] != "same headline"].empty


def test_repeated_headlines_are_groups_of_their_own() -> None:
    articles = [
        Article(str(n), article.text, title="سرمقاله روزنامه‌های امروز تهران") for n, article in enumerate(DEMO[:3])
    ]
    short = [Article(f"s{n}", article.text, title="یادداشت") for n, article in enumerate(DEMO[3:6])]
    found = find_duplicates([*articles, *short])
    assert found["kind"].tolist() == ["same headline"] * 3
    assert found["article_id"].tolist() == ["0", "1", "2"]


def test_counts_per_group_take_one_article_of_each() -> None:
    articles = [LONG, replace(LONG, article_id="copy")]
    stances = pd.DataFrame({"article_id": [LONG.article_id, LONG.article_id, "copy", "copy", "else"]})
    found = find_duplicates(articles)
    assert one_per_group(stances, found)["article_id"].tolist() == [LONG.article_id, LONG.article_id, "else"]


@pytest.mark.parametrize("articles", [[], [Article("a", "")], [Article("a", "؟"), Article("b", "!")]])
def test_next_to_nothing_is_no_trouble(articles: list[Article]) -> None:
    assert len(find_duplicates(articles)) in {0, 2}


def test_many_copies_of_one_text_are_one_group() -> None:
    found = find_duplicates([replace(LONG, article_id=f"c{n}") for n in range(500)])
    assert found["group"].nunique() == 1
    assert len(found) == 500


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(LONG.text + ("" if name == "a" else "."), "utf8")
    assert main(["duplicates", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0].startswith("group,kind,article_id")
    assert len(out.splitlines()) == 3
    assert "1 groups of copies" in err
    assert main(["duplicates", str(seed_path("articles"))]) == 0
