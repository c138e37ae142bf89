"""Do the words that a classifier shows as its evidence decide? Delete them, and as many others, and count the labels that change.

    python benchmarks/evidence.py [GOLD.jsonl] [--classifiers rules,linear,embedding,ensemble] [--most 200]

For every judgement that is not neutral: the words of its (at most three) spans of evidence are taken out of the sentence; then
as many spans of the same lengths in words at random places, mentions never among them, ten times. Prints, for each
classifier, the share of labels that change either way and their ratio.

References
----------
DeYoung et al. (2020), ERASER: A Benchmark to Evaluate Rationalized NLP Models, ACL (comprehensiveness).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np

from workbench.evaluation import GoldItem, read_gold
from workbench.reading import passages, read
from workbench.stance import classifier
from workbench.training import test_items
from workbench.types import Article, Judgement, Passage, Span
from workbench.views import view

_DRAWS = 10


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with spans taken out."""
    for span in sorted(spans, reverse=True):
        text = f"{text[: span.start].rstrip(' ')} {text[span.end :].lstrip(' ')}"
    return text


def elsewhere(passage: Passage, judgement: Judgement, random: np.random.Generator) -> list[Span]:
    """As many spans of the same lengths in words at random places."""
    seen = view(passage)
    words = [
        i
        for i, word in enumerate(seen.words)
        if word.form.kind == "word" and i not in seen.target and i not in seen.states
    ]
    taken: set[int] = set()
    found = []
    for span in judgement.evidence:
        size = sum(span.start <= word.start < span.end for word in seen.words)
        starts = [
            first for first in words if all(first + step in words and first + step not in taken for step in range(size))
        ]
        if not starts:
            continue
        first = int(random.choice(starts))
        taken |= set(range(first, first + size))
        found.append(Span(seen.words[first].start, seen.words[first + size - 1].end))
    return found


def again(judge: object, items: Sequence[tuple[str, str]]) -> list[str | None]:
    """Stance of each changed text; None where the target is no longer found."""
    found: list[Passage] = []
    owners = []
    for number, (text, target) in enumerate(items):
        for passage in passages(read(Article(str(number), text), (target,)), (target,))[:1]:
            found.append(passage)
            owners.append(number)
    told: list[str | None] = [None] * len(items)
    for number, stance in zip(owners, judge.predict(found), strict=True):  # type: ignore[attr-defined]
        told[number] = str(stance)
    return told


def measure(name: str, items: Sequence[GoldItem], seed: int = 0) -> dict[str, float]:
    """Shares of changed labels for one classifier."""
    judge = classifier(name)
    random = np.random.default_rng(seed)
    single = [passages(read(Article(item.id, item.text), (item.target,)), (item.target,)) for item in items]
    found = [own[0] for own in single if len(own) == 1 and len(own[0].document.sentences) == 1]
    told = [(p, j) for p, j in zip(found, judge.judge(found), strict=True) if j.stance != "neutral" and j.evidence]
    decisive = again(judge, [(without(p.document.text, j.evidence), p.target) for p, j in told])
    changed = [stance != j.stance for stance, (_, j) in zip(decisive, told, strict=True) if stance is not None]
    elsewhere_changed: list[bool] = []
    for _ in range(_DRAWS if name != "embedding" and name != "ensemble" else 3):
        drawn = again(judge, [(without(p.document.text, elsewhere(p, j, random)), p.target) for p, j in told])
        elsewhere_changed += [s != j.stance for s, (_, j) in zip(drawn, told, strict=True) if s is not None]
    shares = float(np.mean(changed)), float(np.mean(elsewhere_changed))
    return {
        "judgements": len(told),
        "changed_without_evidence": round(shares[0], 3),
        "changed_without_others": round(shares[1], 3),
        "ratio": round(shares[0] / shares[1], 2) if shares[1] else float("inf"),
    }


def main() -> None:
    """Measure and print one line of JSON per classifier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?")
    parser.add_argument("--classifiers", default="rules,linear,embedding,ensemble")
    parser.add_argument("--most", type=int, default=None)
    options = parser.parse_args()
    items = read_gold(options.gold) if options.gold else test_items()
    items = [item for item in items if item.stance != "none"][: options.most]
    for name in options.classifiers.split(","):
        print(json.dumps({"classifier": name, **measure(name, items)}), flush=True)


if __name__ == "__main__":
    main()
