"""The commands of the overview on one line, with shorter words where there is little room, on two where there is less."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.pages.stock.tasks import Entry
from gui.parts import KeyButton, mark

_GAP = 6


class Foot(QWidget):
    """A button for each task, in their order; the first one is the main one."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = entries
        self.buttons = {entry.name: KeyButton(entry.title, entry.key, main=not at) for at, entry in enumerate(entries)}
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        for button in self.buttons.values():
            mark(button, "tight")
        self._arrange(len(entries))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What two lines need, also while it is one: a page that could not be narrower than one line would be widened, then
        get its one line again, for ever."""
        half = -(-len(self.buttons) // 2)
        widest = max((button.minimumSizeHint().width() for button in self.buttons.values()), default=0)
        return QSize(half * widest + (half - 1) * self._grid.spacing(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width. Not arranged here: Qt is in the middle of laying out this very grid."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        for short in (False, True):
            self._say(short=short)
            if self._needed() <= self.width():
                self._arrange(len(self.buttons))
                return
        self._say(short=False)
        self._arrange(-(-len(self.buttons) // 2))

    def _say(self, *, short: bool) -> None:
        for entry in self._entries:
            button = self.buttons[entry.name]
            button.say(entry.short if short and entry.short else entry.title)
            button.setAccessibleName(entry.title.replace("&", ""))

    def _needed(self) -> int:
        return sum(button.sizeHint().width() + _GAP for button in self.buttons.values()) - _GAP

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        for at, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, at // across, at % across)
        self._across = across
