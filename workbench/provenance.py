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

import pandas as pd

from workbench import __version__
from workbench.selection import Selection
from workbench.types import STANCES

_PACKAGES = ("hazm", "matplotlib", "numpy", "pandas", "pyarrow", "scikit-learn", "scipy", "trafilatura")
_IN_HTML = re.compile(r'<pre class="wb-provenance"[^>]*>(.*?)</pre>', re.DOTALL)


def fingerprint(articles: pd.DataFrame) -> str:
    """Return the SHA-256 of the ids and texts of a corpus, in order."""
    digest = hashlib.sha256()
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        digest.update(f"{article_id}\x1f{text}\x1e".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


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
    holders = rows["holder"].astype(object).where(rows["holder"].notna(), "")
    lines = sorted(
        f"{a}\x1f{s}\x1f{e}\x1f{t}\x1f{k}\x1f{h}"
        for a, s, e, t, k, h in zip(
            rows["article_id"], rows["start"], rows["end"], rows["target"], rows["stance"], holders, strict=True
        )
    )
    return {
        "stances": len(rows),
        "articles": int(rows["article_id"].nunique()),
        "counts": counts,
        "digest": hashlib.sha256("\x1e".join(lines).encode("utf-8", "surrogatepass")).hexdigest(),
    }


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
