"""What annotation buys: a classifier that also learns from judged sentences of the news it is used on, cross-validated.

    python benchmarks/annotation.py GOLD.jsonl [--classifier linear] [--folds 5] [--times 3] [--seed 0]

Texts are dealt into folds (a text with several targets is never cut). For each fold the classifier learns from the project's own
train part and the other folds, each of their judgements counted `--times` times, and is scored on the fold. Prints one line
of JSON each for the classifier without any gold, with gold beside the project's sentences, and with gold alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

import numpy as np

from workbench.evaluation import GoldItem, Prediction, predict, read_gold, score
from workbench.seeds import seed_path
from workbench.training import Labelled, fit_one, read_labelled, training_set


def dealt(items: Sequence[GoldItem], folds: int, seed: int) -> list[list[int]]:
    """Rows of each fold, by text."""
    texts = list(dict.fromkeys(item.text for item in items))
    order = np.random.default_rng(seed).permutation(len(texts))
    fold = {texts[row]: place % folds for place, row in enumerate(order)}
    return [[row for row, item in enumerate(items) if fold[item.text] == one] for one in range(folds)]


def as_labelled(items: Sequence[GoldItem], times: int) -> list[Labelled]:
    """Judgements to learn from; the text stands for the theme, so that copies never fall on both sides of an inner fold."""
    return [
        Labelled(item.id, item.text, item.target, item.stance, item.holder, item.title, theme=item.text, part="train")
        for item in items
        for _ in range(times)
    ]


def main() -> None:
    """Cross-validate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold")
    parser.add_argument("--classifier", default="linear")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    items = read_gold(options.gold)
    own = [item for item in read_labelled(seed_path("labelled")) if item.part == "train"]
    whole = fit_one(options.classifier, training_set(own), {})
    report("the project's sentences", options.classifier, items, predict(items, whole))
    for name, base in (("with gold of other texts", own), ("gold of other texts alone", [])):
        told: list[Prediction | None] = [None] * len(items)
        for rows in dealt(items, options.folds, options.seed):
            rest = [item for row, item in enumerate(items) if row not in set(rows)]
            data = training_set([*base, *as_labelled(rest, options.times if base else 1)])
            fitted = fit_one(options.classifier, data, {})
            for row, prediction in zip(rows, predict([items[row] for row in rows], fitted), strict=True):
                told[row] = prediction
        report(name, options.classifier, items, [one for one in told if one is not None])


def report(learned_from: str, name: str, items: Sequence[GoldItem], told: Sequence[Prediction]) -> None:
    """One line of JSON."""
    figures = score(items, told)
    kept = ("macro_f1", "macro_f1_interval", "accuracy", "calibration_error", "holder_accuracy")
    each = {str(stance): figures["per_stance"][stance]["f1"] for stance in figures["per_stance"]}
    line = {"classifier": name, "learned from": learned_from, **{key: figures[key] for key in kept}, "f1": each}
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
