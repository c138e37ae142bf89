"""Where the shipped data stands: targets, lexicons, models, demo articles and notebooks."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import SeedError

_PACKAGE = Path(__file__).parent


def seed_path(*parts: str) -> Path:
    """Return the path of a shipped data file or folder.

    A checkout keeps them in ``seeds/`` beside the package, an installed wheel inside it.

    Raises
    ------
    SeedError
        No such file is shipped.
    """
    return _shipped("seeds", *parts)


def notebook_path(*parts: str) -> Path:
    """Return the path of a shipped notebook or of their folder.

    Raises
    ------
    SeedError
        No such notebook is shipped.
    """
    return _shipped("notebooks", *parts)


def _shipped(folder: str, *parts: str) -> Path:
    for root in (_PACKAGE.parent / folder, _PACKAGE / f"_{folder}"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise SeedError(f"{'/'.join((folder, *parts))}: not shipped with this installation of the workbench")
