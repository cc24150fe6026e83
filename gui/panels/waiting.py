"""Who waits at this post, in the order in which they are called, and who of today is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from gui.desk import Desk
from gui.language import tr
from gui.panels.steps import row_state, waited
from gui.parts import Kind, Panel, choice
from gui.table import Column, RowsView
from models.doses.queries import QueueRow
from reports import formats

_ROOM = 560  # pixels; below, name and step need them


class WaitingPanel(Panel):
    """`chosen` carries a QueueRow, `sought` what was typed to find somebody of today; empty for the whole list again."""

    chosen = Signal(object)
    sought = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._skipped: Mapping[UUID, int] = {}
        self._begun: Collection[UUID] = ()
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Nomor, nama, atau NIK"))
        self.line.setAccessibleName(tr("Nomor, nama, atau NIK orang hari ini"))
        self.line.setClearButtonEnabled(True)
        self.task = choice([("both", tr("Skrining + suntik")), ("screen", tr("Skrining")), ("inject", tr("Suntik"))])
        self.task.setMinimumContentsLength(14)
        self.task.setAccessibleName(tr("Tugas meja ini"))
        self.task.setToolTip(tr("Tugas meja ini: siapa yang dipanggil F3"))
        self.list = RowsView(
            (
                Column(tr("No."), lambda row: formats.number(row.visit.queue_no), right=True),
                Column(tr("Nama"), lambda row: row.name, wide=True),
                Column(tr("Tahap"), self._step, kind=self._kind),
                Column(tr("Menunggu"), self._waits, right=True),
            ),
            tr("Antrean hari ini"),
        )
        self.rows.setSpacing(4)
        above = QHBoxLayout()
        above.addWidget(self.line, 1)
        above.addWidget(self.task)
        self.rows.addLayout(above)
        self.rows.addWidget(self.list, 1)
        self.line.returnPressed.connect(lambda: self.sought.emit(self.line.text().strip()))
        self.line.textChanged.connect(lambda text: None if text else self.sought.emit(""))
        self.list.activated.connect(lambda _index: self.chosen.emit(self.list.chosen()))

    def show_rows(self, rows: Sequence[QueueRow], skipped: Mapping[UUID, int], begun: Collection[UUID]) -> None:
        """Those who wait in the order of calling, then the rest. `skipped`: how often somebody was called and did not come;
        `begun`: whose card is half filled in at this table."""
        self._skipped, self._begun = skipped, begun
        self.list.show_rows(rows, same=lambda row: row.visit.id)

    def show_now(self) -> None:
        """The same rows, with what is true of them at this moment."""
        self.list.viewport().update()

    def go(self) -> None:
        """The cursor goes to the one line in which somebody is found."""
        self.line.setFocus()
        self.line.selectAll()

    def take_list(self) -> None:
        """The cursor goes to the list."""
        if self.list.chosen() is None and self.list.rows_table.rows:
            self.list.selectRow(0)
        self.list.setFocus()

    def _step(self, row: QueueRow) -> str:
        visit, now = row.visit, self.desk.now
        words = row_state(row, now, self.desk.clock_of)[0]
        if visit.step == "registered" and visit.repeat_from is not None and now < visit.repeat_from:
            left = -(-(visit.repeat_from - now) // timedelta(minutes=1))
            words = tr("Tensi {time} ({left} mnt)").format(time=self.desk.clock_of(visit.repeat_from), left=left)
        if visit.id in self._begun:
            words = tr("{words} · isian belum tersimpan").format(words=words)
        if visit.id in self._skipped and visit.step in {"registered", "screened"}:
            words = tr("{words} · dilewati {times}×").format(words=words, times=self._skipped[visit.id])
        return words

    def _kind(self, row: QueueRow) -> Kind:
        return row_state(row, self.desk.now, self.desk.clock_of)[1]

    def _waits(self, row: QueueRow) -> str:
        since = self.desk.clock_of(row.visit.since)
        if row.visit.step not in {"registered", "screened"}:
            return since
        long = waited(row.visit.since, self.desk.now, short=True)
        return f"{since} · {long}" if self.width() >= _ROOM else long
