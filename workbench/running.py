"""Run a notebook with parameters of one's own, and save it with outputs, widget state and static twins."""

from __future__ import annotations

import ast
import difflib
import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.errors import SourceError, UnknownNameError

_TAG, _INJECTED = "parameters", "injected-parameters"


def run(notebook: Path, settings: Mapping[str, str], out: Path, *, timeout: int = 3600) -> Path:
    """Execute a notebook.

    Parameters
    ----------
    notebook : Path
    settings : mapping of str to str
        Name to value, as typed; each has to be assigned in the cell tagged ``parameters``, whose value says how what was
        typed is read: a number as a number, a list as words with commas between, otherwise as text.
    out : Path
        Where the executed notebook goes.
    timeout : int
        Seconds for each cell.

    Returns
    -------
    Path
        `out`.

    Raises
    ------
    SourceError
        It is no notebook, or a cell fails; what ran until then is saved.
    UnknownNameError
        A setting that the notebook does not have.
    """
    nbformat: Any = importlib.import_module("nbformat")
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    try:
        book = nbformat.read(notebook, as_version=4)
    except OSError:
        raise
    except Exception as error:
        raise SourceError(f"{notebook}: is no notebook ({error})") from error
    _inject(book, settings, notebook)
    failure = None
    try:
        # Where the command was typed, so that relative sources mean what they say.
        NotebookClient(
            book, timeout=timeout, store_widget_state=True, resources={"metadata": {"path": str(Path.cwd())}}
        ).execute()
    except CellExecutionError as error:
        failure = f"{error.ename}: {error.evalue}"
    book.metadata["workbench"] = {"run": dict(settings)}
    nbformat.write(book, out)
    if failure:
        raise SourceError(f"{notebook}: a cell failed, {failure}")
    return out


def parameters(book: Any) -> dict[str, Any]:
    """Return the names that the cell tagged ``parameters`` assigns, with their values."""
    found: dict[str, Any] = {}
    for cell in book.cells:
        if cell.cell_type != "code" or _TAG not in cell.metadata.get("tags", []):
            continue
        for node in ast.parse(cell.source).body:
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                try:
                    found[node.targets[0].id] = ast.literal_eval(node.value)
                except ValueError:
                    found[node.targets[0].id] = None
    return found


def _inject(book: Any, settings: Mapping[str, str], path: Path) -> None:
    nbformat: Any = importlib.import_module("nbformat")
    known = parameters(book)
    for name in settings:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            if not known or not near:
                raise UnknownNameError(
                    f"setting of {path.name}", name, known or ["none: no cell is tagged 'parameters'"]
                )
            raise UnknownNameError(f"setting of {path.name}", name, known)
    if not settings:
        return
    book.cells = [cell for cell in book.cells if _INJECTED not in cell.metadata.get("tags", [])]
    at = next(i for i, cell in enumerate(book.cells) if _TAG in cell.metadata.get("tags", []))
    lines = [f"{name} = {_value(typed, known[name])!r}" for name, typed in settings.items()]
    cell = nbformat.v4.new_code_cell("\n".join(lines), id="injected", metadata={"tags": [_INJECTED]})
    book.cells.insert(at + 1, cell)


def _value(typed: str, default: Any) -> Any:
    """Read what was typed as the kind of thing that stands there now."""
    if typed in ("None", "null"):
        return None
    if isinstance(default, bool):
        return typed.lower() in ("1", "true", "yes")
    if isinstance(default, list | tuple):
        return type(default)(word.strip() for word in typed.split(",") if word.strip())
    if isinstance(default, int | float):
        try:
            return type(default)(typed)
        except ValueError as error:
            raise SourceError(f"{typed!r}: expected a number, as {default!r} is") from error
    return typed
