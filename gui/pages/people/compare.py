"""Two people side by side: which record leads, what the common history would be, and whether they are one at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence_of
from gui.pages.people.words import fields_of, who_is
from gui.parts import Banner, Field, KeyButton, Kind, Panel, choice, columns, plain
from gui.table import Column, RowsView
from models.doses.joining_queries import Together, together
from models.people.queries import RecipientRow, history, recipient
from reports import formats

_LOW = 30


@dataclass(frozen=True)
class Pair:
    """Two people, what they would be as one, and what whoever registered each of them answered when asked about it."""

    one: RecipientRow
    two: RecipientRow
    common: Together
    reasons: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Line:
    """One field of both."""

    label: str
    one: str
    two: str

    @property
    def kind(self) -> Kind:
        """Whether both know it and say something else."""
        return "ask" if self.one != self.two and formats.NOTHING not in {self.one, self.two} else "calm"


def read_pair(records: Any, one: UUID, two: UUID) -> Pair | None:
    """Both people as they are now; None when somebody has joined them meanwhile."""
    first, second = recipient(records, one), recipient(records, two)
    if first is None or second is None or first.id == second.id:
        return None
    return Pair(first, second, together(records, one, two), (said_of(records, first.id), said_of(records, second.id)))


def said_of(records: Any, person: UUID) -> str:
    """What a clerk answered when asked: why somebody was registered all the same, or is not who looks the same."""
    asked = (row for row in history(records, person) if row.version == 1 or "people.twin" in row.confirmed)
    return "; ".join(dict.fromkeys(row.reason for row in asked if row.reason))


class ComparePanel(Panel):
    """`joined` carries main, other and reason; `different` both and the reason."""

    back = Signal()
    joined = Signal(object, object, str)
    different = Signal(object, object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Apakah ini orang yang sama? Cocokkan dengan KTP atau KK"))
        self.desk = desk
        self.pair: Pair | None = None
        self.clash = Banner()
        self.lines = RowsView(
            (
                Column("", lambda line: line.label),
                Column(tr("Data pertama"), lambda line: line.one, wide=True, kind=lambda line: line.kind),
                Column(tr("Data kedua"), lambda line: line.two, wide=True, kind=lambda line: line.kind),
            ),
            tr("Perbandingan kedua data"),
        )
        self.lines.verticalHeader().setDefaultSectionSize(_LOW)  # nothing is pressed here, and all of it is to be seen
        self.after = plain()
        self.main = Field(tr("Data &utama (nama dan NIK di slip)"), choice([]))
        self.reason = Field(tr("&Alasan"))
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.apart = KeyButton(tr("&Orang berbeda"), "F8")
        self.save = KeyButton(tr("&Gabungkan"), "F9", main=True)
        self.rows.addWidget(self.lines, 1)
        self.rows.addWidget(self.clash)
        self.rows.addWidget(self.after)
        self.rows.addLayout(columns((self.main, 1), (self.reason, 1)))
        self.rows.addLayout(columns((self.leave, 1), (self.apart, 1), (self.save, 2)))
        self._fields = {"main": self.main, "reason": self.reason}
        self.leave.clicked.connect(self.back)
        self.apart.clicked.connect(self._say_different)
        self.save.clicked.connect(self._join)

    def show_pair(self, pair: Pair, *, again: bool = False) -> None:
        """Show both. The record that has a NIK of its own, then the one with more, is proposed to lead. `again` keeps what was
        chosen and typed: the same two as they are now."""
        again = again and self.pair is not None and {self.pair.one.id, self.pair.two.id} == {pair.one.id, pair.two.id}
        self.pair = pair
        one, two = fields_of(pair.one.person, self.desk), fields_of(pair.two.person, self.desk)
        lines = [Line(label, text, two[label]) for label, text in one.items()]
        said = tuple(each or formats.NOTHING for each in pair.reasons)
        lines.append(Line(tr("Kata petugas saat mendaftar"), *said))
        self.lines.show_rows([line for line in lines if {line.one, line.two} != {formats.NOTHING}])
        self._show_after(pair)
        if again:
            return
        self.main.box.clear()
        for row in (pair.one, pair.two):
            self.main.box.addItem(f"{who_is(row)} · {row.shown_number}", str(row.id))
        self.main.box.setCurrentIndex(0 if _weight(pair.one) >= _weight(pair.two) else 1)
        self.reason.set_text("")

    def begin(self) -> None:
        """What has to be typed."""
        self.reason.setFocus()

    def _show_after(self, pair: Pair) -> None:
        counted = pair.common.counted
        doses = "  ·  ".join(
            tr("dosis {number}: {day} {product}").format(
                number=each.number, day=formats.day_short(each.dose.day), product=self.desk.product_name(each.dose.product)
            )
            + (tr(" (tercatat dosis {number})").format(number=each.dose.number) if each.number != each.dose.number else "")
            for each in counted
        )
        self.after.setText(tr("Sesudah digabung: {doses}").format(doses=doses or tr("belum ada dosis")))
        clashes = [sentence_of(clash.code, clash.details) for clash in pair.common.clashes]
        if clashes:
            self.clash.show_state("ask", tr("Dosis keduanya bertabrakan"), " ".join(clashes))
        else:
            self.clash.hide()

    def _sides(self) -> tuple[UUID, UUID] | None:
        if self.pair is None:
            return None
        ids = (self.pair.one.id, self.pair.two.id)
        return ids if self.main.text() == str(ids[0]) else (ids[1], ids[0])

    def _join(self) -> None:
        sides = self._sides()
        if sides is not None and self._reasoned():
            self.joined.emit(*sides, self.reason.text().strip())

    def _say_different(self) -> None:
        sides = self._sides()
        if sides is not None and self._reasoned():
            self.different.emit(*sides, self.reason.text().strip())

    def _reasoned(self) -> bool:
        if self.reason.text().strip():
            return True
        self.reason.say_fault(tr("Tulis alasannya, misalnya: KK diperlihatkan, nama dan tanggal lahir sama."))
        self.reason.setFocus()
        return False


def _weight(row: RecipientRow) -> tuple[bool, int]:
    person = row.person
    known = sum(bool(each) for each in (person.phone, person.desa, person.dusun, person.rt, person.guardian, person.bpjs))
    return person.nik is not None and not person.disputed, known + (person.birth.precision == "day")
