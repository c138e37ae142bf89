"""Judged passages that classifiers are fitted on in tests."""

from __future__ import annotations

import pytest

from workbench.training import TrainingSet, shipped_parts


@pytest.fixture(scope="session")
def judged() -> TrainingSet:
    """Every sixth passage of the project's train part."""
    train, _ = shipped_parts()
    return train.take(range(0, len(train), 6))


@pytest.fixture(scope="session")
def unseen() -> TrainingSet:
    """Every tenth passage of the project's test part."""
    _, test = shipped_parts()
    return test.take(range(0, len(test), 10))
