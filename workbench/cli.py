"""The command line: ``workbench lab | ingest | judge | search | duplicates | evaluate | behaviour | train | gate | report | run | verify``.

Exit status 0 when done, 1 when work was stopped, the gate is shut or `verify` finds other numbers, 2 for wrong use or unusable
input with one line on standard error that names it. Progress goes to standard error; standard output holds only what was
asked for.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from workbench import __version__
from workbench.errors import InterruptedWorkError, SourceError, WorkbenchError
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
    except InterruptedWorkError as error:
        _say(" ".join(str(error).split()))
        return 1
    except WorkbenchError as error:
        return _unusable(str(error))
    except KeyboardInterrupt:
        _say("interrupted; the same command with --resume goes on")
        return 130
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
    lab.add_argument("--corpus", type=Path, metavar="DIR", help="the corpus that the notebooks open on")
    lab.set_defaults(run=_lab)

    ingest = commands.add_parser("ingest", help="add articles to a corpus on disk; what is there already is not added")
    _add_sources(ingest)
    ingest.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    ingest.add_argument("--jobs", type=_count, default=1, metavar="N", help="processes that read pages and texts")
    ingest.add_argument("--resume", action="store_true", help="go on where it was stopped, as it does in any case")
    ingest.add_argument("--part", type=_count, default=None, metavar="N", help="articles in a part")
    ingest.set_defaults(run=_ingest)

    judge = commands.add_parser("judge", help="judge articles and write the stances table")
    _add_sources(judge)
    judge.add_argument("--out", type=Path, required=True, metavar="FILE", help=".parquet, .csv or .jsonl")
    judge.add_argument("--classifier", default="rules", metavar="NAME")
    judge.add_argument("--targets", default="IR,US,CN", metavar="CODES", help="ISO codes with commas (IR,US,CN)")
    judge.add_argument("--jobs", type=_count, default=None, metavar="N", help="processes here (all cores)")
    judge.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster does the work")
    judge.add_argument("--resume", action="store_true", help="go on with what a run that was stopped has done")
    judge.add_argument("--part", type=_count, default=None, metavar="N", help="articles judged at a time")
    judge.set_defaults(run=_judge)

    search = commands.add_parser("search", help="print every place where words are found, with what stands around")
    search.add_argument("query", help='words, "a phrase", prefix*, AND OR NOT, NEAR(word word, 5)')
    search.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    search.add_argument("--sort", default="corpus", metavar="ORDER", help="corpus, left, right, date or outlet")
    search.add_argument("--limit", type=_count, default=1000, metavar="N", help="most lines")
    search.set_defaults(run=_search)

    duplicates = commands.add_parser("duplicates", help="print groups of copies and of repeated headlines, as CSV")
    _add_sources(duplicates)
    duplicates.add_argument("--threshold", type=float, default=None, metavar="0..1", help="least similarity of a copy")
    duplicates.set_defaults(run=_duplicates)

    evaluate = commands.add_parser("evaluate", help="score a classifier on judged sentences")
    evaluate.add_argument("gold", help="JSON Lines with id, text, target, stance")
    evaluate.add_argument("--classifier", default="rules", metavar="NAME")
    evaluate.add_argument("--json", action="store_true", help="print every figure as JSON")
    evaluate.set_defaults(run=_evaluate)

    behaviour = commands.add_parser("behaviour", help="run the minimal pairs, phenomenon by phenomenon")
    behaviour.add_argument("--classifier", default="rules", metavar="NAME")
    behaviour.add_argument("--json", action="store_true", help="print the table as JSON")
    behaviour.set_defaults(run=_behaviour)

    train = commands.add_parser("train", help="fit a classifier on judged sentences, the project's own and yours")
    train.add_argument("labelled", nargs="*", help="JSON Lines with id, text, target, stance; folders of them")
    train.add_argument("--classifier", default="ensemble", metavar="NAME")
    train.add_argument("--out", type=Path, required=True, metavar="FILE.npz")
    train.add_argument("--alone", action="store_true", help="leave out the project's own sentences")
    train.add_argument("--model", metavar="NAME", help="of a transformers encoder, for nli and finetuned")
    train.set_defaults(run=_train)

    gate = commands.add_parser("gate", help="hold the shipped classifiers against the floors of the project")
    gate.add_argument("--classifier", action="append", metavar="NAME", help="only this one; may be said again")
    gate.add_argument("--update", action="store_true", help="raise floors to what is reached, note the data")
    gate.add_argument("--lower", action="store_true", help="with --update: bring down floors that are not reached")
    gate.set_defaults(run=_gate)

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
    if options.corpus:
        from workbench.corpus import LAB_CORPUS
        from workbench.partitions import Corpus

        Corpus.open(options.corpus)
        os.environ[LAB_CORPUS] = str(options.corpus.resolve())
    words = [] if any("root_dir=" in word for word in options.rest) else [f"--ServerApp.root_dir={notebook_path()}"]
    headless = sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if headless:
        words.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--allow-root")
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *words, *options.rest])  # noqa: S606


def _ingest(options: argparse.Namespace) -> int:
    from workbench.ingesting import ingest
    from workbench.partitions import PartSize
    from workbench.progress import ProgressBar

    size = PartSize(options.part) if options.part else None
    with ProgressBar("ingest") as progress:
        corpus, load = ingest(
            options.source,
            options.corpus,
            columns=_columns(options),
            tell=_columns_told(),
            jobs=options.jobs,
            size=size,
            progress=progress,
        )
    _say(
        f"{load.articles} new articles, {load.repeated} that were there, {load.rejected} rejected; {corpus.count} in {corpus.path}"
    )
    if load.rejected:
        _say(f"the rejects are listed with reasons in {corpus.path / 'rejects'}")
    return 0


def _judge(options: argparse.Namespace) -> int:
    from workbench import scaling, store
    from workbench.corpus import Sources
    from workbench.progress import ProgressBar

    store.checked_path(options.out)
    targets = _targets(options)
    sources = Sources(options.source, _columns(options), _columns_told())
    with ProgressBar("judge") as progress:
        done = scaling.judge_sources(
            sources,
            options.out,
            options.classifier,
            targets,
            jobs=options.jobs,
            scheduler=options.scheduler,
            resume=options.resume,
            articles=options.part or scaling.ARTICLES,
            progress=progress,
        )
    counts = ", ".join(f"{count} {stance}" for stance, count in done.by_stance.most_common())
    _say(f"{done.articles} articles, {done.stances} stances ({counts or 'none'}) in {options.out}")
    if done.rejects:
        _say(f"{len(done.rejects)} rejected, listed with reasons in {store.rejects_path(options.out)}")
    return 0


def _search(options: argparse.Namespace) -> int:
    from workbench import search
    from workbench.partitions import Corpus
    from workbench.queries import parse_query

    corpus = Corpus.open(options.corpus)
    parse_query(options.query)
    with search.Index.of_corpus(corpus) as index:
        found, total = len(index.numbers(options.query)), len(index)
        lines = search.concordance(corpus, options.query, index, sort=options.sort, limit=options.limit)
    for row in lines.itertuples(index=False):
        cells = (row.date, row.outlet, row.article_id, row.left, f"[{row.keyword}]", row.right)
        print("\t".join(" ".join(str(cell or "").split()) for cell in cells))
    _say(f"{found} articles of {total}, {len(lines)} places shown")
    return 0


def _duplicates(options: argparse.Namespace) -> int:
    from workbench.corpus import Sources, distinct
    from workbench.duplicates import THRESHOLD, find_duplicates

    threshold = THRESHOLD if options.threshold is None else options.threshold
    sources = Sources(options.source, _columns(options), _columns_told())
    found = find_duplicates(distinct(sources, lambda _: None), threshold)
    found.to_csv(sys.stdout, index=False, lineterminator="\n")
    copies = found[found["kind"] != "same headline"]
    _say(
        f"{copies['group'].nunique()} groups of copies, {found['group'].nunique() - copies['group'].nunique()} of headlines"
    )
    return 0


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="+", help="file, folder, glob, address or corpus, in any supported format")
    parser.add_argument(
        "--columns", default="", metavar="FIELD=COLUMN,...", help="which column is which, where names do not tell"
    )


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1 on, not {word!r}")
    return int(word)


def _columns(options: argparse.Namespace) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in options.columns.split(",") if pair.strip()]
    for name, sign, column in pairs:
        if not (name.strip() and sign and column.strip()):
            raise SourceError(f"--columns {options.columns!r}: expected FIELD=COLUMN, with commas between")
    return {name.strip(): column.strip() for name, _, column in pairs}


def _columns_told() -> Callable[[str, Any], None]:
    """Show which column of a table was taken for which field, once for tables of one kind."""
    shown: set[str] = set()

    def tell(source: str, mapped: Any) -> None:
        if str(mapped) not in shown and set(mapped.columns.values()) != set(mapped.columns):
            _say(f"{source}: {mapped}")
        shown.add(str(mapped))

    return tell


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


def _behaviour(options: argparse.Namespace) -> int:
    from workbench.behaviour import run_suite, table

    rows = table(run_suite(options.classifier))
    if options.json:
        print(rows.to_json(orient="records", force_ascii=False, double_precision=4))
        return 0
    print(f"{options.classifier}: pairs with both sentences right, by phenomenon (95 % interval)")
    for row in rows.to_dict("records"):
        print(f"{row['phenomenon']:>18}  {row['right']:.2f} [{row['low']:.2f}, {row['high']:.2f}] of {row['pairs']}")
    return 0


def _train(options: argparse.Namespace) -> int:
    from workbench.saving import SUFFIX
    from workbench.seeds import seed_path
    from workbench.training import card, fit_one, read_labelled, training_set

    if options.out.suffix != SUFFIX:
        raise SourceError(f"{options.out}: a classifier is saved as {SUFFIX}")
    own = [] if options.alone else [seed_path("labelled")]
    sources = [*own, *map(Path, options.labelled)]
    if not sources:
        raise SourceError("train: nothing to learn from; give files, or leave out --alone")
    data = training_set(item for item in read_labelled(sources) if item.part == "train")
    files = [path for source in sources for path in (sorted(source.glob("*.jsonl")) if source.is_dir() else [source])]
    parameters = {"model": options.model} if options.model else {}
    fit_one(options.classifier, data, card(files, data), **parameters).save(options.out)
    _say(f"{options.classifier} fitted on {len(data)} passages of {len(set(data.themes))} themes; {options.out}")
    return 0


def _gate(options: argparse.Namespace) -> int:
    from workbench import gate

    verdict = gate.check(options.classifier or gate.SHIPPED)
    for name, parts in verdict.measured.items():
        for part, figures in parts.items():
            print(f"{name:>10}  {part:>9}  " + "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items()))
    if options.update:
        for move in gate.update(verdict, lower=options.lower):
            _say(move)
        return 0
    for line in verdict.below:
        _say(f"below the floor: {line}")
    if verdict.moved:
        _say("the data are others than those the floors were measured on; workbench gate --update notes the new ones")
    return 0 if verdict.passed else 1


def _say(message: str) -> None:
    print(f"workbench: {message}", file=sys.stderr)
