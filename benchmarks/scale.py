"""Ingest and judge a corpus of any size, on one core and on two, and on a Dask cluster of this machine.

    python benchmarks/scale.py ARTICLES.jsonl[.gz] [--articles 10000 100000] [--jobs 1 2] [--dask] [--pages 2000] [--folder DIR]

The articles of the file are repeated with fresh ids. Every step is the command line in a process of its own, so that start-up
is in its time; its memory is the most that it and its workers held together at one moment. MB are of text in UTF-8. hazm's
normaliser and word tokenizer run on a sample before and after each judging, alone, for comparison. Seconds of the processors
(`cpu`) change little with what else the machine does. Prints a line of JSON for each step, and at last whether the stances
tables of one size were the same bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import itertools
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

HAZM = """
import gzip, json, sys, time
import hazm
from pathlib import Path
path = Path(sys.argv[1])
with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
    texts = [json.loads(line)["text"] for _, line in zip(range(300), lines)]
normalizer, tokenizer = hazm.Normalizer(), hazm.WordTokenizer(join_verb_parts=False)
begin = time.process_time()
for text in texts:
    tokenizer.tokenize(normalizer.normalize(text))
print(sum(len(text.encode()) for text in texts) / 1e6 / (time.process_time() - begin))
"""


def make(articles: Path, count: int, path: Path) -> float:
    """Write so many articles with fresh ids; returns megabytes of their texts."""
    with (
        gzip.open(articles, "rt", encoding="utf8")
        if articles.suffix == ".gz"
        else articles.open(encoding="utf8") as lines
    ):
        rows = [json.loads(line) for line in lines]
    keys = ("outlet", "title", "text", "published", "url")
    bodies = [json.dumps({key: row.get(key) for key in keys}, ensure_ascii=False)[1:] for row in rows]
    sizes = [len(row["text"].encode()) for row in rows]
    size = 0
    with path.open("w", encoding="utf8") as out:
        for number, (body, each) in enumerate(
            itertools.islice(itertools.cycle(zip(bodies, sizes, strict=True)), count)
        ):
            out.write(f'{{"article_id": "n{number}", {body}\n')
            size += each
    return size / 1e6


def run(words: list[str]) -> dict[str, float]:
    """Run the command line; returns seconds, seconds of all its processors, and the most megabytes held by all its processes."""
    begin = time.monotonic()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen([sys.executable, "-m", "workbench", *words], stderr=subprocess.DEVNULL)
    most = 0
    watched = psutil.Process(child.pid)
    while child.poll() is None:
        with contextlib.suppress(psutil.Error):
            held = [watched, *watched.children(recursive=True)]
            most = max(most, sum(process.memory_info().rss for process in held))
        time.sleep(0.2)
    assert child.returncode == 0, words
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return {"seconds": time.monotonic() - begin, "cpu_seconds": cpu, "peak_mb": most / 1e6}


def rates(count: int, size: float, used: dict[str, float]) -> dict[str, float]:
    """What was used, and per second of the clock and of the processors."""
    seconds, cpu = used["seconds"], used["cpu_seconds"]
    return {**used, "articles_per_s": count / seconds, "mb_per_s": size / seconds, "mb_per_cpu_s": size / cpu}


def hazm_rate(articles: Path) -> float:
    """Megabytes a second of hazm's normaliser and tokenizer in a process of their own."""
    done = subprocess.run([sys.executable, "-c", HAZM, str(articles)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def tell(step: str, **figures: Any) -> None:
    """Print one line of JSON."""
    print(
        json.dumps(
            {"step": step}
            | {name: round(value, 2) if isinstance(value, float) else value for name, value in figures.items()}
        ),
        flush=True,
    )


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A Dask cluster of two processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as held:
        yield held.scheduler_address


def sha256(path: Path) -> str:
    """Digest of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def pages(folder: Path, articles: Path, count: int, jobs: list[int]) -> None:
    """Ingest saved pages, which have to be parsed one by one, with one process and with several."""
    with (
        gzip.open(articles, "rt", encoding="utf8")
        if articles.suffix == ".gz"
        else articles.open(encoding="utf8") as lines
    ):
        texts = [json.loads(line)["text"] for _, line in zip(range(count), lines, strict=False)]
    (folder / "pages").mkdir()
    for number, text in enumerate(texts):
        body = "".join(f"<p>{line}</p>" for line in text.replace("<", "&lt;").split("\n"))
        page = f'<link rel="canonical" href="https://www.mehrnews.com/news/{number}"><h1 class="title">خبر {number}</h1><div itemprop="articleBody">{body}</div>'
        (folder / "pages" / f"{number}.html").write_text(
            f'<html><head><meta charset="utf-8"></head><body>{page}</body></html>', "utf8"
        )
    for each in jobs:
        used = run(["ingest", str(folder / "pages"), "--corpus", str(folder / f"pages{each}"), "--jobs", str(each)])
        tell("ingest pages", articles=len(texts), jobs=each, **rates(len(texts), sum(map(len, texts)) / 1e6, used))


def main() -> None:
    """Run the steps for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as held:
        folder = Path(held)
        if options.pages:
            pages(folder, options.source, options.pages, options.jobs)
        for count in options.articles:
            news, corpus = folder / "news.jsonl", folder / "corpus"
            size = make(options.source, count, news)
            used = run(["ingest", str(news), "--corpus", str(corpus)])
            disk = sum(path.stat().st_size for path in corpus.rglob("*") if path.is_file()) / 1e6
            tell("ingest", articles=count, mb=size, **rates(count, size, used), disk_mb=disk)
            news.unlink()
            digests = {}
            hazm = [hazm_rate(options.source)]
            for jobs in options.jobs:
                out = folder / f"stances{jobs}.parquet"
                used = run(["judge", str(corpus), "--out", str(out), "--jobs", str(jobs)])
                hazm.append(hazm_rate(options.source))
                digests[f"{jobs} jobs"] = sha256(out)
                tell(
                    "judge", articles=count, jobs=jobs, **rates(count, size, used), hazm_mb_per_cpu_s=sum(hazm[-2:]) / 2
                )
            if options.dask:
                with cluster() as address:
                    out = folder / "dask.parquet"
                    used = run(["judge", str(corpus), "--out", str(out), "--scheduler", address])
                digests["dask"] = sha256(out)
                tell("judge on Dask", articles=count, workers=2, **rates(count, size, used))
            tell("the same bytes", articles=count, same=len(set(digests.values())) == 1, **digests)
            shutil.rmtree(corpus)


if __name__ == "__main__":
    main()
