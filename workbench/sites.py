"""Where the parts of an article stand on an outlet's pages: the profiles of `seeds/sites/`, one TOML each."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from workbench.errors import SeedError
from workbench.seeds import seed_path

FIELDS = ("title", "rutitr", "lead", "body", "date", "tags", "category")
_COMMON = "common"
_KEYS = {"extends", "within", "url_date", "drop", "boilerplate", "domains", "fields"}


@dataclass(frozen=True, slots=True)
class Site:
    """How an outlet's pages are built.

    Attributes
    ----------
    name : str
        Name of the profile's file.
    domains : dict of str to str
        Domain to the outlet's name.
    within : tuple of str
        Selectors of the element that holds the article, best first; the whole page when none fits.
    fields : dict of str to tuple of str
        Part of an article (`FIELDS`) to selectors, best first; `@name` behind one takes an attribute.
    drop : tuple of str
        Selectors of what is no part of an article.
    boilerplate : tuple of Pattern
        Whole lines that say nothing of their own.
    url_date : Pattern or None
        Groups year, month and day (Jalali) in the address.
    """

    name: str
    domains: dict[str, str]
    within: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    drop: tuple[str, ...]
    boilerplate: tuple[re.Pattern[str], ...]
    url_date: re.Pattern[str] | None = None


@cache
def sites() -> tuple[Site, ...]:
    """Return all profiles.

    Raises
    ------
    SeedError
        A profile is malformed; the message names file and key.
    """
    names = sorted(path.stem for path in seed_path("sites").glob("*.toml"))
    return tuple(_site(name) for name in names if name != _COMMON)


def site_of_url(url: str | None) -> Site | None:
    """Return the profile for an address; None when no profile knows its domain."""
    known = _known(url)
    return None if known is None else known[0]


def outlet_of_url(url: str | None) -> str | None:
    """Return the outlet that publishes at an address, by the domains of the profiles."""
    known = _known(url)
    return None if known is None else known[1]


@cache
def _domains() -> dict[str, tuple[Site, str]]:
    return {domain: (site, outlet) for site in sites() for domain, outlet in site.domains.items()}


def _known(url: str | None) -> tuple[Site, str] | None:
    if not url or "." not in url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    parts = host.lower().rstrip(".").split(".")
    return next((known for at in range(len(parts) - 1) if (known := _domains().get(".".join(parts[at:])))), None)


def _site(name: str) -> Site:
    row = _row(name)
    chain = [row]
    while "extends" in chain[-1]:
        chain.append(_row(chain[-1]["extends"]))
        if len(chain) > 5:
            raise SeedError(f"seeds/sites/{name}.toml: extends goes in a circle")
    chain.append(_row(_COMMON))
    fields = {
        field: tuple(selector for part in chain for selector in part.get("fields", {}).get(field, ()))
        for field in FIELDS
    }
    try:
        patterns = tuple(re.compile(pattern) for part in chain for pattern in part.get("boilerplate", ()))
        url_date = re.compile(row["url_date"]) if "url_date" in row else None
    except re.error as error:
        raise SeedError(f"seeds/sites/{name}.toml: {error.pattern!r} is no pattern ({error})") from error
    return Site(
        name,
        dict(row.get("domains", {})),
        tuple(selector for part in chain for selector in part.get("within", ())),
        fields,
        tuple(selector for part in chain for selector in part.get("drop", ())),
        patterns,
        url_date,
    )


@cache
def _row(name: str) -> dict[str, Any]:
    path = seed_path("sites", f"{name}.toml")
    try:
        row = tomllib.loads(path.read_text("utf8"))
    except tomllib.TOMLDecodeError as error:
        raise SeedError(f"seeds/sites/{name}.toml: {error}") from error
    unknown = (set(row) - _KEYS) | (set(row.get("fields", {})) - set(FIELDS))
    if unknown:
        raise SeedError(f"seeds/sites/{name}.toml: unknown {', '.join(sorted(unknown))}")
    return row
