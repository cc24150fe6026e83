"""One question of the screening card, answered with Y and T."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea

from gui.language import tr
from gui.parts import mark, plain
from models.doses.screening import Question


class AnswerRow(QFrame):
    """One question. It has the focus as a whole: Y and T answer it and go on to the next."""

    answered = Signal()

    def __init__(self, question: Question, text: str, number: int) -> None:
        super().__init__()
        self.code = question.code
        self.answer: bool | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 4, 2)
        row.addWidget(plain(f"{number}. {text}"), 1)
        self.yes, self.no = (self._button(label, value) for label, value in (("Y", True), ("T", False)))
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self._show()

    def give(self, answer: bool | None) -> None:
        """Answer it, or leave it open."""
        self.answer = answer
        self._show()
        self.answered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Y and T answer; ↑ and ↓ go through the questions."""
        key = event.key()
        if key in {Qt.Key.Key_Y, Qt.Key.Key_T} and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.give(key == Qt.Key.Key_Y)
            self.focusNextChild()
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show which question is being asked, and bring it into sight."""
        super().focusInEvent(event)
        mark(self, "asking", True)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self, 0, 60)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """No longer."""
        super().focusOutEvent(event)
        mark(self, "asking", False)

    def _button(self, label: str, value: bool) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("answer", True)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(f"{tr('Ya') if value else tr('Tidak')}: {self._text}")
        button.clicked.connect(lambda: self.give(value))
        return button

    def _show(self) -> None:
        self.yes.setChecked(self.answer is True)
        self.no.setChecked(self.answer is False)
        words = {None: tr("belum dijawab"), True: tr("Ya"), False: tr("Tidak")}[self.answer]
        self.setAccessibleName(f"{self._text} {words}")
