"""The explorer's state and what it draws, without a browser."""

from __future__ import annotations

import asyncio
import html
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pytest
import traitlets

import workbench as wb
from workbench import frames, render, summarize
from workbench.panels.explorer import ExplorerState, Selection, view
from workbench.panels.explorer.tabs import TABS
from workbench.types import Article
from workbench.words import words


@pytest.fixture(scope="module")
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    articles = wb.demo()
    return articles, wb.judge(articles)


@pytest.fixture
def state(tables: tuple[pd.DataFrame, pd.DataFrame]) -> ExplorerState:
    return ExplorerState(*tables, make_judge=lambda name: lambda some: wb.judge(some, name), classifiers=("majority",))


def settle(state: ExplorerState) -> None:
    for work in (state.judging, state.indexing):
        if work is not None:
            work.join(30)
    state.collect()


def test_a_selection_narrows_and_undo_goes_back(state: ExplorerState) -> None:
    everything = len(state.rows)
    state.select(targets=("US",))
    only = state.rows
    assert set(only["target"]) == {"US"}
    state.select(stances=("against",))
    assert 0 < len(state.rows) < len(only)
    state.undo()
    assert len(state.rows) == len(only)
    assert state.undo()
    assert not state.undo()
    assert len(state.rows) == everything


def test_one_step_back_undoes_tab_selection_and_article_together(state: ExplorerState) -> None:
    state.narrow({"targets": ["US"], "stances": ["against"]}, "sentences")
    state.page = 1
    state.read(int(np.flatnonzero(state.mask)[0]))
    assert state.tab == "reader"
    state.undo()
    assert (state.tab, state.page, state.selection.targets) == ("sentences", 1, ("US",))
    state.undo()
    assert (state.tab, state.selection, state.chosen) == ("overview", Selection(), None)


@pytest.mark.parametrize("typed", ["حقوق قانونی", "حقوق‌قانونی", "حقوققانوني"])
def test_words_are_found_however_they_are_typed(state: ExplorerState, typed: str) -> None:
    state.select(words=typed)
    assert len(state.rows) > 0
    assert all("حقوق قانونی" in state.text_of(row.article_id)[row.start : row.end] for row in state.rows.itertuples())


def test_words_are_combined_as_in_a_full_text_search(state: ExplorerState) -> None:
    state.select(words="آمریکا AND تحریم* NOT ایران")
    assert len(state.rows) > 0
    for row in state.rows.itertuples():
        found = words(state.text_of(row.article_id)[row.start : row.end])
        assert "امریکا" in found and "ایران" not in found
        assert any(word.startswith("تحریم") for word in found)
    steps = len(state._past)
    with pytest.raises(traitlets.TraitError, match="ends where words are expected"):
        state.select(words="تحریم NOT")
    assert state.selection.words == "آمریکا AND تحریم* NOT ایران"
    assert len(state._past) == steps


def test_another_classifier_judges_beside_the_filters(state: ExplorerState) -> None:
    before = len(state.rows)
    state.select(classifier="majority")
    assert state.judging is not None
    settle(state)
    assert state.judging.status == "done"
    assert len(state.rows) == before
    assert set(state.rows["stance"]) == {"neutral"}
    assert state.compared


