"""One question of the screening card, answered with one key each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from gui.language import tr
from gui.parts import mark, plain

_LARGE, _LARGE_LOW = 15, 13  # points of a question that stands alone on the screen, and on a low one


def yes_no() -> tuple[tuple[Any, str, str], ...]:
    """The answers of most questions: value, word, key."""
    return ((True, tr("Ya"), "Y"), (False, tr("Tidak"), "T"))


class AnswerRow(QFrame):
    """One question. It has the focus as a whole: a key answers it. `went` says by how many questions to go on.

    `answered` comes when somebody answers, not when an answer is put back. Nothing is ever answered beforehand.
    """

    answered = Signal()
    went = Signal(int)

    def __init__(self, code: str, text: str, number: int, options: Sequence[tuple[Any, str, str]] | None = None) -> None:
        super().__init__()
        self.code, self.text = code, text
        self.answer: Any = None
        self._spelled = options is not None  # the words stand on the buttons, not the letters alone
        self._options = tuple(options or yes_no())
        self._number = number
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._label = plain()
        self._buttons = [self._button(each) for each in self._options]
        self._answers = QHBoxLayout()
        self._answers.setSpacing(4)
        for button in self._buttons:
            self._answers.addWidget(button)
        self._line = QHBoxLayout()
        self._line.addWidget(self._label, 1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(6, 2, 4, 2)
        self._rows.addLayout(self._line)
        # Spelled out they are wider than the room beside a question.
        (self._rows if self._spelled else self._line).addLayout(self._answers)
        self._large = False
        self.count(number)
        self._show()

    @property
    def yes(self) -> QPushButton:
        """The button of the first answer."""
        return self._buttons[0]

    @property
    def no(self) -> QPushButton:
        """The button of the second answer."""
        return self._buttons[1]

    def count(self, number: int) -> None:
        """Its place on the card, which moves when a question appears before it."""
        self._number = number
        self._label.setText(f"{number}. {self.text}")

    def enlarge(self, large: bool, *, low: bool = False) -> None:
        """Alone on the screen, large and with its answers below, a little less so on a `low` one; or one line among others."""
        points = (_LARGE_LOW if low else _LARGE) if large else self.font().pointSizeF()
        font = self._label.font()
        if font.pointSizeF() != points:
            font.setPointSizeF(points)
            self._label.setFont(font)
            for button in self._buttons:
                button.setMinimumHeight((44 if low else 52) if large else 0)
        if large == self._large:
            return
        self._large = large
        if not self._spelled:
            (self._line if large else self._rows).removeItem(self._answers)
            self._answers.setParent(None)
            (self._rows if large else self._line).addLayout(self._answers)
        for button, (_value, word, key) in zip(self._buttons, self._options, strict=True):
            button.setText(f"{word}  {key}" if large or self._spelled else key)

    def give(self, answer: Any) -> None:
        """Answer it, or leave it open."""
        self.answer = answer
        self._show()
        self.answered.emit()

    def put_back(self, answer: Any) -> None:
        """What was answered before, for this same visit."""
        self.answer = answer if any(answer == value for value, _, _ in self._options) else None
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The letters answer and go on; the arrows go through the questions."""
        key = event.key()
        letter = chr(key) if 65 <= key <= 90 and not event.modifiers() else ""
        for value, _word, own in self._options:
            if letter == own:
                self.give(value)
                self.went.emit(1)
                return
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Right}:
            self.went.emit(1)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Left}:
            self.went.emit(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show which question is being asked."""
        super().focusInEvent(event)
        mark(self, "asking", True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """No longer."""
        super().focusOutEvent(event)
        mark(self, "asking", False)

    def _button(self, option: tuple[Any, str, str]) -> QPushButton:
        value, word, key = option
        button = QPushButton(f"{word}  {key}" if self._spelled else key)
        button.setProperty("answer", True)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(f"{word}: {self.text}")
        button.clicked.connect(lambda: self._clicked(value))
        return button

    def _clicked(self, value: Any) -> None:
        self.give(value)
        self.went.emit(1)

    def _show(self) -> None:
        said = tr("belum dijawab")
        for button, (value, word, _key) in zip(self._buttons, self._options, strict=True):
            button.setChecked(self.answer == value and self.answer is not None)
            said = word if button.isChecked() else said
        self.setAccessibleName(f"{self.text} {said}")
