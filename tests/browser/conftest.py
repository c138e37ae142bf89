"""A real Chromium, and a JupyterLab and a Voila of our own to drive."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
]
# The demo corpus many times over, so that judging it takes some seconds.
LARGE = """import pandas as pd
import workbench as wb

demo = wb.demo()
judged = wb.judge(demo)
articles = pd.concat([demo.assign(article_id=demo["article_id"] + f"-{i}") for i in range(60)], ignore_index=True)
stances = pd.concat([judged.assign(article_id=judged["article_id"] + f"-{i}") for i in range(60)], ignore_index=True)
wb.explore(articles, stances)"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that Playwright brings."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium on this machine")
        made = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with room for the whole explorer."""
    context = browser.new_context(viewport={"width": 1500, "height": 1250}, accept_downloads=True)
    made = context.new_page()
    made.set_default_timeout(60_000)
    yield made
    context.close()


@pytest.fixture(scope="session")
def artefacts(root: Path) -> Path:
    folder = root / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def accessible() -> Callable[[Page, Any], None]:
    """A check that axe-core finds nothing serious or critical."""

    def check(page: Page, within: Any = None) -> None:
        found = Axe().run(page, context=within).response["violations"]
        grave = [
            (one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")
        ]
        assert not grave

    return check


@pytest.fixture(scope="session")
def lab(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a JupyterLab on a copy of the notebooks, started by the project's own command; ends before the file."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(root / "notebooks" / "explore.ipynb", folder)
    large = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LARGE)])
    large.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(large, folder / "large.ipynb")
    port = _free_port()
    words = ["workbench", "lab", f"--port={port}", "--IdentityProvider.token=t", f"--ServerApp.root_dir={folder}"]
    with _served(words, folder, f"http://127.0.0.1:{port}/api?token=t"):
        yield f"http://127.0.0.1:{port}/lab/tree/{{}}?token=t&reset"


@pytest.fixture(scope="session")
def voila(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the explorer's notebook as Voila serves it."""
    folder = tmp_path_factory.mktemp("voila")
    shutil.copy(root / "notebooks" / "explore.ipynb", folder)
    port = _free_port()
    words = ["voila", str(folder / "explore.ipynb"), "--no-browser", f"--port={port}"]
    with _served(words, folder, f"http://127.0.0.1:{port}/voila/static/voila.js"):
        yield f"http://127.0.0.1:{port}/"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _served(words: list[str], folder: Path, ready: str) -> Iterator[None]:
    environment = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {"JUPYTER_CONFIG_DIR": str(folder / ".jupyter"), "JUPYTER_DATA_DIR": str(folder / ".data")}
    path = folder / "server.log"
    with path.open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", *words], stdout=log, stderr=log, env=environment, cwd=folder)
        try:
            _wait(ready, path)
            yield
        finally:
            server.terminate()
            server.wait(20)


def _wait(address: str, log: Path) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - our own server
                return
        except urllib.error.HTTPError:
            return  # it answers
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    pytest.fail(f"the server did not start:\n{log.read_text()}")
