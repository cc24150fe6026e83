"""The help of a window that has no pages: F1 shows one chapter in place of the work, Esc leads back to where the cursor was."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from gui.help.view import HelpView
from gui.language import tr
from gui.parts import KeyButton


class HelpBeside(QStackedWidget):
    """Holds the `work` of a window. `key` is the button to be laid out somewhere in it, `chapter` what it opens."""

    def __init__(self, work: QWidget, chapter: str) -> None:
        super().__init__()
        self.key = KeyButton(tr("Bantua&n"), "F1")
        self._work, self._chapter = work, chapter
        self._view: HelpView | None = None
        self._before: QWidget | None = None
        self.addWidget(work)
        self.key.clicked.connect(self.open)

    def open(self) -> None:
        """The chapter, and from there all others."""
        if self._view is None:  # nobody may ever ask
            self._view = HelpView()
            self._view.closed.connect(self.leave)
            self.addWidget(self._view)
        self._before = QApplication.focusWidget()
        self._view.open_chapter(self._chapter)
        self.setCurrentWidget(self._view)
        self._view.begin()

    def leave(self) -> None:
        """Back to work, with the cursor where it was."""
        if self.currentWidget() is self._work:
            return
        self.setCurrentWidget(self._work)
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