def test_a_judging_can_be_stopped_halfway_and_continued(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    def slow(some: pd.DataFrame) -> pd.DataFrame:
        time.sleep(0.05)
        return wb.judge(some, "majority")

    state = ExplorerState(*tables, make_judge=lambda _: slow, classifiers=("slow",))
    state.select(classifier="slow")
    work = state.judging
    assert work is not None
    assert len(state.rows) == 0
    work.stop()
    work.join(10)
    state.collect()
    assert work.status == "stopped"
    assert 0 < work.done < work.total
    some = len(state.rows)
    assert 0 < some < len(tables[1])
    state.select(targets=("US",))  # the filters go on with what there is
    assert 0 < len(state.rows) < some
    state.undo()
    state.resume()
    settle(state)
    assert len(state.rows) == len(tables[1])


def test_a_judging_that_fails_says_why(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    def broken(_: pd.DataFrame) -> pd.DataFrame:
        raise RuntimeError("no memory")

    state = ExplorerState(*tables, make_judge=lambda _: broken)
    state.select(classifier="broken")
    settle(state)
    assert state.judging is not None
    assert state.judging.error == "RuntimeError: no memory"


def test_dates_and_confidence(state: ExplorerState) -> None:
    state.select(since="2024-03-20", until="2025-03-20")
    assert state.rows["published"].min().year == 2024
    state.select(confidence=0.9)
    assert (state.rows[["p_favor", "p_neutral", "p_against"]].max(axis=1) >= 0.9).all()


def test_facets_tell_what_each_value_would_leave(state: ExplorerState) -> None:
    state.select(targets=("US",), stances=("against",))
    told = state.facet("targets")
    assert len(told) == 3
    for value, n in told:
        state.select(targets=(value,))
        assert len(state.rows) == n


def test_a_point_in_time_narrows_to_its_days(state: ExplorerState) -> None:
    state.period = "quarter"
    name = state.dates.period("jalali_quarter")[0][2]
    state.narrow({"targets": ["IR"], "period": name}, "sentences")
    assert set(state.rows["jalali_quarter"]) == {name}


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(),
        Selection(targets=("IR", "US"), stances=("against",), confidence=0.6),
        Selection(holders=("none",), since="2024-01-01", until="2024-12-31"),
        Selection(words="حمایت | تحریم*", outlets=("پاسدار نیوز",)),
    ],
)
def test_code_gives_what_is_on_the_screen(
    chosen: Selection, state: ExplorerState, tables: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    state.selection = chosen
    names: dict[str, Any] = {"articles": tables[0], "stances": tables[1]}
    *lines, last = state.code().splitlines()
    exec("\n".join(lines), names)  # noqa: S102 - what a user would paste
    assert list(names["rows"]["start"]) == list(state.rows["start"])
    shown = summarize.shares_of(state.columns, state.mask)
    pasted = eval(last, names)  # noqa: S307
    assert sorted(pasted["share"]) == pytest.approx(sorted(shown["share"]))
    assert sorted(pasted["low"]) == pytest.approx(sorted(shown["low"]))


def test_sentences_are_paged_in_the_chosen_order(state: ExplorerState) -> None:
    for order in ("certain", "newest", "unsure", "text"):
        state.order = order
        pages = [int(row) for first in range(0, len(state.mask), 12) for row in state.ordered(first, 12)]
        assert sorted(pages) == list(range(len(state.mask))), order
    state.order = "certain"
    kinds = [row["stance"] for row in state.sentences(0, 5)]
    assert "neutral" not in kinds


def test_the_reader_goes_on_to_the_next_in_dispute(state: ExplorerState) -> None:
    state.neighbour(1)
    first = state.chosen
    state.neighbour(1)
    assert state.chosen != first
    state.neighbour(-1)
    assert state.chosen == first
    state.clear()
    state.select(classifier="majority")
    settle(state)
    state.select(classifier="rules")
    state.neighbour(1)
    _, rows, sentence = state.reading() or pytest.fail("nothing is read")
    others = [state.others(row) for row in rows if row["sentence"] == sentence]
    assert any(("majority", "neutral") in one for one in others)


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_draws_both_ways_whatever_is_selected(tab: str, language: str, state: ExplorerState) -> None:
    state.language = language
    state.read(0)
    for change in ({}, {"words": "تحریم"}, {"targets": ("CN",), "stances": ("favor",)}, {"outlets": ("نیست",)}):
        state.select(**change)
        live, still = TABS[tab](state, True), TABS[tab](state, False)
        assert live
        assert "data-do" not in still
        assert "wb-hit" not in still
        for command in re.findall(r'data-(?:do|select)="([^"]*)"', live):
            assert json.loads(html.unescape(command))


def test_what_pictures_say_is_what_choosing_them_leaves(state: ExplorerState) -> None:
    drawn = TABS["overview"](state, True)
    hits = re.findall(r'aria-label="[^"]*\(([۰-۹]+)\)" [^>]*data-select="([^"]*)"', drawn)
    assert len(hits) == 9
    for shown, change in hits:
        state.narrow(json.loads(html.unescape(change)))
        assert len(state.rows) == int(shown)
        state.undo()


def test_a_widget_without_a_browser_takes_commands_and_refuses_nonsense(
    tables: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    widget = wb.explore(*tables)
    widget.do({"toggle": ["targets", "US"]})
    widget.do({"select": {"since": "۱۴۰۳/۱/۱"}})
    assert widget.state.selection.since == "2024-03-20"
    before = widget.state.selection
    for nonsense in (
        {"select": {"since": "روزی"}},
        {"select": {"colour": "red"}},
        {"toggle": ["colour", "red"]},
        {"set": {"language": "de"}},
        {"narrow": {"colour": ["red"]}},
        {"restore": "[1]"},
        {"read": 10**9},
        {"export": "exe"},
        {"select": {"classifier": "ruels"}},
        {"select": {"options": "depth=3"}},
        {"tab": "nowhere"},
        {"select": {"words": "تحریم AND"}},
        {"restore": '{"words": "(تحریم"}'},
        {"unknown": 1},
    ):
        widget.do(nonsense)
        assert widget.state.selection == before, nonsense
        assert widget._said or "unknown" in nonsense, nonsense


def test_the_twin_needs_nothing_and_carries_its_provenance(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    widget = wb.explore(*tables, selection='{"targets": ["US"]}')
    twin = widget.static_html()
    assert twin.count("<svg") >= 4
    assert "<tbody>" in twin
    assert "<script" not in twin
    assert "data-do" not in twin
    bundle = widget._repr_mimebundle_()[0]
    assert {"application/vnd.jupyter.widget-view+json", "text/html"} <= set(bundle)
    assert '"targets": [' in html.unescape(bundle["text/html"])


def test_a_reason_keeps_its_order_and_is_escaped() -> None:
    told = render.reason("+1.0 «<b>قدردانی» (thanks); +2.0 «از»")
    assert told == "+1.0 <bdi>«&lt;b&gt;قدردانی»</bdi> (thanks); +2.0 <bdi>«از»</bdi>"


class _Kept:
    """Where the twin is kept: remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def update(self, bundle: dict[str, str], *, raw: bool) -> None:
        assert raw
        self.given.append(bundle["text/html"])


def test_the_kept_twin_follows_the_selection_and_nothing_else_puts_it_off(
    tables: tuple[pd.DataFrame, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "_QUIET", 0.2)

    async def work() -> list[str]:
        widget = wb.explore(*tables)
        kept = widget._kept = _Kept()
        widget.do({"toggle": ["targets", "CN"]})
        asked = widget._refreshing
        for command in ({"code": 1}, {"export": "csv"}, {"tab": "time"}, {"text": 1}):
            widget.do(command)
            assert widget._refreshing is asked
        widget.do({"set": {"language": "en"}})
        assert widget._refreshing is not asked
        assert widget._refreshing is not None
        await widget._refreshing
        widget.do({"tab": "overview"})
        await asyncio.sleep(0.4)
        return kept.given

    with ThreadPoolExecutor(1) as thread:  # this one may have a loop already
        (html_kept,) = thread.submit(lambda: asyncio.run(work())).result()
    assert re.search(r"<bdi>[^<]*China · [^<]*rules", html_kept)


def test_an_empty_corpus_and_undated_articles_are_drawn(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    articles = frames.articles_frame([Article("a", "چین از ایران حمایت کرد.")])
    for some in (wb.judge(articles), wb.judge(articles).iloc[:0]):
        state = ExplorerState(articles, some)
        for tab, draw in TABS.items():
            assert isinstance(draw(state, True), str), tab
