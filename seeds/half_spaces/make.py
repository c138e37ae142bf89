"""Make model.json: train the gap model of `workbench.text.half_spaces` on word lists and generated inflections.

    python seeds/half_spaces/make.py

Takes hazm's word list (spellings and frequencies), inflects it, and adds the well-typed text that the project itself wrote
(``seeds/articles``, ``seeds/labelled``). No treebank and no collected corpus is read.
"""

from __future__ import annotations

import json
import math
import random
import re
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from workbench.text import lexicon
from workbench.text.characters import ZWNJ
from workbench.text.half_spaces import NON_JOINING, gap_features, rank

HERE = Path(__file__).parent
LETTERS = re.compile("[آ-یءأؤئ\u200c]+")
PLURALS = ("ها", "های", "هایی", "هایش", "هایشان", "هایم", "هایمان", "هایت", "هایتان")
GLUED = (
    "ی",
    "م",
    "ش",
    "شان",
    "مان",
    "تان",
    "ان",
    "یم",
    "ند",
    "اند",
    "یی",
    "یان",
    "انی",
    "ات",
    "انه",
    "ستان",
    "چی",
    "ین",
)
SAMPLE = 150_000  # of some 400,000: more costs minutes and changes nothing in the third digit
COPULAS = ("ام", "ای", "ایم", "اید", "اند", "اش", "ات")


def examples(random_: random.Random) -> dict[str, float]:
    """Spellings with half-spaces, and how much each weighs."""
    weights: dict[str, float] = {}

    def add(spelling: str, weight: float) -> None:
        weights[spelling] = max(weights.get(spelling, 0.0), weight)

    words = lexicon.words()
    for word, frequency in words.items():
        if not LETTERS.fullmatch(word) or (word.startswith(("می", "نمی")) and word in lexicon.verb_forms()):
            continue
        if ZWNJ not in word and frequency == 0 and len(word) > 7:
            continue  # the list also holds compounds written without their half-space, nearly all with no frequency
        weight = 0.3 + math.log10(1 + frequency) / 4
        add(word, weight)
        if (frequency < 1000 and ZWNJ not in word) or len(word) < 3:
            continue
        for ending in random_.sample(PLURALS, 3):
            add(_ended(word, ending), weight * 0.8)
        if word.endswith(("ه", "ی")) and not word.endswith(("اه", "وه")):
            for ending in random_.sample(COPULAS, 2):
                add(f"{word}{ZWNJ}{ending}", weight * 0.5)
        elif not word.endswith(("ا", "و")):
            for ending in random_.sample(GLUED, 3):
                add(word + ending, weight * 0.5)
        if random_.random() < 0.15:
            add(_ended(word, "تر"), weight * 0.5)
            add(_ended(word, "ترین"), weight * 0.5)
    verbs = list(dict.fromkeys(spelling for spelling, _ in lexicon.verb_forms().values()))
    for spelling in random_.sample(verbs, 12_000):
        add(spelling, 0.5)
    for path in sorted([*HERE.parent.glob("articles/*.jsonl"), *HERE.parent.glob("labelled/*.jsonl")]):
        for line in path.read_text("utf8").splitlines():
            row = json.loads(line)
            if row.get("typing", "half-space") == "half-space":
                for spelling in LETTERS.findall(row["text"]):
                    add(spelling.strip(ZWNJ), 2.0)
    return weights


def _ended(word: str, ending: str) -> str:
    return word + ending if word[-1] in NON_JOINING else f"{word}{ZWNJ}{ending}"


def main() -> None:
    """Train, prune and write the model."""
    random_ = random.Random(20)  # noqa: S311
    names: dict[tuple[str, str], int] = {}
    indices, starts, labels, weights = [], [0], [], []
    spellings = examples(random_)
    for spelling in random_.sample(list(spellings), SAMPLE):
        weight = spellings[spelling]
        word = spelling.replace(ZWNJ, "")
        cuts = {len(spelling[:at].replace(ZWNJ, "")) for at, letter in enumerate(spelling) if letter == ZWNJ}
        whole = 0 if random_.random() < 0.7 else rank(word)
        for gap in range(1, len(word)):
            for family, found in zip(("left", "right", "other"), gap_features(word, gap, whole), strict=True):
                indices += [names.setdefault((family, feature), len(names)) for feature in found]
            starts.append(len(indices))
            labels.append(gap in cuts)
            weights.append(weight)
    table = csr_matrix((np.ones(len(indices), dtype=np.float32), indices, starts), shape=(len(labels), len(names)))
    common = np.flatnonzero(np.asarray((table > 0).sum(axis=0)).ravel() >= 8)
    model = LogisticRegression(C=1.0, solver="liblinear", l1_ratio=1, max_iter=40)
    model.fit(table[:, common], labels, sample_weight=weights)
    listed = list(names)
    parts: dict[str, dict[str, float]] = {"left": {}, "right": {}, "other": {}}
    for column, weight in zip(common, model.coef_[0], strict=True):
        if abs(weight) > 0.15:
            family, feature = listed[column]
            parts[family][feature] = round(float(weight), 2)
    row = {"bias": round(float(model.intercept_[0]), 3), **parts}
    (HERE / "model.json").write_text(json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf8")
    print({name: len(part) for name, part in parts.items()}, len(labels), "gaps")  # noqa: T201


if __name__ == "__main__":
    main()
