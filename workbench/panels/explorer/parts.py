"""Pieces of HTML that the explorer's tabs share; what a piece does when chosen is a command in ``data-do``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from workbench.labels import Language, number, say
from workbench.plots import Picture
from workbench.render import safe


def does(**command: Any) -> str:
    """Return the attribute that carries a command."""
    return f'data-do="{escape(json.dumps(command, ensure_ascii=False))}"'


def button(label: str, key: str, css: str = "", *, disabled: bool = False, **command: Any) -> str:
    """A button whose focus survives its being drawn again under the same key; `label` is HTML."""
    off = " disabled" if disabled else ""
    return f'<button type="button" class="{css}" data-key="{escape(key)}" {does(**command)}{off}>{label}</button>'


def figure(picture: Picture, key: str, live: bool, note: str = "") -> str:
    """A picture with what has to be said below it."""
    caption = f"<figcaption class='meta'>{note}</figcaption>" if note else ""
    return f'<figure class="wb-figure">{picture.live(key) if live else picture.still()}{caption}</figure>'


def nothing(language: Language, key: str = "nothing") -> str:
    """What stands where there is nothing to show."""
    return f'<p class="meta wb-nothing">{say(key, language)}</p>'


def choices(label: str, name: str, options: Sequence[tuple[str, str]], chosen: str) -> str:
    """A row of buttons of which one is pressed."""
    made = "".join(
        f'<button type="button" data-key="{name}-{value}" aria-pressed="{str(value == chosen).lower()}" '
        f"{does(set={name: value})}>{safe(text)}</button>"
        for value, text in options
    )
    return f'<div class="wb-choices" role="group" aria-label="{safe(label)}"><span class="meta">{safe(label)}</span>{made}</div>'


def pager(page: int, size: int, total: int, language: Language) -> str:
    """Buttons to the pages before and after, and where one stands."""
    last = max(0, (total - 1) // size)
    where = f"{number(min(total, page * size + 1), language)}–{number(min(total, (page + 1) * size), language)} {say('of', language)} {number(total, language)}"
    return (
        f'<nav class="wb-pager" aria-label="{say("page", language)}">'
        f"{button(say('previous', language), 'page-before', disabled=page <= 0, page=page - 1)}"
        f"{button(say('next', language), 'page-after', disabled=page >= last, page=page + 1)}"
        f'<span class="meta figures"><bdi>{where}</bdi></span></nav>'
    )
