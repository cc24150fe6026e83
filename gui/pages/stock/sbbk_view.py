"""The SBBK of a box: to look at, print, and save."""

from __future__ import annotations

import itertools
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.panels.paper_pane import Paper, PaperPane
from gui.parts import KeyButton
from models.stock.deliveries.sbbk import SbbkFacts
from models.stock.deliveries.sbbk_queries import sbbk_facts
from reports.sbbk import draw_sbbk, write_sbbk


class SbbkView(QWidget):
    """`left` on Esc."""

    left = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.pane = PaperPane(page, tr("SBBK sebagai halaman"))
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.pane.buttons.insertWidget(0, self.leave, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pane)
        keys = (self.leave, self.pane.excel, self.pane.save, self.pane.print)
        for before, after in itertools.pairwise(keys):
            self.setTabOrder(before, after)
        self.leave.clicked.connect(self.left)

    def begin(self, box: UUID) -> None:
        """Read it and draw it; the cursor waits at printing."""
        desk = self._page.desk
        self.pane.clear()
        self.leave.setFocus()
        self._page.ask(sbbk_facts, desk.catalogue, desk.facility.id, box, done=self._show, key="sbbk")

    def _show(self, facts: SbbkFacts | None) -> None:
        if facts is None:
            return
        name = "".join(sign if sign.isalnum() else "-" for sign in facts.document)
        self.pane.offer(
            Paper(facts, draw_sbbk, f"sbbk-{name}", tr("SBBK {number}").format(number=facts.document), write_sbbk,
                  subject=facts.document)
        )  # fmt: skip
        self.pane.print.setFocus()
