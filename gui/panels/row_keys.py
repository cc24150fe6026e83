"""A column of fields that is walked with the arrow keys: Down and Enter to the next row, Up to the one before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}


class RowKeys(QObject):
    """`editors()` are those of the rows on screen, from the top; `go_to(at)` puts the cursor into one of them. From the last
    row Enter goes on as it does in every field."""

    def __init__(self, owner: QWidget, editors: Callable[[], Sequence[QWidget]], go_to: Callable[[int], None]) -> None:
        super().__init__(owner)
        self._editors, self._go_to = editors, go_to

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """True for a key that led to another row."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        key, editors = cast(QKeyEvent, event).key(), self._editors()
        if key not in _STEPS or watched not in editors:
            return False
        to = list(editors).index(cast(QWidget, watched)) + _STEPS[cast(Any, key)]
        if 0 <= to < len(editors):
            self._go_to(to)
            return True
        return False
