"""Wire copy, near copies and repeated headlines: found and grouped, never removed.

Texts are compared by the Jaccard similarity of their sets of word triples under matching keys, estimated by MinHash
(Broder 1997; sketches by datasketch). Candidates share a band of their sketches; the bands are compared by sorting and not in
hash tables, so that a million articles need half a gigabyte.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.types import Article
from workbench.words import words

THRESHOLD = 0.6
COLUMNS = ("group", "kind", "article_id", "similarity", "representative", "outlet", "title", "published")
_SHINGLE = 3
_PERMUTATIONS = 128
_BAND = 4  # rows: at a similarity of .6 all 32 bands miss once in eighty
_NEVER = pd.Timestamp.max.tz_localize("UTC")
_HEADLINE = 4  # words: a shorter headline says too little


@dataclass(frozen=True, slots=True)
class _Head:
    """What the table tells of an article, without its text."""

    article_id: str
    outlet: str | None
    title: str | None
    published: pd.Timestamp | None


def find_duplicates(articles: Iterable[Article], threshold: float = THRESHOLD) -> pd.DataFrame:
    """Group articles that say the same.

    Parameters
    ----------
    articles : iterable of Article
        Read once; texts are not kept.
    threshold : float
        Least estimated similarity, from 0 to 1, of a near copy to another member of its group.

    Returns
    -------
    DataFrame
        One row for each article that is in a group of two or more, groups in the order of their first article:
        ``kind`` is ``same text`` (equal under matching keys to the representative), ``near copy`` or ``same headline``
        (groups of their own, for articles whose headlines are equal and whose texts are not near). ``similarity`` is that to
        the ``representative``, the earliest article of the group. An article may be in one group of texts and one of
        headlines.
    """
    heads: list[_Head] = []
    sketches: list[NDArray[np.uint64]] = []
    text_of: list[int] = []  # article to distinct text
    texts: dict[bytes, int] = {}
    headlines: dict[str, list[int]] = {}
    for article in articles:
        found = words(article.text)
        digest = hashlib.blake2b(" ".join(found).encode(), digest_size=16).digest()
        if digest not in texts:
            texts[digest] = len(texts)
            sketches.append(_sketch(found))
        title = words(article.title or "")
        if len(title) >= _HEADLINE:
            headlines.setdefault(" ".join(title), []).append(len(heads))
        text_of.append(texts[digest])
        moment = None if article.published is None else pd.Timestamp(article.published)
        heads.append(_Head(article.article_id, article.outlet, article.title, moment))
    if not heads:
        return pd.DataFrame(columns=list(COLUMNS))
    matrix = np.stack(sketches)
    labels = _groups(matrix, threshold)[np.array(text_of)]
    by_text = _members(labels)
    by_headline = [
        [found[0], *(at for at in found[1:] if labels[at] != labels[found[0]])] for found in headlines.values()
    ]
    rows: list[tuple[object, ...]] = []
    number = -1
    for kind, groups in (("near copy", by_text), ("same headline", by_headline)):
        for members in sorted(group for group in groups if len(group) > 1):
            first = min(members, key=lambda at: (heads[at].published or _NEVER, at))
            number += 1
            for at in sorted(members, key=lambda at: (at != first, at)):
                same = text_of[at] == text_of[first]
                likeness = float(np.mean(matrix[text_of[at]] == matrix[text_of[first]]))
                head = heads[at]
                what = "same text" if same and kind == "near copy" and at != first else kind
                rows.append(
                    (
                        number,
                        what,
                        head.article_id,
                        likeness,
                        heads[first].article_id,
                        head.outlet,
                        head.title,
                        head.published,
                    )
                )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"group": "int64", "published": "datetime64[us, UTC]"})


def one_per_group(stances: pd.DataFrame, duplicates: pd.DataFrame) -> pd.DataFrame:
    """Return the stances of one article for each group of copies: what counts per group and not per article need.

    Parameters
    ----------
    stances : DataFrame
        Any table with ``article_id``.
    duplicates : DataFrame
        As `find_duplicates` gives it; same headlines are no copies, and stay.
    """
    copies = duplicates[duplicates["kind"] != "same headline"]
    others = copies.loc[copies["article_id"] != copies["representative"], "article_id"]
    return stances[~stances["article_id"].isin(others)].reset_index(drop=True)


def _groups(matrix: NDArray[np.uint64], threshold: float) -> NDArray[np.int64]:
    """Label each sketch with its group: those that similar ones link."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    count = len(matrix)
    left: list[NDArray[np.int64]] = []
    right: list[NDArray[np.int64]] = []
    for start in range(0, _PERMUTATIONS, _BAND):
        mixed = np.zeros(count, dtype=np.uint64)
        for column in range(start, start + _BAND):
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + matrix[:, column]
        order = np.argsort(mixed, kind="stable")
        same = mixed[order][1:] == mixed[order][:-1]
        begins = np.maximum.accumulate(np.where(np.concatenate([[True], ~same]), np.arange(count), 0))
        # Each member of a bucket with the one before it and with the first: enough to link them, and never all pairs.
        for other in (order[:-1][same], order[begins][1:][same]):
            a, b = other, order[1:][same]
            near = np.fromiter(
                (np.mean(matrix[x] == matrix[y]) >= threshold for x, y in zip(a, b, strict=True)), bool, len(a)
            )
            left.append(a[near])
            right.append(b[near])
    pairs = np.concatenate(left), np.concatenate(right)
    links = coo_matrix((np.ones(len(pairs[0]), dtype=bool), pairs), shape=(count, count))
    labels: NDArray[np.int64] = connected_components(links, directed=False)[1].astype(np.int64)
    return labels


def _members(labels: NDArray[np.int64]) -> list[list[int]]:
    order = np.argsort(labels, kind="stable")
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    return [part.tolist() for part in np.split(order, cuts) if len(part) > 1]


def _sketch(found: list[str]) -> NDArray[np.uint64]:
    from datasketch import MinHash

    size = min(_SHINGLE, max(len(found), 1))
    sketch = MinHash(_PERMUTATIONS, hashfunc=zlib.crc32)
    sketch.update_batch([" ".join(found[at : at + size]).encode() for at in range(len(found) - size + 1)] or [b""])
    values: NDArray[np.uint64] = sketch.hashvalues.astype(np.uint64)
    return values
