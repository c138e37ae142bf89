"""The states that articles speak of: `seeds/targets/*.toml`, and the names of all others from CLDR."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from workbench.errors import SeedError, UnknownNameError
from workbench.seeds import seed_path
from workbench.types import Target

DEFAULT_TARGETS = ("IR", "US", "CN")
KINDS = ("name", "demonym", "capital", "government", "forces", "office", "byname", "own")


@cache
def described() -> Mapping[str, Target]:
    """Code to target, for every state that has a file of its own.

    Raises
    ------
    SeedError
        A file lacks a field or holds an unknown kind of alias.
    """
    return {target.code: target for target in map(_read, sorted(seed_path("targets").glob("*.toml")))}


# A name that is a common word besides (مالی: financial) is a state only where it is called one.
_SPELLED_OUT = {"ML": ("کشور مالی", "دولت مالی", "ارتش مالی", "جمهوری مالی", "باماکو")}


@cache
def states() -> Mapping[str, Target]:
    """Code to target for every state of CLDR; those with a file of their own carry all their aliases."""
    from babel import Locale  # CLDR's names, by a kept library

    listed = dict(Locale("fa").territories)
    named = {
        code: Target(code, {"fa": name, "en": code}, {"name": _SPELLED_OUT.get(code, (name.replace("\u200f", ""),))})
        for code, name in listed.items()
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}
    }
    return {**named, **_others(named), **described()}


def _others(named: Mapping[str, Target]) -> dict[str, Target]:
    """States without a file of their own, with what the press calls them: `seeds/targets/others.tsv`."""
    path = seed_path("targets", "others.tsv")
    found = {}
    with path.open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            try:
                state = named[row["code"]]
                aliases = {kind: tuple(row[kind].split("،")) for kind in ("name", "demonym", "capital") if row[kind]}
            except KeyError as error:
                raise SeedError(f"{path.name}: expected code, name, demonym and capital ({error})") from error
            aliases["name"] = (*state.aliases["name"], *aliases.get("name", ()))
            found[state.code] = replace(state, aliases=aliases)
    return found


def target(code: str) -> Target:
    """Return a target by its ISO 3166-1 alpha-2 code.

    Raises
    ------
    UnknownNameError
        No state has that code.
    """
    if code in described():
        return described()[code]
    if code in states():
        return states()[code]
    raise UnknownNameError("target", code, described())


def _read(path: object) -> Target:
    try:
        row = tomllib.loads(path.read_text("utf8"))  # type: ignore[attr-defined]
        aliases = {kind: tuple(spellings) for kind, spellings in row["aliases"].items()}
        found = Target(row["code"], dict(row["names"]), aliases, tuple(row["exclusions"]))
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, OSError) as error:
        raise SeedError(f"{path}: expected code, names, aliases and exclusions ({error})") from error
    unknown = set(aliases) - set(KINDS)
    if unknown:
        raise SeedError(f"{path}: aliases of kind {', '.join(sorted(unknown))}; expected {', '.join(KINDS)}")
    return found
