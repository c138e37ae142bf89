"""A corpus on disk: appended to, never twice, the old one or the new one at every moment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import corpus as articles_of_sources
from workbench.cli import main
from workbench.errors import SourceError
from workbench.ingesting import ingest
from workbench.partitions import Corpus, PartSize, is_corpus, writing
from workbench.seeds import seed_path

SMALL = PartSize(articles=10)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Thirty articles, two rows that are none, and one article twice."""
    rows = [{"id": f"n{number}", "text": f"خبر شماره {number} از تهران درباره چین و آمریکا."} for number in range(30)]
    path = tmp_path / "news.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in [*rows[:12], {"note": 1}, *rows[12:], rows[3], {"id": "x"}]]
    path.write_text("\n".join(lines), "utf8")
    return path


def test_what_goes_in_comes_out(news: Path, tmp_path: Path) -> None:
    corpus, load = ingest([news], tmp_path / "c", size=SMALL)
    assert (corpus.count, load.articles, load.repeated, load.rejected) == (30, 30, 1, 2)
    assert [part.articles for part in corpus.parts] == [10, 10, 10, 0]
    rejects: list[object] = []
    expected = list(articles_of_sources.read_sources([news], rejects.append))
    opened = Corpus.open(tmp_path / "c")
    assert list(opened.articles()) == expected
    assert [reject.reason.split(";")[0] for reject in opened.rejects()] == ["no column of text"] * 2
    assert articles_of_sources.load(tmp_path / "c").equals(articles_of_sources.load(news, rejects.append))
    opened.verify()


def test_a_repeated_load_adds_nothing_and_new_files_add_what_is_new(news: Path, tmp_path: Path) -> None:
    ingest([news], tmp_path / "c")
    before = (tmp_path / "c" / "manifest.json").read_bytes()
    corpus, _ = ingest([news], tmp_path / "c")
    assert (tmp_path / "c" / "manifest.json").read_bytes() == before
    more = tmp_path / "more.jsonl"
    more.write_text(
        news.read_text("utf8") + '\n{"id": "new", "text": "خبر تازه"}\n{"id": "n1", "text": "متن دیگر"}', "utf8"
    )
    corpus, load = ingest([more], tmp_path / "c")
    assert (corpus.count, load.articles, load.repeated) == (31, 1, 31)
    assert "another text under the id 'n1'" in list(corpus.rejects())[-1].reason


def test_an_interrupted_load_goes_on_to_the_very_same_files(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = ingest([news], tmp_path / "whole", size=SMALL)
    real = Path.replace
    for stop_at in range(1, 20):  # at every step that makes a file known
        steps = 0

        def stopping(path: Path, target: Path, stop_at: int = stop_at) -> Path:
            nonlocal steps
            steps += 1
            if steps == stop_at:
                raise KeyboardInterrupt
            return real(path, target)

        folder = tmp_path / f"c{stop_at}"
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", stopping)
            try:
                ingest([news], folder, size=SMALL)
            except KeyboardInterrupt:
                pass
            else:
                break
        if is_corpus(folder):
            left = Corpus.open(folder)
            left.verify()
            assert left.parts == whole.parts[: len(left.parts)]
        corpus, load = ingest([news], folder, size=SMALL)
        assert corpus.parts == whole.parts
        assert load.done
        assert [path.name for path in folder.rglob("*") if path.name.startswith(".")] == [".lock"]
    else:
        pytest.fail("the run was never left alone")


def test_only_one_process_adds_at_a_time(news: Path, tmp_path: Path) -> None:
    with writing(tmp_path / "c"), pytest.raises(SourceError, match="another process is adding"):
        ingest([news], tmp_path / "c")


def test_a_folder_of_other_things_is_left_alone(news: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not a corpus, and not empty"):
        ingest([news], tmp_path)
    with pytest.raises(SourceError, match="no corpus there"):
        Corpus.open(tmp_path)


def test_a_part_that_was_changed_is_found(news: Path, tmp_path: Path) -> None:
    corpus, _ = ingest([news], tmp_path / "c")
    file = tmp_path / "c" / "articles" / "000000.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(SourceError, match=r"000000\.parquet: not what was written"):
        corpus.verify()
    file.write_bytes(b"PAR1")
    with pytest.raises(SourceError, match=r"000000\.parquet: a part that cannot be read"):
        list(Corpus.open(tmp_path / "c").articles())


def test_the_command_says_what_it_did(news: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(news), "--corpus", str(tmp_path / "c")]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "30 new articles, 1 that were there, 2 rejected; 30 in" in err
    assert main(["judge", str(tmp_path / "c"), "--out", str(tmp_path / "s.csv")]) == 0
    assert main(["ingest", str(tmp_path / "nowhere"), "--corpus", str(tmp_path / "c")]) == 2
    (tmp_path / "empty").mkdir()
    assert main(["ingest", str(tmp_path / "empty"), "--corpus", str(tmp_path / "d")]) == 2
    assert main(["ingest", str(news), "--corpus", str(tmp_path / "c"), "--columns", "text"]) == 2


def test_notebooks_open_on_the_corpus_of_the_lab(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest([news], tmp_path / "c")
    started: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _, words: started.append(words))
    monkeypatch.delenv(articles_of_sources.LAB_CORPUS, raising=False)
    assert len(articles_of_sources.load()) == len(articles_of_sources.load(seed_path("articles")))
    monkeypatch.setenv(articles_of_sources.LAB_CORPUS, "")
    with pytest.raises(TypeError):
        main(["lab", "--corpus", str(tmp_path / "c")])
    assert started
    assert len(articles_of_sources.load()) == 30
    assert main(["lab", "--corpus", str(tmp_path / "nowhere")]) == 2


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork")
def test_killed_at_random_moments_both_commands_go_on_to_the_same_files(root: Path) -> None:
    words = [sys.executable, "-W", "ignore", str(root / "benchmarks" / "kills.py"), "--kills", "6", "--articles", "150"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["kills"] == 6
