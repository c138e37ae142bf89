"""Minimal pairs: read, judged, counted only when both sentences are right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from workbench.behaviour import Pair, read_suite, run_suite, table
from workbench.cli import main
from workbench.errors import SeedError
from workbench.evaluation import GoldItem


def pair(number: int, *items: tuple[str, str, str]) -> Pair:
    first, second = (GoldItem(f"p{number}/{n}", *item) for n, item in enumerate(items))
    return Pair(f"p{number}", "negation" if number % 2 else "metonym", (first, second))


def test_a_pair_counts_when_both_items_are_right() -> None:
    neutral = ("نشست ایران و چین در ژنو برگزار شد.", "IR", "neutral")
    blamed = ("وزیر خارجه چین آمریکا را محکوم کرد.", "US", "against")
    nothing = ("هوا امروز خوب است.", "US", "none")
    outcomes = run_suite("majority", [pair(1, neutral, neutral), pair(2, neutral, nothing), pair(3, neutral, blamed)])
    assert [outcome.right for outcome in outcomes] == [True, True, False]
    assert outcomes[2].items_right == (True, False)
    rows = table(outcomes).set_index("phenomenon")
    assert rows.loc["negation", ["pairs", "right", "items"]].tolist() == [2, 0.5, 0.75]
    assert rows.loc["all", "pairs"] == 3
    assert (rows["low"] <= rows["right"]).all()
    assert (rows["right"] <= rows["high"]).all()


def test_a_state_that_is_not_there_is_right_only_when_none_is_found() -> None:
    found = ("نشست ایران و چین برگزار شد.", "CN", "none")
    missed = ("هوا خوب است.", "CN", "neutral")
    (outcome,) = run_suite("majority", [pair(1, found, missed)])
    assert outcome.items_right == (False, False)


def test_the_shipped_suite_is_read_and_run() -> None:
    pairs = read_suite()
    assert len(pairs) >= 1050
    counts = np.unique([one.phenomenon for one in pairs], return_counts=True)[1]
    assert counts.min() >= 50
    rows = table(run_suite("rules", pairs[::10])).set_index("phenomenon")
    assert 0.1 < rows.loc["all", "right"] < 1


@pytest.mark.parametrize(
    "line", ["{", "{}", '{"id": "1", "phenomenon": "x", "items": []}', json.dumps({"id": "1", "phenomenon": "x", "items": [{"text": "a", "target": "IR", "stance": "good"}] * 2})]
)  # fmt: skip
def test_a_bad_line_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(line, "utf8")
    with pytest.raises(SeedError, match=r"x\.jsonl:1"):
        read_suite(tmp_path)
    with pytest.raises(SeedError, match="no pairs"):
        read_suite(tmp_path / "empty")


def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["behaviour", "--classifier", "majority", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"phenomenon", "pairs", "right", "low", "high", "items"} == set(rows[0])
    assert rows[-1]["phenomenon"] == "all"
