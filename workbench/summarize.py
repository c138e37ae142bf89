"""Stances to counts: shares with intervals by target, time and outlet, and the holder-by-target matrix.

Every function takes the stances table joined with its articles (`joined`), so that one selection feeds all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from workbench.dates import jalali_month
from workbench.statistics import wilson
from workbench.types import STANCES


def joined(stances: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Join stances with outlet, title and date of their articles.

    Adds ``jalali_month``, ``jalali_quarter`` ('1403-2' is the summer of 1403) and ``month``.

    Returns
    -------
    DataFrame
        One row per stance, categories where values repeat.
    """
    facts = articles[["article_id", "outlet", "title", "published"]].copy()
    known = facts["published"].notna()
    facts["jalali_month"] = None
    facts.loc[known, "jalali_month"] = facts.loc[known, "published"].map(jalali_month)
    facts["jalali_quarter"] = facts["jalali_month"].map(_quarter, na_action="ignore")
    facts["month"] = facts["published"].dt.strftime("%Y-%m")
    table = stances.merge(facts, on="article_id", how="left")
    for column in ("target", "stance", "holder", "voice", "outlet", "jalali_month", "jalali_quarter", "month"):
        table[column] = table[column].astype("category")
    return table


def _quarter(month: str) -> str:
    return f"{month[:4]}-{(int(month[5:]) - 1) // 3 + 1}"


def shares(table: pd.DataFrame, by: str | Sequence[str] = "target") -> pd.DataFrame:
    """Count each stance and give its share with a 95 % interval.

    Parameters
    ----------
    table : DataFrame
        As `joined` gives it, or a selection of it.
    by : str or sequence of str
        Columns to group by.

    Returns
    -------
    DataFrame
        Columns `by`, ``stance``, ``n`` (of that stance), ``total``, ``share``, ``low``, ``high``; groups without any row
        are left out.
    """
    keys = [by] if isinstance(by, str) else list(by)
    wide = table.groupby([*keys, "stance"], observed=True).size().unstack("stance", fill_value=0)
    wide.columns = pd.Index([str(column) for column in wide.columns], name="stance")
    counts = wide.reindex(columns=[str(stance) for stance in STANCES], fill_value=0)
    totals = counts.sum(axis=1)
    stacked: Any = counts.stack()
    rows: pd.DataFrame = stacked.rename("n").reset_index()
    rows["total"] = np.repeat(totals.to_numpy(dtype=int), len(STANCES))
    rows["share"] = rows["n"] / rows["total"]
    rows["low"], rows["high"] = wilson(rows["n"], rows["total"])
    return rows


def matrix(table: pd.DataFrame) -> pd.DataFrame:
    """Tabulate who speaks how of whom.

    Returns
    -------
    DataFrame
        One row per holder and target with ``favor``, ``against`` (counts) and ``net``, (favor - against) / (favor + against).
    """
    held = table[table["stance"] != "neutral"]
    counts: Any = held.groupby(["holder", "target", "stance"], observed=True).size().unstack("stance", fill_value=0)
    counts.columns = [str(column) for column in counts.columns]
    counts = counts.reindex(columns=["favor", "against"], fill_value=0).reset_index()
    counts["net"] = (counts["favor"] - counts["against"]) / (counts["favor"] + counts["against"])
    return pd.DataFrame(counts)
