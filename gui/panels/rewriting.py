"""An injection that was written down wrong, written anew: for somebody else, or with another number, limb or vaccinator."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.elsewhere import dose_number
from gui.panels.limbs import limb_names
from gui.panels.person_words import birth_words
from gui.panels.search import FirstField, SearchPanel
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from models.doses.queries import DoseRow
from models.errors import Refused
from models.people.queries import PersonRow, RecipientRow
from reports import formats


class RewritePanel(Panel):
    """`ready` carries the values of `rewrite_dose` but for catalogue and reason, and the reason as an answer given.

    It begins with what had been written, so that only what was wrong is changed.
    """

    ready = Signal(dict, tuple)
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._wrong: UUID | None = None
        self._person: UUID | None = None
        self.who = plain(big=True)
        self.typed = FirstField()
        self.typed.setObjectName("")  # not the one field of the page, which is larger
        self.search = SearchPanel(
            desk, self.typed, heading=tr("Orang yang disuntik"), hint=tr("Ketik NIK atau nama, lalu Enter."),
            nobody=tr("Belum terdaftar. Kembali dengan Esc dan daftarkan dahulu; dosis ini menunggu di riwayat."),
        )  # fmt: skip
        self.search.rows.insertWidget(1, self.typed)
        self.other = KeyButton(tr("&Orang lain…"), "F2")
        self.number = Field(tr("Dosis ke-"), tidy=dose_number)
        self.number.line.setPlaceholderText(tr("kosong: urutan berikutnya"))
        self.limb = Field(tr("Lengan"), choice(limb_names()))
        self.vaccinator = Field(tr("Vaksinator"))
        self.reason = Field(tr("Alasan"))
        self.save = KeyButton(tr("&Simpan dosis"), "F9", main=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.rows.addLayout(columns((self.who, 3), (self.other, 1)))
        self.rows.addWidget(self.search, 1)
        self.details = QWidget()
        rows = QVBoxLayout(self.details)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(columns(self.number, self.limb))
        rows.addLayout(columns(self.vaccinator, self.reason))
        rows.addStretch(1)
        self.rows.addWidget(self.details, 1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        self.other.clicked.connect(self._look_for_another)
        self.search.picked.connect(self._pick)
        self.save.clicked.connect(self._finish)
        self.leave.clicked.connect(self.back)
        self._fields = {"number": self.number, "limb": self.limb, "vaccinator": self.vaccinator, "reason": self.reason}

    def start(self, dose: DoseRow, row: RecipientRow, reason: str) -> None:
        """The wrong entry `dose` of the person in `row`; `reason` is why it was taken back, where it has just been."""
        self._wrong = dose.id
        self.heading.setText(
            tr("Tulis ulang: {product}, batch {batch}, {day} pukul {time}").format(
                product=self.desk.product_name(dose.product), batch=dose.batch_number or formats.NOTHING,
                day=formats.day_short(dose.day), time=self.desk.clock_of(dose.at),
            )
        )  # fmt: skip
        self.heading.show()
        self._take(row.id, row.person.name, birth_words(row.person.birth.date, row.person.birth.precision))
        self.number.set_text("")
        self.limb.set_text(dose.limb or "")
        self.vaccinator.set_text(dose.vaccinator)
        self.reason.set_text(reason)
        self.other.setFocus()

    def _look_for_another(self) -> None:
        self.search.clear()
        self.details.hide()  # the list of those found needs the room
        self.search.show()
        self.typed.setFocus()

    def _pick(self, row: PersonRow) -> None:
        self._take(row.id, row.name, birth_words(row.birth.date, row.birth.precision))
        self.number.setFocus()

    def _take(self, person: UUID, name: str, born: str) -> None:
        self._person = person
        self.who.setText(f"{name}\n{born}")
        self.search.hide()
        self.details.show()

    def _finish(self) -> None:
        if self.details.isHidden():
            return  # nobody has been chosen yet
        for field in (self.limb, self.vaccinator, self.reason):
            if not field.text().strip():
                field.show_fault(Refused("screen.required"))
                field.setFocus()
                return
        if not self.number.check():
            self.number.setFocus()
            return
        number = self.number.text()
        values: dict[str, Any] = {
            "wrong": self._wrong,
            "recipient": self._person,
            "number": int(number) if number else None,
            "limb": self.limb.text(),
            "vaccinator": self.vaccinator.text(),
        }
        self.ready.emit(values, (frozenset(), self.reason.text().strip()))
