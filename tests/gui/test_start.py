"""The program as a process: one window a data folder, a clean end on a signal, one sentence where it cannot start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.opening import DEMO_MARK
from gui.start import _window_options
from gui.where import data_path, lock
from models.errors import Unavailable
from models.records.folder import DataFolder

ROOT = Path(__file__).resolve().parents[2]
_MAIN = """
import sys
from PySide6.QtCore import QTimer
import gui.start, gui.window
shown = gui.window.Window._show
def tell(self, widget):
    shown(self, widget)
    print(type(widget).__name__, flush=True)
gui.window.Window._show = tell
sys.exit(gui.start.main(sys.argv[1:]))
"""


class Program:
    """`gui.start` in a process of its own, which says on standard output what it shows."""

    def __init__(self, *arguments: str) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _MAIN, *arguments], cwd=ROOT, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def wait_for(self, page: str) -> None:
        """Until it shows a page of this name."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == page:
                return
        raise AssertionError(f"never showed {page}: {self.process.communicate()[1]}")

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Send a signal; exit code and standard error."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=30)
        # The offscreen platform has no window manager to tell the smallest size to; nothing is wrong when it says so.
        lines = [line for line in said.splitlines() if not line.startswith("This plugin does not support")]
        return self.process.returncode, "\n".join(lines)


@pytest.fixture
def programs() -> Iterator[list[Program]]:
    """Whatever was started is ended."""
    started: list[Program] = []
    yield started
    for program in started:
        if program.process.poll() is None:
            program.process.kill()
            program.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_it_with_a_copy(puskesmas: Path, programs: list[Program], number: signal.Signals) -> None:
    before = len(list((puskesmas / "copies").glob("*.db")))
    program = Program("--data", str(puskesmas))
    programs.append(program)
    program.wait_for("SignInPage")
    assert program.end(number) == (0, "")
    assert len(list((puskesmas / "copies").glob("*.db"))) == before + 1


def test_a_second_window_on_the_same_data_is_one_sentence(puskesmas: Path, programs: list[Program]) -> None:
    first = Program("--data", str(puskesmas))
    programs.append(first)
    first.wait_for("SignInPage")
    second = Program("--data", str(puskesmas))
    programs.append(second)
    _, said = second.process.communicate(timeout=30)
    assert second.process.returncode == 1
    assert said == "Pos Vaksin sudah terbuka dengan data ini. Pakai jendela yang sudah terbuka itu.\n"
    assert first.end(signal.SIGTERM)[0] == 0


def test_an_empty_folder_leads_to_set_up_and_closing_leaves_it_empty(tmp_path: Path, programs: list[Program]) -> None:
    program = Program("--data", str(tmp_path / "baru"))
    programs.append(program)
    program.wait_for("SetUpPage")
    assert program.end(signal.SIGTERM) == (0, "")
    assert list((tmp_path / "baru").iterdir()) == []


def test_the_demo_never_opens_real_records(puskesmas: Path, programs: list[Program]) -> None:
    before = (puskesmas / "records.db").read_bytes()
    program = Program("demo", "--data", str(puskesmas), "--people", "3")
    programs.append(program)
    program.wait_for("Notice")  # the page that says what is the matter
    assert program.end(signal.SIGTERM) == (0, "")
    assert (puskesmas / "records.db").read_bytes() == before
    assert not (puskesmas / DEMO_MARK).exists()
    assert DataFolder(puskesmas).is_set_up


def test_the_lock_goes_with_its_holder(tmp_path: Path) -> None:
    held = lock(tmp_path)
    with pytest.raises(Unavailable) as refused:
        lock(tmp_path)
    assert refused.value.code == "screen.second_window"
    held.unlock()
    lock(tmp_path).unlock()


def test_the_data_folder_is_chosen_named_or_this_pcs_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSVAKSIN_DATA", str(tmp_path / "named"))
    assert data_path() == tmp_path / "named"
    assert data_path(demo=True) == tmp_path / "named" / "demo"
    assert data_path(str(tmp_path / "chosen"), demo=True) == tmp_path / "chosen"


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("", True),
        ("--data x", True),
        ("--data=x", True),
        ("demo", True),
        ("demo --today 2021-12-20 --people 5 --seed 7 --data x", True),
        ("verifier", True),
        ("verifier --data x", True),
        ("verifier --folder x", False),
        ("dinkes --folder=x", True),
        ("dinkes --data x", False),
        ("dinkes verifier", False),
        ("demo --folder x", False),
        ("--folder x", False),
        ("--people 5", False),
        ("demo --people many", False),
        ("demo --today kemarin", False),
        ("demo demo", False),
        ("--data", False),
        ("cek", False),
    ],
)
def test_only_what_asks_for_a_window_opens_one(words: str, window: bool) -> None:
    assert (_window_options(words.split()) is not None) is window
