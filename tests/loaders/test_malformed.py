"""Two hundred malformed inputs: no crash, no hang, a reason for each that names it, and every good article among them."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.loaders.malformed import BODY, make
from workbench import corpus
from workbench.types import Article, Reject

COUNT = 200
LIMIT = 20.0
"""Seconds that one input may take on a busy machine; most take hundredths."""


@pytest.mark.skipif(not hasattr(__import__("os"), "mkfifo"), reason="needs pipes and links")
def test_two_hundred_malformed_inputs(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    made = list(make(folder, COUNT))
    for number in range(20):
        (folder / f"good{number}.txt").write_text(f"{BODY} خوب {number}", "utf8")
    reasons: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    texts = set()
    begin = time.monotonic()
    stream = iter(corpus.Sources([folder]))
    while True:
        before = time.monotonic()
        found = next(stream, None)
        assert time.monotonic() - before < LIMIT, found
        if found is None:
            break
        if isinstance(found, Reject):
            assert found.reason
            assert len(found.reason) < 500
            assert "\x00" not in found.reason
            reasons[_file(found.source)] += 1
        else:
            assert isinstance(found, Article)
            found.text.encode()
            texts.add(found.text)
            articles["all"] += 1
    assert time.monotonic() - begin < COUNT
    unnamed = [one.path.name for one in made if not reasons[one.path.name]]
    assert unnamed == [], f"{unnamed} each has a reason that names its file"
    assert {f"{BODY} خوب {number}" for number in range(20)} <= texts
    expected = 20 + sum(one.good for one in made if one.good > 0)
    assert articles["all"] >= expected


def _file(source: str) -> str:
    return source.split("/in/", 1)[1].split("!/")[0].split(",")[0]
