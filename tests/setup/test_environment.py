"""When an environment counts as ready, and which starts ask for a screen."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import gui.environment
from gui.environment import COMMANDS, DISPLAY, OFFSCREEN, Environment
from tests.house.source import ROOT, parse
from tests.house.test_imports import imported

START = ("gui/__init__.py", "gui/environment.py", "gui/prepare.py")


def test_an_environment_is_ready_only_with_its_stamp(place: Environment, finished: Environment) -> None:
    assert finished.is_ready("requirements")
    assert not finished.is_ready("requirements-test")
    Path(place.stamp("requirements")).unlink()
    assert not place.is_ready("requirements")


def test_a_stamp_that_was_cut_off_is_not_ready(finished: Environment) -> None:
    stamp = Path(finished.stamp("requirements"))
    stamp.write_text(stamp.read_text()[:-1])
    assert not finished.is_ready("requirements")


def test_a_new_lock_is_not_ready(finished: Environment) -> None:
    Path(finished.lock("requirements")).write_text("one==2\n")
    assert not finished.is_ready("requirements")


def test_a_moved_folder_is_not_ready(finished: Environment, tmp_path: Path) -> None:
    moved = tmp_path.with_name(f"{tmp_path.name}-moved")
    tmp_path.rename(moved)
    assert not Environment(str(moved)).is_ready("requirements")


def test_another_python_is_not_ready(finished: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 13, 0, "final", 0))
    assert not finished.is_ready("requirements")


def test_an_environment_whose_python_has_gone_is_not_ready(finished: Environment) -> None:
    Path(finished.python).unlink()
    assert not finished.is_ready("requirements")


def test_a_folder_reached_through_a_link_is_the_same_place(finished: Environment, tmp_path: Path) -> None:
    link = tmp_path.with_name(f"{tmp_path.name}-link")
    link.symlink_to(tmp_path)
    assert Environment(str(link)).is_ready("requirements")


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for no display")
@pytest.mark.parametrize(
    ("arguments", "screen"),
    [
        ([], OFFSCREEN),
        (["--data", "/x"], OFFSCREEN),
        (["demo"], OFFSCREEN),
        (["demo", "--no-window"], COMMANDS),
        (["recap", "--date", "2021-12-20"], COMMANDS),
        (["--data", "/x", "check"], COMMANDS),
        (["--help"], COMMANDS),
        (["demo", "-h"], COMMANDS),
    ],
)
def test_only_a_start_with_a_window_asks_for_a_screen(
    place: Environment, monkeypatch: pytest.MonkeyPatch, arguments: list[str], screen: str
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")
    assert place.screen(arguments) == screen


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for no display")
@pytest.mark.parametrize(
    ("variables", "screen", "said"),
    [
        ({"DISPLAY": ":0"}, DISPLAY, ""),
        ({"WAYLAND_DISPLAY": "wayland-0"}, DISPLAY, ""),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, OFFSCREEN, ""),
        ({"QT_QPA_PLATFORM": "xcb"}, DISPLAY, ""),
        ({}, OFFSCREEN, "Tidak ada layar"),
    ],
)
def test_without_a_display_one_sentence_and_offscreen(
    place: Environment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variables: dict[str, str],
    screen: str,
    said: str,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, variables.get(name, ""))
    assert place.screen([]) == screen
    words = capsys.readouterr().err
    assert words.startswith(said)
    assert words.count("\n") == bool(said)
    assert os.environ["QT_QPA_PLATFORM"] == (OFFSCREEN if screen == OFFSCREEN else variables.get("QT_QPA_PLATFORM", ""))


def test_main_can_be_read_by_an_old_python() -> None:
    ast.parse((ROOT / "main.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 15, 0), (4, 0, 0)])
def test_a_wrong_python_gets_one_sentence(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import main  # the module under test is the program's start

    monkeypatch.setattr(sys, "version_info", version)
    assert main.main() == 1
    words = capsys.readouterr().err
    assert "Python 3.11 sampai 3.14" in words
    assert f"{version[0]}.{version[1]}" in words
    assert words.count("\n") == 1


@pytest.mark.parametrize("path", START)
def test_what_runs_before_the_environment_needs_only_the_standard_library(path: str) -> None:
    source = parse(path, (ROOT / path).read_text(encoding="utf-8"))
    names = {name.split(".")[0] for node in ast.walk(source.tree) for name in imported(source, node)}
    assert names - set(sys.stdlib_module_names) <= {"gui"}


def test_a_start_without_set_up_imports_next_to_nothing() -> None:
    heavy = "{'subprocess', 'shutil', 'pathlib', 'venv', 'hashlib', 'json', 'PySide6'}"
    told = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys, gui.environment, main; print({heavy} & sys.modules.keys())"],
        cwd=Path(gui.environment.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "set()\n"
