"""Classifiers side by side: figures follow the choice, and a cell opens on its sentences, which stay text."""

from __future__ import annotations

import pytest

from workbench.evaluation import GoldItem, predict
from workbench.panels.compare import CompareState, compare
from workbench.stance import classifier

EVIL = "وزیر خارجه چین آمریکا را محکوم کرد <script>alert(1)</script>"
ITEMS = [
    GoldItem("1", EVIL, "US", "against", "CN"),
    GoldItem("2", "نشست ایران و چین در ژنو برگزار شد.", "IR", "neutral"),
    GoldItem("3", "پکن از حقوق قانونی ایران حمایت می‌کند.", "IR", "favor", "CN"),
    GoldItem("4", "نشست ایران و چین در ژنو برگزار شد.", "CN", "neutral"),
    GoldItem("5", "بر پیشانی‌اش چین افتاده بود.", "CN", "none"),
]


@pytest.fixture
def state() -> CompareState:
    return CompareState(ITEMS, {name: predict(ITEMS, classifier(name)) for name in ("majority", "rules")})


def test_scores_have_a_row_for_each_classifier(state: CompareState) -> None:
    rows = state.scores().set_index("classifier")
    assert rows.index.tolist() == ["majority", "rules"]
    assert rows.loc["rules", "macro_f1"] == 1
    assert rows.loc["majority", "f1_against"] == 0
    assert rows["n"].tolist() == [4, 4]


def test_the_pair_and_the_target_can_be_chosen(state: CompareState) -> None:
    assert (state.first, state.second) == ("rules", "majority")
    assert (state.paired().only_first, state.paired().only_second) == (2, 0)
    state.target = "CN"
    assert state.confusion().to_numpy().sum() == 1
    state.first, state.second = "majority", "majority"
    assert state.paired().p_value == 1


def test_a_cell_opens_on_its_sentences(state: CompareState) -> None:
    assert state.behind() == []
    state.first = "majority"
    state.cell = ("against", "neutral")
    ((item, own, other),) = state.behind()
    assert (item.id, str(own.stance), str(other.stance)) == ("1", "neutral", "neutral")
    for row in ("favor", "neutral", "against"):
        state.cell = (row, "neutral")
        assert len(state.behind()) == state.confusion().loc[row, "neutral"]


def test_predictions_must_fit_the_items() -> None:
    with pytest.raises(ValueError, match="no classifier"):
        CompareState(ITEMS, {})
    with pytest.raises(ValueError, match="expected 5"):
        CompareState(ITEMS, {"rules": []})


def test_buttons_choose_cells_and_sentences_stay_text() -> None:
    panel = compare(ITEMS, ["majority", "rules"])
    assert panel._cells["against", "against"].description == "1"
    panel._cells["against", "against"].click()
    assert panel.state.cell == ("against", "against")
    shown = panel._sentences.value
    assert "محکوم" in shown
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "<mark" in shown
    panel._first.value = "majority"
    assert panel._cells["against", "neutral"].description == "1"
    page = panel.static_html()
    assert page.count("<svg") == 2
    assert page.count("<tbody>") >= 2


def test_what_judges_here_takes_part() -> None:
    panel = compare(ITEMS[:3])
    assert {"majority", "rules", "linear"} <= set(panel.state.names)
    assert not {"llm", "nli", "finetuned"} & set(panel.state.names)
