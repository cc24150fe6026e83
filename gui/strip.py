"""What is under way: nothing for 300 ms, then a busy cursor, after 600 ms a bar that can be cancelled."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QProgressBar

from gui.language import tr
from gui.parts import KeyButton, plain
from gui.work import Progress, Work

CURSOR_AFTER, BAR_AFTER = 0.3, 0.6  # seconds


class Strip(QFrame):
    """Looks ten times a second at the oldest thing that is waited for, as long as there is one."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._work = work
        self._busy = False
        self._shown: Progress | None = None  # whose bar is on screen
        self._bar = QProgressBar()
        self._bar.setAccessibleName(tr("Kemajuan"))
        self.cancel = KeyButton(tr("&Hentikan"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(plain(tr("Sedang bekerja…"), wrap=False))
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self._cancel)
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self._look)
        work.begun.connect(self._timer.start)
        self.hide()

    def release(self) -> None:
        """Give the cursor back, whatever is under way."""
        self._timer.stop()
        self._shown = None
        self._show_busy(False)
        self.hide()

    def _look(self) -> None:
        waiting = self._work.oldest()
        if waiting is None:
            self.release()
            return
        waited = time.monotonic() - waiting.since
        self._show_busy(waited >= CURSOR_AFTER)
        if waited >= BAR_AFTER:
            progress = self._shown = waiting.progress
            self._bar.setRange(0, progress.of if progress else 0)
            self._bar.setValue(progress.done if progress else 0)
            self.cancel.setVisible(progress is not None)
            self.show()
        else:
            self.hide()

    def _show_busy(self, busy: bool) -> None:
        if busy and not self._busy:
            QApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        elif self._busy and not busy:
            QApplication.restoreOverrideCursor()
        self._busy = busy

    def _cancel(self) -> None:
        """What is seen is what is stopped: the next one may have come to its turn since the last look."""
        if self._shown is not None:
            self._shown.stop()
