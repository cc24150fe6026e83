"""A task that ends on paper: choices on top, the figures as a list, and beside it, or in its place, the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.task import Task
from gui.panels.days import past_day
from gui.panels.paper_pane import PaperPane
from gui.parts import Field, KeyButton, columns
from models.errors import Problem
from reports import formats

_WIDE = 1500  # pixels from which list and paper stand side by side


class PaperTask(Task):
    """The list and the paper are drawn of the same facts. F8 turns the page from one to the other where both do not fit."""

    help: ClassVar[str] = "kartu-stok"

    def __init__(self, page: Page, name: str) -> None:
        """`name` is that of the paper, for who cannot see it."""
        super().__init__(page)
        self.pane = PaperPane(page, name)
        self._looking = False

    def lay_out(self, chosen: Sequence[tuple[QWidget, int]], shown: QWidget) -> None:
        """`chosen` are what the facts are asked by, with their share of the line; `shown` is the list."""
        self.shown = shown
        self.leave = KeyButton(tr("&Kembali"), "Esc")
        self.look = KeyButton(tr("&Lihat kertas"), "F8")
        for at, button in enumerate((self.leave, self.look)):
            self.pane.buttons.insertWidget(at, button, 1)
        self.pane.middle.insertWidget(0, shown, 6)
        self.pane.middle.setStretch(1, 5)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(columns(*chosen))
        rows.addWidget(self.pane, 1)
        buttons = (self.leave, self.look, self.pane.excel, self.pane.save, self.pane.print)
        for before, after in pairwise((shown, self.pane.view, *buttons)):
            QWidget.setTabOrder(before, after)
        self.leave.clicked.connect(self._back)
        self.look.clicked.connect(self._turn)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """More room shows both."""
        super().resizeEvent(event)
        self._arrange()

    def day_field(self, label: str, day: date) -> Field:
        """A day up to today."""
        field = Field(label, tidy=lambda text: formats.day_short(past_day(text, self.page.desk.today)))
        field.set_text(formats.day_short(day))
        return field

    def day(self, field: Field) -> date | None:
        """The day that stands there, or None with the sentence that says why it is none."""
        try:
            return past_day(field.text(), self.desk.today)
        except Problem as problem:
            field.show_fault(problem)
            return None

    def _turn(self) -> None:
        self._looking = not self._looking
        self._arrange()
        (self.pane.view if self._looking else self.shown).setFocus()

    def _back(self) -> None:
        if self._looking and self.width() < _WIDE:
            self._turn()
        else:
            self.left.emit()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE
        self.shown.setVisible(wide or not self._looking)
        self.pane.view.setVisible(wide or self._looking)
        self.look.setVisible(not wide)
        self.look.say(tr("&Lihat daftar") if self._looking else tr("&Lihat kertas"))
