"""Tunda for a reason that is not on the card: why, and when to come back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.one_line import OneLine
from gui.panels.days import coming_day
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from models.doses.timing import Timing
from models.doses.visits import ReturnDay
from models.errors import Refused
from reports import formats


class DeferralPanel(Panel):
    """`ready` carries the reason and the day to come back, None where none was agreed; `typed` a day that somebody typed, of
    which `propose` then says whether it is one of service."""

    ready = Signal(str, object)
    typed = Signal(object)
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName(tr("Tunda"))
        self.who = OneLine(heading=True)
        self.rows.addWidget(self.who)
        self.desk = desk
        self._proposed = ""
        self._due: Timing | None = None
        self._found: dict[date, ReturnDay] = {}  # by the day that was asked about
        self._not_due = tr("Belum waktunya: jarak dosis belum cukup")
        usual = [self._not_due, tr("Stok vaksin habis"), tr("Keinginan sendiri atau keluarga"), tr("Kurang sehat hari ini")]
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
        self.usual.box.currentIndexChanged.connect(lambda _at: self.reason.clear_fault())
        self.until.line.textChanged.connect(lambda _text: self._show_note())
        self._fields = {"reason": self.reason, "until": self.until}

    def start(self, who: str, due: Timing) -> None:
        """Somebody is put off whose next dose is `due`; nothing stays of the one before."""
        self.who.setText(tr("Tunda: {who}").format(who=who))
        self._proposed, self._due, self._found = "", due, {}
        for field in (self.usual, self.reason, self.until):
            field.set_text("")
        if due.state in {"early", "today"}:
            self.usual.set_text(self._not_due)
        self._show_note()
        self.usual.setFocus()

    def propose(self, found: ReturnDay, asked: date | None) -> None:
        """`found` is the first day of service from `asked` on: proposed where nobody has typed one."""
        self._found[found.day] = found
        if asked is not None:
            self._found[asked] = found
        if self.until.text().strip() in {"", self._proposed}:
            self._proposed = formats.day_short(found.day)
            self.until.set_text(self._proposed)
        self._show_note()

    def _show_note(self) -> None:
        """What is true of the day that stands there now."""
        day, due = self._day(), self._due
        if day is None or day <= self.desk.today:
            self.note.setText("")
            return
        words, found = formats.day_long(day), self._found.get(day)
        if due is not None and due.earliest is not None and day < due.earliest:
            early = tr("{day}: belum waktunya, dosis {n} paling cepat {earliest}")
            words = early.format(day=words, n=due.number, earliest=formats.day_short(due.earliest))
        elif found is None:
            self.typed.emit(day)
        elif found.day != day:
            words += tr(": bukan hari layanan; berikutnya {day}").format(day=formats.day_short(found.day))
        else:
            words += tr(", hari layanan") if found.post else tr(": belum ada jadwal layanan")
        self.note.setText(words)

    def _day(self) -> date | None:
        """The day as it stands there; None while it is none."""
        text = self.until.text().strip()
        try:
            return coming_day(text, self.desk.today) if text else None
        except Refused:
            return None

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
