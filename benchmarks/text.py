"""The text engine beside other Persian libraries: speed, start, memory, and quality on treebanks.

    python benchmarks/text.py ARTICLES.jsonl[.gz] [--treebank FILE.conllu ...] [--megabytes 4] [--rounds 5] [--out FOLDER]

Speed is paired, in one process and in turn: hazm normalises, splits sentences, tokenises and lemmatises; the workbench gives tokens
with half-spaces restored, lemmas and offsets, and sentences. `cold` is the first pass over text not seen before. Of rishe, shekar,
parsivar and simplemma, those that are installed are asked for half-spaces (or, simplemma, lemmas) too. Figures and a plot go to `--out`.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ZWNJ = "\u200c"
FOLD = str.maketrans(
    {"ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "ؤ": "و", "ة": "ه", "ۀ": "ه", ZWNJ: None}
)
START = """
import resource, time
begin = time.perf_counter()
{code}
print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
STARTS = {
    "workbench": "from workbench.text import tokens; tokens('ایران و چین همکاریهای خود را گسترش میدهند.')",
    "hazm": "import hazm; hazm.WordTokenizer(join_verb_parts=False).tokenize(hazm.Normalizer().normalize('ایران و چین'))",
}


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


def speed(texts: list[str], rounds: int) -> dict[str, float]:
    """Time hazm and the workbench in turn."""
    import hazm

    from workbench.text import sentences, tokens

    normalizer, lemmatizer = hazm.Normalizer(), hazm.Lemmatizer()
    splitter, tokenizer = hazm.SentenceTokenizer(), hazm.WordTokenizer(join_verb_parts=False)

    def with_hazm(text: str) -> list[str]:
        normal = normalizer.normalize(text)
        return [lemmatizer.lemmatize(word) for part in splitter.tokenize(normal) for word in tokenizer.tokenize(part)]

    def with_workbench(text: str) -> tuple[list[str], object]:
        return [token.lemma for token in tokens(text)], sentences(text)

    with_workbench("ایران و چین")
    size = sum(len(text.encode()) for text in texts) / 1e6
    timed = [(seconds(with_hazm, texts), seconds(with_workbench, texts)) for _ in range(rounds)]
    warm = timed[1:] or timed
    return {
        "megabytes": round(size, 2),
        "hazm_mb_per_s": round(size / statistics.median(h for h, _ in timed), 2),
        "cold_mb_per_s": round(size / timed[0][1], 2),
        "warm_mb_per_s": round(size / statistics.median(w for _, w in warm), 2),
        "ratio_cold": round(timed[0][0] / timed[0][1], 2),
        "ratio_warm": round(statistics.median(h / w for h, w in warm), 2),
    }


def start() -> dict[str, dict[str, float]]:
    """Seconds to the first tokens and peak resident megabytes, each in an interpreter of its own."""
    found = {}
    for name, code in STARTS.items():
        output = subprocess.run(
            [sys.executable, "-c", START.format(code=code)], capture_output=True, text=True, check=True
        )
        took, memory = map(float, output.stdout.split())
        found[name] = {"first_tokens_s": round(took, 2), "resident_mb": round(memory)}
    return found


