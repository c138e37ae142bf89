"""A real Chromium, and a JupyterLab of our own to drive."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
]


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
    """A page that keeps what it asked of the network, and every dialog."""
    context = browser.new_context(viewport={"width": 1500, "height": 1250})
    made = context.new_page()
    made.set_default_timeout(60_000)
    yield made
    context.close()


@pytest.fixture(scope="session")
def artefacts(root: Path) -> Path:
    folder = root / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def lab(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a JupyterLab on a copy of the notebooks, started by the project's own command."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copy(root / "notebooks" / "explore.ipynb", folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment |= {"JUPYTER_CONFIG_DIR": str(folder / ".jupyter"), "JUPYTER_DATA_DIR": str(folder / ".data")}
    words = [
        sys.executable,
        "-m",
        "workbench",
        "lab",
        f"--port={port}",
        "--IdentityProvider.token=t",
        f"--ServerApp.root_dir={folder}",
    ]
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(words, stdout=log, stderr=log, env=environment)
        try:
            _wait(f"http://127.0.0.1:{port}/api?token=t", folder / "lab.log")
            yield f"http://127.0.0.1:{port}/lab/tree/explore.ipynb?token=t"
        finally:
            server.terminate()
            server.wait(20)


def _wait(address: str, log: Path) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")
