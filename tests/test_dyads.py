"""Who stands how to whom, as rows for event data."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from workbench.dyads import QUADS, dyad_counts, dyads, quad_of
from workbench.frames import articles_frame
from workbench.types import Article


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    articles = articles_frame(
        [
            Article("a", "وزیر خارجه چین تحریم‌های آمریکا را محکوم کرد. آمریکا ایران را تحریم کرد.", outlet="الف"),
            Article("b", "وزیر خارجه ایران از حمایت چین قدردانی کرد. باران بارید.", outlet="ب"),
        ]
    )
    return dyads(articles, wb.judge(articles))


def test_each_row_is_a_state_s_stance_toward_a_target(table: pd.DataFrame) -> None:
    rows = {tuple(row) for row in table[["source", "target", "stance"]].to_numpy()}
    assert {("CN", "US", "against"), ("US", "IR", "against"), ("IR", "CN", "favor")} <= rows
    assert set(table["quad"].dropna()) <= set(QUADS)


def test_acts_are_material_and_words_verbal(table: pd.DataFrame) -> None:
    quads = {(row.source, row.target): row.quad for row in table.itertuples()}
    assert quads["IR", "CN"] == "verbal cooperation"
    assert quads["US", "IR"] == "material conflict"
    assert quad_of(("باران",), "favor") is None


def test_counts_add_up(table: pd.DataFrame) -> None:
    counts = dyad_counts(table)
    assert counts[["favor", "against"]].to_numpy().sum() == len(table)
    assert dyad_counts(table, by=["outlet"])["articles"].min() == 1
    assert list(dyad_counts(table.iloc[:0])) == list(counts)
