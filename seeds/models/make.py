"""Fit the shipped classifiers on the train part of seeds/labelled/ and write them here, with a card each.

python seeds/models/make.py              # then: workbench gate --update
python seeds/models/make.py --dry-run    # fit and say how long it took, write nothing
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from workbench.training import card, fit_shipped, read_labelled, training_set

HERE = Path(__file__).parent


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    begin = time.perf_counter()
    folder = HERE.parent / "labelled"
    data = training_set(item for item in read_labelled(folder) if item.part == "train")
    fitted = fit_shipped(data, card(sorted(folder.glob("*.jsonl")), data))
    print(f"fitted on {len(data)} passages in {time.perf_counter() - begin:.0f} s")
    if not options.dry_run:
        for name, classifier in fitted.items():
            classifier.save(HERE / f"{name}.npz")


if __name__ == "__main__":
    main()
