"""The command line: ``workbench lab | judge | evaluate | report | run | verify``.

Exit status 0 when done, 1 when `verify` finds other numbers, 2 for wrong use or unusable input with one line on standard error that names it. Progress goes
to standard error; standard output holds only what was asked for.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from workbench import __version__
from workbench.errors import SourceError, WorkbenchError
from workbench.seeds import notebook_path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after the program's name; those of the process when absent.

    Returns
    -------
    int
        Exit status.
    """
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command != "lab":
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    try:
        return int(options.run(options))
    except WorkbenchError as error:
        return _unusable(str(error))
    except OSError as error:
        return _unusable(f"{error.filename or options.command}: {error.strerror or error}")


def _unusable(message: str) -> int:
    print(f"workbench: {' '.join(message.split())}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workbench", description="Who says what of whom in Persian defence news.")
    parser.add_argument("--version", action="version", version=f"workbench {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    lab = commands.add_parser("lab", help="open JupyterLab on the notebooks; other words go to jupyter lab")
    lab.set_defaults(run=_lab)

    judge = commands.add_parser("judge", help="judge articles and write the stances table")
    judge.add_argument("source", nargs="+", help="file, folder or glob in any supported format")
    judge.add_argument("--out", type=Path, required=True, metavar="FILE", help=".parquet, .csv or .jsonl")
    judge.add_argument("--classifier", default="rules", metavar="NAME")
    judge.add_argument("--targets", default="IR,US,CN", metavar="CODES", help="ISO codes with commas (IR,US,CN)")
    judge.set_defaults(run=_judge)

    evaluate = commands.add_parser("evaluate", help="score a classifier on judged sentences")
    evaluate.add_argument("gold", help="JSON Lines with id, text, target, stance")
    evaluate.add_argument("--classifier", default="rules", metavar="NAME")
    evaluate.add_argument("--json", action="store_true", help="print every figure as JSON")
    evaluate.set_defaults(run=_evaluate)

    report = commands.add_parser("report", help="write one self-contained HTML page")
    report.add_argument("source", nargs="+", help="file, folder or glob in any supported format")
    report.add_argument("--out", type=Path, required=True, metavar="FILE.html")
    report.add_argument("--classifier", default="rules", metavar="NAME")
    report.add_argument("--targets", default="IR,US,CN", metavar="CODES")
    report.add_argument(
        "--selection", default="{}", metavar="TEXT", help="a selection's text form; everything when absent"
    )
    report.add_argument(
        "--gold", metavar="FILE", help="judged sentences; the page then carries the classifier's scores on them"
    )
    report.set_defaults(run=_report)

    run = commands.add_parser("run", help="run a notebook with settings of your own and save it with its outputs")
    run.add_argument("notebook", type=Path, help="a file, or the name of one of the project's notebooks")
    run.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="settings")
    run.add_argument(
        "--out", type=Path, metavar="FILE.ipynb", help="beside the notebook's name, with -run, when absent"
    )
    run.set_defaults(run=_run)

    verify = commands.add_parser("verify", help="make the numbers of a shared file again and compare")
    verify.add_argument("file", type=Path, help="a report, an executed notebook, or an export")
    verify.add_argument("--source", nargs="+", help="where its corpus is now")
    verify.set_defaults(run=_verify)
    return parser


def _lab(options: argparse.Namespace) -> NoReturn:
    """Hand the process over to JupyterLab; without a display it serves and prints its address."""
    words = [] if any("root_dir=" in word for word in options.rest) else [f"--ServerApp.root_dir={notebook_path()}"]
    headless = sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if headless:
        words.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--allow-root")
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *words, *options.rest])  # noqa: S606


def _judge(options: argparse.Namespace) -> int:
    from workbench import store

    write = store.table_writer(options.out)
    stances, rejects, articles = _stances(options)
    write(stances)
    store.write_rejects(rejects, options.out)
    counts = ", ".join(f"{count} {stance}" for stance, count in Counter(stances["stance"]).most_common())
    _say(f"{articles} articles, {len(stances)} stances ({counts or 'none'}) in {options.out}")
    if rejects:
        _say(f"{len(rejects)} rejected, listed with reasons in {store.rejects_path(options.out)}")
    return 0


def _report(options: argparse.Namespace) -> int:
    from workbench import corpus, judging, reporting
    from workbench.evaluation import evaluate
    from workbench.selection import Selection

    rejects: list[Any] = []
    try:
        chosen = replace(Selection.from_text(options.selection), classifier=options.classifier)
    except ValueError as error:
        raise SourceError(f"--selection: {error}") from error
    sources = options.source
    articles = corpus.demo() if sources == [corpus.DEMO] else corpus.load(sources, rejects.append)
    stances = judging.judge(articles, options.classifier, _targets(options), on_reject=rejects.append)
    scores = evaluate(options.gold, options.classifier) if options.gold else None
    reporting.write_report(articles, stances, options.out, selection=chosen, scores=scores)
    _say(f"{len(articles)} articles, {len(stances)} stances, {len(rejects)} rejected; {options.out}")
    return 0


def _run(options: argparse.Namespace) -> int:
    from workbench.running import run

    notebook = options.notebook
    if not notebook.exists() and len(notebook.parts) == 1:
        notebook = notebook_path(notebook.name if notebook.suffix else f"{notebook.name}.ipynb")
    settings = {}
    for setting in options.settings:
        name, given, value = setting.partition("=")
        if not given or not name.isidentifier():
            raise SourceError(f"--set {setting!r}: expected NAME=VALUE")
        settings[name] = value
    out = options.out or Path(f"{notebook.stem}-run.ipynb")
    run(notebook, settings, out)
    _say(f"{notebook} ran; {out}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from workbench.verification import verify

    findings = verify(options.file, options.source)
    for finding in findings:
        mark = "same" if finding.same else f"was {finding.then}, is {finding.now}"
        print(f"{finding.what:>28}  {mark}")
    different = [finding for finding in findings if not finding.same]
    _say(
        f"{options.file}: {'the numbers are the same' if not different else f'{len(different)} of {len(findings)} are not the same'}"
    )
    return 1 if different else 0


def _stances(options: argparse.Namespace) -> tuple[Any, list[Any], int]:
    from workbench import corpus, frames, judging
    from workbench.stance import classifier

    rejects: list[Any] = []
    judge = classifier(options.classifier)
    targets = _targets(options)
    seen = Counter[str]()

    def counted() -> Any:
        for article in corpus.read_sources(options.source, rejects.append):
            seen["articles"] += 1
            yield article

    stances = frames.stances_frame(judging.judgements(counted(), judge, targets, rejects.append))
    return stances, rejects, seen["articles"]


def _targets(options: argparse.Namespace) -> tuple[str, ...]:
    from workbench.targets import target

    return tuple(target(code.strip().upper()).code for code in options.targets.split(",") if code.strip())


def _evaluate(options: argparse.Namespace) -> int:
    from workbench.evaluation import evaluate

    figures = evaluate(options.gold, options.classifier)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return 0
    print(f"{figures['classifier']} on {options.gold}: n {figures['n']}")
    for name in ("macro_f1", "accuracy", "holder_accuracy", "missed_mentions", "false_mentions"):
        print(f"{name:>16}  {figures[name]}")
    for stance, row in figures["per_stance"].items():
        print(f"{stance:>16}  " + "  ".join(f"{name} {value}" for name, value in row.items()))
    return 0


def _say(message: str) -> None:
    print(f"workbench: {message}", file=sys.stderr)
