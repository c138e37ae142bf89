"""The executed notebook as a colleague without a kernel and without a network opens it, and the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import Page, expect

import workbench as wb
from workbench import reporting
from workbench.cli import main

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "explore-run.ipynb"
    assert main(["run", "explore.ipynb", "--set", "targets=US,CN", "--out", str(out)]) == 0
    return out


def test_it_tells_its_story_offline(executed: Path, page: Page, artefacts: Path) -> None:
    notebook = nbformat.read(executed, as_version=4)
    assert notebook.metadata.widgets
    html, _ = HTMLExporter().from_notebook_node(notebook)
    path = executed.with_suffix(".html")
    path.write_text(html, "utf8")
    page.context.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri())
    assert page.locator(".wb-twin:visible").count() == 1
    assert page.locator(".wb svg:visible").count() >= 4
    assert page.locator(".wb table tbody tr:visible").count() >= 20
    expect(page.locator(".wb-twin")).to_contain_text("آمریکا")
    page.locator(".wb svg:visible").first.scroll_into_view_if_needed()
    page.screenshot(path=artefacts / "shared-notebook.png")


def test_a_renderer_that_knows_no_widgets_shows_each_twin_once(executed: Path, page: Page, tmp_path: Path) -> None:
    outputs = [output for cell in json.loads(executed.read_text())["cells"] for output in cell.get("outputs", [])]
    html = ["".join(output["data"]["text/html"]) for output in outputs if "text/html" in output.get("data", {})]
    path = tmp_path / "plain.html"
    path.write_text(f"<meta charset=utf-8>{''.join(f'<div>{one}</div>' for one in html)}", "utf8")
    page.goto(path.as_uri())
    assert page.locator(".wb-twin").count() == 2
    assert page.locator(".wb-twin:visible").count() == 1
    assert page.locator(".wb-twin:visible svg").count() >= 4


def test_the_report_reads_filters_and_searches_without_a_kernel(
    tmp_path: Path, page: Page, artefacts: Path, accessible: Callable[[Page, Any], None]
) -> None:
    articles = wb.demo()
    stances = wb.judge(articles)
    path = reporting.write_report(articles, stances, tmp_path / "report.html")
    page.context.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri())
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(50)
    accessible(page, None)
    page.screenshot(path=artefacts / "report-light.png", full_page=True)
    page.select_option("#target", "CN")
    page.select_option("#stance", "favor")
    expect(rows).to_have_count(int(((stances["target"] == "CN") & (stances["stance"] == "favor")).sum()))
    all_of_it = rows.count()
    page.fill("#query", "حمايت")
    expect(rows).not_to_have_count(all_of_it)
    assert rows.count() > 0
    kept = page.url
    page.locator("#list button").first.click()
    expect(page.locator(".reader .chosen")).to_be_in_viewport()
    expect(page.locator(".reader")).to_be_focused()
    accessible(page, None)
    page.keyboard.press("Escape")
    expect(page.locator("#list button").first).to_be_focused()
    page.emulate_media(color_scheme="dark")
    accessible(page, None)
    page.screenshot(path=artefacts / "report-dark.png")
    count = rows.count()
    page.goto("about:blank")
    page.goto(kept)
    expect(rows).to_have_count(count)  # the address holds the selection


def test_five_thousand_stances_stay_under_five_megabytes(shared: Path, tmp_path: Path, page: Page) -> None:
    articles = wb.load(shared / "corpus" / "articles.jsonl.gz")
    some = articles.sample(900, random_state=1).reset_index(drop=True)
    stances = wb.judge(some, "majority", on_reject=lambda _: None)
    path = reporting.write_report(some, pd.concat([stances]), tmp_path / "report.html")
    assert len(stances) >= 5000
    assert path.stat().st_size < 5_000_000
    page.goto(path.as_uri())
    page.locator("body[data-ready]").wait_for()
    page.fill("#query", "ایران")
    expect(page.locator("#list tbody tr")).to_have_count(50)
