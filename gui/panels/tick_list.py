"""A list whose lines are ticked with the space bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.language import tr
from gui.parts import plain

_CODE = Qt.ItemDataRole.UserRole


class _Lines(QListWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on to the next field; Space ticks, which Qt does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class TickList(QWidget):
    """Lines of (value, words). `changed` when a tick was set or taken away."""

    changed = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.lines = _Lines()
        self.lines.setAccessibleName(label.replace("&", ""))
        self.lines.setUniformItemSizes(True)
        self.lines.setMinimumHeight(80)
        self._name, self._count = plain(label, wrap=False), plain(wrap=False, faded=True)
        self._name.setBuddy(self.lines)
        self._fault: QLabel = plain(fault=True)
        self._fault.hide()
        self.setFocusProxy(self.lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self._name, self._fault, self._count):
            column.addWidget(widget)
        column.insertWidget(1, self.lines, 1)
        self.lines.itemChanged.connect(self._ticked)
        self.lines.itemDoubleClicked.connect(self._turn)

    def offer(self, options: Sequence[tuple[str, str]], ticked: Iterable[str]) -> None:
        """Show these lines, with these values ticked."""
        kept = set(ticked)
        self.lines.blockSignals(True)
        self.lines.clear()
        for value, words in options:
            item = QListWidgetItem(words, self.lines)
            item.setData(_CODE, value)
            item.setToolTip(words)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in kept else Qt.CheckState.Unchecked)
        self.lines.blockSignals(False)
        if options:
            self.lines.setCurrentRow(0)
        self._ticked()

    def ticked(self) -> list[str]:
        """The values that are ticked, in order."""
        return [item.data(_CODE) for item in self._items() if item.checkState() is Qt.CheckState.Checked]

    def values(self) -> list[str]:
        """All values, in order."""
        return [item.data(_CODE) for item in self._items()]

    def tick_all(self) -> None:
        """Tick every line; where all are ticked already, none."""
        all_ticked = len(self.ticked()) == self.lines.count()
        for item in self._items():
            item.setCheckState(Qt.CheckState.Unchecked if all_ticked else Qt.CheckState.Checked)

    def say_fault(self, text: str) -> None:
        """What is wrong with what is ticked."""
        self._fault.setText(text)
        self._fault.show()
        self.lines.setAccessibleDescription(text)

    def fault(self) -> str:
        """The sentence that stands there, or nothing."""
        return "" if self._fault.isHidden() else self._fault.text()

    def _items(self) -> list[QListWidgetItem]:
        return [self.lines.item(at) for at in range(self.lines.count())]

    def _turn(self, item: QListWidgetItem) -> None:
        """A double click anywhere on the line ticks it; on the box itself the two single clicks cancel out."""
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _ticked(self) -> None:
        self._fault.hide()
        self.lines.setAccessibleDescription("")
        words = tr("{ticked} dari {of} ditandai; spasi menandai satu baris")
        self._count.setText(words.format(ticked=len(self.ticked()), of=self.lines.count()))
        self.changed.emit()
