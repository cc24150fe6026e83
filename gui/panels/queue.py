"""The queue of today at this post: who waits at which step and since when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.panels.steps import step_words
from gui.parts import KeyButton, Kind, Panel, columns
from gui.table import Column, RowsView
from models.doses.queries import QueueRow
from reports import formats

_ORDER = {"screened": 0, "registered": 1, "injected": 2, "observed": 2}


class QueuePanel(Panel):
    """`chosen` carries the QueueRow that was opened."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Antrean hari ini"))
        self.desk = desk
        self.list = RowsView(
            (
                Column(tr("No."), lambda row: formats.number(row.visit.queue_no), right=True),
                Column(tr("Nama"), lambda row: row.name, wide=True),
                Column(tr("Tahap"), self._step, kind=self._kind),
                Column(tr("Sejak"), lambda row: desk.clock_of(row.visit.since), right=True),
            ),
            tr("Antrean hari ini"),
        )
        self.next = KeyButton(tr("Panggil berikut&nya"), "F3")
        self.rows.addWidget(self.list, 1)
        self.rows.addLayout(columns(self.next))
        self.list.activated.connect(lambda _index: self.chosen.emit(self.list.chosen()))
        self.next.clicked.connect(self._call_next)
        self._waiting: Sequence[QueueRow] = ()

    def show_queue(self, rows: Sequence[QueueRow]) -> None:
        """Those who wait first, in order of their numbers; those who are done below, the newest first."""
        steps = Counter(row.visit.step for row in rows)
        self.heading.setText(
            tr("Terdaftar {a} · diskrining {b} · observasi {c} · selesai {d}").format(
                a=steps["registered"], b=steps["screened"], c=steps["injected"] + steps["observed"], d=steps["finished"]
            )
        )
        self._waiting = [row for row in rows if row.visit.step in _ORDER]
        ended = [row for row in reversed(rows) if row.visit.step not in _ORDER]
        self.list.show_rows([*self._waiting, *ended], same=lambda row: row.visit.id)
        self.next.setEnabled(self._next() is not None)

    def _next(self) -> QueueRow | None:
        """Who is due here: the step that this account may take on, the earliest number first; not who waits for the
        pressure to be measured again."""
        now = self.desk.now
        steps = [
            step for step, right in (("screened", "doses.give"), ("registered", "visits.screen")) if self.desk.may(right)
        ] or ["injected", "observed"]
        for step in steps:
            for row in self._waiting:
                if row.visit.step == step and (row.visit.repeat_from is None or row.visit.repeat_from <= now):
                    return row
        return None

    def _call_next(self) -> None:
        row = self._next()
        if row is not None:
            self.chosen.emit(row)

    def _step(self, row: QueueRow) -> str:
        if row.visit.step == "registered" and row.visit.repeat_from is not None:
            return tr("Ulang tensi {time}").format(time=self.desk.clock_of(row.visit.repeat_from))
        if row.visit.step in {"injected", "observed"} and row.visit.observe_until is not None:
            return tr("Observasi s.d. {time}").format(time=self.desk.clock_of(row.visit.observe_until))
        return step_words(row.visit.step)[0]

    def _kind(self, row: QueueRow) -> Kind:
        if row.visit.step == "registered" and row.visit.repeat_from is not None:
            return "ask"
        return step_words(row.visit.step)[1]
