"""Somebody's name, as large as its length allows: it is compared with a card and must be read whole."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel

from gui.parts import LOW

_LEAST: Final = 13
"""Points; below, a name is no larger than what stands around it."""


class BigName(QLabel):
    """Bold, between `points` and 13 points: the largest size in which the name takes so many lines, on a low screen a single
    one; a longer one takes more."""

    def __init__(self, points: int, lines: int = 2) -> None:
        super().__init__()
        self._lines = lines
        self._sizes = tuple(range(points, _LEAST - 1, -1))
        self.setTextFormat(Qt.TextFormat.PlainText)  # what people are called must never be read as markup
        self.setWordWrap(True)
        self._use(points)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """The whole name."""
        if text != self.text():
            super().setText(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may ask for another size."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        width = self.contentsRect().width()
        lines = 1 if self.window().height() < LOW else self._lines
        for points in self._sizes:
            metrics = QFontMetrics(self._font(points))
            room = QRect(0, 0, max(width, 1), 10_000)
            needed = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()
            if needed <= lines * metrics.lineSpacing():
                break
        if points != self.font().pointSize():
            self._use(points)

    def _use(self, points: int) -> None:
        self.setFont(self._font(points))

    def _font(self, points: int) -> QFont:
        font = QFont(self.font())
        font.setPointSize(points)
        font.setBold(True)
        return font
