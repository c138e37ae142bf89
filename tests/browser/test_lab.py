"""What a researcher does in JupyterLab: run, filter, click through pictures to the article, go back, export, judge beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("lab")]

PICTURES = ("overview", "time", "holders", "outlets", "words")


def _run(page: Page, lab: str, notebook: str) -> Locator:
    page.goto(lab.format(notebook))
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    explorer = page.locator(".wb-explorer")
    explorer.wait_for(timeout=120_000)
    explorer.locator(".wb-figure svg").first.wait_for()
    explorer.evaluate("node => node.scrollIntoView({block: 'start'})")
    return explorer


def _status(explorer: Locator) -> Locator:
    return explorer.locator(".wb-status > strong")


def _tab(explorer: Locator, tab: str) -> None:
    explorer.locator(f"[data-tab={tab}]").click()
    expect(explorer.locator(f"[data-tab={tab}]")).to_have_attribute("aria-selected", "true")


def _option(explorer: Locator, key: str) -> Locator:
    return explorer.locator(f'.wb-side [data-key="{key}"]')


def _shot(page: Page, path: Path) -> None:
    page.locator(".wb-explorer").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(250)
    page.screenshot(path=path)


def test_every_tab_from_picture_to_sentence_to_article_and_back(
    lab: str, page: Page, artefacts: Path, accessible: Callable[[Page, Any], None]
) -> None:
    explorer = _run(page, lab, "explore.ipynb")
    everything = _status(explorer).inner_text()
    expect(page.locator(".wb-twin:visible")).to_have_count(0)

    # Filters
    _option(explorer, "targets-US").check()
    expect(_status(explorer)).not_to_have_text(everything)
    words = explorer.locator("[data-field=words]")
    words.fill("تحريم*")
    expect(explorer.locator(".wb-chip")).to_have_count(2)
    explorer.locator("[data-field=since]").fill("۱۴۰۲/۰۱/۰۱")
    explorer.locator("[data-field=since]").press("Enter")
    expect(explorer.locator(".wb-chip")).to_have_count(3)
    for _ in range(3):
        explorer.locator("[data-key=undo]").click()
    expect(_status(explorer)).to_have_text(everything)

    # From each picture to a sentence to the article, and back step by step
    for tab in PICTURES:
        if tab == "words":
            _option(explorer, "stances-against").check()
            expect(explorer.locator(".wb-chip")).to_have_count(1)
        _tab(explorer, tab)
        before = _status(explorer).inner_text()
        hit = explorer.locator(".wb-hit").nth(2)
        said = hit.get_attribute("aria-label") or ""
        box = hit.bounding_box()
        assert box is not None
        hit.click(
            position={"x": box["width"] / 2, "y": min(3, box["height"] / 2)}
        )  # a point may lie on the middle of a period
        expect(_status(explorer)).not_to_have_text(before)
        if tab == "words":
            word = said.split(":")[0]
            node = explorer.locator(".wb-node").first
            expect(node).to_be_visible()
            assert word in explorer.locator(".wb-kwic tbody").inner_text()
            node.click()
        else:
            shown = explorer.locator(".wb-sentence .wb-words-of").first.inner_text()
            explorer.locator(".wb-sentence").first.click()
            chosen = explorer.locator(".reader .chosen")
            expect(chosen).to_be_visible()
            assert " ".join(chosen.inner_text().split()).startswith(" ".join(shown.split())[:50].rstrip("…"))
        reader = explorer.locator(".reader")
        expect(reader.locator(".chosen")).to_be_in_viewport()
        assert reader.evaluate("node => getComputedStyle(node).direction") == "rtl"
        for _ in range(2):
            explorer.locator("[data-key=undo]").click()
        expect(explorer.locator(f"[data-tab={tab}]")).to_have_attribute("aria-selected", "true")
        expect(_status(explorer)).to_have_text(before)
    explorer.locator("[data-key=clear]").click()
    expect(_status(explorer)).to_have_text(everything)

    # Concordance: before the node at its right, sorted both ways
    _option(explorer, "targets-CN").check()
    _tab(explorer, "concordance")
    left_of = explorer.locator(".wb-kwic tbody tr").first.evaluate(
        "row => [...row.cells].map(cell => cell.getBoundingClientRect().left)"
    )
    assert left_of[0] > left_of[1] > left_of[2]
    after = explorer.locator(".wb-after").all_inner_texts()
    explorer.locator("[data-key=kwic_order-before]").click()
    expect(explorer.locator("[data-key=kwic_order-before]")).to_have_attribute("aria-pressed", "true")
    assert explorer.locator(".wb-after").all_inner_texts() != after

    # Both interfaces, both themes, every tab: looked at and sound
    for theme in ("light", "dark"):
        if theme == "dark":
            page.get_by_role("menuitem", name="Settings", exact=True).click()
            page.get_by_text("Theme", exact=True).first.hover()
            page.get_by_text("JupyterLab Dark", exact=True).first.click()
            page.locator('body[data-jp-theme-light="false"]').wait_for(state="attached")
        for tab in (*PICTURES, "concordance", "sentences", "reader"):
            _tab(explorer, tab)
            if tab == "reader":
                _tab(explorer, "sentences")
                explorer.locator(".wb-sentence").first.click()
                explorer.locator(".reader").wait_for()
            accessible(page, ".wb-explorer")
            _shot(page, artefacts / f"lab-{theme}-{tab}.png")
    explorer.locator("[data-key=language]").click()
    expect(explorer).to_have_attribute("dir", "ltr")
    accessible(page, ".wb-explorer")
    _shot(page, artefacts / "lab-dark-english.png")
    explorer.locator("[data-key=language]").click()
    expect(explorer).to_have_attribute("dir", "rtl")

    # Export, copies, and what is saved
    explorer.locator(".wb-menu summary").click()
    for kind in ("csv", "xlsx", "parquet", "bib", "html"):
        with page.expect_download() as download:
            explorer.locator(f"[data-key=export-{kind}]").click()
        assert download.value.suggested_filename.endswith(f".{kind}")
        assert Path(download.value.path()).stat().st_size > 500
    explorer.locator("[data-key=code]").click()
    expect(explorer.locator(".wb-copied textarea")).to_have_value(re.compile(r"rows\['target'\]\.isin\(\['CN'\]\)"))
    explorer.locator("[data-own=close]").click()
    page.wait_for_timeout(3000)  # the twin follows when it is quiet
    kept = page.locator(".wb-twin-kept").first.inner_html()
    assert "دربارهٔ چین" in kept
    page.keyboard.press("Control+s")


def test_everything_by_keyboard_alone(lab: str, page: Page) -> None:
    explorer = _run(page, lab, "explore.ipynb")
    everything = _status(explorer).inner_text()
    explorer.locator("[data-tab=overview]").focus()
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    for number, tab in enumerate(("overview", "time", "holders", "outlets", "words", "concordance", "sentences"), 1):
        page.keyboard.press(str(number))
        expect(explorer.locator(f"[data-tab={tab}]")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowRight")  # toward the first, in a row that runs right to left
    expect(explorer.locator("[data-tab=concordance]")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("1")
    expect(explorer.locator(".wb-hit").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == explorer.locator(".wb-hit").nth(1).get_attribute("aria-label")
    outline = page.evaluate("getComputedStyle(document.activeElement).stroke")
    assert outline not in ("none", ""), "the focus is seen"
    page.keyboard.press("Enter")
    expect(explorer.locator("[data-tab=sentences]")).to_have_attribute("aria-selected", "true")
    expect(_status(explorer)).not_to_have_text(everything)
    for _ in range(12):
        if page.evaluate("document.activeElement.className").startswith("wb-sentence"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(explorer.locator(".reader")).to_be_focused()
    page.keyboard.press("Backspace")
    expect(explorer.locator("[data-tab=sentences]")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Backspace")
    expect(_status(explorer)).to_have_text(everything)
    page.keyboard.press("/")
    expect(explorer.locator("[data-field=words]")).to_be_focused()
    page.keyboard.type("حمایت")
    expect(explorer.locator(".wb-chip")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("Backspace")
    expect(explorer.locator(".wb-chip")).to_have_count(0)
    explorer.locator('[data-key="targets-CN"]').focus()
    page.keyboard.press("Space")
    expect(explorer.locator(".wb-chip")).to_have_count(1)
    expect(explorer.locator('[data-key="targets-CN"]')).to_be_focused()
    page.keyboard.press("Backspace")
    page.keyboard.press("Shift+?")
    expect(explorer.locator(".wb-help")).to_be_visible()
    explorer.locator(".wb-menu summary").focus()
    page.keyboard.press("Enter")
    explorer.locator("[data-key=export-csv]").focus()
    with page.expect_download():
        page.keyboard.press("Enter")
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "no key went through to the notebook"


def test_each_control_by_keyboard_alone(lab: str, page: Page) -> None:
    explorer = _run(page, lab, "explore.ipynb")
    everything = _status(explorer).inner_text()

    def press(key: str, *keys: str) -> None:
        explorer.locator(f'[data-key="{key}"]').first.focus()
        for one in keys or ("Enter",):
            page.keyboard.press(one)

    def typed(field: str, text: str) -> None:
        explorer.locator(f"[data-field={field}]").focus()
        page.keyboard.type(text)
        page.keyboard.press("Enter")

    typed("since", "1402/01/01")
    expect(explorer.locator(".wb-chip")).to_have_count(1)
    typed("until", "1402/12/29")
    expect(explorer.locator(".wb-chip")).to_have_count(2)
    explorer.locator("[data-field=confidence]").focus()
    for _ in range(13):
        page.keyboard.press("ArrowLeft")  # to more, in a slider that runs right to left
    expect(explorer.locator(".wb-chip")).to_have_count(3)
    press("chip-since")
    press("chip-until")
    press("clear")
    expect(_status(explorer)).to_have_text(everything)

    page.keyboard.press("2")
    for choice in explorer.locator(".wb-panel .wb-bar [data-key]").all():
        key = choice.get_attribute("data-key")
        press(str(key))
        expect(explorer.locator(f'[data-key="{key}"]')).to_be_focused()
    page.keyboard.press("6")
    press("kwic_order-after")
    expect(explorer.locator('[data-key="kwic_order-after"]')).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("7")
    press("order-newest")
    expect(explorer.locator('[data-key="order-newest"]')).to_have_attribute("aria-pressed", "true")

    for kind in ("code", "text"):
        explorer.locator(".wb-menu summary").focus()
        if not explorer.locator(".wb-menu").evaluate("node => node.open"):
            page.keyboard.press("Enter")
        press(kind)
        expect(explorer.locator(".wb-copied textarea")).to_be_visible()
        explorer.locator(".wb-copied [data-own=close]").focus()
        page.keyboard.press("Enter")
        expect(explorer.locator(".wb-copied textarea")).to_have_count(0)
    for kind in ("csv", "xlsx", "parquet", "bib", "html"):
        if not explorer.locator(".wb-menu").evaluate("node => node.open"):
            explorer.locator(".wb-menu summary").focus()
            page.keyboard.press("Enter")
        with page.expect_download() as download:
            press(f"export-{kind}")
        assert download.value.suggested_filename.endswith(kind)

    explorer.locator("[data-field=classifier]").focus()
    page.keyboard.type("majority")
    page.keyboard.press("Enter")
    expect(explorer.locator(".wb-theirs").first).to_contain_text("rules", timeout=60_000)
    explorer.locator(".wb-sentence").first.focus()
    page.keyboard.press("Enter")
    expect(explorer.locator(".reader")).to_be_visible()
    before = explorer.locator(".reader").inner_text()
    press("dispute-on")
    expect(explorer.locator(".reader")).not_to_have_text(before)
    press("language")
    expect(explorer.locator("[data-tab=overview]")).to_have_text("Overview")


def test_a_judging_beside_is_stopped_halfway_while_filters_go_on(lab: str, page: Page, artefacts: Path) -> None:
    explorer = _run(page, lab, "large.ipynb")
    explorer.locator("[data-field=classifier]").select_option("majority")
    progress = explorer.locator(".wb-work progress")
    progress.wait_for()
    page.wait_for_function("() => +document.querySelector('.wb-work progress').value > 0")
    _option(explorer, "targets-US").check()
    expect(explorer.locator(".wb-chip")).to_have_count(1, timeout=3000)
    _tab(explorer, "sentences")
    expect(explorer.locator(".wb-sentence").first).to_be_visible(timeout=3000)
    _shot(page, artefacts / "lab-judging.png")
    explorer.locator("[data-key=stop]").click()
    resume = explorer.locator("[data-key=resume]")
    resume.wait_for()
    done, total = (int(progress.get_attribute(name) or 0) for name in ("value", "max"))
    assert 0 < done < total
    expect(explorer.locator(".wb-sentence").first).to_be_visible()
    _option(explorer, "targets-US").uncheck()
    expect(explorer.locator(".wb-chip")).to_have_count(0)
    explorer.locator("[data-field=classifier]").select_option("rules")
    expect(explorer.locator(".wb-work")).to_have_count(0)
    expect(explorer.locator(".wb-theirs").first).to_contain_text("majority")
