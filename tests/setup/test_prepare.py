"""What the set-up does when it is broken off, doubled, refused or offline; pip and apt-get are played by the tests."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from gui import prepare
from gui.environment import Environment, Stopped

Played = Callable[[Sequence[str]], tuple[bool, str]]


@pytest.fixture
def play(place: Environment, monkeypatch: pytest.MonkeyPatch) -> Callable[[Played], list[Sequence[str]]]:
    """Let a function stand for the programs that are started; gives the list of what was."""
    started: list[Sequence[str]] = []

    def install(actor: Played) -> list[Sequence[str]]:
        def run(command: Sequence[str]) -> tuple[bool, str]:
            started.append(command)
            if "venv" in command:
                Path(place.python).parent.mkdir(parents=True)
                Path(place.python).touch()
            return actor(command)

        monkeypatch.setattr(prepare, "_run", run)
        return started

    return install


def content(_command: Sequence[str]) -> tuple[bool, str]:
    return False, ""


def test_a_first_start_builds_and_a_second_does_nothing(place: Environment, play: Any) -> None:
    started = play(content)
    prepare.environment(place, "requirements")
    assert place.is_ready("requirements")
    assert [("venv" in command, "--require-hashes" in command) for command in started] == [(True, False), (False, True)]
    prepare.environment(place, "requirements")
    assert len(started) == 2


def test_test_packages_are_added_to_a_ready_environment(finished: Environment, play: Any) -> None:
    started = play(content)
    prepare.environment(finished, "requirements", "requirements-test")
    assert finished.is_ready("requirements-test")
    assert len(started) == 1


def test_a_half_built_environment_is_built_anew(place: Environment, play: Any) -> None:
    leftover = Path(place.folder) / "leftover"
    leftover.parent.mkdir()
    leftover.touch()
    play(content)
    prepare.environment(place, "requirements")
    assert place.is_ready("requirements")
    assert not leftover.exists()
    assert not Path(f"{place.folder}.old").exists()


def test_without_network_the_earlier_environment_stays(finished: Environment, play: Any) -> None:
    before = Path(finished.stamp("requirements")).read_text()
    Path(finished.lock("requirements")).write_text("one==2\n")
    play(lambda command: ("pip" in command, "Failed to establish a new connection: [Errno 101]"))
    with pytest.raises(Stopped, match="periksa sambungan internet, lalu mulai lagi"):
        prepare.environment(finished, "requirements")
    assert Path(finished.stamp("requirements")).read_text() == before


def test_a_first_start_without_network_leaves_nothing_behind(place: Environment, play: Any) -> None:
    play(lambda command: ("pip" in command, "Failed to establish a new connection: [Errno 101]"))
    with pytest.raises(Stopped):
        prepare.environment(place, "requirements")
    assert not Path(place.folder).exists()


def test_a_start_broken_off_by_hand_leaves_nothing_behind(place: Environment, play: Any) -> None:
    def ctrl_c(command: Sequence[str]) -> tuple[bool, str]:
        if "pip" in command:
            raise KeyboardInterrupt
        return False, ""

    play(ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        prepare.environment(place, "requirements")
    assert not Path(place.folder).exists()


@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_a_read_only_folder_gets_a_sentence(place: Environment, monkeypatch: pytest.MonkeyPatch, fault: OSError) -> None:
    def refuse(*_: object) -> int:
        raise fault

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(Stopped, match=r"tidak dapat ditulisi.*pindahkan"):
        prepare.environment(place, "requirements")


def test_a_full_disk_is_found_before_anything_is_loaded(place: Environment, play: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started = play(content)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage())
    with pytest.raises(Stopped, match="Ruang disk tinggal 5 MB"):
        prepare.environment(place, "requirements")
    assert started == []


class Usage:
    """A disk that is nearly full."""

    free = 5_000_000


def test_a_python_without_venv_gets_the_line_to_run(place: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Stopped, match="apt-get install -y python3-venv"):
        prepare.environment(place, "requirements")


WAITS = """
import sys
from gui import prepare
from gui.environment import Environment

def run(command):
    print("builds", flush=True)
    sys.stdin.readline()
    return False, ""

prepare._run = run
place = Environment(sys.argv[1])
if not place.is_ready("requirements-test"):
    prepare.environment(place, "requirements", "requirements-test")
print("ready", flush=True)
"""


def test_of_two_starts_one_builds_and_the_other_waits(finished: Environment) -> None:
    def start() -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", WAITS, finished.root]
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=Path(__file__).parents[2])

    first = start()
    assert first.stdout
    assert first.stdout.readline() == "builds\n"
    second = start()
    assert second.stderr
    assert "menunggu sampai selesai" in second.stderr.readline()
    told = first.communicate("\n", timeout=30)
    assert told == ("ready\n", "")
    assert second.communicate(timeout=30)[0] == "ready\n"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken\nERROR: No matching distribution found",
            "internet",
        ),
        ("ReadTimeoutError: HTTPSConnectionPool: Read timed out.", "internet"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "tidak sama"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "Disk penuh"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "Windows atau Linux 64-bit"),
        ("Segmentation fault", "laporkan isi /x.log"),
    ],
)
def test_each_failure_of_pip_gets_one_sentence(said: str, sentence: str) -> None:
    words = prepare.explain(said, "/x.log")
    assert sentence in words
    assert "\n" not in words


class Apt:
    """Plays apt-get: succeeds from the given attempt on."""

    def __init__(self, succeeds: int) -> None:
        self.succeeds = succeeds
        self.commands: list[str] = []

    def run(self, command: Sequence[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.commands.append(command[1])
        return subprocess.CompletedProcess(command, 0 if len(self.commands) >= self.succeeds else 100)


def as_root(monkeypatch: pytest.MonkeyPatch, apt: Apt) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", apt.run)


def test_nothing_is_installed_while_qt_works(monkeypatch: pytest.MonkeyPatch) -> None:
    apt = Apt(1)
    as_root(monkeypatch, apt)
    prepare.system_packages(["libegl1"], lambda: True)
    assert apt.commands == []


@pytest.mark.parametrize(("succeeds", "commands"), [(1, ["install"]), (3, ["install", "update", "install"])])
def test_root_installs_and_fetches_lists_only_if_needed(
    monkeypatch: pytest.MonkeyPatch, succeeds: int, commands: list[str]
) -> None:
    apt = Apt(succeeds)
    as_root(monkeypatch, apt)
    prepare.system_packages(["libegl1"], lambda: bool(apt.commands))
    assert apt.commands == commands


def test_others_are_told_the_exact_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(Stopped) as told:
        prepare.system_packages(["libegl1", "libgl1"], lambda: False)
    assert str(told.value).splitlines()[-1] == ("apt-get update && apt-get install -y --no-install-recommends libegl1 libgl1")


def test_without_network_root_is_told_the_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, Apt(9))
    with pytest.raises(Stopped, match="periksa sambungan internet"):
        prepare.system_packages(["libegl1"], lambda: False)


def test_a_display_that_stays_shut_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, Apt(1))
    monkeypatch.setenv("DISPLAY", ":7")
    with pytest.raises(Stopped, match="layar :7 tidak dapat dibuka"):
        prepare.system_packages(["libegl1"], lambda: False)


def test_what_worked_once_is_remembered(finished: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "_works", lambda _: True)
    assert not finished.has_shown("offscreen")
    prepare.libraries(finished, "offscreen")
    assert finished.has_shown("offscreen")
