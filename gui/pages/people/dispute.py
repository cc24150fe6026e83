"""A NIK that two people claim: whose it is, and what the other one's is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from gui.desk import Desk
from gui.language import tr
from gui.pages.people.words import who_is
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from models.errors import Refused
from models.people.nik import Nik
from models.people.queries import RecipientRow
from models.people.settling_queries import DisputeRow
from reports import formats


@dataclass(frozen=True)
class Settled:
    """What somebody found out. `way` is "mine", "theirs", "same", "dukcapil" or "dinkes"; `nik` or `without` is for the
    person whose NIK had been typed wrongly."""

    way: str
    nik: Nik | None
    without: str
    reason: str


class DisputePanel(Panel):
    """`settled` carries what was found out."""

    back = Signal()
    settled = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("NIK ini milik siapa? Cocokkan dengan KTP atau KK keduanya"))
        self.desk = desk
        self.row: DisputeRow | None = None
        self.claimant: RecipientRow | None = None
        self.number = plain(big=True)
        self.who = plain()
        self.note = plain(faded=True)
        self.way = Field(tr("Yan&g benar"), choice([]))
        self.nik = Field(tr("&NIK yang benar"), tidy=_tidy_nik)
        self.without = Field(tr("atau alasan &tanpa NIK"))
        self.reason = Field(tr("&Alasan"))
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.save = KeyButton(tr("&Simpan"), "F9", main=True)
        for widget in (self.number, self.who, self.note, self.way):
            self.rows.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.nik, 1)
        row.addWidget(self.without, 1)
        self.rows.addLayout(row)
        self.rows.addWidget(self.reason)
        self.rows.addStretch(1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 3)))
        self._fields = {
            "nik": self.nik, "reason_without_nik": self.without, "reason": self.reason, "note": self.reason, "office": self.way,
        }  # fmt: skip
        self.leave.clicked.connect(self.back)
        self.save.clicked.connect(self._save)
        self.way.left.connect(self._way_chosen)

    def show_dispute(self, row: DisputeRow, claimant: RecipientRow, holder: RecipientRow | None, told: str = "") -> None:
        """Both people, what can be the case between them, and what was `told` when the claimant was registered."""
        self.row, self.claimant = row, claimant
        mine, theirs = claimant.person.name, holder.person.name if holder else ""
        nik = claimant.person.nik
        self.number.setText(formats.nik_grouped(nik.digits) if nik else "")
        if holder is None:
            self.who.setText(tr("Diakui {mine}. Tidak ada lagi orang lain yang memakainya.").format(mine=who_is(claimant)))
        else:
            said = tr("Dipakai {theirs}; diakui juga oleh {mine}.")
            self.who.setText(said.format(theirs=who_is(holder), mine=who_is(claimant)))
        notes = [tr("Kata petugas saat mendaftarkan: {told}").format(told=told)] if told else []
        notes += [tr("Catatan terakhir: {note}").format(note=row.note)] if row.note else []
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))
        ways = [("mine", tr("NIK ini milik {name}").format(name=mine))]
        if holder is not None:
            ways = [
                ("mine", tr("Milik {mine}; NIK {theirs} salah ketik").format(mine=mine, theirs=theirs)),
                ("theirs", tr("Milik {theirs}; NIK {mine} salah ketik").format(mine=mine, theirs=theirs)),
                ("same", tr("Keduanya orang yang sama: gabungkan")),
            ]
        ways += [
            ("dukcapil", tr("Belum jelas: diteruskan ke Dukcapil")),
            ("dinkes", tr("Belum jelas: diteruskan ke Dinkes")),
        ]
        self.way.box.clear()
        for value, words in ways:
            self.way.box.addItem(words, value)
        self.way.box.setCurrentIndex(-1)
        for field in (self.nik, self.without, self.reason):
            field.set_text("")
        self._way_chosen()

    def begin(self) -> None:
        """The choice."""
        self.way.setFocus()

    def _way_chosen(self) -> None:
        way = self.way.text()
        wrong = way == "theirs" or (way == "mine" and self.row is not None and self.row.holder is not None)
        self.nik.setVisible(wrong)
        self.without.setVisible(wrong)
        self.reason.setVisible(way != "same")
        self.save.say(tr("&Bandingkan") if way == "same" else tr("&Simpan"))

    def _save(self) -> None:
        way = self.way.text()
        if not way:
            self.way.say_fault(tr("Pilih salah satu."))
            self.way.setFocus()
            return
        text = self.nik.text() if self.nik.isVisible() else ""
        if text.strip() and not self.nik.check():
            self.nik.setFocus()
            return
        if self.nik.isVisible() and not text.strip() and not self.without.text().strip():
            self.nik.show_fault(Refused("people.reason_without_nik"))
            self.nik.setFocus()
            return
        nik = Nik.parse(text) if text.strip() else None
        self.settled.emit(Settled(way, nik, self.without.text().strip(), self.reason.text().strip()))


def _tidy_nik(text: str) -> str:
    return formats.nik_grouped(Nik.parse(text).digits) if text.strip() else ""

