"""Tunda for a reason that is not on the card: why, and when to come back."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.one_line import OneLine
from gui.panels.days import coming_day
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from models.doses.visits import ReturnDay
from models.errors import Refused
from reports import formats


class DeferralPanel(Panel):
    """`ready` carries the reason and the day to come back, None where none was agreed."""

    ready = Signal(str, object)
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName(tr("Tunda"))
        self.who = OneLine(heading=True)
        self.rows.addWidget(self.who)
        self.desk = desk
        self._proposed = ""
        usual = [tr("Stok vaksin habis"), tr("Keinginan sendiri atau keluarga"), tr("Kurang sehat hari ini")]
        self.usual = Field(tr("Alasan"), choice([(each, each) for each in usual]))
        self.reason = Field(tr("Keterangan"))
        self.reason.line.setMaxLength(200)
        self.until = Field(tr("Kembali tanggal"), tidy=self._tidy_day)
        self.note = plain(faded=True)
        self.main = KeyButton(tr("&Simpan: tunda"), "F9", main=True)
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.rows.addLayout(columns(self.usual, self.reason))
        self.rows.addLayout(columns(self.until, (self.note, 2)))
        self.rows.addStretch(1)
        self.rows.addLayout(columns((self.leave, 1), (self.main, 2)))
        self.main.clicked.connect(self._finish)
        self.leave.clicked.connect(self.back)
        self._fields = {"reason": self.reason, "until": self.until}

    def start(self, who: str) -> None:
        """Somebody is put off; nothing stays of the one before."""
        self.who.setText(tr("Tunda: {who}").format(who=who))
        self._proposed = ""
        for field in (self.usual, self.reason, self.until):
            field.set_text("")
        self.note.setText("")
        self.usual.setFocus()

    def propose(self, day: ReturnDay) -> None:
        """A day to come back, where nobody has typed one."""
        if self.until.text().strip() in {"", self._proposed}:
            self._proposed = formats.day_short(day.day)
            self.until.set_text(self._proposed)
        self.note.setText(formats.day_long(day.day) + (tr(", hari layanan") if day.post else tr(": belum ada jadwal layanan")))

    def _tidy_day(self, text: str) -> str:
        return formats.day_short(coming_day(text, self.desk.today)) if text.strip() else ""

    def _finish(self) -> None:
        reason = ": ".join(part for part in (self.usual.text(), self.reason.text().strip()) if part)
        if not reason:
            self.refused(Refused("visits.reason_missing", field="reason"))
            return
        if not self.until.check():
            self.until.setFocus()
            return
        typed = self.until.text().strip()
        self.ready.emit(reason, coming_day(typed, self.desk.today) if typed else None)
