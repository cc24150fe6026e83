"""Bantuan: opened by F1 on the chapter of the page one was at."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from gui.desk import Desk
from gui.help.about import AboutPanel
from gui.help.view import HelpView
from gui.page import Page


class HelpPage(Page):
    """`closed` when somebody goes back to the page they came from."""

    help: ClassVar[str] = "mulai"
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.about = AboutPanel(desk)
        self.view = HelpView(self.about)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.view.closed.connect(self.closed)

    def begin(self) -> None:
        """The cursor waits where one types what one looks for."""
        self.view.begin()

    def refresh(self) -> None:
        """Versions and ages."""
        self.about.refresh()

    def open_chapter(self, name: str) -> None:
        """Show this chapter."""
        self.view.open_chapter(name)
