"""The explorer's state, without a browser."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench import summarize
from workbench.panels.explorer import ExplorerState, Selection, explore
from workbench.statistics import wilson


@pytest.fixture(scope="module")
def tables() -> tuple[object, object]:
    articles = wb.demo()
    return articles, wb.judge(articles)


@pytest.fixture
def state(tables: tuple[object, object]) -> ExplorerState:
    return ExplorerState(*tables, rejudge=lambda name: wb.judge(tables[0], name))  # type: ignore[arg-type]


def test_a_selection_narrows_and_undo_goes_back(state: ExplorerState) -> None:
    everything = len(state.rows)
    state.select(targets=("US",))
    only = state.rows
    assert set(only["target"]) == {"US"}
    state.select(stances=("against",))
    assert 0 < len(state.rows) < len(only)
    state.undo()
    assert len(state.rows) == len(only)
    state.undo()
    state.undo()
    assert len(state.rows) == everything


@pytest.mark.parametrize("typed", ["حقوق قانونی", "حقوق‌قانونی", "حقوققانوني"])
def test_words_are_found_however_they_are_typed(state: ExplorerState, typed: str) -> None:
    state.select(words=typed)
    assert len(state.rows) > 0
    assert all("حقوق قانونی" in state.text_of(row.article_id)[row.start : row.end] for row in state.rows.itertuples())


def test_another_classifier_judges_the_same_articles(state: ExplorerState) -> None:
    before = len(state.rows)
    state.select(classifier="majority")
    assert len(state.rows) == before
    assert set(state.rows["stance"]) == {"neutral"}


def test_dates_and_confidence(state: ExplorerState) -> None:
    state.select(since="2024-03-20", until="2025-03-20")
    assert state.rows["published"].min().year == 2024
    state.select(confidence=0.9)
    assert (state.rows[["p_favor", "p_neutral", "p_against"]].max(axis=1) >= 0.9).all()


def test_a_selection_has_a_text_form() -> None:
    chosen = Selection(targets=("IR",), words="هرمز", confidence=0.5)
    assert Selection.from_text(chosen.to_text()) == chosen
    assert Selection().to_text() == "{}"
    with pytest.raises(ValueError, match="expected an object with"):
        Selection.from_text('{"colour": 1}')


def test_the_chosen_article_is_read_with_all_its_stances(state: ExplorerState) -> None:
    row = state.sentences(0, 1)[0]
    state.chosen = (row["article_id"], row["sentence"])
    article, judged, sentence = state.reading() or pytest.fail("nothing chosen")
    assert article["article_id"] == row["article_id"]
    assert sentence in {item["sentence"] for item in judged}


def test_every_share_has_an_interval_that_holds_it(tables: tuple[object, object]) -> None:
    rows = summarize.shares(summarize.joined(tables[1], tables[0]))  # type: ignore[arg-type]
    assert ((rows["low"] <= rows["share"]) & (rows["share"] <= rows["high"])).all()
    assert rows.groupby("target", observed=True)["share"].sum().to_numpy() == pytest.approx(1)


def test_wilson_against_the_printed_table() -> None:
    low, high = wilson([0, 1, 5], [10, 10, 10])
    assert low == pytest.approx([0, 0.0179, 0.2366], abs=1e-3)
    assert high == pytest.approx([0.2775, 0.4042, 0.7634], abs=1e-3)


def test_the_widget_listens_to_the_state(tables: tuple[object, object]) -> None:
    widget = explore(*tables)
    before = widget.static_html()
    widget.state.select(targets=("CN",))
    assert widget.static_html() != before
    widget.state.select(words="چنین چیزی در پیکره نیست")
    assert "<svg" not in widget.static_html()
