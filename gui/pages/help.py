"""Bantuan: opened by F1 on the chapter of the page one was at."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from gui.desk import Desk
from gui.help.about import AboutPanel
from gui.help.view import HelpView
from gui.page import Page


class HelpPage(Page):
    """`came_from()` leads back to the page from which F1 was pressed."""

    help: ClassVar[str] = "mulai"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.about = AboutPanel(desk)
        self.view = HelpView(self.about)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.came_from: Callable[[], None] | None = None
        self.view.closed.connect(self._go_back)

    def begin(self) -> None:
        """The cursor waits where one types what one looks for."""
        self.view.begin()

    def refresh(self) -> None:
        """Versions and ages."""
        self.about.refresh()

    def open_chapter(self, name: str) -> None:
        """Show this chapter."""
        self.view.open_chapter(name)

    def _go_back(self) -> None:
        if self.came_from is not None:
            self.came_from()
