"""Which outlet an article is from, by the credit that opens it ('به گزارش خبرنگار مهر')."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from workbench.seeds import seed_path
from workbench.text import fold

_HEAD = 160


@cache
def _spellings() -> list[tuple[re.Pattern[str], str]]:
    rows = tomllib.loads(seed_path("outlets.toml").read_text("utf8"))["outlets"]
    return [
        (re.compile(rf"(?:^|\W)(?:گزارش|نقل از|خبرنگار|خبرگزاری)\b[^.:]{{0,60}}?\b{re.escape(fold(spelling))}\b"), name)
        for name, spellings in rows.items()
        for spelling in spellings
    ]


def outlet_of(text: str) -> str | None:
    """Return the outlet that the head of a text credits; None when it names none."""
    head = fold(text[:_HEAD])
    return next((name for pattern, name in _spellings() if pattern.search(head)), None)