def treebank(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Sentences of a CoNLL-U file with their surface words and lemmas."""
    text, words, inside = "", [], range(0)
    for line in path.read_text("utf8").splitlines():
        cells = line.split("\t")
        if line.startswith("# text = "):
            text, words, inside = line[9:], [], range(0)
        elif len(cells) == 10 and "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            inside = range(first, last + 1)
            words.append((cells[1], "_"))
        elif len(cells) == 10 and cells[0].isdigit() and int(cells[0]) not in inside:
            words.append((cells[1], cells[2]))
        elif not line and text:
            yield text, words
            text = ""


def placed(text: str, words: list[tuple[str, str]]) -> list[tuple[int, int, str, str]]:
    """Offsets of the words of a treebank in its text."""
    at, found = 0, []
    for word, lemma in words:
        start_ = text.index(word, at)
        at = start_ + len(word)
        found.append((start_, at, word, lemma))
    return found


def f1(gold: set[tuple[int, int]], found: set[tuple[int, int]]) -> float:
    """Harmonic mean of precision and recall of spans."""
    return 2 * len(gold & found) / max(1, len(gold) + len(found))


def quality(path: Path) -> dict[str, float]:
    """Word and sentence F1 as typed; lemma accuracy of words with a half-space where all half-spaces are lost."""
    from workbench.text import sentences, tokens

    gold_words: set[tuple[int, int]] = set()
    found_words: set[tuple[int, int]] = set()
    gold_sentences: set[tuple[int, int]] = set()
    texts: list[str] = []
    right = asked = base = 0
    for text, words in treebank(path):
        spans = placed(text, words)
        gold_words |= {(base + start_, base + end) for start_, end, _, _ in spans}
        found_words |= {(base + token.start, base + token.end) for token in tokens(text)}
        gold_sentences.add((base, base + len(text)))
        base += len(text) + 1
        texts.append(text)
        glued = {(token.start, token.end): token.lemma for token in tokens(text.replace(ZWNJ, ""))}
        place = [0]
        for letter in text:
            place.append(place[-1] + (letter != ZWNJ))
        for start_, end, word, lemma in spans:
            if ZWNJ in word and lemma != "_":
                asked += 1
                right += glued.get((place[start_], place[end]), "").translate(FOLD) == lemma.translate(FOLD)
    found_sentences = {(span.start, span.end) for span in sentences(" ".join(texts))}
    return {
        "word_f1": round(f1(gold_words, found_words), 4),
        "sentence_f1": round(f1(gold_sentences, found_sentences), 4),
        "lemma_accuracy_glued": round(right / max(1, asked), 4),
    }


def restorers() -> dict[str, Callable[[str], str]]:
    """What puts half-spaces back, of what is installed."""
    from workbench.text import normalize

    found: dict[str, Callable[[str], str]] = {"workbench": lambda text: normalize(text).text}
    if importlib.util.find_spec("hazm"):
        import hazm

        found["hazm"] = hazm.Normalizer().normalize
    if importlib.util.find_spec("rishe"):
        import rishe

        found["rishe"] = rishe.normalize
    if importlib.util.find_spec("shekar"):
        import shekar

        found["shekar"] = shekar.Normalizer().normalize
    if importlib.util.find_spec("parsivar"):
        import parsivar

        found["parsivar"] = parsivar.Normalizer().normalize
    return found


def half_spaces(path: Path, restore: Callable[[str], str]) -> float:
    """Strict F1 of the half-spaces of a treebank's text after all of them were deleted."""
    right = gold = found = 0
    for text, _ in treebank(path):
        wanted, given = _places(text), _places(restore(text.replace(ZWNJ, "")))
        right, gold, found = right + len(wanted & given), gold + len(wanted), found + len(given)
    return round(2 * right / max(1, gold + found), 4)


def _places(text: str) -> set[int]:
    """Half-spaces as the count of letters before each."""
    places, letters = set(), 0
    for letter in text.translate(FOLD | {ord(ZWNJ): ZWNJ}):
        if letter == ZWNJ:
            places.add(letters)
        elif letter.isalpha():
            letters += 1
    return places


def plot(figures: dict[str, dict[str, float]], path: Path) -> None:
    """Draw the half-space F1 of each library as bars."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 0.6 + 0.5 * len(figures)))
    names = list(figures)
    for offset, bank in enumerate(next(iter(figures.values()))):
        heights = [figures[name][bank] for name in names]
        places = [at + 0.38 * offset for at in range(len(names))]
        axes.barh(places, heights, 0.36, label=bank)
        for at, value in zip(places, heights, strict=True):
            axes.text(value, at, f" {value:.3f}", va="center", fontsize=8)
    axes.set_yticks([at + 0.19 for at in range(len(names))], names)
    axes.set_xlim(0, 1.1)
    axes.set_xlabel("F1 of half-spaces put back, all of them lost")
    axes.legend(fontsize=8, frameon=False, loc="lower right")
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    """Measure, print one JSON object, keep figures and plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--treebank", type=Path, nargs="*", default=[])
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    figures: dict[str, object] = {
        "date": time.strftime("%Y-%m-%d"),
        "start": start(),
        "speed": speed(articles(options.articles, options.megabytes), options.rounds),
        "quality": {path.stem: quality(path) for path in options.treebank},
    }
    if options.treebank:
        restored = {
            name: {path.stem: half_spaces(path, restore) for path in options.treebank}
            for name, restore in restorers().items()
        }
        figures["half_spaces_glued_strict_f1"] = restored
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            plot(restored, options.out / "text.svg")
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    if options.out:
        (options.out / "text.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    main()
