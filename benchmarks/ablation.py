"""What each rule of `rules` is worth: left out one by one, how much falls on the behavioural suite and on judged sentences.

    python benchmarks/ablation.py [GOLD.jsonl ...]

Prints a Markdown table: rows of the suite that move by two pairs or more, all its pairs, macro-F1 on the test part of the
project's judged sentences and on each file given, and how often the holder is right there where the stance is. A minus is what
the rule brings.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

import pandas as pd

from workbench.behaviour import read_suite, run_suite, table
from workbench.evaluation import predict, read_gold, score
from workbench.stance.rules import PHENOMENA, Rules
from workbench.training import test_items


def figures(judge: Rules, sets: Sequence[Sequence[Any]]) -> tuple[pd.DataFrame, list[tuple[float, float]]]:
    """The suite's table by phenomenon, and macro-F1 and holder of each set."""
    suite = table(run_suite(judge, read_suite())).set_index("phenomenon")
    scores = [score(items, predict(items, judge)) for items in sets]
    return suite, [(one["macro_f1"], one["holder_accuracy"]) for one in scores]


def main() -> None:
    """Leave out and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*")
    options = parser.parse_args()
    sets: list[Sequence[Any]] = [test_items(), *(read_gold(path) for path in options.gold)]
    suite, whole = figures(Rules(), sets)
    print(suite["right"].round(2).to_dict(), whole)
    names = ["own test part", *options.gold]
    print(
        f"| left out | rows of the suite | pairs in all | {' | '.join(f'{name}: macro-F1; holder' for name in names)} |"
    )
    print("| --- " * (3 + len(names)) + "|")
    for name in PHENOMENA:
        without, scores = figures(Rules(without=(name,)), sets)
        moved = (without["right"] - suite["right"]).drop("all")
        large = moved[(moved * suite["pairs"].drop("all")).abs() >= 1.5].sort_values()
        rows = ", ".join(f"{row.replace('_', ' ')} {change:+.2f}" for row, change in large.items()) or "none"
        changes = [
            f"{now[0] - before[0]:+.3f}; {now[1] - before[1]:+.3f}" for now, before in zip(scores, whole, strict=True)
        ]
        total = without["right"]["all"] - suite["right"]["all"]
        print(f"| `{name}` | {rows} | {total:+.3f} | {' | '.join(changes)} |", flush=True)


if __name__ == "__main__":
    main()
