"""PySide6 6.12.0 loses a reference to True at every emit() on Python 3.11, until the process aborts."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

EMITS = 2_000


class Bell(QObject):
    """Something that rings."""

    rung = Signal(bool)


def test_emitting_loses_no_reference() -> None:
    bell = Bell()
    heard: list[bool] = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        bell.rung.emit(True)
    assert sum(heard) == EMITS
    assert sys.getrefcount(True) > before - EMITS // 2
