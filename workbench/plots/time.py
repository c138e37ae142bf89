"""Share in favour and against over time, a row for each target, with bands."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.dates import JALALI_MONTHS
from workbench.frames import each
from workbench.labels import Language, localized, name, number, percent, say
from workbench.plots.canvas import COLOURS, FAINT, MARKS, RULE, Canvas, Picture, legend

_WIDTH, _ROW, _EDGE, _LABEL, _HEAD = 640.0, 104.0, 44.0, 76.0, 20.0
_MOST_POINTS = 30
_SEASONS = {"fa": ("بهار", "تابستان", "پاییز", "زمستان"), "en": ("Q1", "Q2", "Q3", "Q4")}


def time_picture(rows: pd.DataFrame, period: str, names: list[str], language: Language = "fa") -> Picture:
    """Draw `summarize.shares` by target and a period; time runs from left to right.

    Parameters
    ----------
    rows : DataFrame
    period : str
        Column that holds the period.
    names : list of str
        All periods in order, so that a period without articles leaves its gap.
    language : {'fa', 'en'}
    """
    targets = list(dict.fromkeys(rows["target"]))
    rows = rows[rows["stance"] != "neutral"]
    shown = [label for label in names if label in set(rows[period])]
    if shown:
        names = names[names.index(shown[0]) : names.index(shown[-1]) + 1]
    place = {label: index for index, label in enumerate(names)}
    height = _HEAD + 30 + len(targets) * _ROW
    canvas = Canvas(_WIDTH, height)
    span = _WIDTH - _EDGE - _LABEL
    step = span / max(1, len(names))
    top_share = min(1.0, max(0.1, float(rows["share"].max() if len(rows) else 0) * 1.25))

    def x(index: float) -> float:
        return _EDGE + (index + 0.5) * step

    for number_, target in enumerate(targets):
        base = _HEAD + 8 + (number_ + 1) * _ROW - 16

        def y(share: float, base: float = base) -> float:
            return base - min(1.0, share / top_share) * (_ROW - 28)

        for tick in (0.0, top_share / 2, top_share):
            canvas.line([(_EDGE, y(tick)), (_WIDTH - _LABEL, y(tick))], RULE, 0.7)
            canvas.text(_EDGE - 6, y(tick), percent(tick, language), 8.5, FAINT, ha="right")
        canvas.text(_WIDTH - _LABEL + 10, base - (_ROW - 28) / 2, name(target, language), 11.5, ha="left")
        own = rows[rows["target"] == target]
        for stance in ("favor", "against"):
            _draw_line(canvas, own[own["stance"] == stance], period, place, x, y, stance, len(names))
        _make_hits(canvas, own, period, place, x, y, step, base, language)
    legend(canvas, _EDGE + 4, 10, language)
    every = max(1, -(-len(names) // 7))
    for index in range(0, len(names), every):
        canvas.text(x(index), height - 10, period_label(names[index], period, language), 8.5, FAINT, ha="center")
    return canvas.picture(say("figure_time", language))


def _draw_line(
    canvas: Canvas, line: pd.DataFrame, period: str, place: dict[str, int], x: Any, y: Any, stance: str, periods: int
) -> None:
    points = sorted((place[getattr(row, period)], row.share, row.low, row.high) for row in each(line))
    if not points:
        return
    canvas.area(
        [*((x(at), y(low)) for at, _, low, _ in points), *((x(at), y(high)) for at, _, _, high in reversed(points))],
        COLOURS[stance],
        0.14,
    )
    canvas.line([(x(at), y(share)) for at, share, _, _ in points], COLOURS[stance], 1.6)
    size = 6.5 if periods <= _MOST_POINTS else 3.5
    for at, share, _, _ in points:
        canvas.mark(x(at), y(share), MARKS[stance], COLOURS[stance], size)


def _make_hits(
    canvas: Canvas, own: pd.DataFrame, period: str, place: dict[str, int], x: Any, y: Any, step: float, base: float,
    language: Language,
) -> None:  # fmt: skip
    """A point chooses its period and stance; where points stand too close, a column chooses its period."""
    by: dict[str, list[Any]] = {}
    for row in each(own):
        by.setdefault(getattr(row, period), []).append(row)
    for label, found in sorted(by.items(), key=lambda item: place[item[0]]):
        middle = x(place[label])
        spoken = [
            f"{percent(row.share, language)} {name(row.stance, language)} ({number(row.n, language)} {say('of', language)} {number(row.total, language)})"
            for row in found
        ]
        head = f"{name(found[0].target, language)}، {period_label(label, period, language)}: "
        canvas.hit(
            middle - step / 2, base - (_ROW - 28), step, _ROW - 28, head + "، ".join(spoken),
            targets=[found[0].target], period=label,
        )  # fmt: skip
        if len(place) > _MOST_POINTS:
            continue
        for row, words in zip(found, spoken, strict=True):
            if row.n:
                canvas.hit(
                    middle - 8, y(row.share) - 8, 16, 16, head + words,
                    targets=[row.target], stances=[row.stance], period=label,
                )  # fmt: skip


def period_label(value: str, period: str, language: Language) -> str:
    """Write a period as people do: '1403-2' of ``jalali_quarter`` as 'تابستان ۱۴۰۳'."""
    if period.endswith("quarter"):
        year, _, quarter = value.partition("-")
        words = _SEASONS["fa"] if period.startswith("jalali") and language == "fa" else _SEASONS["en"]
        return f"{words[int(quarter) - 1]} {localized(year, language)}"
    if period == "jalali_month" and language == "fa":
        return f"{JALALI_MONTHS[int(value[5:]) - 1]} {localized(value[:4], language)}"
    if period == "jalali_week" and language == "fa":
        from workbench.labels import date

        return date(pd.Timestamp(value, tz="Asia/Tehran"), language)
    return localized(value, language)
