"""How long the screen's thread was busy at one stretch."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT = 5  # milliseconds


class Watchdog(QObject):
    """Beats on the screen's thread; what that thread worked between two beats is one stretch.

    Counted is the thread's own time on a processor, not the clock on the wall: what else the machine does at this moment
    is not the window's fault. `longest` is in seconds, `late` the longest pause by the wall.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self.late = 0.0
        self.beats = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)
        self._worked = self._wall = 0.0

    def start(self) -> None:
        """From now on; what was before does not count."""
        self._worked, self._wall = time.thread_time(), time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Until here: while the test itself looks something up, nobody watches."""
        self._timer.stop()

    def _beat(self) -> None:
        worked, wall = time.thread_time(), time.perf_counter()
        self.beats += 1
        self.longest = max(self.longest, worked - self._worked)
        self.late = max(self.late, wall - self._wall)
        self._worked, self._wall = worked, wall
