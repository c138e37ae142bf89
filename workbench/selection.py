"""A selection of stances as plain data, with a text form that restores it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

FACETS = {"targets": "target", "stances": "stance", "holders": "holder", "outlets": "outlet", "voices": "voice"}
"""Field of a selection to the column that it narrows."""
NOBODY = "none"
"""How a selection names stances without a holder."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which stances are shown. An empty tuple or string selects all.

    Attributes
    ----------
    outlets, targets, stances, holders, voices : tuple of str
    since, until : str
        ISO dates, both included, days of Tehran.
    words : str
        Words that the sentence holds, in this order; letter variants and half-spaces do not matter, ``*`` leaves an end
        open, ``|`` parts alternatives.
    confidence : float
        Least probability of the stance.
    classifier : str
        Its name, and its options in parentheses where they are not the default.
    """

    outlets: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    words: str = ""
    confidence: float = 0.0
    classifier: str = "rules"

    def __post_init__(self) -> None:
        for name in FACETS:
            value = getattr(self, name)
            if not isinstance(value, tuple) or not all(isinstance(one, str) for one in value):
                raise ValueError(f"selection: {name} is {value!r}; expected names")
        for name in ("since", "until"):
            _check_day(name, getattr(self, name))
        for name in ("words", "classifier"):
            if not isinstance(getattr(self, name), str):
                raise ValueError(f"selection: {name} is {getattr(self, name)!r}; expected a text")
        if isinstance(self.confidence, bool) or not isinstance(self.confidence, int | float):
            raise ValueError(f"selection: confidence is {self.confidence!r}; expected a number from 0 to 1")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"selection: confidence is {self.confidence!r}; expected a number from 0 to 1")

    def to_text(self) -> str:
        """Return a short JSON text that holds what differs from the default."""
        default = asdict(Selection())
        return json.dumps(
            {key: value for key, value in asdict(self).items() if value != default[key]}, ensure_ascii=False
        )

    @classmethod
    def from_text(cls, text: str) -> Selection:
        """Read a selection's text form.

        Raises
        ------
        ValueError
            It is no JSON object, names what no selection has, or a value is not what the name stands for.
        """
        row: Any = json.loads(text or "{}")
        known = {field.name for field in fields(cls)}
        if not isinstance(row, dict) or not set(row) <= known:
            raise ValueError(f"selection {text!r}: expected an object with {', '.join(sorted(known))}")
        given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        return cls(**given)

    def to_code(self) -> str:
        """Return the pandas lines that give the selected rows out of ``articles`` and ``stances``."""
        lines = ["from workbench import summarize", "", "rows = summarize.joined(stances, articles)"]
        for field, column in FACETS.items():
            values = list(getattr(self, field))
            if not values:
                continue
            mask = f"rows[{column!r}].isin({[value for value in values if value != NOBODY]!r})"
            if NOBODY in values:
                mask += f" | rows[{column!r}].isna()"
            lines.append(f"rows = rows[{mask}]")
        if self.since:
            lines.append(f"rows = rows[rows['day'] >= {self.since!r}]")
        if self.until:
            lines.append(f"rows = rows[rows['day'] <= {self.until!r}]")
        if self.confidence:
            lines.append(f"rows = rows[rows[['p_favor', 'p_neutral', 'p_against']].max(axis=1) >= {self.confidence!r}]")
        if self.words.strip():
            lines.append(f"rows = rows[summarize.holding(rows, articles, {self.words!r})]")
        return "\n".join([*lines, "summarize.shares(rows)"])


def _check_day(name: str, value: str) -> None:
    try:
        if value:
            date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"selection: {name} is {value!r}; expected a day such as 2024-03-20") from error
