"""Stances to counts: shares with intervals by target, time and outlet, and the holder-by-target matrix.

Every table here comes from the same few sums over articles, whether it starts from a data frame (`joined`) or from
`Columns` and a mask.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.columns import PERIODS, Calendar, Columns, Mask
from workbench.statistics import clustered
from workbench.types import STANCES
from workbench.wordindex import WordIndex, sentence_numbers

_MOST_PERIODS = 40
# With fewer stances a period than this a picture would show chance.
_LEAST_IN_PERIOD = 15
_STANCES = [str(stance) for stance in STANCES]


def joined(stances: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Join stances with outlet, title and date of their articles.

    Adds ``day`` (in Tehran, ISO) and the periods of `PERIODS`, such as ``jalali_month`` ('1403-05'), ``jalali_quarter``
    ('1403-2' is the summer of 1403), ``week`` (its first day) and ``year``.

    Returns
    -------
    DataFrame
        One row per stance, categories where values repeat.
    """
    facts = articles[["article_id", "outlet", "title", "published"]].copy()
    calendar = Calendar.of(articles["published"])
    days = pd.Series(np.datetime_as_string(calendar.days), index=facts.index)
    facts["day"] = days.where(days != "NaT", None)
    for period in PERIODS:
        names, codes = calendar.period(period)
        facts[period] = pd.Categorical.from_codes(codes, pd.Index(names, dtype=object))
    table = stances.merge(facts, on="article_id", how="left")
    for column in ("target", "stance", "holder", "voice", "outlet"):
        table[column] = table[column].astype("category")
    return table


def holding(rows: pd.DataFrame, articles: pd.DataFrame, query: str) -> Mask:
    """Return which rows' sentences hold a query; letter variants and half-spaces do not matter."""
    texts = articles.set_index("article_id")["text"]
    article = pd.factorize(rows["article_id"])[0]
    first, number = sentence_numbers(article, rows["start"].to_numpy())
    some = rows.iloc[first]
    index = WordIndex.of(
        texts[one][start:end] for one, start, end in zip(some["article_id"], some["start"], some["end"], strict=True)
    )
    assert index is not None  # noqa: S101 - only a caller's own progress can give it up
    return index.holding(query)[number]


def shares(table: pd.DataFrame, by: str | Sequence[str] = "target") -> pd.DataFrame:
    """Count each stance and give its share with a 95 % interval in which sentences of one article hang together.

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
    table = table.dropna(subset=keys)
    groups = table.groupby(keys, observed=True, sort=True)
    group = groups.ngroup().to_numpy()
    names = table.iloc[np.unique(group, return_index=True)[1]][keys]
    article = pd.factorize(table["article_id"])[0]
    stance = pd.Categorical(table["stance"], categories=_STANCES).codes
    cells, place = np.unique(article.astype(np.int64) * max(1, len(names)) + group, return_inverse=True)
    counts = np.bincount(place * 3 + stance, minlength=3 * len(cells)).reshape(-1, 3)
    return _shares(counts, cells % max(1, len(names)), names.reset_index(drop=True))


def shares_of(columns: Columns, mask: Mask, by: str = "") -> pd.DataFrame:
    """Give the shares by target, and by a period or ``outlet`` besides; as `shares`, from codes.

    Parameters
    ----------
    columns : Columns
    mask : ndarray of bool
    by : str, optional
        ``outlet`` or one of `PERIODS`.
    """
    counts = columns.by_article(mask)
    targets = counts.shape[1]
    article, target = np.nonzero(counts.sum(axis=2))
    found = counts[article, target]
    if by == "outlet":
        names, codes = columns.names["outlet"], columns.outlet_of
    elif by:
        names, codes = columns.calendar.period(by)
    else:
        names, codes = [""], np.zeros(len(columns.outlet_of), dtype=np.int32)
    part = codes[article]
    known = part >= 0
    group = part[known].astype(np.int64) * targets + target[known]
    present, place = np.unique(group, return_inverse=True)
    labels = {"target": [columns.names["target"][value % targets] for value in present]}
    if by:
        labels[by] = [names[value // targets] for value in present]
    return _shares(found[known], place, pd.DataFrame(labels))


def fitting_period(columns: Columns, mask: Mask, prefix: str = "jalali_") -> str:
    """Return the finest of `PERIODS` of a calendar that a picture has room and the selection has stances for."""
    rows = columns.article[mask]
    for kind in ("week", "month", "quarter"):
        codes = columns.calendar.period(f"{prefix}{kind}")[1][rows]
        codes = codes[codes >= 0]
        periods = int(codes.max() - codes.min()) + 1 if len(codes) else 1
        if periods <= _MOST_PERIODS and len(codes) >= _LEAST_IN_PERIOD * periods:
            return f"{prefix}{kind}"
    return f"{prefix}year"


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
    return _net(counts.reindex(columns=["favor", "against"], fill_value=0).reset_index())


def matrix_of(columns: Columns, mask: Mask) -> pd.DataFrame:
    """Tabulate who speaks how of whom; as `matrix`, from codes."""
    holders, targets = len(columns.names["holder"]), max(1, len(columns.names["target"]))
    holder, stance = columns.codes["holder"][mask], columns.codes["stance"][mask]
    keep = holder >= 0
    cell = (holder[keep].astype(np.int64) * targets + columns.codes["target"][mask][keep]) * 3 + stance[keep]
    counts = np.bincount(cell, minlength=holders * targets * 3).reshape(holders, targets, 3)
    some, whom = np.nonzero(counts[:, :, 0] + counts[:, :, 2])
    return _net(
        pd.DataFrame(
            {
                "holder": [columns.names["holder"][value] for value in some],
                "target": [columns.names["target"][value] for value in whom],
                "favor": counts[some, whom, 0],
                "against": counts[some, whom, 2],
            }
        )
    )


def _net(counts: pd.DataFrame) -> pd.DataFrame:
    total = (counts["favor"] + counts["against"]).clip(lower=1)
    return counts.assign(net=(counts["favor"] - counts["against"]) / total)


def _shares(counts: NDArray[np.int64], group: NDArray[np.int64], names: pd.DataFrame) -> pd.DataFrame:
    """Sum cells of article and group, shape (cells, 3), into shares of each group."""
    groups = len(names)

    def total(values: NDArray[Any]) -> NDArray[np.float64]:
        return np.bincount(group, weights=values, minlength=groups)

    n = counts.sum(axis=1)
    trials, nn, clusters = total(n), total(n * n), np.bincount(group, minlength=groups)
    low, high = np.empty((groups, 3)), np.empty((groups, 3))
    found = np.empty((groups, 3))
    for stance in range(3):
        k = counts[:, stance]
        found[:, stance] = total(k)
        low[:, stance], high[:, stance] = clustered(
            found[:, stance], trials, (total(k * k), total(k * n), nn), clusters
        )
    rows = names.loc[np.repeat(np.arange(groups), 3)].reset_index(drop=True)
    totals = np.repeat(trials, 3)
    return rows.assign(
        stance=_STANCES * groups,
        n=found.ravel().astype(int),
        total=totals.astype(int),
        share=np.divide(found.ravel(), totals, out=np.zeros(groups * 3), where=totals > 0),
        low=low.ravel(),
        high=high.ravel(),
    )
