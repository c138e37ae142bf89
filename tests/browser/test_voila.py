"""The explorer as Voila serves it: the same widget, no notebook around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("lab")]


def test_voila_goes_from_a_bar_to_the_article_and_back(voila: str, page: Page, artefacts: Path) -> None:
    page.goto(f"{voila}#wb=%7B%22targets%22%3A%20%5B%22US%22%2C%20%22CN%22%5D%7D")
    explorer = page.locator(".wb-explorer")
    explorer.wait_for(timeout=120_000)
    expect(explorer.locator(".wb-chip")).to_have_count(2)  # the selection of the address
    expect(page.locator(".wb-twin:visible")).to_have_count(0)
    explorer.locator(".wb-hit").nth(2).click()
    expect(explorer.locator("[data-tab=sentences]")).to_have_attribute("aria-selected", "true")
    page.screenshot(path=artefacts / "voila.png")
    explorer.locator(".wb-sentence").first.click()
    expect(explorer.locator(".reader .chosen")).to_be_visible()
    for tab in ("time", "holders", "outlets", "words", "concordance"):
        explorer.locator(f"[data-tab={tab}]").click()
        expect(explorer.locator(f"[data-tab={tab}]")).to_have_attribute("aria-selected", "true")
    for _ in range(7):
        page.keyboard.press("Backspace")
    expect(explorer.locator("[data-tab=overview]")).to_have_attribute("aria-selected", "true")
    expect(explorer.locator(".wb-chip")).to_have_count(2)
