"""Where numbers come from: what every shared file carries so that they can be made again."""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape, unescape
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import pandas as pd

from workbench import __version__
from workbench.selection import Selection
from workbench.types import STANCES

_PACKAGES = ("hazm", "matplotlib", "numpy", "pandas", "pyarrow", "scikit-learn", "scipy", "trafilatura")
_AT_ONCE = 4096
_IN_HTML = re.compile(r'<pre class="wb-provenance"[^>]*>(.*?)</pre>', re.DOTALL)


def fingerprint(articles: pd.DataFrame) -> str:
    """Return the SHA-256 of the ids and texts of a corpus, in order: of their UTF-8 one after the other, and their lengths."""
    digest = hashlib.sha256()
    for column in ("article_id", "text"):
        lengths = [np.zeros(0, dtype="<i8")]
        for first in range(0, len(articles), _AT_ONCE):
            written, counted = _utf8(articles[column].iloc[first : first + _AT_ONCE])
            digest.update(written)
            lengths.append(counted)
        digest.update(np.concatenate(lengths).astype("<i8").tobytes())
    return digest.hexdigest()


def _utf8(texts: pd.Series[str]) -> tuple[Any, Any]:
    """The texts' bytes one after the other, and how many each has; as they lie in memory where Arrow holds them."""
    import pyarrow as pa  # a tenth of a second that other commands need not pay

    try:
        held: Any = pa.array(texts, type=pa.large_string(), from_pandas=True)
    except (pa.ArrowInvalid, UnicodeEncodeError):  # half a surrogate pair, which UTF-8 proper has no place for
        written = [text.encode("utf-8", "surrogatepass") for text in texts]
        return b"".join(written), np.array([len(one) for one in written], dtype="<i8")
    held = held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held
    edges = np.frombuffer(held.buffers()[1], dtype=np.int64)[held.offset : held.offset + len(held) + 1]
    data = memoryview(held.buffers()[2]) if held.buffers()[2] is not None else memoryview(b"")
    return data[edges[0] : edges[-1]], np.diff(edges)


def figures(rows: pd.DataFrame) -> dict[str, Any]:
    """Return what must come out the same: how many stances, by target and stance, and a digest of each single one.

    Parameters
    ----------
    rows : DataFrame
        Selected rows of a stances table.
    """
    counts: dict[str, dict[str, int]] = {}
    found: Any = rows.groupby(["target", "stance"], observed=True).size()
    for (target, stance), n in found.items():
        counts.setdefault(str(target), dict.fromkeys(map(str, STANCES), 0))[str(stance)] = int(n)
    return {
        "stances": len(rows),
        "articles": int(rows["article_id"].nunique()),
        "counts": counts,
        "digest": _digest(rows),
    }


def _digest(rows: pd.DataFrame) -> str:
    """A digest of every stance, whatever order they come in: the names in order, then each row by their numbers."""
    numbers, names = [], []
    for column in ("article_id", "target", "stance", "holder"):
        values = rows[column]
        codes, found = pd.factorize(values.astype(object) if values.dtype != "category" else values)
        texts = [str(one) for one in found]
        order = sorted(range(len(texts)), key=texts.__getitem__)
        rank = np.full(len(found) + 1, -1, dtype=np.int64)
        rank[order] = np.arange(len(found))
        numbers.append(rank[codes])
        names.append([texts[place] for place in order])
    article, target, stance, holder = numbers
    start, end = (rows[column].to_numpy(dtype=np.int64) for column in ("start", "end"))
    table = np.stack([article, start, end, target, stance, holder], axis=1)[np.lexsort((target, start, article))]
    written = json.dumps(names).encode() + np.ascontiguousarray(table, dtype="<i8").tobytes()
    return hashlib.sha256(written).hexdigest()


def provenance(
    articles: pd.DataFrame,
    stances: pd.DataFrame,
    selection: Selection,
    rows: pd.DataFrame,
    *,
    corpus_hash: str | None = None,
    scores: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Describe where the numbers of a selection come from.

    Parameters
    ----------
    articles, stances : DataFrame
        The whole tables; ``articles.attrs["source"]`` says what they were loaded from.
    selection : Selection
    rows : DataFrame
        The selected rows of `stances`.
    corpus_hash : str, optional
        As `fingerprint` gives it, when it is known already.
    scores : dict, optional
        What `workbench.evaluate` said of the classifier; None is written down as not measured.
    """
    source = articles.attrs.get("source")
    return {
        "made_by": f"stance-workbench {__version__}",
        "date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "corpus": {"source": source, "sha256": corpus_hash or fingerprint(articles), "articles": len(articles)},
        "classifier": {
            "name": selection.classifier,
            "version": sorted({str(one) for one in stances["classifier"].unique()}),
            "targets": sorted({str(one) for one in stances["target"].unique()}),
            "stances": len(stances),
            "scores": scores,
        },
        "selection": json.loads(selection.to_text()),
        "figures": figures(rows),
        "packages": {"python": platform.python_version(), **dict(_versions())},
    }


def to_html(record: dict[str, Any], title: str) -> str:
    """Fold a provenance away under a line of HTML."""
    text = escape(json.dumps(record, ensure_ascii=False, indent=1), quote=False)
    return f'<details class="meta"><summary>{escape(title)}</summary><pre class="wb-provenance" dir="ltr" tabindex="0">{text}</pre></details>'


def from_html(text: str) -> list[dict[str, Any]]:
    """Return every provenance that a page holds."""
    return [json.loads(unescape(found)) for found in _IN_HTML.findall(text)]


def _versions() -> Iterable[tuple[str, str]]:
    for package in _PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            continue
