"""How fast articles are read and judged by `rules`, beside hazm, which only normalises and tokenises them.

    OMP_NUM_THREADS=1 taskset -c 0 python benchmarks/judge.py ARTICLES.jsonl[.gz] [--articles 1000] [--rounds 3]

Both take the same articles in one process and in turn, on processor time, so that a shared machine does not count. The workbench
reads an article (sentences, tokens with lemmas and offsets, mentions, speeches) and judges every sentence for every target that
it mentions. `cold` is the first pass over words not seen before; `warm` the median of those after. One line of JSON is printed.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import itertools
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from workbench.reading import passages, read
from workbench.stance import classifier
from workbench.types import Article

TARGETS = ("IR", "US", "CN")


def texts_of(path: Path, count: int) -> list[str]:
    """Bodies of articles, evenly from the whole file."""
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return list(itertools.islice(texts, 0, None, max(1, len(texts) // count)))[:count]


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """Processor time of `work` over all texts."""
    begin = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - begin


def main() -> None:
    """Time both and print megabytes of UTF-8 a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = texts_of(options.articles_file, options.articles)
    size = sum(len(text.encode()) for text in texts) / 1e6
    rules = classifier("rules")

    def judge(text: str) -> int:
        found = passages(read(Article("a", text), TARGETS), TARGETS)
        rules.judge(found)
        return len(found)

    judge("آمریکا ایران را تهدید کرد.")
    work: dict[str, Callable[[str], object]] = {"rules": judge}
    if importlib.util.find_spec("hazm"):
        import hazm

        normalizer, tokenizer = hazm.Normalizer(), hazm.WordTokenizer(join_verb_parts=False)
        work["hazm"] = lambda text: tokenizer.tokenize(normalizer.normalize(text))
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(options.rounds):
        for name, one in work.items():
            taken[name].append(seconds(one, texts))
    rates = {
        name: {"cold": round(size / times[0], 2), "warm": round(size / statistics.median(times[1:] or times), 2)}
        for name, times in taken.items()
    }
    print(json.dumps({"articles": len(texts), "megabytes": round(size, 2), "megabytes_per_s": rates}))


if __name__ == "__main__":
    main()
