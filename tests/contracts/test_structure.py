"""The rules of the house, read from the code and from the map in CONTRIBUTING.md."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench

PACKAGE = Path(workbench.__file__).parent
ROOT = PACKAGE.parent
HEAVY = {"pandas", "numpy", "hazm", "sklearn", "matplotlib", "ipywidgets", "torch"}
FAMILIES = {"loaders": "LOADERS", "tokenizers": "TOKENIZERS", "stance": "CLASSIFIERS", "encoders": "ENCODERS"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py")


def room(path: Path) -> str:
    """The module or folder directly under the package that a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def floors() -> dict[str, int]:
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", (ROOT / "CONTRIBUTING.md").read_text("utf8"), re.MULTILINE)
    names = {}
    for floor, cell in rows:
        for name in re.findall(r"`([a-z_]+)(?:/[^`]*)?`", cell):
            names[name] = int(floor)
    return names


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its head or inside a function, with full names."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    found = set()
    for name in imports(path):
        parts = name.split(".")
        if (
            parts[0] == "workbench"
            and len(parts) > 1
            and ((PACKAGE / parts[1]).is_dir() or (PACKAGE / f"{parts[1]}.py").exists())
        ):
            found.add(parts[1])
    return found - {room(path)}


def test_every_module_stands_on_a_floor_of_the_map() -> None:
    assert {room(path) for path in modules()} - {"__init__"} == set(floors())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    floor = floors()
    own = room(path)
    if own == "__init__":
        return
    for other in rooms_imported(path):
        assert floor[other] < floor[own], f"{own} (floor {floor[own]}) imports {other} (floor {floor[other]})"


@pytest.mark.parametrize("family", FAMILIES)
def test_members_of_a_family_do_not_import_each_other(family: str) -> None:
    folder = PACKAGE / family
    members = {path.stem for path in folder.iterdir() if path.stem not in {"__init__", "__pycache__", "base"}}
    for path in folder.rglob("*.py"):
        own = path.relative_to(folder).parts[0].removesuffix(".py")
        if own in {"__init__", "base"}:
            continue
        others = {name.split(".")[2] for name in imports(path) if name.startswith(f"workbench.{family}.")}
        assert not (others & members) - {own}, path


@pytest.mark.parametrize(("family", "table"), FAMILIES.items())
def test_every_member_is_in_its_table_and_the_readme(family: str, table: str) -> None:
    names = getattr(importlib.import_module(f"workbench.{family}"), table)
    source = (PACKAGE / family / "__init__.py").read_text("utf8")
    files = {p.stem for p in (PACKAGE / family).iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    for member in files - {"__init__", "base"}:
        assert re.search(rf"\b{member}\b", source), f"{family}/{member} is in no table"
    readme = (ROOT / "README.md").read_text("utf8")
    for name in names:
        assert f"`{name}`" in readme, f"README does not list the {family} member {name}"


def test_widgets_only_in_views_and_traits_only_in_panels() -> None:
    for path in modules():
        names = {name.split(".")[0] for name in imports(path)}
        where = path.relative_to(PACKAGE)
        if names & {"ipywidgets", "anywidget"}:
            assert where.parts[0] == "panels" and path.stem.startswith("view"), where
        if "traitlets" in names:
            assert where.parts[0] == "panels", where


def test_the_public_names_are_exactly_the_visible_ones() -> None:
    assert sorted(workbench.__all__) == [
        *("__version__", "demo", "evaluate", "explore", "judge", "load", "report"),
    ]
    assert dir(workbench) == sorted(workbench.__all__)
    for name in workbench.__all__:
        assert getattr(workbench, name) is not None


def test_importing_the_package_stays_light() -> None:
    code = f"import sys, workbench; print({HEAVY} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "set()"


def test_no_file_records_a_download_address() -> None:
    for path in [*ROOT.glob("requirements/*"), *ROOT.glob("bin/*"), ROOT / "pyproject.toml", *ROOT.glob(".ci/*")]:
        assert not re.search(r"https?://", path.read_text("utf8")), path
