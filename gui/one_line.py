"""Text on one line that gives way: what does not fit ends in … and is told whole when pointed at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class OneLine(QLabel):
    """Plain text on one line that takes what room there is: what does not fit ends in … and is told whole when pointed at."""

    def __init__(self, text: str = "", *, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight, **properties: bool) -> None:
        super().__init__()
        self._whole, self._gives, self._elide = "", "", elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for name, value in properties.items():
            self.setProperty(name, value)
        self.setText(text)

    def setText(self, text: str, gives: str = "") -> None:  # noqa: N802 - Qt's name
        """The whole text; where there is no room for it, the part `gives` of it is cut first."""
        self._whole, self._gives = text, gives
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def whole(self) -> str:
        """What was set, however much of it is seen."""
        return self._whole

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for all of it."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(width, max(super().sizeHint().height(), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Any width will do."""
        return QSize(24, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width, another end."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another font too."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), max(self.contentsRect().width(), 1)
        shown = self._whole
        if self._gives and metrics.horizontalAdvance(shown) > room:
            rest = metrics.horizontalAdvance(shown.replace(self._gives, "", 1))
            cut = metrics.elidedText(self._gives, Qt.TextElideMode.ElideRight, max(room - rest, 1))
            shown = shown.replace(self._gives, cut, 1)
        shown = metrics.elidedText(shown, self._elide, room)
        if self.width() and shown != self.text():
            super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")
