"""Judging in partitions: the same table whoever does the work, and on from where it was stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from workbench import frames, judging, scaling, store
from workbench.cli import main
from workbench.corpus import Sources, demo
from workbench.errors import InterruptedWorkError, SourceError
from workbench.ingesting import ingest
from workbench.partitions import PartSize, articles_of, table_of
from workbench.seeds import seed_path
from workbench.types import Judgement, Passage, Reject


@pytest.fixture(scope="module")
def news() -> Path:
    return seed_path("articles")


def judge(news: Path, out: Path, **options: object) -> bytes:
    scaling.judge_sources(Sources([news]), out, articles=20, **options)  # type: ignore[arg-type]
    assert [path.name for path in out.parent.iterdir()] == [out.name], "nothing is left beside the table"
    return out.read_bytes()


@pytest.fixture(scope="module")
def alone(news: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return judge(news, tmp_path_factory.mktemp("alone") / "s.parquet")


def test_partitions_give_the_rows_of_the_whole(alone: bytes, tmp_path: Path) -> None:
    (tmp_path / "s.parquet").write_bytes(alone)
    rows = store.read_stances(tmp_path / "s.parquet")
    whole = judging.judge(demo())
    assert list(frames.judgements_of(rows)) == list(frames.judgements_of(whole))


def test_two_processes_write_the_same_bytes(news: Path, alone: bytes, tmp_path: Path) -> None:
    assert judge(news, tmp_path / "s.parquet", jobs=2) == alone


def test_a_process_of_another_hash_seed_writes_the_same_bytes(news: Path, alone: bytes, tmp_path: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "workbench",
        "judge",
        str(news),
        "--part",
        "20",
        "--out",
        str(tmp_path / "s.parquet"),
    ]
    subprocess.run(words, check=True, capture_output=True, env={"PYTHONHASHSEED": "12345"})
    assert (tmp_path / "s.parquet").read_bytes() == alone


def test_a_corpus_on_disk_gives_the_same_bytes(news: Path, alone: bytes, tmp_path: Path) -> None:
    ingest([news], tmp_path / "c", size=PartSize(articles=40))
    (tmp_path / "out").mkdir()
    assert judge(tmp_path / "c", tmp_path / "out" / "s.parquet") == alone


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_writes_the_same_bytes(news: Path, alone: bytes, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra 'dask' is not installed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp://", host="127.0.0.1"
    ) as cluster:
        assert judge(news, tmp_path / "s.parquet", scheduler=cluster.scheduler_address) == alone


def test_a_cluster_that_does_not_answer_or_an_absent_extra_is_told(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["judge", str(news), "--out", str(tmp_path / "s.csv"), "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "pip install 'stance-workbench[dask]'" in capsys.readouterr().err


class Stopping:
    """A classifier that stops the whole run at its third call."""

    name = "stopping"
    calls = 0

    def judge(self, passages: list[Passage]) -> list[Judgement]:
        Stopping.calls += 1
        if Stopping.calls == 3:
            raise KeyboardInterrupt
        from workbench.stance import classifier

        return classifier("rules").judge(passages)

    def __repr__(self) -> str:
        return "Stopping()"


def test_a_stopped_run_goes_on_and_judges_nothing_twice(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stopping, "calls", 0)
    out = tmp_path / "s.jsonl"
    with pytest.raises(KeyboardInterrupt):
        scaling.judge_sources(Sources([news]), out, Stopping(), articles=10)
    assert not out.exists()
    done = len(list((tmp_path / "s.jsonl.parts").glob("*.arrow")))
    assert done == 2
    outcome = scaling.judge_sources(Sources([news]), out, Stopping(), articles=10, resume=True)
    assert outcome.resumed == 2
    assert outcome.articles == len(demo())
    assert len(out.read_text("utf8").splitlines()) == outcome.stances == sum(outcome.by_stance.values())


def test_parts_of_other_work_are_not_taken(news: Path, tmp_path: Path) -> None:
    monkey = tmp_path / "s.csv.parts"
    monkey.mkdir()
    (monkey / "work.json").write_text(json.dumps({"classifier": "majority"}))
    with pytest.raises(SourceError, match=r"left by other work .*classifier 'majority', now 'rules'"):
        scaling.judge_sources(Sources([news]), tmp_path / "s.csv", resume=True)
    scaling.judge_sources(Sources([news]), tmp_path / "s.csv")


def test_a_saved_classifier_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "weights").write_bytes(b"1")
    first = scaling._mark(str(model))
    (model / "weights").write_bytes(b"2")
    assert scaling._mark(str(model)) != first
    assert scaling._mark("rules") == "rules"


def test_an_article_that_cannot_be_judged_is_listed_and_the_others_are_judged(tmp_path: Path) -> None:
    class Failing:
        name = "failing"

        def judge(self, passages: list[Passage]) -> list[Judgement]:
            if any("ناگوار" in passage.document.text for passage in passages):
                raise ZeroDivisionError("by chance")
            from workbench.stance import classifier

            return classifier("rules").judge(passages)

    rows = [{"id": "good", "text": "ایران و چین دیدار کردند."}, {"id": "bad", "text": "حادثه ناگوار در ایران."}]
    (tmp_path / "n.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf8")
    outcome = scaling.judge_sources(Sources([tmp_path / "n.jsonl"]), tmp_path / "s.parquet", Failing())
    assert outcome.rejects == [Reject("bad", "ZeroDivisionError: by chance", "bad")]
    assert set(pq.read_table(tmp_path / "s.parquet")["article_id"].to_pylist()) == {"good"}
    assert "ZeroDivisionError" in store.rejects_path(tmp_path / "s.parquet").read_text("utf8")


def test_a_worker_that_dies_is_told_and_the_work_goes_on_later(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import BrokenExecutor

    class Dying:
        def submit(self, *_: object) -> object:
            raise BrokenExecutor("a worker was killed")

    from contextlib import nullcontext

    with monkeypatch.context() as patch:
        patch.setattr(scaling, "_executor", lambda *_: nullcontext((Dying(), 2)))
        with pytest.raises(InterruptedWorkError, match="--resume goes on"):
            scaling.judge_sources(Sources([news]), tmp_path / "s.csv", jobs=2)
        assert main(["judge", str(news), "--out", str(tmp_path / "s.csv"), "--jobs", "2"]) == 1
    assert main(["judge", str(news), "--out", str(tmp_path / "s.csv"), "--jobs", "1", "--resume"]) == 0


def test_articles_survive_arrow() -> None:
    articles = list(frames.articles_of(demo()))
    assert articles_of(table_of(articles)) == articles
