"""Widgets in a cycle are taken down on the screen's thread, whatever thread allocates."""

from __future__ import annotations

import gc
import threading
from typing import Any

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from gui.work import Work


class Told(QTimer):
    """Lies in a cycle with a list and tells on which thread that was cleared away."""

    def __init__(self, threads: list[int]) -> None:
        super().__init__()
        self.me = self
        self.witness = Witness(threads)


class Witness:
    def __init__(self, threads: list[int]) -> None:
        self._threads = threads

    def __del__(self) -> None:
        self._threads.append(threading.get_ident())


def _much(rounds: int) -> int:
    """Enough that Python would go through everything several times."""
    kept: list[Any] = []
    for _ in range(rounds):
        kept.append([[]])
    return len(kept)


def test_what_lies_in_a_cycle_goes_on_the_screens_thread(work: Work, qtbot: QtBot) -> None:
    threads: list[int] = []
    for _ in range(50):
        Told(threads)
    answers: list[int] = []
    owner = QObject()
    work.read(owner, _much, 200_000, done=answers.append, fault=lambda _problem: None)
    qtbot.waitUntil(lambda: bool(answers))
    assert threads == []
    qtbot.waitUntil(lambda: len(threads) == 50, timeout=3000)
    assert set(threads) == {threading.get_ident()}


def test_python_looks_by_itself_again_when_the_last_window_has_closed(work: Work) -> None:
    other = Work()
    assert not gc.isenabled()
    other.close()
    other.close()
    assert not gc.isenabled()
    work.close()
    assert gc.isenabled()


def test_what_is_old_is_gone_through_once_a_minute_when_nobody_waits(work: Work) -> None:
    threads: list[int] = []
    made = Told(threads)
    gc.collect()  # now it is old
    del made
    work.rubbish._looks = 58
    work.rubbish.look()
    assert threads == []
    work.rubbish.look()
    assert threads == [threading.get_ident()]
