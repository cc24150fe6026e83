"""What is no longer used is cleared away on the screen's thread only.

Python looks for cycles on whichever thread happens to allocate. A dialog or a timer whose last reference lies in a cycle would be
taken down on a lane's thread, and Qt ends the program with a segmentation fault for that, perhaps once a day. So while there are
lanes, Python does not look by itself; this does, a moment at a time.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_EVERY: int = 1000  # milliseconds
_ALL: int = 60
"""Every so many looks the old things are gone through too, when nothing is under way."""


class Rubbish(QObject):
    """From `begin` to `end`; several windows of one process count together. `quiet()` tells that nobody waits."""

    _at_work: ClassVar[int] = 0

    def __init__(self, parent: QObject, quiet: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._quiet = quiet
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Python stops looking by itself."""
        if not self._timer.isActive():
            Rubbish._at_work += 1
            gc.disable()
            self._timer.start()

    def end(self) -> None:
        """Python looks by itself again, once the last one has ended."""
        if self._timer.isActive():
            self._timer.stop()
            Rubbish._at_work -= 1
            if not Rubbish._at_work:
                gc.enable()

    def look(self) -> None:
        """Clear away what is young, at times what is older."""
        self._looks += 1
        if self._looks >= _ALL and self._quiet():
            self._looks = 0
            gc.collect()
            return
        _, middle, _ = gc.get_threshold()
        gc.collect(1 if gc.get_count()[1] > middle else 0)

    def settle(self) -> None:
        """All that is loaded now stays to the end of the program: it is not gone through again and again."""
        gc.collect()
        gc.freeze()
