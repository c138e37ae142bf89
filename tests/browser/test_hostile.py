"""Articles that try to be more than text: in the reader, the report and the executed notebook they show, and do nothing."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import Page

import workbench as wb
from workbench import frames, judging, render, reporting
from workbench.types import Article

pytestmark = pytest.mark.browser

ATTACK = (
    '<script>window.owned = 1; alert(1)</script><img src=x onerror="window.owned = 1"> [ایران](javascript:alert(1)) '
    '<a href="https://evil.example">x</a> <style>body{display:none}</style> {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}} '
    "\u202e چپ </textarea></title> \x00"
)
TEXT = f"وزیر دفاع ایران گفت: زورگویی آمریکا {ATTACK} ادامه دارد.\n{ATTACK}\nچین از ایران حمایت می‌کند."


def _open(page: Page, path: Path) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(path.as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("window.owned") is None
    return [url for url in asked if not url.startswith(("file:", "data:"))]


@pytest.fixture
def articles() -> object:
    return frames.articles_frame([Article('"><script>window.owned=1</script>', TEXT, title=ATTACK, outlet=ATTACK)])


def test_report(articles: object, tmp_path: Path, page: Page) -> None:
    path = tmp_path / "report.html"
    reporting.write_report(articles, judging.judge(articles), path)  # type: ignore[arg-type]
    assert _open(page, path) == []
    page.locator("summary").first.click()
    assert "<script>" in page.locator(".reader").first.inner_text()
    assert page.locator("tbody tr:visible").count() > 1
    page.select_option("#target", "CN")
    assert page.locator("tbody tr:visible").count() == 1
    page.select_option("#target", "")
    page.fill("#query", "حمايت مي كند")
    assert page.locator("tbody tr:visible").count() == 2


def test_reader_and_static_twin(articles: object, tmp_path: Path, page: Page) -> None:
    stances = wb.judge(articles)
    html = render.reader(articles.iloc[0].to_dict(), stances.to_dict("records"), 0)  # type: ignore[attr-defined]
    path = tmp_path / "reader.html"
    path.write_text(
        f"<meta charset=utf-8><style>{render.STYLE}</style>{html}{wb.explore(articles, stances).static_html()}", "utf8"
    )
    assert _open(page, path) == []
    assert "<img src=x" in page.locator(".reader").inner_text()
    assert page.evaluate("getComputedStyle(document.body).display") != "none"


def test_executed_notebook(articles: object, tmp_path: Path, page: Page) -> None:
    source = tmp_path / "articles.parquet"
    articles.to_parquet(source)  # type: ignore[attr-defined]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(f"import workbench as wb\nwb.explore({str(source)!r})")],
        metadata={"kernelspec": {"name": "python3", "display_name": "p"}},
    )
    NotebookClient(notebook, timeout=120).execute()
    bundle = notebook.cells[0].outputs[-1].data
    assert "application/vnd.jupyter.widget-view+json" in bundle
    path = tmp_path / "static.html"
    path.write_text(f"<meta charset=utf-8>{bundle['text/html']}", "utf8")
    assert _open(page, path) == []
    assert page.locator("svg").count() >= 1
    notebook.metadata.pop("widgets", None)
    exported, _ = HTMLExporter().from_notebook_node(notebook)
    assert "<script>window.owned" not in exported
