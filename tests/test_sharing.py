"""What is shared can be read back, says where it came from, and can be made again."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import workbench as wb
from workbench import provenance, verification
from workbench.cli import main
from workbench.export import COLUMNS


@pytest.fixture(scope="module")
def widget() -> object:
    return wb.explore(wb.demo(), selection='{"targets": ["US"], "stances": ["against"]}')


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "bib", "html"])
def test_every_shared_file_is_verified_by_the_command(ending: str, widget: object, tmp_path: Path) -> None:
    path = widget.export(tmp_path / f"shared.{ending}")  # type: ignore[attr-defined]
    (record,) = verification.recorded(path)
    assert record["selection"] == {"targets": ["US"], "stances": ["against"]}
    assert record["classifier"]["version"][0].startswith("rules ")
    assert record["corpus"]["source"] == ["demo"]
    assert {"python", "pandas", "numpy"} <= set(record["packages"])
    assert main(["verify", str(path)]) == 0


def test_other_numbers_are_found(widget: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = widget.export(tmp_path / "shared.html")  # type: ignore[attr-defined]
    text = path.read_text("utf8")
    (record,) = verification.recorded(path)
    n = record["figures"]["counts"]["US"]["against"]
    counted = f'"against": {n}'
    assert counted in text
    path.write_text(text.replace(counted, f'"against": {n + 1}'), "utf8")
    assert main(["verify", str(path)]) == 1
    assert "is not" not in capsys.readouterr().out
    articles = wb.demo()
    articles.loc[0, "text"] += " و ایران"
    articles.to_parquet(tmp_path / "changed.parquet")
    again = widget.export(tmp_path / "again.csv")  # type: ignore[attr-defined]
    assert main(["verify", str(again), "--source", str(tmp_path / "changed.parquet")]) == 1
    assert "corpus sha256  was" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["plain.html", "plain.txt", "broken.xlsx", "broken.parquet", "nowhere.csv"])
def test_a_file_without_provenance_is_refused_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if not name.startswith("nowhere"):
        path.write_text("<p>nothing</p>", "utf8")
    assert main(["verify", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert name in err


def test_an_executed_notebook_is_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "run.ipynb"
    assert main(["run", "explore", "--set", "targets=CN", "--out", str(out)]) == 0
    assert out.stat().st_size < 3_000_000
    assert main(["verify", str(out)]) == 0
    assert "the numbers are the same" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--set", "corpsu=x"], "did you mean 'corpus'"),
        (["--set", "corpus"], "NAME=VALUE"),
        (["--set", "corpus=nowhere/"], "nowhere/"),
    ],
)
def test_a_notebook_that_cannot_run_says_why(
    words: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "explore.ipynb", *words, "--out", str(tmp_path / "o.ipynb")]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


def test_exports_hold_what_was_selected(widget: object, tmp_path: Path) -> None:
    rows = widget.state.rows  # type: ignore[attr-defined]
    frame = pd.read_csv(widget.export(tmp_path / "s.csv"), encoding="utf-8-sig")  # type: ignore[attr-defined]
    table = pd.read_parquet(io.BytesIO(widget.export(tmp_path / "s.parquet").read_bytes()))  # type: ignore[attr-defined]
    book = pd.read_excel(widget.export(tmp_path / "s.xlsx"), engine="openpyxl")  # type: ignore[attr-defined]
    for read in (frame, table, book):
        assert list(read["start"]) == list(rows["start"])
        assert set(read["target"]) == {"US"}
        assert list(COLUMNS) == [column for column in read.columns if column != "provenance"]
    texts = widget.state.articles.set_index("article_id")["text"]  # type: ignore[attr-defined]
    for row in table.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
    assert json.loads(pq.read_schema(tmp_path / "s.parquet").metadata[b"workbench"])["figures"]["stances"] == len(rows)


def test_a_fingerprint_knows_ids_and_texts() -> None:
    one = pd.DataFrame({"article_id": ["a", "b"], "text": ["x", "y"]})
    other = one.assign(text=["xb", "y"])
    assert provenance.fingerprint(one) != provenance.fingerprint(other)
    assert provenance.fingerprint(one) == provenance.fingerprint(one.astype(object))
    halves = [
        pd.DataFrame({"article_id": ["a"], "text": pd.Series([half], dtype=object)}) for half in ("\ud800", "\ud801")
    ]
    assert provenance.fingerprint(halves[0]) != provenance.fingerprint(halves[1])


def test_figures_are_the_same_in_any_order_and_of_any_kind_of_column() -> None:
    stances = wb.judge(wb.demo())
    mixed = stances.sample(frac=1, random_state=3).astype({"target": "category", "article_id": "category"})
    assert provenance.figures(mixed) == provenance.figures(stances)
    changed = stances.assign(holder=["IR", *stances["holder"][1:]])
    assert provenance.figures(changed)["digest"] != provenance.figures(stances)["digest"]
