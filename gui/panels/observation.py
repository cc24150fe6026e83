"""Who sits in observation: whose time is over first, and who has a complaint stays in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.parts import KeyButton, Kind, Panel, columns, plain
from gui.table import Column, RowsView
from models.doses.queries import QueueRow
from reports import formats


def may_go(row: QueueRow, now: datetime) -> bool:
    """Whether the time of observation is over."""
    return row.visit.observe_until is None or row.visit.observe_until <= now


class ObservationPanel(Panel):
    """`finish` carries the QueueRows to let go without a complaint, `complain` the one who has one."""

    finish = Signal(list)
    complain = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Observasi"))
        self.desk = desk
        self._notes: Mapping[UUID, str] = {}
        self._sitting: Sequence[QueueRow] = ()
        self.list = RowsView(
            (
                Column(tr("No."), lambda row: formats.number(row.visit.queue_no), right=True),
                Column(tr("Nama"), lambda row: row.name, wide=True),
                Column(tr("Keadaan"), self._state, kind=self._kind),
            ),
            tr("Orang dalam observasi"),
        )
        self.note = plain(faded=True)
        self.note.hide()
        self.all = KeyButton(tr("Semua boleh pulang"), "Ctrl+B")
        self.one = KeyButton(tr("Tanpa keluhan"), "Ctrl+N")
        self.complaint = KeyButton(tr("Keluhan…"), "Ctrl+J")
        self.rows.setSpacing(4)
        self.rows.addWidget(self.list, 1)
        self.rows.addWidget(self.note)
        self.rows.addLayout(columns(self.complaint, self.one, spacing=6))
        self.rows.addLayout(columns(self.all))
        self.all.clicked.connect(lambda: self.finish.emit(self.free()))
        self.one.clicked.connect(lambda: self.finish.emit([self.list.chosen()]) if self.list.chosen() else None)
        self.complaint.clicked.connect(lambda: self.complain.emit(self.list.chosen()) if self.list.chosen() else None)
        self.list.activated.connect(lambda _index: self.opened.emit(self.list.chosen()))
        self.list.selectionModel().currentRowChanged.connect(self._show_note)

    def show_rows(self, sitting: Sequence[QueueRow], notes: Mapping[UUID, str]) -> None:
        """Who sits there, whose time ends first in front; `notes` are complaints."""
        self._sitting, self._notes = sitting, notes
        self.list.show_rows(sitting, same=lambda row: row.visit.id)
        if self.list.chosen() is None and sitting:
            self.list.selectRow(0)
        self.show_now()

    def sitting(self) -> int:
        """How many sit there."""
        return len(self._sitting)

    def free(self) -> list[QueueRow]:
        """Who may go now and has no complaint."""
        now = self.desk.now
        return [row for row in self._sitting if may_go(row, now) and row.visit.id not in self._notes]

    def show_now(self) -> None:
        """The same people at this moment."""
        free = len(self.free())
        self.heading.setText(
            tr("Observasi: {sitting} orang, {free} boleh pulang").format(
                sitting=formats.number(len(self._sitting)), free=formats.number(free)
            )
        )
        self.all.setEnabled(free > 0)
        self.all.say(tr("{count} orang pulang tanpa keluhan").format(count=free) if free else tr("Semua boleh pulang"))
        for button in (self.one, self.complaint):
            button.setEnabled(bool(self._sitting))
        self._show_note()
        self.list.viewport().update()

    def take_list(self) -> None:
        """The cursor goes to the list."""
        self.list.setFocus()

    def _state(self, row: QueueRow) -> str:
        if row.visit.id in self._notes:
            return tr("ada keluhan")
        if may_go(row, self.desk.now) or row.visit.observe_until is None:
            return tr("boleh pulang")
        left = -(-(row.visit.observe_until - self.desk.now) // timedelta(minutes=1))
        return tr("{left} mnt lagi, s.d. {time}").format(left=left, time=self.desk.clock_of(row.visit.observe_until))

    def _kind(self, row: QueueRow) -> Kind:
        if row.visit.id in self._notes:
            return "ask"
        return "good" if may_go(row, self.desk.now) else "calm"

    def _show_note(self) -> None:
        row = self.list.chosen()
        note = self._notes.get(row.visit.id, "") if row is not None else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))
