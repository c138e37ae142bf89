"""The command line as a shell user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from workbench.cli import main

SEED = Path(__file__).parent.parent / "seeds" / "000_cbb1a55b7e439cc9.txt"


@pytest.fixture(scope="module")
def seed_stances(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    out = tmp_path_factory.mktemp("judge") / "s.parquet"
    assert main(["judge", str(SEED), "--out", str(out)]) == 0
    return pd.read_parquet(out)


def rows(stances: pd.DataFrame, target: str, stance: str, holder: str) -> pd.DataFrame:
    return stances[(stances.target == target) & (stances.stance == stance) & (stances.holder == holder)]


def test_the_seed_article_is_judged_as_a_reader_would(seed_stances: pd.DataFrame) -> None:
    text = SEED.read_text("utf8")
    line = [text.count("\n", 0, start) for start in seed_stances.start]
    by_line = {number: group for number, group in seed_stances.groupby(line)}  # noqa: C416
    assert set(by_line[0].stance) == {"neutral"}, "the opening report of the meeting"
    thanks = by_line[1]
    assert len(rows(thanks, "CN", "favor", "IR")), "Iran's minister thanks China"
    assert len(rows(thanks, "US", "against", "IR")), "and condemns the listing of the Guards"
    support = by_line[4]
    assert len(rows(support, "IR", "favor", "CN")), "China's minister supports Iran"
    rejection = by_line[6]
    assert len(rows(rejection, "US", "against", "CN")), "and is against that American conduct"
    assert 8 not in by_line, "the closing line is not text to judge"


def test_offsets_in_the_table_are_of_the_raw_text(seed_stances: pd.DataFrame) -> None:
    text = SEED.read_text("utf8")
    for row in seed_stances.itertuples():
        assert text[row.start : row.end] == text[row.start : row.end].strip() != ""
        for span in [*row.mentions, *row.evidence]:
            assert row.start <= span["start"] < span["end"] <= row.end
        if row.stance != "neutral":
            assert len(row.evidence), row
            for span in row.evidence:
                assert text[span["start"] : span["end"]] in row.reason


def test_columns_are_those_of_the_contract(seed_stances: pd.DataFrame) -> None:
    names = (
        "article_id sentence start end target mentions stance p_favor p_neutral p_against holder evidence classifier"
    )
    assert set(names.split()) <= set(seed_stances.columns)
    assert seed_stances[["p_favor", "p_neutral", "p_against"]].sum(axis=1).to_numpy() == pytest.approx(1)
    assert seed_stances.loc[seed_stances.stance == "neutral", "holder"].isna().all()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["judge", "nowhere/", "--out", "s.parquet"], "nowhere"),
        (["judge", str(SEED), "--out", "s.xls"], "s.xls"),
        (["judge", str(SEED), "--out", "s.csv", "--classifier", "ruels"], "did you mean 'rules'"),
        (["judge", str(SEED), "--out", "s.csv", "--targets", "IR,ZZ"], "ZZ"),
        (["evaluate", "nowhere.jsonl"], "nowhere.jsonl"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert err.count("\n") == 1


def test_a_mixed_folder_is_judged_and_its_bad_files_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    good = "وزیر دفاع چین از ایران حمایت کرد. آمریکا نیز بیانیه‌ای داد."
    (folder / "good.txt").write_text(good, "utf8")
    (folder / "empty.txt").write_text("", "utf8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "utf16.txt").write_text(good, "utf16")
    (folder / "windows.txt").write_bytes(good.replace("ی", "ي").encode("cp1256"))
    (folder / "huge.txt").write_text("ایران و چین " * (50_000_000 // 21), "utf8")
    out = tmp_path / "s.jsonl"
    assert main(["judge", str(folder), "--out", str(out)]) == 0
    judged = {json.loads(line)["article_id"] for line in out.read_text("utf8").splitlines()}
    rejects = [json.loads(line) for line in (tmp_path / "s.jsonl.rejects.jsonl").read_text("utf8").splitlines()]
    assert len(judged) >= 3
    listed = {Path(reject["source"]).name for reject in rejects}
    assert {"empty.txt", "binary.txt"} <= listed <= {"empty.txt", "binary.txt", "huge.txt"}
    assert all(reject["reason"] for reject in rejects)


def test_a_folder_with_nothing_usable_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "useless"
    folder.mkdir()
    (folder / "empty.txt").write_text("", "utf8")
    assert main(["judge", str(folder), "--out", str(tmp_path / "s.csv")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_evaluate_prints_the_contract_s_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    items = [
        {
            "id": "1",
            "text": "وزیر خارجه چین تحریم‌های آمریکا را به‌شدت محکوم کرد.",
            "target": "US",
            "stance": "against",
            "holder": "CN",
        },
        {"id": "2", "text": "نشست ایران و چین در ژنو برگزار شد.", "target": "IR", "stance": "neutral"},
        {"id": "3", "text": "بر پیشانی‌اش چین افتاده بود.", "target": "CN", "stance": "none"},
        {"id": "4", "text": "هوا امروز خوب است.", "target": "CN", "stance": "neutral"},
    ]
    gold.write_text("\n".join(json.dumps(item, ensure_ascii=False) for item in items), "utf8")
    assert main(["evaluate", str(gold), "--classifier", "rules", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["n"] == 3
    assert figures["missed_mentions"] == 1
    assert figures["false_mentions"] == 0
    assert figures["confusion"]["against"]["against"] == 1
    assert figures["holder_accuracy"] == 1.0
    assert {"macro_f1", "accuracy", "per_target", "per_stance"} <= set(figures)
