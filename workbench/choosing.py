"""What was typed, understood: a classifier with its options, a day."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pandas as pd

from workbench.dates import TEHRAN, parse_date
from workbench.judging import judge
from workbench.stance import classifier as find_classifier


def judge_of(which: str, targets: tuple[str, ...]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return a function from articles to stances, its classifier made once.

    Raises
    ------
    UnknownNameError
        No such classifier.
    ValueError
        Options that are no ``name=value``, or that the classifier does not have.
    """
    name, options = parse(which)
    made: Any = find_classifier(name)
    if options:
        known = set(made.get_params()) if hasattr(made, "get_params") else set()
        if not set(options) <= known:
            unknown = ", ".join(sorted(set(options) - known))
            raise ValueError(
                f"classifier {name!r} has no option {unknown}; it has {', '.join(sorted(known)) or 'none'}"
            )
        made.set_params(**options)
    return lambda articles: judge(articles, made, targets, on_reject=lambda _: None)


def iso_day(typed: str) -> str:
    """Return the ISO day of what was typed, Jalali or Gregorian, in any digits.

    Raises
    ------
    ValueError
        It is no date.
    """
    moment = parse_date(typed)
    if moment is None:
        raise ValueError(f"{typed!r} is no date; expected such as 1403/01/01 or 2024-03-20")
    return f"{moment.astimezone(TEHRAN):%Y-%m-%d}"


def parse(which: str) -> tuple[str, dict[str, Any]]:
    """Cut ``name(option=value, …)`` into a name and its options."""
    name, _, inside = which.partition("(")
    if not inside:
        return name.strip(), {}
    try:
        call: Any = ast.parse(f"f({inside}", mode="eval").body
        if call.args or any(word.arg is None for word in call.keywords):
            raise ValueError("expected name=value")
        return name.strip(), {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    except (SyntaxError, ValueError, AttributeError) as error:
        raise ValueError(
            f"options {inside.removesuffix(')')!r}: expected name=value, with commas between them"
        ) from error
