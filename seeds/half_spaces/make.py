"""Make model.json and joins.json: the two small models of `workbench.text` that put half-spaces back.

    python seeds/half_spaces/make.py

`model.json` cuts a word that lost its half-spaces (`workbench.text.half_spaces`); `joins.json` tells which typed spaces stand for
half-spaces (`workbench.text.joining`). They learn from hazm's word list and its inflections, from the project's own list of
compounds, and from the well-typed text that the project itself wrote (``seeds/articles``, ``labelled``, ``behaviour``): there the
half-spaces are the labels. No treebank and no collected corpus is read.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from workbench.text import lexicon
from workbench.text.characters import ZWNJ
from workbench.text.half_spaces import NON_JOINING, gap_features, rank

HERE = Path(__file__).parent
LETTERS = re.compile("[آ-یءأؤئ\u200c]+")
PLURALS = ("ها", "های", "هایی", "هایش", "هایشان", "هایم", "هایمان", "هایت", "هایتان")
GLUED = ("ی", "م", "ش", "شان", "مان", "تان", "ان", "یم", "ند", "یی", "یان", "انی", "ات", "انه", "ستان", "چی", "ین")
COPULAS = ("ام", "ای", "ایم", "اید", "اند", "اش", "ات")
SAMPLE = 150_000  # of some 400,000: more costs minutes and changes nothing in the third digit
# So many texts is what all running text together weighs beside the list of compounds: the more of it there is, the more would be
# learnt of the single words that its themes bring, and the less of kinds of words.
TEXTS_WEIGH = 3_000
LEAST_ROWS = 8
LEAST_WEIGHT = 0.15


def texts() -> Iterator[str]:
    """The project's own well-typed text, each sentence once."""
    seen = set()
    for path in sorted(HERE.parent.glob("[alb]*/*.jsonl")):
        if path.stem == "spelling":
            continue
        for line in path.read_text("utf8").splitlines():
            row = json.loads(line)
            if row.get("typing", "half-space") == "half-space":
                seen |= {item["text"] for item in row.get("items", [row])}
    yield from sorted(seen)


def spellings(random_: random.Random) -> dict[str, float]:
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
    for spelling in [*lexicon.own().values(), *lexicon.whole()]:
        add(spelling, 2.0)
    for text in texts():
        for spelling in LETTERS.findall(text):
            add(spelling.strip(ZWNJ), 2.0)
    return weights


def _ended(word: str, ending: str) -> str:
    return word + ending if word[-1] in NON_JOINING else f"{word}{ZWNJ}{ending}"


class Rows:
    """Rows of named features, to be fitted and written."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], int] = {}
        self.indices: list[int] = []
        self.starts = [0]
        self.labels: list[bool] = []
        self.weights: list[float] = []

    def add(self, features: dict[str, list[str]], label: bool, weight: float) -> None:
        """Add one row."""
        for family, found in features.items():
            self.indices += [self.names.setdefault((family, feature), len(self.names)) for feature in found]
        self.starts.append(len(self.indices))
        self.labels.append(label)
        self.weights.append(weight)

    def fitted(self, families: tuple[str, ...], least: int = LEAST_ROWS) -> dict[str, Any]:
        """Fit a sparse logistic regression and return what weighs anything, by family."""
        shape = (len(self.labels), len(self.names))
        table = csr_matrix((np.ones(len(self.indices), dtype=np.float32), self.indices, self.starts), shape=shape)
        common = np.flatnonzero(np.asarray((table > 0).sum(axis=0)).ravel() >= least)
        model = LogisticRegression(C=1.0, solver="liblinear", l1_ratio=1, max_iter=60)
        model.fit(table[:, common], self.labels, sample_weight=self.weights)
        listed = list(self.names)
        parts: dict[str, Any] = {family: {} for family in families}
        for column, weight in zip(common, model.coef_[0], strict=True):
            if abs(weight) > LEAST_WEIGHT:
                family, feature = listed[column]
                parts[family][feature] = round(float(weight), 2)
        parts["bias"] = {"": round(float(model.intercept_[0]), 3)}
        return parts


def gap_model(random_: random.Random) -> dict[str, Any]:
    """Learn where a glued word is to be cut."""
    rows = Rows()
    found = spellings(random_)
    for spelling in random_.sample(list(found), min(SAMPLE, len(found))):
        word = spelling.replace(ZWNJ, "")
        cuts = {len(spelling[:at].replace(ZWNJ, "")) for at, letter in enumerate(spelling) if letter == ZWNJ}
        whole = 0 if random_.random() < 0.7 else rank(word)
        for gap in range(1, len(word)):
            features = dict(
                zip(
                    ("left", "right", "other"),
                    gap_features(word, gap, (rank(word[:gap]), rank(word[gap:]), whole)),
                    strict=True,
                )
            )
            rows.add(features, gap in cuts, found[spelling])
    return rows.fitted(("left", "right", "other"))


def join_model(random_: random.Random) -> dict[str, Any]:
    """Learn which neighbours are one word: the half-spaces of running text against its spaces, and the list of compounds."""
    from workbench.text.joining import join_features, may_be_compound

    rows = Rows()
    running = list(texts())
    weight = TEXTS_WEIGH / len(running)
    for text in running:
        for phrase in re.split("[^آ-یءأؤئ\u200c ]+", text):
            for left, sign, right in re.findall(f"(?=(?<![^ {ZWNJ}])([^ {ZWNJ}]+)([ {ZWNJ}])([^ {ZWNJ}]+))", phrase):
                if may_be_compound(left, right):
                    rows.add(join_features(left, right, random_.random() < 0.7), sign == ZWNJ, weight)
    for spelling in [*lexicon.own().values(), *lexicon.joined().values()]:
        parts = spelling.split(ZWNJ)
        own = spelling.replace(ZWNJ, "") in lexicon.own()
        if spelling.replace(ZWNJ, "") in lexicon.parted() or not LETTERS.fullmatch(spelling):
            continue
        for left, right in itertools.pairwise(parts):
            if len(right) > 1 and right not in PLURALS:
                rows.add(join_features(left, right, random_.random() < 0.3), True, 0.5 if own else 0.1)
    return rows.fitted(("left", "right", "kinds"), least=3)


def main() -> None:
    """Train both and write them."""
    for name, learn in (("joins.json", join_model), ("model.json", gap_model)):
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        model = learn(random.Random(20))  # noqa: S311
        text = json.dumps(model, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        (HERE / name).write_text(text, "utf8")
        print(name, {family: len(part) for family, part in model.items()}, len(text.encode()), "bytes")  # noqa: T201
    print(Counter(len(text.split()) for text in texts()).total(), "sentences of the project's own")  # noqa: T201


if __name__ == "__main__":
    main()
