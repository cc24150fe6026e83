"""The lines into which temperatures are typed: a fridge a row, morning, afternoon and any other hour side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gui.cold_words import degrees, range_words, session_names, side_words
from gui.language import tr
from gui.one_line import OneLine
from gui.parts import SIGNS, empty, mark, plain
from models.places.zones import ZONES
from models.stock.cold.queries import EquipmentRow, ReadingRow
from models.stock.cold.rules import SESSIONS
from reports import formats

_WIDE = 68


class ReadingLine(QLineEdit):
    """One temperature. `shown` is what is written in the records; what was typed over it is kept until it is saved or left with
    Esc."""

    entered = Signal()
    looked_at = Signal()
    stepped = Signal(int)
    """To the next fridge or the one before."""

    def __init__(self, equipment: EquipmentRow, session: str) -> None:
        super().__init__()
        self.equipment, self.session = equipment, session
        self.reading: ReadingRow | None = None
        self.shown = ""
        self.setFixedWidth(_WIDE)
        self.setMaxLength(12)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(f"{equipment.name}, {session_names()[session]}, °C")
        self.returnPressed.connect(self.entered)

    @property
    def typed(self) -> bool:
        """Whether something stands here that is not in the records."""
        return self.text().strip() != self.shown

    def show_reading(self, reading: ReadingRow | None) -> None:
        """What the records say; nothing typed is lost."""
        typed = self.text() if self.typed else None
        self.reading = reading
        self.shown = formats.degrees(reading.tenths) if reading is not None and reading.tenths is not None else ""
        if typed is None or typed.strip() == self.shown:
            self.setText(self.shown)
        out = reading is not None and reading.tenths is not None and bool(self.equipment.side(reading.tenths))
        mark(self, "wrong", out)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """What is typed takes the place of what stands here."""
        super().focusInEvent(event)
        self.selectAll()
        self.looked_at.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and down go to the next fridge; Esc takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.typed:
            self.setText(self.shown)
            self.selectAll()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class ReadingLines(QWidget):
    """`entered` carries the line in which somebody pressed Enter, `chosen` the equipment that the cursor is at."""

    entered = Signal(object)
    chosen = Signal(object)

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self.lines: dict[tuple[UUID, str], ReadingLine] = {}
        self._notes: dict[UUID, OneLine] = {}
        self._faults: dict[UUID, QLabel] = {}
        self._rows: tuple[EquipmentRow, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)

    def offer(self, rows: Sequence[EquipmentRow]) -> None:
        """These pieces of equipment, in this order; the lines are made anew only when one is another one."""
        if tuple(rows) == self._rows:
            return
        kept = self.typed()
        at = next((key for key, line in self.lines.items() if line.hasFocus()), None)
        self._rows = tuple(rows)
        self._build()
        self.put(kept)
        if at in self.lines:
            self.lines[at].setFocus()

    def show_day(self, of_day: Mapping[UUID, Sequence[ReadingRow]]) -> None:
        """What was read on the day."""
        for (equipment, session), line in self.lines.items():
            read = [each for each in of_day.get(equipment, ()) if each.session == session]
            line.show_reading(read[-1] if read and session != "extra" else None)
        for row in self._rows:
            self._say_state(row, of_day.get(row.id, ()))

    def typed(self) -> dict[str, str]:
        """What is not saved yet, by equipment and session."""
        return {f"{key[0].hex} {key[1]}": line.text() for key, line in self.lines.items() if line.typed and line.text().strip()}

    def put(self, typed: Mapping[str, str]) -> None:
        """Put back what `typed` gave."""
        for (equipment, session), line in self.lines.items():
            if (text := typed.get(f"{equipment.hex} {session}")) is not None:
                line.setText(text)

    def clear(self) -> None:
        """Another day: nothing typed belongs to it."""
        for line in self.lines.values():
            line.shown = ""
            line.setText("")

    def say_fault(self, line: ReadingLine, words: str) -> None:
        """What is wrong with what was typed, under its row."""
        self._say_fault(line.equipment.id, words)
        line.setAccessibleDescription(words)
        line.setFocus()
        line.selectAll()

    def go_on(self, line: ReadingLine, by: int = 1) -> bool:
        """To the next fridge in the same column, or as many on; False where there is none."""
        ids = [row.id for row in self._rows]
        to = ids.index(line.equipment.id) + by if line.equipment.id in ids else -1
        if not 0 <= to < len(ids):
            return False
        self.lines[ids[to], line.session].setFocus()
        return True

    def first(self, session: str) -> ReadingLine | None:
        """The first line of a column without a reading, else the first one."""
        column = [self.lines[row.id, session] for row in self._rows]
        return next((line for line in column if not line.shown), column[0] if column else None)

    def _build(self) -> None:
        empty(self._grid)
        self.lines.clear()
        self._notes.clear()
        self._faults.clear()
        for column, words in enumerate((tr("Alat"), tr("Pagi"), tr("Sore"), tr("Jam lain"))):
            self._grid.addWidget(plain(words, wrap=False, faded=True), 0, column)
        for at, row in enumerate(self._rows):
            self._grid.addLayout(self._names(row), 2 * at + 1, 0)
            for column, session in enumerate(SESSIONS, 1):
                line = ReadingLine(row, session)
                line.entered.connect(lambda line=line: self.entered.emit(line))
                line.stepped.connect(lambda by, line=line: self.go_on(line, by))
                line.looked_at.connect(lambda row=row: self.chosen.emit(row.id))
                self.lines[row.id, session] = line
                self._grid.addWidget(line, 2 * at + 1, column)
            fault = plain(fault=True)
            fault.hide()
            self._faults[row.id] = fault
            self._grid.addWidget(fault, 2 * at + 2, 0, 1, 4)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(2 * len(self._rows) + 1, 1)
        for before, after in pairwise(self._order()):
            QWidget.setTabOrder(before, after)

    def _names(self, row: EquipmentRow) -> QVBoxLayout:
        """What it is called; beneath, its state, or what it may measure and where it stands."""
        name, note = OneLine(), OneLine(faded=True)
        name.setText(row.name)
        font = name.font()
        font.setBold(True)
        name.setFont(font)
        self._notes[row.id] = note
        both = QVBoxLayout()
        both.setSpacing(0)
        both.addWidget(name)
        both.addWidget(note)
        return both

    def _order(self) -> list[ReadingLine]:
        """Down each column: all mornings, then all afternoons."""
        return [self.lines[row.id, session] for session in SESSIONS for row in self._rows]

    def _say_state(self, row: EquipmentRow, read: Sequence[ReadingRow]) -> None:
        others = [each for each in read if each.session == "extra" and each.tenths is not None]
        last = max((each for each in read if each.tenths is not None), key=lambda each: each.taken_at, default=None)
        words = [f"{each.taken_at.astimezone(ZONES[self._zone]):%H.%M} {degrees(each.tenths)}" for each in others]
        side = row.side(last.tenths) if last is not None and last.tenths is not None else 0
        if side and last is not None:
            state = tr("{sign} {degrees}, {out}").format(sign=SIGNS["stop"], degrees=degrees(last.tenths), out=side_words(side))
            words.insert(0, state)
        self._notes[row.id].setText(" · ".join([*words, range_words(row), row.post_name]))
        mark(self._notes[row.id], "faded", not side)
        mark(self._notes[row.id], "fault", bool(side))
        self._say_fault(row.id, "")

    def _say_fault(self, equipment: UUID, words: str) -> None:
        self._faults[equipment].setText(words)
        self._faults[equipment].setVisible(bool(words))
