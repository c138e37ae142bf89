"""The executed notebook as a colleague without a kernel and without a network opens it."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_it_tells_its_story_offline(root: Path, tmp_path: Path, page: Page, artefacts: Path) -> None:
    notebook = nbformat.read(root / "notebooks" / "explore.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, store_widget_state=True).execute()
    html, _ = HTMLExporter().from_notebook_node(notebook)
    path = tmp_path / "explore.html"
    path.write_text(html, "utf8")
    page.context.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri())
    pictures = page.locator(".wb svg:visible")
    assert pictures.count() >= 3
    assert page.locator("table tbody tr:visible").count() >= 20
    pictures.first.scroll_into_view_if_needed()
    page.screenshot(path=artefacts / "shared-notebook.png")
