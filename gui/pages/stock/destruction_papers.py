"""Every berita acara, to be read, printed again and saved; a wrong one is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.discard_reading import read_destruction
from gui.panels.paper_pane import Paper, PaperPane
from gui.parts import KeyButton, Panel, plain
from gui.table import Column, RowsView
from models.overview.stock.paper_facts import DestructionFacts
from models.stock.discards.destruction_actions import take_back_destruction
from models.stock.discards.queries import Destruction
from reports import formats
from reports.destruction import draw_destruction, write_destruction


class DestructionPapers(QWidget):
    """Left the list, right the paper under the cursor."""

    back = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.wanted: UUID | None = None
        self.list = RowsView(_columns(), tr("Berita acara"), tall=True)
        self.empty = plain(tr("Belum ada berita acara. Tandai yang menunggu dengan F7, lalu musnahkan."), faded=True)
        self.pane = PaperPane(page, tr("Berita acara sebagai halaman"))
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.take_back = KeyButton(tr("Batal&kan"), "Del")
        left = Panel(tr("Berita acara pemusnahan"))
        left.rows.addWidget(self.list, 1)
        left.rows.addWidget(self.empty)
        self.pane.buttons.insertWidget(0, self.leave, 1)
        self.pane.buttons.insertWidget(1, self.take_back, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 4)
        row.addWidget(self.pane, 8)
        order = (self.leave, self.take_back, self.pane.excel, self.pane.save, self.pane.print)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.list.activated.connect(lambda _index: self.pane.print.setFocus())
        self.leave.clicked.connect(self.back)
        self.take_back.clicked.connect(self._ask_back)

    def begin(self) -> None:
        """The list."""
        self.list.setFocus()
        self._chosen()

    def show_papers(self, papers: Sequence[Destruction]) -> None:
        """The newest first; the one just made is under the cursor."""
        self.list.show_rows(papers, same=lambda row: row.id)
        self.empty.setVisible(not papers)
        wanted = next((at for at, each in enumerate(papers) if each.id == self.wanted), None)
        if wanted is not None or (papers and self.list.chosen() is None):
            self.list.selectRow(wanted or 0)
            self.wanted = None
        self._chosen()

    def _chosen(self) -> None:
        row: Destruction | None = self.list.chosen()
        self.take_back.setEnabled(row is not None and not row.undone)
        if row is None:
            self.pane.clear()
        elif self.isVisible():
            desk = self.desk
            self.page.ask(
                read_destruction, desk.facility.id, row.id, desk.regions, desk.catalogue, done=self._show, key="destruction"
            )

    def _show(self, facts: DestructionFacts | None) -> None:
        if facts is None:
            return
        number = "".join(sign if sign.isalnum() else "-" for sign in facts.number)
        self.pane.offer(
            Paper(
                facts, draw_destruction, f"pemusnahan-{facts.day:%Y-%m-%d}-{number}",
                tr("Berita acara {number}").format(number=facts.number), write_destruction, subject=facts.number,
            )
        )  # fmt: skip

    def _ask_back(self) -> None:
        row: Destruction | None = self.list.chosen()
        if row is None:
            return
        self.page.ask_reason(
            tr("Batalkan berita acara {number}?").format(number=row.number),
            tr("Isinya menunggu dimusnahkan lagi. Kertas yang sudah ditandatangani tidak berlaku."),
            lambda reason, _way: self.page.act(
                take_back_destruction, destruction=row.id, reason=reason, done=self._taken_back, fault=self.page.say_problem
            ),
        )

    def _taken_back(self, _fact: Any) -> None:
        self.page.unlock()
        self.page.say("good", tr("Berita acara dibatalkan; isinya menunggu lagi."))


def _columns() -> tuple[Column, ...]:
    def what(row: Destruction) -> str:
        words = tr("{vials} utuh, {opened} terbuka").format(vials=formats.number(row.vials), opened=formats.number(row.opened))
        return tr("Dibatalkan") if row.undone else words

    return (
        Column(tr("Nomor"), lambda row: f"{row.number}\n{formats.day_short(row.day)}", wide=True),
        Column(tr("Vial"), what, kind=lambda row: "stop" if row.undone else "calm"),
    )
