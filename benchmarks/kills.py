"""Kill ``workbench ingest`` and ``workbench judge`` at random moments, go on with ``--resume``, and compare with an undisturbed run.

    python benchmarks/kills.py [--kills 50] [--articles 600] [--jobs 1] [--seed 0]

After each kill nothing half-written may be read: a corpus is verified against its digests and must be a beginning of the
whole one, a stances table is the whole one or not there. After `--resume` every file must be the same, byte for byte, as
the undisturbed run's, and nothing may be left over. Prints one line of JSON; ends with status 1 at the first difference.

Each run is a forked copy of this process, which has everything imported: a kill costs a few hundredths of a second.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a fork is best made by a process without threads

from workbench import cli, ingesting, scaling
from workbench.partitions import MANIFEST, Corpus, table_of
from workbench.seeds import seed_path
from workbench.types import Article

PART = 25


def demo_rows() -> list[dict[str, str]]:
    """The demo articles."""
    paths = sorted(seed_path("articles").glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf8").splitlines()]


def source(folder: Path, count: int) -> Path:
    """The demo articles again and again with fresh ids, and some rows that are none, as JSON Lines."""
    rows = [
        json.loads(line)
        for path in sorted(seed_path("articles").glob("*.jsonl"))
        for line in path.open(encoding="utf8")
    ]
    path = folder / "news.jsonl"
    with path.open("w", encoding="utf8") as lines:
        for number in range(count):
            row = {**rows[number % len(rows)], "article_id": f"n{number}"} if number % 17 else {"note": number}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def run(words: list[str], kill_after: float | None = None) -> float | None:
    """Run the command line in a fork; kill it after some seconds. Returns how long it took, or None when it was killed."""
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
        os.setpgid(0, 0)
        os._exit(cli.main(words))
    if kill_after is not None:
        while time.monotonic() - begin < kill_after:
            time.sleep(0.001)
            if os.waitpid(child, os.WNOHANG)[0]:
                return time.monotonic() - begin
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return None
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, (words, status)
    return time.monotonic() - begin


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest; of a manifest, without the time of day."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != ".lock":
            data = path.read_bytes()
            if path.name == MANIFEST:
                row = json.loads(data)
                data = json.dumps({**row, "loads": [{**load, "at": ""} for load in row["loads"]]}).encode()
            found[str(path.relative_to(folder))] = hashlib.sha256(data).hexdigest()
    return found


def kill_ingest(root: Path, news: Path, kills: int, chance: random.Random) -> Counter[str]:
    """Kill an ingest, check what can be read, and let it go on."""
    whole = root / "whole"
    words = ["ingest", str(news), "--part", str(PART), "--resume", "--corpus"]
    seconds = run([*words, str(whole)]) or 0.0
    expected, parts = digests(whole), Corpus.open(whole).parts
    seen: Counter[str] = Counter()
    number = 0
    while sum(seen.values()) - seen["not killed in time"] < kills:
        number += 1
        folder = root / f"ingest{number}"
        killed = run([*words, str(folder)], chance.uniform(0, seconds)) is None
        if (folder / MANIFEST).exists():
            corpus = Corpus.open(folder)
            corpus.verify()
            assert corpus.parts == parts[: len(corpus.parts)], "what is there must be a beginning of the whole"
            assert sum(1 for _ in corpus.articles()) == corpus.count
            seen["between parts" if 0 < len(corpus.parts) < len(parts) else "all parts there"] += killed
        else:
            seen["before the first part"] += killed
        seen["not killed in time"] += not killed
        run([*words, str(folder)])
        assert digests(folder) == expected, f"ingest {number}: other files than those of an undisturbed run"
        shutil.rmtree(folder)
    return seen


def kill_judge(root: Path, news: Path, kills: int, jobs: int, chance: random.Random) -> Counter[str]:
    """Kill a judging, check what can be read, and let it go on."""
    words = ["judge", str(news), "--part", str(PART), "--jobs", str(jobs), "--resume", "--out"]
    (root / "judged").mkdir()
    seconds = run([*words, str(root / "judged" / "s.parquet")]) or 0.0
    expected = digests(root / "judged")
    seen: Counter[str] = Counter()
    number = 0
    while sum(seen.values()) - seen["not killed in time"] < kills:
        number += 1
        folder = root / f"judge{number}"
        folder.mkdir()
        out = folder / "s.parquet"
        killed = run([*words, str(out)], chance.uniform(0, seconds)) is None
        if out.exists():
            assert digests(folder)["s.parquet"] == expected["s.parquet"], "a table is whole or not there"
        done = len(list((folder / "s.parquet.parts").glob("[0-9]*.arrow")))
        seen["with parts done" if done else "table written" if out.exists() else "before the first part"] += killed
        seen["not killed in time"] += not killed
        run([*words, str(out)])
        assert digests(folder) == expected, f"judge {number}: other files than those of an undisturbed run"
        shutil.rmtree(folder)
    return seen


def main() -> int:
    """Kill both commands and print where they were hit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:  # word lists, lexicon and forms are worked out once, before the forks
        warm = [Article(f"w{number}", row["text"]) for number, row in enumerate(demo_rows())]
        scaling.judge_partition(scaling.as_bytes(table_of(warm)), "rules", ("IR", "US", "CN"))
        ingesting.ingest([source(Path(folder), 20)], Path(folder) / "corpus")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        news = source(root, options.articles)
        found = {
            "kills": options.kills,
            "ingest": dict(kill_ingest(root, news, options.kills, chance)),
            "judge": dict(kill_judge(root, news, options.kills, options.jobs, chance)),
        }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
