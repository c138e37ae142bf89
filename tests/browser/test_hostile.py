"""Articles that try to be more than text: in lab, report, notebook and spreadsheets they show, and do nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

import workbench as wb
from workbench import frames, judging, reporting
from workbench.types import Article

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("lab")]

ATTACK = (
    '<script>window.owned = 1; alert(1)</script><img src=x onerror="window.owned = 1"> [ایران](javascript:alert(1)) '
    '<a href="https://evil.example">x</a> <a href="javascript:window.owned=1">y</a> <style>body,.wb{display:none!important}</style> '
    '{"application/vnd.jupyter.widget-view+json": {"model_id": "a"}} <script type="application/vnd.jupyter.widget-view+json">{"model_id":"a"}</script> '
    "'\"><svg onload=window.owned=1> </pre></script></textarea></title> \u202e چپ \u2066 \x00"
)
TEXT = f"وزیر دفاع ایران گفت: زورگویی آمریکا {ATTACK} ادامه دارد.\n{ATTACK}\nچین از ایران حمایت می‌کند."
FORMULA = '=HYPERLINK("https://evil.example","ایران") و @SUM(1) چین از ایران حمایت می‌کند.'


@pytest.fixture
def articles() -> pd.DataFrame:
    return frames.articles_frame(
        [
            Article('"><script>window.owned=1</script>', TEXT, title=ATTACK, outlet=ATTACK),
            Article("=1+1", FORMULA, title="+cmd|' /C calc'!A0", outlet="@outlet", url="-2+3"),
            Article("long", f"چین از ایران حمایت می‌کند {'ایران' * 200_000} {'\U0001f680' * 300} آمریکا محکوم شد.", outlet="ناشر"),
        ]
    )  # fmt: skip


def _open(page: Page, path: Path) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(path.as_uri())
    page.wait_for_timeout(300)
    _is_calm(page)
    return [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]


def _is_calm(page: Page) -> None:
    assert page.evaluate("window.owned") is None
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.locator("a[href*=evil], a[href^=javascript], img[src=x], svg[onload]").count() == 0


def test_report(articles: pd.DataFrame, tmp_path: Path, page: Page) -> None:
    path = tmp_path / "report.html"
    reporting.write_report(articles, judging.judge(articles), path)
    assert _open(page, path) == []
    page.locator("body[data-ready]").wait_for()
    rows = page.locator("#list tbody tr")
    everything = rows.count()
    page.locator("#list button", has_text="زورگویی").first.click()
    assert "<img src=x" in page.locator(".reader").inner_text()
    assert "⟨U+202E⟩" in page.locator(".reader").inner_text()
    page.locator("#article > button").click()
    page.fill("#query", "زورگويي")
    expect(rows).not_to_have_count(everything)
    page.locator("#list button").first.click()
    _is_calm(page)
    page.fill("#query", "محکوم شد")
    page.wait_for_timeout(400)
    page.locator("#list button").first.click()  # a word of a million letters, and offsets beyond the first plane
    expect(page.locator(".reader")).to_contain_text("چین از ایران حمایت می‌کند ایرانایران")
    assert page.locator(".reader").evaluate("node => node.textContent.length") < 100_000
    _is_calm(page)


def test_executed_notebook_and_its_twins(articles: pd.DataFrame, tmp_path: Path, page: Page) -> None:
    source = tmp_path / "articles.parquet"
    articles.to_parquet(source)
    code = f"import pandas as pd\nimport workbench as wb\nshown = wb.explore(pd.read_parquet({str(source)!r}))\nshown.state.read(0)\nshown"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code)],
        metadata={"kernelspec": {"name": "python3", "display_name": "p"}},
    )
    NotebookClient(notebook, timeout=120, store_widget_state=True).execute()
    assert "application/vnd.jupyter.widget-view+json" in notebook.cells[0].outputs[-1].data
    for output in notebook.cells[0].outputs:
        path = tmp_path / "static.html"
        path.write_text(f"<meta charset=utf-8>{output.data['text/html']}", "utf8")
        assert _open(page, path) == []
        assert page.locator(".wb svg:visible").count() >= 1
        assert "<img src=x" in page.locator(".reader").inner_text()
    exported, _ = HTMLExporter().from_notebook_node(notebook)
    path = tmp_path / "exported.html"
    path.write_text(exported, "utf8")
    page.context.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri())
    page.locator(".wb-twin .reader").wait_for()
    _is_calm(page)


def test_in_jupyterlab(lab: str, articles: pd.DataFrame, tmp_path: Path, page: Page) -> None:
    source = tmp_path / "articles.parquet"
    articles.to_parquet(source)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(lab.format("explore.ipynb"))
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.get_by_text("| Idle").wait_for()
    cell = page.locator(".jp-CodeCell").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(
        f"import pandas as pd\nimport workbench as wb\nwb.explore(pd.read_parquet({str(source)!r}))"
    )
    page.keyboard.press("Control+Enter")
    explorer = page.locator(".wb-explorer")
    for tab in ("overview", "outlets", "words", "concordance", "sentences"):
        explorer.locator(f"[data-tab={tab}]").click()
        expect(explorer.locator(f"[data-tab={tab}]")).to_have_attribute("aria-selected", "true")
        page.wait_for_timeout(150)
        _is_calm(page)
    explorer.locator(".wb-sentence", has_text="زورگویی").first.click()
    expect(explorer.locator(".reader")).to_contain_text("<script>window.owned")
    assert explorer.locator(".reader").evaluate("node => getComputedStyle(node).display") == "block"
    _is_calm(page)


def test_spreadsheets_get_no_formula(articles: pd.DataFrame, tmp_path: Path) -> None:
    csv.field_size_limit(1 << 24)  # one of the articles is a word of a million letters
    widget = wb.explore(articles)
    csv.field_size_limit(1 << 24)
    rows = list(csv.reader(io.StringIO(widget.export(tmp_path / "s.csv").read_text("utf-8-sig"), newline="")))
    cells = [cell for row in rows[1:] for cell in row[:-1]]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r") or (cell[:1] == "-" and not cell[1:2].isdigit())]
    book = load_workbook(widget.export(tmp_path / "s.xlsx"))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    values = [cell.value for row in book["stances"].iter_rows() for cell in row]
    assert FORMULA in values, "as it was written: Excel knows that it is text"
    entries = widget.export(tmp_path / "s.bib").read_text("utf8")
    assert entries.count("@misc{") == articles["article_id"].nunique()
    assert entries.count("{") == entries.count("}")
