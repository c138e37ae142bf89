"""Fit the shipped classifiers on the train part of seeds/labelled/ and write them here, with a card each.

    python seeds/models/make.py              # then: workbench gate --update
    python seeds/models/make.py --dry-run    # fit and say how long it took, write nothing

The same sentences and rules give the same files, to the last digit of a sum.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from workbench.evaluation import predict, score
from workbench.training import card, fit_shipped, read_labelled, test_items, training_set

HERE = Path(__file__).parent


def main() -> None:
    """Fit, score on the test part, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    begin = time.perf_counter()
    folder = HERE.parent / "labelled"
    data = training_set(item for item in read_labelled(folder) if item.part == "train")
    fitted = fit_shipped(data, card(sorted(folder.glob("*.jsonl")), data))
    print(f"fitted on {len(data)} passages in {time.perf_counter() - begin:.0f} s")
    if options.dry_run:
        return
    for name, classifier in fitted.items():
        items = test_items()
        figures = score(items, predict(items, classifier))
        kept = ("n", "macro_f1", "macro_f1_interval", "per_stance", "calibration_error", "holder_accuracy")
        classifier.card_ = classifier.card_ | {"scores on the test part": {field: figures[field] for field in kept}}
        classifier.save(HERE / f"{name}.npz")
    (HERE / "README.md").write_text(cards({name: one.card_ for name, one in fitted.items()}), "utf8")


def cards(found: dict[str, dict[str, Any]]) -> str:
    """The model cards as a page."""
    about = next(iter(found.values()))
    data, versions = about["data"], ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    stances = ", ".join(f"{count} {stance}" for stance, count in sorted(data["stances"].items()))
    rows = []
    for name, one in sorted(found.items()):
        figures = one["scores on the test part"]
        low, high = figures["macro_f1_interval"]
        each = " / ".join(f"{figures['per_stance'][stance]['f1']:.2f}" for stance in ("favor", "neutral", "against"))
        rows.append(
            f"| `{name}.npz` | {figures['macro_f1']:.2f} [{low:.2f}, {high:.2f}] | {each} "
            f"| {figures['calibration_error']:.3f} | {figures['holder_accuracy']:.2f} |"
        )
    return f"""# Model cards

Written by `make.py`; do not edit. Each file holds plain arrays and the same card in JSON; nothing in it can run.

- **What they do**: the stance (favor, neutral, against) of a Persian news sentence toward a state that it mentions, and who holds it.
- **Learned from**: {data["passages"]} passages ({stances}) of {len(data["themes"])} themes in `seeds/labelled/`, written for this
  project; the other themes test them. Digest of the files: `{data["digest"]}`.
- **Made with**: {versions}.
- **Know their limits**: the sentences were written, not collected. On real news expect less than below (see the README),
  praise least of all, and nothing on irony that leans on what the reader knows. Never judge a person by them.

On the test part ({next(iter(found.values()))["scores on the test part"]["n"]} judged pairs of themes unseen in training):

| file | macro-F1 [95 %] | F1 favor / neutral / against | calibration error | holder right |
| --- | --- | --- | --- | --- |
{chr(10).join(rows)}
"""


if __name__ == "__main__":
    main()
