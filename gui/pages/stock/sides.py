"""The lists beside the shelves: all below each other where the window is high, one at a time under tabs where it is not."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from gui.parts import SIGNS
from gui.table import RowsView

Side = tuple[str, QWidget, RowsView]
_HIGH = 640  # pixels from which there is room for all of them
_ROW, _HEAD = 50, 40  # of a row with two lines, and of the titles over them


class Sides(QWidget):
    """The first side takes what room the others leave; those have as many lines as they need, and are not there without any."""

    def __init__(self, *sides: Side) -> None:
        super().__init__()
        self._sides = sides
        self._counts = [1] + [0] * (len(sides) - 1)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(sides[0][0])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.tabs)
        for title, panel, _view in sides:
            self.tabs.addTab(title)
            rows.addWidget(panel)
        rows.setStretch(1, 1)
        self.tabs.currentChanged.connect(lambda _at: self._arrange())
        self._arrange()

    def show_side(self, at: int) -> None:
        """Bring it into sight, with the cursor in it."""
        if self._counts[at]:
            self.tabs.setCurrentIndex(at)
            view = self._sides[at][2]
            view.setFocus()
            if view.chosen() is None:
                view.selectRow(0)

    def tell(self, at: int, count: int, *, alarm: bool = False) -> None:
        """How many lines it has, and whether one of them is to be seen to."""
        self._counts[at] = count
        words = f"{self._sides[at][0]} {count}"
        self.tabs.setTabText(at, f"{SIGNS['stop']} {words}" if alarm else words)
        self.tabs.setTabVisible(at, bool(count))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More room, more lists."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        high = self.height() >= _HIGH
        self.tabs.setVisible(not high and any(self._counts[1:]))
        most = max(1, (self.height() - 330) // (2 * _ROW) - 1)
        for at, (_title, panel, view) in enumerate(self._sides):
            chosen = at == self.tabs.currentIndex()
            panel.setVisible(bool(self._counts[at]) and (high or chosen))
            if at:
                wanted = _HEAD + _ROW * min(self._counts[at], most)
                view.setMinimumHeight(wanted if high else 60)
                view.setMaximumHeight(wanted if high else 16_777_215)
