"""What a researcher does in JupyterLab: run, filter, change the classifier, read the article behind a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("lab")]


def test_the_notebook_runs_and_the_explorer_answers(lab: str, page: Page, artefacts: Path) -> None:
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    explorer = page.locator(".wb-explorer")
    explorer.wait_for(timeout=120_000)
    explorer.locator(".wb-figure svg").first.wait_for()
    explorer.scroll_into_view_if_needed()
    status = explorer.get_by_role("status")
    before, picture = status.inner_text(), explorer.locator(".wb-figure").first.inner_html()
    first_sentence = explorer.locator("button.wb-sentence").first.inner_text()
    _shot(page, artefacts / "lab-light.png")

    explorer.locator(".wb-filter", has_text="درباره").locator("select").select_option(label="آمریکا")
    expect(status).not_to_have_text(before)
    _changed(page, picture)
    _all_sentences(page, "آمریکا")

    narrowed = explorer.locator(".wb-figure").first.inner_html()
    explorer.locator(".wb-filter", has_text="رده‌بند").locator("select").select_option(label="majority")
    _changed(page, narrowed)
    _all_sentences(page, "●")

    explorer.get_by_role("button", name="بازگشت").click()
    explorer.get_by_role("button", name="بازگشت").click()
    expect(status).to_have_text(before)
    expect(explorer.locator("button.wb-sentence").first).to_have_text(first_sentence)

    explorer.locator("button.wb-sentence").first.click()
    reader = explorer.locator(".wb.reader")
    chosen = reader.locator(".chosen")
    expect(chosen).to_be_visible()
    assert reader.evaluate("node => getComputedStyle(node).direction") == "rtl"
    shown = first_sentence.split("—", 1)[1].strip().rstrip("…")
    assert " ".join(chosen.inner_text().split()).startswith(shown[:60])
    inside = reader.evaluate(
        """node => {const r = node.getBoundingClientRect(), c = node.querySelector('.chosen').getBoundingClientRect();
        return c.top >= r.top - 4 && c.top <= r.bottom}"""
    )
    assert inside, "the reader stands at the sentence"
    _shot(page, artefacts / "lab-reader.png")
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.get_by_text("Theme", exact=True).first.hover()
    page.get_by_text("JupyterLab Dark", exact=True).first.click()
    page.wait_for_timeout(1500)
    _shot(page, artefacts / "lab-dark.png")


def _all_sentences(page: Page, text: str) -> None:
    page.wait_for_function(
        """text => {const all = [...document.querySelectorAll('.wb-explorer button.wb-sentence')];
        return all.length > 0 && all.every(one => one.textContent.split('—')[0].includes(text))}""",
        arg=text,
    )


def _changed(page: Page, picture: str) -> None:
    page.wait_for_function("old => document.querySelector('.wb-explorer .wb-figure').innerHTML !== old", arg=picture)


def _shot(page: Page, path: Path) -> None:
    page.locator(".wb-explorer").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(400)
    page.screenshot(path=path)
    assert path.stat().st_size > 30_000
