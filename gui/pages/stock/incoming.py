"""F4: a box has arrived and is answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from gui.language import tr
from gui.page import Page
from gui.pages.stock.reading import Shelves, read_shelves, short_name
from gui.pages.stock.task import At, Task
from gui.panels.transfer import AnswerPanel
from models.errors import Problem
from models.stock.actions import answer_transfer


class IncomingTask(Task):
    """One box: the one under the cursor, else the one that is on the way longest."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = AnswerPanel(page.desk)
        self._at: At | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.panel)
        self.panel.ready.connect(self._answer)
        self.panel.back.connect(self.left)

    def begin(self, at: At) -> None:
        """The box is shown as soon as it is read."""
        self._at = at
        self.panel.begin()

    def refresh(self) -> None:
        """The boxes on the way."""
        desk = self.desk
        self.page.ask(read_shelves, desk.catalogue, desk.facility.id, desk.today, done=self._show, key="stock incoming")

    def _show(self, shelves: Shelves) -> None:
        at, self._at = self._at, None
        if at is None:
            return
        boxes = shelves.transfers
        box = next((each for each in boxes if each.id == at.transfer), boxes[0] if boxes else None)
        if box is None:
            self.left.emit()
            self.page.say("calm", tr("Tidak ada kiriman dalam perjalanan."))
            return
        names = {post.id: short_name(post.name, self.desk.facility.name) for post in shelves.posts}
        source, target = names.get(box.source, "?"), names.get(box.target, "?")
        self.panel.show_box(box, source, target, self.desk.product_name(box.product))
        self.panel.begin()

    def _answer(self, values: dict[str, Any]) -> None:
        self.page.act(answer_transfer, **values, done=self._answered, fault=self._refused)

    def _answered(self, _answer: UUID) -> None:
        self.left.emit()
        self.page.say("good", tr("Kiriman dijawab; stok pos sudah berubah."))

    def _refused(self, problem: Problem) -> None:
        if not self.panel.refused(problem):
            self.page.say_problem(problem)
