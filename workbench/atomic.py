"""Files that are the old ones or the new ones, whenever the machine stops: written aside, flushed to disk, renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside `path` and move it into place.

    Parameters
    ----------
    path : Path
        Its folder must exist.
    write : callable
        Called with the temporary path, which has the ending of `path`.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(0o666 & ~_umask())
        _flush(temporary)
        temporary.replace(path)
        _flush(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what writers that were killed have left in a folder."""
    for path in folder.glob(".*.*"):
        if path.is_file() and not path.is_symlink():
            path.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder; not every system can open a folder."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
