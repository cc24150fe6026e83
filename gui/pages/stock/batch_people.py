"""Who received a batch, to be called in a recall. Opening the list is noted in the records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.commands.demo_folder import WATERMARK
from gui.language import tr
from gui.page import Page
from gui.pages.stock.batch_reading import BatchList, read_people
from gui.paper import save_paper
from gui.parts import KeyButton, Panel, plain
from gui.table import Column, RowsView
from models.overview.stock.batch_actions import open_batch_people
from models.overview.stock.batch_people import BatchPerson
from models.stock.batch_status_queries import BatchNow
from reports import formats
from reports.batch_people import people_workbook


class BatchPeopleView(QWidget):
    """One line a dose, by desa and name."""

    back = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._found: BatchList | None = None
        self._number = ""
        self.title = plain(heading=True)
        self.list = RowsView(self._columns(), tr("Penerima"))
        self.empty = plain(tr("Belum ada yang disuntik dari batch ini."), faded=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.excel = KeyButton(tr("E&xcel"), "F5", main=True)
        panel = Panel()
        panel.rows.addWidget(self.title)
        panel.rows.addWidget(self.list, 1)
        panel.rows.addWidget(self.empty)
        panel.rows.addWidget(plain(tr("Daftar ini dibuka atas nama Anda dan tercatat."), faded=True))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(panel, 1)
        foot = QHBoxLayout()
        for button in (self.leave, self.excel):
            foot.addWidget(button, 1)
        rows.addLayout(foot)
        self.leave.clicked.connect(self._leave)
        self.excel.clicked.connect(self._save)

    def open(self, batches: Sequence[BatchNow], then: Callable[[], Any]) -> None:
        """Note that it is opened, read it, and only then show it: `then()`."""
        desk, wanted = self.desk, [row.id for row in batches]
        self._number = batches[0].number
        title = tr("Penerima {product} batch {number}").format(
            product=desk.product_name(batches[0].product), number=self._number
        )

        def noted(_answer: Any) -> None:
            self.page.ask(
                read_people, desk.facility.id, wanted, title, desk.regions, desk.now, done=lambda found: self._show(found, then)
            )

        self.page.act(open_batch_people, batches=wanted, done=noted)

    def _show(self, found: BatchList, then: Callable[[], Any]) -> None:
        self._found = found
        people = len({each.recipient for each in found.people})
        self.title.setText(f"{found.title}: {tr('{count} orang').format(count=formats.number(people))}")
        self.list.show_rows(found.people)
        self.empty.setVisible(not found.people)
        self.excel.setEnabled(bool(found.people))
        then()
        self.list.setFocus()
        if found.people:
            self.list.selectRow(0)

    def _leave(self) -> None:
        self._found = None
        self.list.show_rows([])  # nobody's data stay on a page that is out of sight
        self.back.emit()

    def _save(self) -> None:
        if self._found is None:
            return
        found, name = self._found, f"penerima-batch-{''.join(sign if sign.isalnum() else '-' for sign in self._number)}"
        self.desk.work.draw(
            self, people_workbook, found.head, found.title, _lines(found), found.taken_at,
            WATERMARK if self.desk.demo else None, fault=self.page.say_problem,
            done=lambda content: self.desk.work.draw(
                self, save_paper, content, name, "xlsx", done=self._saved, fault=self.page.say_problem
            ),
        )  # fmt: skip

    def _saved(self, path: Path) -> None:
        self.page.say("ask", tr("Tersimpan: {path}. Berisi nama dan nomor HP: simpan baik-baik.").format(path=path))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Nama"), lambda row: row.name, wide=True),
            Column(tr("Lahir"), lambda row: formats.birth_date(row.birth.date, row.birth.precision)),
            Column(tr("HP"), lambda row: row.phone or formats.NOTHING),
            Column(tr("Desa"), self._desa),
            Column(tr("Dosis"), lambda row: str(row.number), right=True),
            Column(tr("Tanggal"), lambda row: formats.day_short(row.day)),
            Column(tr("Pos"), lambda row: self._found.posts.get(row.post, "") if self._found else ""),
        )

    def _desa(self, row: BatchPerson) -> str:
        return _desa_words(row, self._found) if self._found else ""


def _desa_words(row: BatchPerson, found: BatchList) -> str:
    parts = [found.desas.get(row.desa or "", "")]
    if row.rt:
        parts.append(tr("RT {rt}").format(rt=row.rt))
    return " ".join(part for part in parts if part)


def _lines(found: BatchList) -> list[tuple[Any, ...]]:
    return [
        (
            row.name, formats.birth_date(row.birth.date, row.birth.precision), row.phone, found.desas.get(row.desa or "", ""),
            row.dusun, row.rt, row.rw, row.number, row.day, found.posts.get(row.post, "") if row.post else "",
        )
        for row in found.people
    ]  # fmt: skip
