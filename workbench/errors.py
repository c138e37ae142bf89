"""What can go wrong, as one small tree.

WorkbenchError
├── SourceError      nothing usable in a source (a path, a folder, an address)
├── TableError       a table lacks a column, or a value is not what the contract says
├── SeedError        a file of `seeds/` (targets, lexicons, models) is malformed
├── QueryError       a search that cannot be read
├── ModelError       a model file is not one, or does not fit the classifier that should use it
├── ExtraError       an optional package is absent; the message is the command that installs it
├── ServiceError     a model behind a URL cannot be reached, or answers what cannot be used
├── UnknownNameError a loader, tokenizer, classifier or target that no table lists
└── InterruptedWorkError  work was stopped before its end; what is done is kept

Every message names the value, what was expected and where it stood.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class WorkbenchError(Exception):
    """Base of every error that the package raises on purpose."""


class SourceError(WorkbenchError):
    """A source holds nothing that can be read."""


class TableError(WorkbenchError):
    """A table does not keep the contract."""


class SeedError(WorkbenchError):
    """A shipped or user-written data file is malformed."""


class QueryError(WorkbenchError):
    """A search that cannot be read."""


class InterruptedWorkError(WorkbenchError):
    """A long piece of work was stopped from outside; the message says how to go on."""


class ModelError(WorkbenchError):
    """A model file is not one, or does not fit."""


class ServiceError(WorkbenchError):
    """A model behind a URL cannot be used."""


class ExtraError(WorkbenchError):
    """An optional package is absent.

    Parameters
    ----------
    what : str
        What needs it, such as ``"classifier 'nli'"``.
    extra : str
        The extra of the package that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional package: pip install 'stance-workbench[{extra}]'")


class UnknownNameError(WorkbenchError):
    """A name that stands in no table; the message lists the known ones and the nearest.

    Parameters
    ----------
    kind : str
        What was looked up, such as ``"classifier"``.
    name : str
        The name that is not known.
    known : iterable of str
        The names that are.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        super().__init__(f"unknown {kind} {name!r}: expected one of {', '.join(names)}{hint}")
