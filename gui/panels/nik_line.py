"""Long numbers in groups of four while they are typed, without the cursor being pulled away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_GROUP = 4
_NIK = 16


class GroupedLine(QLineEdit):
    """Groups a number of digits alone; anything else stays as it is typed, and so does a phone number (it begins with 0).

    The cursor keeps its place between the same digits, Backspace and Delete pass over the gaps, and Ctrl+Z still undoes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._grouping = False
        self.textEdited.connect(self._group)

    def digits(self) -> str:
        """What stands here without gaps, if it is digits alone; else nothing."""
        digits = "".join(self.text().split())
        return digits if digits.isascii() and digits.isdecimal() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A gap is not a sign that one would have to delete."""
        at, text = self.cursorPosition(), self.text()
        if self.digits() and not self.hasSelectedText():
            if event.key() == Qt.Key.Key_Backspace and at and text[at - 1] == " ":
                self.setCursorPosition(at - 1)
            elif event.key() == Qt.Key.Key_Delete and text[at : at + 1] == " ":
                self.setCursorPosition(at + 1)
        super().keyPressEvent(event)

    def _group(self, text: str) -> None:
        digits = self.digits()
        if self._grouping or not digits or digits.startswith("0") or len(digits) > _NIK:
            return
        grouped = " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
        if grouped == text:
            return
        before = len("".join(text[: self.cursorPosition()].split()))
        self._grouping = True
        self.setSelection(0, len(text))
        self.insert(grouped)  # not setText, which would forget what can be undone
        self._grouping = False
        # Behind a full group the cursor stands after the gap only where more digits follow.
        gaps = max(before - 1, 0) // _GROUP
        self.setCursorPosition(before + gaps)
