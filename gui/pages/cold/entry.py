"""The day's lines: which day, the fridges with what was read, what was written before; and the keys of the other tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.cold_words import degrees, session_names
from gui.desk import Desk
from gui.language import tr
from gui.pages.cold.lines import ReadingLines
from gui.pages.cold.reading import ColdShown
from gui.panels.days import past_day
from gui.parts import Field, KeyButton, Kind, columns, plain, scrolling
from gui.table import Column, RowsView
from models.errors import Problem
from models.stock.cold.queries import EquipmentRow, WrittenRow
from reports import formats


class EntryPanel(QWidget):
    """`moved` when another day is wanted, `struck` carries the written line that somebody wants to strike out. The page puts
    `ways`, the keys to other tasks, at its foot."""

    moved = Signal()
    struck = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._day = self._today = desk.today
        self._of: EquipmentRow | None = None
        zone = desk.facility.zone
        self.day_field = Field(tr("Tan&ggal"), tidy=lambda text: formats.day_short(past_day(text, desk.today)))
        self.day_field.set_text(formats.day_short(self._day))
        self.before = KeyButton(tr("&Mundur"), "F7")
        self.after = KeyButton(tr("Ma&ju"), "F8")
        self.lines = ReadingLines(zone)
        self.nothing = plain()
        self.nothing.hide()
        self.title = plain(heading=True)
        self.history = RowsView(self._columns(), tr("Yang ditulis hari itu"))
        self.history.setToolTip(tr("Del: coret bacaan yang salah, dengan alasan"))
        self.set_up = KeyButton(tr("&Alat"), "F2")
        self.excursion = KeyButton(tr("&Kejadian"), "F3")
        self.vials = KeyButton(tr("&VVM"), "F4")
        self.tag = KeyButton(tr("&Fridge-tag"), "F11")
        self.take_in = KeyButton(tr("&Impor"), "F12")
        self._lay_out()
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.day_field.left.connect(self._other_day)
        self.history.activated.connect(lambda _index: self.strike())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = columns((self.day_field, 3))
        for button in (self.before, self.after):
            row.addWidget(button, 2, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        column.addWidget(self.nothing)
        self.area = scrolling(self.lines, 120, long=True)
        column.addWidget(self.area, 3)
        column.addWidget(self.title)
        column.addWidget(self.history, 2)

    @property
    def ways(self) -> tuple[KeyButton, ...]:
        """To the other tasks, in the order of their keys."""
        return self.set_up, self.excursion, self.vials, self.tag, self.take_in

    @property
    def day(self) -> date:
        """The day that the lines are of."""
        return self._day

    def show_cold(self, shown: ColdShown) -> None:
        """The day as the records have it."""
        here = self._desk.place.post_id
        houses = {each.id for each in shown.posts if each.kind == "warehouse"}
        active = [row for row in shown.equipments if row.active or shown.of_day(row.id)]
        rows = sorted(active, key=lambda row: (row.post != here, row.post not in houses))
        self.lines.offer(rows)
        self.lines.show_day({row.id: shown.of_day(row.id) for row in rows})
        self.after.setEnabled(self._day < self._desk.today)
        may = self._desk.may("cold.set")
        words = tr("Belum ada lemari es atau kotak dingin. Tekan F2 untuk menambah yang pertama.")
        told = tr("Belum ada lemari es atau kotak dingin. Farmasi atau koordinator menambahnya di sini.")
        self.nothing.setText(words if may else told)
        self.nothing.setVisible(not rows)
        for widget in (self.area, self.title, self.history):
            widget.setVisible(bool(rows))

    def show_written(self, of: EquipmentRow, written: Sequence[WrittenRow]) -> None:
        """Everything that was ever written for the fridge on that day."""
        self._of = of
        self.title.setText(tr("{name}, {day}: siapa menulis apa").format(name=of.name, day=formats.day_short(self._day)))
        self.history.show_rows(written, same=lambda row: row.id)

    def strike(self) -> None:
        """The chosen line, if it still holds."""
        row: WrittenRow | None = self.history.chosen()
        if row is not None and row.holds:
            self.struck.emit(row)

    def go_to(self, day: date) -> None:
        """Another day."""
        self.day_field.set_text(formats.day_short(day))
        self._other_day()

    def follow_clock(self) -> bool:
        """Midnight has passed: lines that were of today are of the new one, unless something stands in them that was typed for
        the old one. Whether they are of another day now."""
        before, self._today = self._today, self._desk.today
        if before == self._today or self._day != before or self.lines.typed():
            return False
        self.go_to(self._today)
        return True

    def _step(self, days: int) -> None:
        self.go_to(min(self._day + timedelta(days=days), self._desk.today))

    def _other_day(self) -> None:
        try:
            day = past_day(self.day_field.text(), self._desk.today)
        except Problem as problem:
            self.day_field.show_fault(problem)
            return
        if day != self._day:
            self._day = day
            self.lines.clear()
            self.moved.emit()

    def _columns(self) -> tuple[Column, ...]:
        names, clock = session_names(), self._desk.clock_of

        def value(row: WrittenRow) -> str:
            if row.tenths is None:
                return tr("dicoret")
            return degrees(row.tenths) if row.holds else tr("{degrees}, dibetulkan").format(degrees=degrees(row.tenths))

        def kind(row: WrittenRow) -> Kind:
            if not row.holds or row.tenths is None:
                return "calm"
            return "stop" if self._of is not None and self._of.side(row.tenths) else "good"

        return (
            Column(tr("Jam"), lambda row: f"{clock(row.taken_at)} {names.get(row.session, '')}"),
            Column(tr("Suhu"), value, kind=kind),
            Column(tr("Oleh"), lambda row: row.by if not row.reason else f"{row.by}: {row.reason}", wide=True),
        )


def chosen_or_first(shown: ColdShown, chosen: UUID | None) -> EquipmentRow | None:
    """What the card shows: the fridge the cursor was at last, else the first in use."""
    found = shown.find(chosen)
    return found or next((row for row in shown.equipments if row.active), None)
