"""Take the pictures of the README: each notebook as JupyterLab shows it, and the report.

.venv/bin/python docs/pictures.py [NAME ...]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PORT = 8963
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def explore(page: Page) -> None:
    """Open the notebook's explorer with one sentence's article beside it."""
    _run(page, "explore.ipynb")
    _alone(page, "explore.png")
    page.locator('.wb-side [data-key="targets-US"]').check()
    page.locator('.wb-side [data-key="stances-against"]').check()
    page.locator("[data-tab=sentences]").click()
    page.locator(".wb-sentence").nth(3).click()
    page.locator(".reader .chosen").wait_for()
    _alone(page, "reader.png")


def concordance(page: Page) -> None:
    """Open the notebook's lines of one word."""
    _run(page, "concordance.ipynb")
    page.locator(".wb-explorer .wb-kwic tbody tr").first.wait_for()
    _alone(page, "concordance.png")


def compare(page: Page) -> None:
    """Open the notebook's scores of the classifiers."""
    page.set_viewport_size({"width": 1500, "height": 2000})
    _run(page, "compare.ipynb", ".wb-compare")
    page.locator(".wb-compare svg").first.wait_for(timeout=120_000)
    page.locator(".wb-compare .widget-button").nth(5).click()
    page.locator(".wb-compare h3").first.wait_for(timeout=240_000)  # the other cells run first
    _alone(page, "compare.png", ".wb-compare")


def report(page: Page) -> None:
    """Write the report of the demo corpus and open it from disk."""
    import workbench as wb
    from workbench.reporting import write_report

    articles = wb.demo()
    with tempfile.TemporaryDirectory() as folder:
        path = write_report(articles, wb.judge(articles), Path(folder) / "report.html")
        page.goto(path.as_uri())
        page.locator("body[data-ready]").wait_for()
        page.screenshot(path=ROOT / "docs" / "report.png")


PICTURES: dict[str, Callable[[Page], None]] = {
    "explore": explore,
    "concordance": concordance,
    "compare": compare,
    "report": report,
}


def _wait() -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api?token=t").close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
        else:
            return


def _run(page: Page, notebook: str, shown: str = ".wb-explorer .wb-panel > *") -> None:
    page.goto(f"http://127.0.0.1:{PORT}/lab/tree/{notebook}?token=t&reset")
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(shown).first.wait_for(timeout=120_000)
    page.wait_for_timeout(2500)


def _alone(page: Page, name: str, shown: str = ".wb-explorer") -> None:
    page.add_style_tag(content=".Toastify{display:none}")
    page.wait_for_timeout(500)
    page.mouse.move(0, 0)
    page.locator(shown).first.screenshot(path=ROOT / "docs" / name)


def main(names: list[str]) -> None:
    """Serve a copy of the notebooks and take the pictures asked for."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for notebook in (ROOT / "notebooks").glob("*.ipynb"):
            shutil.copy(notebook, folder)
        words = [
            "workbench",
            "lab",
            f"--port={PORT}",
            "--IdentityProvider.token=t",
            f"--ServerApp.root_dir={folder}",
            "--no-browser",
        ]
        environment = {**os.environ, "JUPYTER_CONFIG_DIR": f"{folder}/.jupyter", "JUPYTER_DATA_DIR": f"{folder}/.data"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        server = subprocess.Popen([sys.executable, "-m", *words], env=environment, **quiet)  # type: ignore[call-overload]
        try:
            _wait()
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for name in names or PICTURES:
                page = browser.new_page(viewport={"width": 1500, "height": 1100}, device_scale_factor=1)
                PICTURES[name](page)
                page.close()
            browser.close()
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main(sys.argv[1:])
