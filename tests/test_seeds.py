"""What is shipped is what SOURCES.md says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import workbench as wb
from workbench.dates import jalali_month


def test_the_seed_article_is_byte_for_byte_the_one_named(root: Path) -> None:
    digest = hashlib.sha256((root / "seeds" / "000_cbb1a55b7e439cc9.txt").read_bytes()).hexdigest()
    assert digest in (root / "seeds" / "SOURCES.md").read_text("utf8")


def test_everything_shipped_has_its_source_named(root: Path) -> None:
    sources = (root / "seeds" / "SOURCES.md").read_text("utf8")
    for path in (root / "seeds").iterdir():
        assert f"`{path.name}" in sources, path.name


def test_the_demo_corpus_has_five_outlets_three_years_and_every_typing() -> None:
    articles = wb.demo()
    assert articles["outlet"].nunique() == 5
    assert articles["published"].notna().all()
    assert {jalali_month(moment)[:4] for moment in articles["published"]} >= {"1402", "1403", "1404"}
    assert articles["text"].is_unique
    assert articles["text"].str.contains("ي").any()
    assert articles["text"].str.contains("می ").any()
