"""An area that scrolls shows where the cursor is."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

_MARGIN = 60
"""Pixels that stay in sight above and below: the label of a field, and a beginning of what is wrong with it."""


class Area(QScrollArea):
    """Qt brings into sight what the Tab key leads to. Here it is also what a program leads to, as to the first field that is
    wrong, and what other lines push away while somebody is in it."""

    def __init__(self) -> None:
        super().__init__()
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What lies in here has become higher or lower."""
        done = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.Resize and watched is self.widget():
            self._follow(None, QApplication.focusWidget())
        return done

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        inner = self.widget()
        if now is not None and inner is not None and inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, _MARGIN)
