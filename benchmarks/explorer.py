"""How fast the explorer is at ten and a hundred thousand articles: in the kernel, and on the screen of a real browser.

    python benchmarks/explorer.py ARTICLES [--sizes 10000,100000] [--keep FOLDER] [--browser]

ARTICLES (any source) are judged once with `rules`, then repeated under new ids until there are as many as asked for. The
peer in the same run is pandas itself: the same filter as boolean masks over a joined table, and the same counts by
`groupby`, without an interval or a picture. Medians of paired rounds; times are wall-clock on a machine that may be busy,
so processor time stands beside them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROUNDS = 7
CHANGES: list[dict[str, Any]] = [
    {"toggle": ["targets", "US"]},
    {"toggle": ["stances", "against"]},
    {"select": {"since": "2006-01-01"}},
    {"select": {"confidence": 0.5}},
    {"clear": True},
]
TABS = ("overview", "time", "holders", "outlets", "concordance", "sentences")


def prepare(source: str, sizes: list[int], folder: Path) -> None:
    """Judge once, repeat, and keep as Parquet what the measured processes open."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    import workbench as wb
    from workbench import store

    if all((folder / str(size) / "stances.parquet").exists() for size in sizes):
        return
    articles = wb.load(source)
    stances = wb.judge(articles, on_reject=lambda _: None)
    (folder / "one").mkdir(parents=True, exist_ok=True)
    articles.to_parquet(folder / "one" / "articles.parquet")
    store.table_writer(folder / "one" / "stances.parquet")(stances)
    for size in sizes:
        (folder / str(size)).mkdir(exist_ok=True)
        for name in ("articles", "stances"):
            table = pq.read_table(folder / "one" / f"{name}.parquet")
            place = table.schema.get_field_index("article_id")
            ids = table["article_id"].to_pylist()
            times = -(-size // len(articles))
            pieces = [
                table.set_column(place, "article_id", pa.array([f"{one}-{i}" for one in ids])) for i in range(times)
            ]
            pq.write_table(pa.concat_tables(pieces), folder / str(size) / f"{name}.parquet")


def measure(folder: Path) -> dict[str, Any]:
    """Open the explorer and change filters on every tab, each change timed against pandas doing the same counts."""
    import pandas as pd

    import workbench as wb
    import workbench.panels.explorer.view
    from workbench import summarize

    articles = pd.read_parquet(folder / "articles.parquet")
    before = _memory()
    begun = time.perf_counter()
    widget = wb.explore(articles, folder / "stances.parquet")
    opened = time.perf_counter() - begun
    state = widget.state
    result: dict[str, Any] = {
        "articles": len(articles),
        "stances": len(state.columns),
        "open_s": round(opened, 2),
        "memory_mb": round(_memory() - before),
        "articles_mb": round(before),
        "filter_ms": {},
    }
    joined = summarize.joined(
        state.columns.stances.drop(columns=["mentions", "evidence", "speaker", "reason"]), articles
    )
    peers = []
    for tab in TABS:
        widget.do({"tab": tab})
        wall, processor = [], []
        for _ in range(ROUNDS):
            for change in CHANGES:
                walled, used = time.perf_counter(), time.process_time()
                widget.do(change)
                wall.append((time.perf_counter() - walled) * 1e3)
                processor.append((time.process_time() - used) * 1e3)
                assert not widget._said, widget._said
                if tab == "overview":
                    peers.append(_pandas(joined, state))
        result["filter_ms"][tab] = _spread(wall) | {"cpu": round(statistics.median(processor))}
    result["pandas_ms"] = _spread(peers)
    widget.do({"tab": "words"})
    begun = time.perf_counter()
    if state.indexing is not None:
        state.indexing.join()
    state.collect()
    result["index_s"] = round(time.perf_counter() - begun, 1)
    words = []
    for query in ("تحریم*", "می شود", "حمایت", "حقوق قانوني", "ایران"):
        widget.do({"tab": "overview"})
        begun = time.perf_counter()
        widget.do({"select": {"words": query}})
        words.append((time.perf_counter() - begun) * 1e3)
    result["filter_ms"]["words typed (overview)"] = _spread(words)
    widget.do({"clear": True})
    widget.do({"tab": "words"})
    keyness = []
    for change in [{"toggle": ["targets", "US"]}, {"toggle": ["stances", "against"]}, {"clear": True}] * 3:
        begun = time.perf_counter()
        widget.do(change)
        keyness.append((time.perf_counter() - begun) * 1e3)
    result["filter_ms"]["words (keyness)"] = _spread(keyness)
    result["memory_indexed_mb"] = round(_memory() - before)
    return result


def _pandas(joined: Any, state: Any) -> float:
    chosen = state.selection
    begun = time.perf_counter()
    rows = joined
    for field, column in (("targets", "target"), ("stances", "stance")):
        if getattr(chosen, field):
            rows = rows[rows[column].isin(getattr(chosen, field))]
    if chosen.since:
        rows = rows[rows["day"] >= chosen.since]
    if chosen.confidence:
        rows = rows[rows[["p_favor", "p_neutral", "p_against"]].max(axis=1) >= chosen.confidence]
    rows.groupby(["target", "stance"], observed=True).size()
    rows["article_id"].nunique()
    for column in ("target", "stance", "holder", "outlet", "voice"):
        rows[column].value_counts()
    return (time.perf_counter() - begun) * 1e3


def on_screen(folder: Path) -> dict[str, Any]:
    """Run a notebook in JupyterLab and time what a person sees: the first picture, and each filter until it is painted."""
    import nbformat
    from playwright.sync_api import sync_playwright

    work = Path(tempfile.mkdtemp(prefix="explorer-"))
    sources = [
        f"import pandas as pd\nimport workbench as wb\nfrom workbench.panels.explorer import view\narticles = pd.read_parquet({str(folder / 'articles.parquet')!r})",
        f"wb.explore(articles, {str(folder / 'stances.parquet')!r})",
    ]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, work / "b.ipynb")
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(work / ".jupyter"), "JUPYTER_DATA_DIR": str(work / ".data")}
    words = ["lab", "--port=8951", "--IdentityProvider.token=t", f"--ServerApp.root_dir={work}", "--no-browser"]
    with (work / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "workbench", *words], stdout=log, stderr=log, env=environment)
        try:
            _wait("http://127.0.0.1:8951/api?token=t")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"),
                    args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
                )
                page = browser.new_page(viewport={"width": 1500, "height": 1200})
                page.set_default_timeout(180_000)
                page.goto("http://127.0.0.1:8951/lab/tree/b.ipynb?token=t&reset")
                page.get_by_text("| Idle").wait_for()
                page.locator(".jp-CodeCell .cm-content").first.click()
                page.keyboard.press("Shift+Enter")
                page.wait_for_function("() => document.querySelector('.jp-InputPrompt').textContent.includes('[1]')")
                first = page.evaluate(
                    """async () => {const begun = performance.now();
                    document.querySelectorAll('.jp-CodeCell')[1].querySelector('.cm-content').focus();
                    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 13, shiftKey: true, bubbles: true}));
                    while (!document.querySelector('.wb-explorer .wb-figure svg')) await new Promise(r => setTimeout(r, 20));
                    await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
                    return performance.now() - begun}"""
                )
                page.wait_for_timeout(4000)
                seen = []
                for key in ["targets-US", "stances-against", "voices-quoted"] * 4:
                    seen.append(
                        page.evaluate(
                            """async key => {const root = document.querySelector('.wb-explorer'), was = root.dataset.rev, begun = performance.now();
                            root.querySelector(`.wb-side [data-key="${key}"]`).click();
                            while (root.dataset.rev === was) await new Promise(r => setTimeout(r, 2));
                            await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
                            return performance.now() - begun}""",
                            key,
                        )
                    )
                    page.wait_for_timeout(250)
                page.wait_for_timeout(12_000)
                page.keyboard.press("Control+s")
                page.wait_for_timeout(3000)
                browser.close()
            return {
                "first_screen_s": round(first / 1e3, 2),
                "screen_ms": _spread(seen),
                "notebook_mb": round((work / "b.ipynb").stat().st_size / 1e6, 2),
            }
        finally:
            server.terminate()
            server.wait(30)
            shutil.rmtree(work, ignore_errors=True)


def _wait(address: str) -> None:
    for _ in range(400):
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
        else:
            return


def _spread(values: list[float]) -> dict[str, int]:
    return {"median": round(statistics.median(values)), "max": round(max(values))}


def _memory() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Prepare, then measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles")
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--keep", type=Path, help="folder for the repeated corpora, used again when it is there")
    parser.add_argument("--browser", action="store_true", help="time what is on the screen too")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one), ensure_ascii=False))
        return
    folder = options.keep or Path(tempfile.mkdtemp(prefix="explorer-"))
    sizes = [int(size) for size in options.sizes.split(",")]
    prepare(options.articles, sizes, folder)
    for size in sizes:
        words = [sys.executable, __file__, options.articles, "--one", str(folder / str(size))]
        figures = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        print(json.dumps(figures, ensure_ascii=False), file=sys.stderr, flush=True)
        if options.browser:
            figures |= on_screen(folder / str(size))
        figures["load"] = round(os.getloadavg()[0], 1)
        print(json.dumps(figures, ensure_ascii=False, indent=1), flush=True)


if __name__ == "__main__":
    main()
