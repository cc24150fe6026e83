"""Fields in rows: too narrow for a sentence, so what is wrong with one of them stands on a line below its row."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from gui.parts import Field, mark, plain


class Cell(Field):
    """`told` when there is something to say, or nothing any more."""

    told = Signal()

    _said = ""

    def fault(self) -> str:
        """The sentence that stands below its row, or nothing."""
        return self._said

    def say_fault(self, text: str) -> None:
        """Mark it; the sentence is for the line below and for a screen reader."""
        self._said = text
        self.editor.setAccessibleDescription(text)
        mark(self.editor, "wrong", True)
        self.told.emit()

    def clear_fault(self) -> None:
        """Take the mark away."""
        if not self._said:
            return
        self._said = ""
        self.editor.setAccessibleDescription("")
        mark(self.editor, "wrong", False)
        self.told.emit()


def fault_line(cells: Mapping[str, Cell]) -> QLabel:
    """The line below a row of `cells`, named as their columns are, or by blanks where the sentence names the field itself:
    hidden while nothing is wrong."""
    label = plain(fault=True)
    label.hide()

    def tell() -> None:
        words = [f"{name}: {cell.fault()}" if name.strip() else cell.fault() for name, cell in cells.items() if cell.fault()]
        label.setText(" · ".join(dict.fromkeys(words)))
        label.setVisible(bool(words))

    for cell in cells.values():
        cell.told.connect(tell)
    return label
