"""F3: vials go to a post."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from gui.language import tr
from gui.page import Page
from gui.pages.stock.reading import Shelves, on_the_page, read_shelves
from gui.pages.stock.task import At, Task
from gui.panels.transfer import SendPanel
from models.errors import Problem
from models.stock.actions import send_vials


class SendTask(Task):
    """From the shelf under the cursor to a post, where the box is counted before it is stock again."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = SendPanel(page.desk)
        self._at: At | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.panel)
        self.panel.ready.connect(self._send)
        self.panel.back.connect(self.left)

    def begin(self, at: At) -> None:
        """The shelf is proposed as soon as it is read."""
        self._at = at
        self.panel.begin()

    def refresh(self) -> None:
        """What may be sent, and where to."""
        desk = self.desk
        self.page.ask(read_shelves, desk.catalogue, desk.facility.id, desk.today, done=self._show, key="stock send")

    def _show(self, shelves: Shelves) -> None:
        rows = [row for row in on_the_page(shelves.balances, shelves.posts) if not row.unusable]
        self.panel.show_stock([post for post in shelves.posts if post.active], rows)
        at, self._at = self._at, None
        if at is not None:
            self.panel.choose(next((row for row in rows if (row.post, row.batch) == (at.post, at.batch)), None))
            self.panel.begin()

    def _send(self, values: dict[str, Any]) -> None:
        self.page.act(send_vials, **values, done=self._sent, fault=self._refused)

    def _sent(self, _transfer: UUID) -> None:
        self.panel.clear()
        self.left.emit()
        self.page.say("good", tr("Terkirim. Vial dalam perjalanan sampai diterima di pos tujuan (F4)."))

    def _refused(self, problem: Problem) -> None:
        if not self.panel.refused(problem):
            self.page.say_problem(problem)
