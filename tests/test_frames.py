"""Records to tables and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench import frames, store
from workbench.errors import SourceError, TableError
from workbench.types import Article, Judgement, Reject, Span, Stance

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SPANS = st.lists(st.builds(lambda a, n: Span(a, a + n), st.integers(0, 50), st.integers(1, 9)), max_size=3).map(tuple)


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    favor = draw(st.floats(0, 1))
    neutral = draw(st.floats(0, 1 - favor))
    return Judgement(
        article_id=draw(TEXT.filter(bool)),
        sentence=draw(st.integers(0, 99)),
        start=draw(st.integers(0, 99)),
        end=draw(st.integers(100, 199)),
        target=draw(st.sampled_from(["IR", "US", "CN"])),
        stance=draw(st.sampled_from(list(Stance))),
        probabilities=(favor, neutral, 1 - favor - neutral),
        holder=draw(st.none() | st.sampled_from(["IR", "author", "other"])),
        mentions=draw(SPANS),
        evidence=draw(SPANS),
        classifier="rules 0.1",
        voice=draw(st.sampled_from(["outlet", "quoted"])),
        speaker=draw(st.none() | st.just(Span(3, 9))),
        reason=draw(TEXT),
    )


@given(st.lists(judgements(), max_size=4))
def test_judgements_survive_the_table(records: list[Judgement]) -> None:
    assert list(frames.judgements_of(frames.stances_frame(records))) == records


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".jsonl"])
@settings(deadline=None, max_examples=25)  # each table is flushed to the disk
@given(records=st.lists(judgements(), max_size=3))
def test_judgements_survive_the_disk(
    tmp_path_factory: pytest.TempPathFactory, ending: str, records: list[Judgement]
) -> None:
    path = tmp_path_factory.mktemp("disk") / f"s{ending}"
    store.table_writer(path)(frames.stances_frame(records))
    back = list(frames.judgements_of(store.read_stances(path)))
    assert [(j.article_id, j.mentions, j.evidence, j.stance, j.holder, j.speaker, j.reason) for j in back] == [
        (j.article_id, j.mentions, j.evidence, j.stance, j.holder, j.speaker, j.reason) for j in records
    ]
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_articles_survive_the_table() -> None:
    records = [
        Article("a", "متن", title=None, outlet="دفاع‌پرس", published=datetime(2024, 3, 20, tzinfo=UTC)),
        Article("b", "", url="u", published_raw="۱۴۰۳/۱/۱"),
    ]
    assert list(frames.articles_of(frames.articles_frame(records))) == records


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (pd.DataFrame({"text": ["x"]}), "no column 'article_id'"),
        (
            pd.DataFrame({"article_id": ["a", "a"], "text": ["x", "y"]}),
            "row 1: article_id is 'a'; expected each id once",
        ),
        (pd.DataFrame({"article_id": ["a"], "text": [3]}), "row 0: text is .*3.*; expected a string"),
        (
            pd.DataFrame({"article_id": ["a"], "text": ["x"], "published": ["khordad"]}),
            "published holds a value that is no date",
        ),
    ],
)
def test_a_bad_articles_table_is_named(frame: pd.DataFrame, says: str) -> None:
    with pytest.raises(TableError, match=says):
        frames.check_articles(frame)


def test_a_bad_stances_table_is_named() -> None:
    good = frames.stances_frame([Judgement("a", 0, 0, 5, "IR", Stance.NEUTRAL, (0.0, 1.0, 0.0))])
    with pytest.raises(TableError, match="stance is 'pro'; expected one of favor, neutral, against"):
        frames.check_stances(good.assign(stance="pro"))
    with pytest.raises(TableError, match="p_against = 1"):
        frames.check_stances(good.assign(p_favor=0.5))
    with pytest.raises(TableError, match=r"expected a list of \{start, end\}"):
        frames.check_stances(good.assign(mentions="[{"))


def test_a_wrong_ending_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"ends in \.parquet, \.csv, \.jsonl; not '\.xls'"):
        store.table_writer(tmp_path / "s.xls")


def test_rejects_are_listed_and_an_old_list_goes(tmp_path: Path) -> None:
    path = tmp_path / "s.parquet"
    store.write_rejects([Reject("x.bin", "no text")], path)
    assert '"x.bin"' in store.rejects_path(path).read_text("utf8")
    store.write_rejects([], path)
    assert not store.rejects_path(path).exists()
