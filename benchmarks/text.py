"""Speed of the text engine beside hazm's on the same articles, in one process and in turn.

    python benchmarks/text.py ARTICLES.jsonl[.gz] [--megabytes 2] [--rounds 3]

hazm: normalise, split sentences, tokenise, lemmatise. Workbench: tokens with half-spaces restored, lemmas, offsets; sentences.
Prints megabytes of UTF-8 a second and the ratio, first pass (cold) and later passes (warm).
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path


def articles(path: Path, megabytes: float) -> list[str]:
    """Texts from the head of a file of JSON Lines, up to a size."""
    texts: list[str] = []
    size = 0
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        for line in lines:
            texts.append(json.loads(line)["text"])
            size += len(texts[-1].encode())
            if size > megabytes * 1e6:
                break
    return texts


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """How long `work` takes over all texts."""
    begin = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - begin


def main() -> None:
    """Time both in turn and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--megabytes", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = articles(options.articles, options.megabytes)
    size = sum(len(text.encode()) for text in texts) / 1e6

    import hazm

    from workbench.text import sentences, tokens

    normalizer, lemmatizer = hazm.Normalizer(), hazm.Lemmatizer()
    splitter, tokenizer = hazm.SentenceTokenizer(), hazm.WordTokenizer(join_verb_parts=False)

    def with_hazm(text: str) -> list[str]:
        normal = normalizer.normalize(text)
        return [lemmatizer.lemmatize(word) for part in splitter.tokenize(normal) for word in tokenizer.tokenize(part)]

    def with_workbench(text: str) -> tuple[list[str], object]:
        return [token.lemma for token in tokens(text)], sentences(text)

    rounds = [(seconds(with_hazm, texts), seconds(with_workbench, texts)) for _ in range(options.rounds)]
    warm = rounds[1:] or rounds
    print(
        json.dumps(
            {
                "megabytes": round(size, 2),
                "hazm_mb_per_s": round(size / statistics.median(h for h, _ in rounds), 2),
                "cold_mb_per_s": round(size / rounds[0][1], 2),
                "warm_mb_per_s": round(size / statistics.median(w for _, w in warm), 2),
                "ratio_cold": round(rounds[0][0] / rounds[0][1], 2),
                "ratio_warm": round(statistics.median(h / w for h, w in warm), 2),
            }
        )
    )


if __name__ == "__main__":
    main()
