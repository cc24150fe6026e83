"""A few answers below each other, each with one key; it has the focus as a whole, so that a scan answers nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from gui.parts import empty, mark
from gui.single_key import SingleKey

Choice = tuple[str, str, str]
"""Key, code and words."""


class KeyChoices(QFrame):
    """`chosen` carries the code of an answer. The keys are single letters or digits."""

    chosen = Signal(str)

    def __init__(self, name: str, across: int = 2) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setProperty("takesScan", True)
        self._single = SingleKey(self)
        self._across = across
        self._codes: dict[str, str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2, 2, 2, 2)
        self._grid.setSpacing(4)

    def offer(self, choices: Sequence[Choice], across: int = 0) -> None:
        """Other answers than before."""
        empty(self._grid)
        self._codes = {key: code for key, code, _ in choices}
        for at, (key, code, words) in enumerate(choices):
            button = QPushButton(f"{key}  {words}")
            button.setProperty("answer", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _checked=False, code=code: self.chosen.emit(code))
            self._grid.addWidget(button, *divmod(at, across or self._across))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One key is the answer; a key held down is none, nor is a scan."""
        if not event.text().isprintable() or not event.text() or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        code = None if event.isAutoRepeat() else self._codes.get(event.text().upper())
        self._single.press(None if code is None else lambda: self.chosen.emit(code))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keys go."""
        super().focusInEvent(event)
        mark(self, "asking", True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """No longer."""
        super().focusOutEvent(event)
        mark(self, "asking", False)
