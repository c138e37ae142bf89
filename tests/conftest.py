"""Fixtures that every floor shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failing property: time is measured in benchmarks, not here.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Measuring data that is kept beside the repository and never inside it."""
    folder = ROOT.parent / "shared"
    if not (folder / "contract.md").exists():
        pytest.skip(f"no measuring data beside the checkout ({folder.name}/ is absent)")
    return folder


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The seed article, in which every half-space is lost."""
    return (ROOT / "seeds" / "000_cbb1a55b7e439cc9.txt").read_text("utf8")
