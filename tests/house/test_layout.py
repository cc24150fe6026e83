"""Where things lie: the top level that was given, a package wherever there are tests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.house.source import ROOT

TOP = {
    "main.py", "gui", "models", "reports", "resources", "setup.cfg", "tests", "README.md", "LICENSE", "CHANGELOG.md",
}  # fmt: skip


def strangers(names: Iterable[str]) -> set[str]:
    """Names that have no place at the top level; what begins with a dot is the tools' own."""
    return {name for name in names if not name.startswith(".")} - TOP - {"__pycache__"}


def without_init(folder: Path) -> list[str]:
    """Folders with Python files but without `__init__.py`."""
    folders = {path.parent for path in folder.rglob("*.py")}
    return sorted(str(path.relative_to(folder)) for path in folders if not (path / "__init__.py").exists())


def test_nothing_strange_at_the_top_level() -> None:
    assert strangers(path.name for path in ROOT.iterdir()) == set()


def test_every_folder_of_tests_is_a_package() -> None:
    assert without_init(ROOT / "tests") == []


def test_what_is_out_of_place_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "__init__.py").touch()
    (tmp_path / "a" / "test_b.py").touch()
    assert without_init(tmp_path) == ["a"]
    assert strangers([".git", "main.py", "util.py"]) == {"util.py"}
