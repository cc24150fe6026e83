"""A key that acts by itself must not be the first sign of a scan: it waits a moment whether another one follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

WAIT: Final = 60
"""Milliseconds; scanners take 2 to 20 between two signs, and nobody feels it."""


class SingleKey(QObject):
    """`press(act)` at each sign: `act` is done when no other sign follows at once. Its widget has "takesScan", so that it sees
    every sign of a burst."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._act: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._quiet)

    def press(self, act: Callable[[], None] | None) -> None:
        """A sign came; None for one that means nothing here."""
        self._act = None if self._timer.isActive() else act
        self._timer.start()

    def _quiet(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()
