"""F2: a batch comes in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from gui.language import tr
from gui.page import Page
from gui.pages.stock.task import At, Task
from gui.panels.receipt import ReceiptPanel
from models.errors import Problem
from models.places.queries import posts
from models.stock.actions import receive_batch


class ReceiveTask(Task):
    """What stands on the box and on the paper beside it."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = ReceiptPanel(page.desk)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.panel)
        self.panel.ready.connect(self._receive)
        self.panel.back.connect(self.left)

    def begin(self, at: At) -> None:  # noqa: ARG002 - a batch that comes in is another one
        """The cursor waits at the vaccine, or where it was left."""
        self.panel.begin()

    def refresh(self) -> None:
        """The posts it can be put to."""
        self.page.ask(posts, self.desk.facility.id, done=self.panel.show_posts, key="stock receive")

    def _receive(self, values: dict[str, Any]) -> None:
        desk = self.desk
        self.page.act(
            receive_batch, catalogue=desk.catalogue, today=desk.today, **values, asks=True, done=self._received,
            fault=self._refused,
        )  # fmt: skip

    def _received(self, _batch: UUID) -> None:
        self.panel.clear()
        self.left.emit()
        self.page.say("good", tr("Batch diterima dan sudah ada di rak."))

    def _refused(self, problem: Problem) -> None:
        if not self.panel.refused(problem):
            self.page.say_problem(problem)
