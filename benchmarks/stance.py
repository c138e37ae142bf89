"""Speed of the shipped classifiers on one core: passages and sentences of real articles a second.

    OMP_NUM_THREADS=1 taskset -c 0 python benchmarks/stance.py ARTICLES.jsonl[.gz] [--articles 60] [--rounds 3]

Articles are read first and not timed. A passage is a sentence with one target that it mentions; sentences are all that an
article has, those without a mention among them (they cost a classifier nothing). Rounds of the classifiers take turns.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import statistics
import time
from pathlib import Path

from threadpoolctl import threadpool_limits

from workbench.reading import passages, read
from workbench.stance import classifier
from workbench.types import Article


def main() -> None:
    """Time and print one line of JSON per classifier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--classifiers", default="rules,linear,embedding,ensemble")
    options = parser.parse_args()
    path = options.articles_file
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, 0, options.articles * 20, 20)]
    documents = [read(Article(str(number), row["text"])) for number, row in enumerate(rows)]
    found = [passage for document in documents for passage in passages(document)]
    sentences = sum(len(document.sentences) for document in documents)
    spoken = len({(passage.document.article.article_id, passage.sentence) for passage in found})
    judges = {name: classifier(name) for name in options.classifiers.split(",")}
    taken: dict[str, list[float]] = {name: [] for name in judges}
    with threadpool_limits(1):
        for judge in judges.values():
            judge.judge(found[:20])
        for _ in range(options.rounds):
            for name, judge in judges.items():
                begin = time.perf_counter()
                judge.judge(found)
                taken[name].append(time.perf_counter() - begin)
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(
            json.dumps(
                {
                    "classifier": name, "passages": len(found), "passages_per_s": round(len(found) / middle, 1),
                    "sentences_with_a_mention_per_s": round(spoken / middle, 1), "sentences_per_s": round(sentences / middle, 1),
                }
            )
        )  # fmt: skip


if __name__ == "__main__":
    main()
