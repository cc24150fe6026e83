"""A dose given somewhere else, as the paper says that the person has brought."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.days import past_day
from gui.panels.person_words import birth_words
from gui.parts import Field, KeyButton, Panel, choice, columns, plain, scrolling, show_faults
from models.errors import Refused
from models.people.queries import RecipientRow
from reports import formats


class ElsewherePanel(Panel):
    """`ready` carries the values of `record_elsewhere` but for catalogue and recipient."""

    ready = Signal(dict)
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Dosis di tempat lain"))
        self.desk = desk
        self.who = plain(big=True)
        products = [(each.id, each.name) for each in desk.catalogue.products.values()]
        self.product = Field(tr("Vaksin"), choice(products))
        self.day = Field(tr("Tanggal disuntik"), tidy=self._tidy_day)
        self.number = Field(tr("Dosis ke-"), tidy=dose_number)
        self.number.line.setPlaceholderText(tr("kosong: urutan berikutnya"))
        self.where = Field(tr("Tempat: RS, puskesmas, kota"))
        self.proof = Field(tr("Bukti yang ditunjukkan"))
        self.proof.line.setPlaceholderText(tr("misalnya kartu vaksin, sertifikat"))
        self.save = KeyButton(tr("&Simpan dosis"), "F9", main=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(
            plain(tr("Isi seperti pada bukti yang dibawa. Dihitung, tanpa vial dan tanpa slip dari sini."), faded=True)
        )
        rows.addWidget(self.product)
        rows.addLayout(columns(self.day, self.number))
        rows.addWidget(self.where)
        rows.addWidget(self.proof)
        rows.addStretch(1)
        self.rows.addWidget(self.who)
        self.rows.addWidget(scrolling(inner), 1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        self.save.clicked.connect(self._finish)
        self.leave.clicked.connect(self.back)
        self._fields = {
            "product": self.product, "day": self.day, "number": self.number, "elsewhere": self.where, "proof": self.proof,
        }  # fmt: skip

    def start(self, row: RecipientRow) -> None:
        """The dose of this person; nothing stays of the one before."""
        person = row.person
        self.who.setText(f"{person.name}  ·  {birth_words(person.birth.date, person.birth.precision)}")
        for field in self._fields.values():
            field.set_text("")
        self.product.setFocus()

    def _tidy_day(self, text: str) -> str:
        return formats.day_short(past_day(text, self.desk.today))

    def _finish(self) -> None:
        missing = [
            Refused("screen.required", field=name)
            for name in ("product", "day", "elsewhere", "proof")
            if not self._fields[name].text().strip()
        ]
        if missing:
            show_faults(missing, self._fields, lambda _problem: None)
            return
        wrong = [field for field in (self.day, self.number) if not field.check()]
        if wrong:
            wrong[0].setFocus()
            return
        number = self.number.text()
        values: dict[str, Any] = {
            "product": self.product.text(),
            "day": past_day(self.day.text(), self.desk.today),
            "number": int(number) if number else None,
            "elsewhere": self.where.text(),
            "proof": self.proof.text(),
        }
        self.ready.emit(values)


def dose_number(text: str) -> str:
    """One digit from 1 on, or nothing where the order of the doses says it."""
    digit = text.strip()
    if digit and not (digit.isascii() and digit.isdecimal() and len(digit) == 1 and digit != "0"):
        raise Refused("screen.dose_number")
    return digit
