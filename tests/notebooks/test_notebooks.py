"""Notebooks are short, run headless, and tell their story without a kernel."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_a_paragraph_and_is_short(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert notebook.cells[0].cell_type == "markdown"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) <= 8
    assert not any(cell.outputs for cell in code), "outputs are made when it runs, not kept"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_an_executed_notebook_keeps_pictures_and_widget_state(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, store_widget_state=True).execute()
    html = "".join(
        output.data.get("text/html", "")
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    )
    assert html.count("<svg") >= (3 if path.stem != "concordance" else 1)
    assert "<tbody>" in html
    assert notebook.metadata.widgets
    saved = tmp_path / "executed.ipynb"
    nbformat.write(notebook, saved)
    assert saved.stat().st_size < 3_000_000
