"""The commands of the overview on one line, with shorter words where there is little room, on two where there is less."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
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
        """What two lines of short words need, also while it is one: a page that could not be narrower than one line would be
        widened, then get its one line again, for ever."""
        return QSize(self._needed(self._half, short=True), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width. Not arranged here: Qt is in the middle of laying out this very grid."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)

    @property
    def _half(self) -> int:
        return -(-len(self.buttons) // 2)

    def _fit(self) -> None:
        """On one line rather than two; whole words rather than short ones."""
        ways = [(across, short) for across in (len(self.buttons), self._half) for short in (False, True)]
        across, short = next((way for way in ways if self._needed(way[0], short=way[1]) <= self.width()), ways[-1])
        for entry in self._entries:
            button = self.buttons[entry.name]
            button.say(_words(entry, short=short))
            button.setAccessibleName(entry.title.replace("&", ""))
        self._arrange(across)

    def _needed(self, across: int, *, short: bool) -> int:
        """The width of so many columns with these words, whatever stands there now."""
        widths = []
        for entry in self._entries:
            button = self.buttons[entry.name]
            both = (button.words, _words(entry, short=short))
            now, then = (button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, f"{each}  {entry.key}").width() for each in both)
            widths.append(button.sizeHint().width() - now + then)
        return sum(max(widths[at::across]) + _GAP for at in range(min(across, len(widths)))) - _GAP

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        for at, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, at // across, at % across)
        self._across = across


def _words(entry: Entry, *, short: bool) -> str:
    return entry.short if short and entry.short else entry.title
