"""Files that are the old ones or the new ones, whenever the machine stops: written aside, flushed to disk, renamed."""

from __future__ import annotations

import glob
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


def remove_leftovers(*paths: Path) -> None:
    """Remove what writers of files that were killed have left beside them; a folder stands for all files in it."""
    for path in paths:
        folder, name = (path, "*") if path.is_dir() else (path.parent, glob.escape(path.name))
        for left in folder.glob(f".{name}.????????{'*' if name == '*' else glob.escape(path.suffix)}"):
            if left.is_file() and not left.is_symlink():
                left.unlink(missing_ok=True)


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
