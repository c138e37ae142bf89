"""Who stands how to whom, as rows that join with event data: holder, target, stance, and the quad class of the act named.

Event data (PLOVER, CAMEO) sorts what one actor does to another into four: verbal and material cooperation, verbal and material
conflict. A stance is no event, but where the words that decided it name an act of the holder toward the target, its class is that
of the act: words of praise, support and ties are verbal, deeds are material.

References
----------
Open Event Data Alliance (2018), PLOVER codebook; Schrodt (2012), CAMEO codebook, quad classes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

from workbench.stance.rules.lexicon import find_hits
from workbench.targets import states
from workbench.text import tokens
from workbench.types import Stance

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""Quad classes 1 to 4, in the order of PLOVER."""


def dyads(articles: pd.DataFrame, stances: pd.DataFrame) -> pd.DataFrame:
    """List every stance of a state toward a target.

    Parameters
    ----------
    articles : DataFrame
        The articles table, for the words of the evidence and the dates.
    stances : DataFrame
        The stances table.

    Returns
    -------
    DataFrame
        One row per stance that a state holds: ``article_id``, ``sentence``, ``outlet``, ``published``, ``source`` (ISO code of the
        holder), ``target``, ``stance`` and ``quad`` (one of `QUADS`; null where the evidence names no act).
    """
    held = stances[(stances["stance"] != Stance.NEUTRAL) & stances["holder"].isin(states())]
    about = articles.set_index("article_id")[["text", "outlet", "published"]]
    joined = held.join(about, on="article_id")
    quads = [
        quad_of(_words(text, evidence), stance)
        for text, evidence, stance in zip(joined["text"], joined["evidence"], joined["stance"], strict=True)
    ]
    columns = ["article_id", "sentence", "outlet", "published", "holder", "target", "stance"]
    table = joined[columns].rename(columns={"holder": "source"}).reset_index(drop=True)
    return table.assign(quad=pd.Series(quads, dtype="object"))


def dyad_counts(table: pd.DataFrame, by: Iterable[str] = ()) -> pd.DataFrame:
    """Count dyads.

    Parameters
    ----------
    table : DataFrame
        As `dyads` returns it.
    by : iterable of str
        Further columns to count by, such as ``outlet``.

    Returns
    -------
    DataFrame
        One row per source and target (and `by`): ``favor``, ``against``, the four quad classes, and ``articles``.
    """
    keys = [*by, "source", "target"]
    if table.empty:
        return pd.DataFrame(columns=[*keys, "favor", "against", *QUADS, "articles"])
    marked = table.assign(
        **{stance: table["stance"].eq(stance) for stance in ("favor", "against")},
        **{quad: table["quad"].eq(quad) for quad in QUADS},
    )
    counts = marked.groupby(keys, dropna=False)[["favor", "against", *QUADS]].sum()
    return counts.assign(articles=table.groupby(keys, dropna=False)["article_id"].nunique()).reset_index()


@lru_cache(maxsize=1 << 16)
def quad_of(words: tuple[str, ...], stance: str) -> str | None:
    """Class of the act that the deciding words name.

    Parameters
    ----------
    words : tuple of str
        The raw words of each piece of evidence.
    stance : str
        ``favor`` or ``against``.
    """
    sign = 1 if stance == Stance.FAVOR else -1
    kinds = {
        entry.applies_to
        for text in words
        for hit in find_hits(tokens(text))
        for entry in hit.entries
        if sign in entry.frame.values()
    }
    if not kinds & {"act", "diplomacy"}:
        return None
    material = "act" in kinds
    return QUADS[(0 if sign > 0 else 2) + material]


def _words(text: str, evidence: Any) -> tuple[str, ...]:
    return tuple(text[span["start"] : span["end"]] for span in evidence)
