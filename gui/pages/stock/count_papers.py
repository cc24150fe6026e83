"""The papers of a count: the blank form before it, the signed result after it."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.count_reading import read_form, read_result
from gui.panels.paper_pane import Paper, PaperPane
from gui.parts import KeyButton
from models.overview.stock.paper_facts import CountFacts
from models.stock.counts.actions import take_back_count
from reports.count_form import draw_count, file_name, write_count


class CountPapers(QWidget):
    """One paper as large as there is room."""

    back = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._count: UUID | None = None
        self.pane = PaperPane(page, tr("Stok opname sebagai halaman"))
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.take_back = KeyButton(tr("Batal&kan hasil"), "Del")
        self.pane.buttons.insertWidget(0, self.leave, 1)
        self.pane.buttons.insertWidget(1, self.take_back, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pane)
        order = (self.leave, self.take_back, self.pane.excel, self.pane.save, self.pane.print)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.leave.clicked.connect(self.back)
        self.take_back.clicked.connect(self._ask_back)

    def begin(self) -> None:
        """Printing is what one comes for."""
        self.pane.print.setFocus()

    def show_form(self, post: UUID) -> None:
        """The blank form of a place."""
        desk = self.desk
        self._count = None
        self._clear()
        self.page.ask(
            read_form, desk.facility.id, post, desk.regions, desk.catalogue, desk.now, done=self._show, key="count paper"
        )

    def show_result(self, count: UUID) -> None:
        """A finished count."""
        desk = self.desk
        self._count = count
        self._clear()
        self.page.ask(read_result, desk.facility.id, count, desk.regions, desk.catalogue, done=self._show, key="count paper")

    def _clear(self) -> None:
        self.pane.clear()
        self.take_back.setVisible(False)

    def _show(self, facts: CountFacts | None) -> None:
        if facts is None:
            return
        self.take_back.setVisible(not facts.blank and not facts.taken_back and self.desk.may("stock.correct"))
        title = tr("Formulir stok opname {place}") if facts.blank else tr("Hasil stok opname {place}")
        self.pane.offer(
            Paper(
                facts, draw_count, file_name(facts), title.format(place=facts.post), write_count, subject=(facts.post, facts.at)
            )
        )

    def _ask_back(self) -> None:
        count = self._count
        if count is None:
            return
        self.page.ask_reason(
            tr("Batalkan hasil stok opname ini?"),
            tr("Selisihnya dibalik, buku kembali seperti sebelum opname. Kertas yang sudah ditandatangani tidak berlaku."),
            lambda reason, _way: self.page.act(
                take_back_count, count=count, reason=reason, done=lambda _end: self._taken_back(count),
                fault=self.page.say_problem,
            ),
        )  # fmt: skip

    def _taken_back(self, count: UUID) -> None:
        self.page.unlock()
        self.show_result(count)
        self.page.say("good", tr("Stok opname dibatalkan; buku seperti semula."))
