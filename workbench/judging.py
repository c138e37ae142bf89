"""Articles to stances: read each article, judge each passage, list what could not be judged."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from workbench import corpus, frames
from workbench.reading import passages, read
from workbench.stance import classifier as find_classifier
from workbench.targets import DEFAULT_TARGETS
from workbench.types import Article, Judgement, Reject, StanceClassifier

# Enough passages for a vectorised classifier to be worth its call, few enough to keep memory flat.
_ARTICLES_PER_CALL = 64


def judge(
    articles: pd.DataFrame | str | Path,
    classifier: str | Any = "rules",
    targets: Sequence[str] = DEFAULT_TARGETS,
    *,
    on_reject: Callable[[Reject], None] | None = None,
) -> pd.DataFrame:
    """Judge every sentence of `articles` toward every target that it mentions.

    Parameters
    ----------
    articles : DataFrame or source
        An articles table, or anything that `workbench.load` takes.
    classifier : str or estimator or path, default "rules"
        A name of the table of classifiers, a fitted one, or the path of a saved one.
    targets : sequence of str
        ISO 3166-1 alpha-2 codes.
    on_reject : callable, optional
        Called with each article that could not be judged. Without it, such an article raises.

    Returns
    -------
    DataFrame
        The stances table: one row per article, sentence and target with a mention.

    Raises
    ------
    UnknownNameError
        No such classifier or target.
    """
    table = articles if isinstance(articles, pd.DataFrame) else corpus.load(articles)
    records = frames.articles_of(frames.check_articles(table))
    with uncollected():
        return frames.stances_frame(judgements(records, find_classifier(classifier), targets, on_reject))


def judgements(
    articles: Iterable[Article],
    classifier: StanceClassifier,
    targets: Sequence[str] = DEFAULT_TARGETS,
    on_reject: Callable[[Reject], None] | None = None,
) -> Iterator[Judgement]:
    """Yield the judgements of a stream of articles, in reading order; a corpus larger than memory is fine.

    Parameters
    ----------
    articles : iterable of Article
    classifier : StanceClassifier
    targets : sequence of str
    on_reject : callable, optional
        As in `judge`.
    """
    for batch in itertools.batched(articles, _ARTICLES_PER_CALL):
        try:
            found = classifier.judge(
                [passage for article in batch for passage in passages(read(article, targets), targets)]
            )
        except Exception:
            if on_reject is None:
                raise
            found = _one_by_one(batch, classifier, targets, on_reject)
        yield from found


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector of reference cycles back while articles are judged.

    An article leaves tens of thousands of small objects and no cycles; looking for cycles among them takes a fifth of the
    time. What there is after all is collected at the end.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect(0)


def _one_by_one(
    batch: Sequence[Article],
    classifier: StanceClassifier,
    targets: Sequence[str],
    on_reject: Callable[[Reject], None],
) -> list[Judgement]:
    """Judge what can be judged of a batch that failed as a whole: one bad article must not cost the others."""
    found: list[Judgement] = []
    for article in batch:
        try:
            found += classifier.judge(passages(read(article, targets), targets))
        except Exception as error:
            on_reject(Reject(article.url or article.article_id, f"{type(error).__name__}: {error}", article.article_id))
    return found
