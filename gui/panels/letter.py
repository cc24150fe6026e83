"""Papers for somebody who goes home without an injection: the doctor's signed letter, or the neutral slip of who waits."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from gui.commands.demo_folder import WATERMARK
from gui.desk import Desk
from gui.first_look import wear
from gui.language import tr
from gui.messages import sentence
from gui.one_line import OneLine
from gui.panels.days import coming_day
from gui.paper import save_paper
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from gui.printing.jobs import PaperKind
from gui.printing.queue import job_words
from gui.printing.view import PaperView
from models.certificates.letter_queries import LetterRow, doctors, letter_of
from models.doses.desk_queries import newest_step
from models.doses.queries import visit
from models.errors import Problem
from models.overview.letter_facts import LetterPaper, WaitingFacts
from models.overview.letters import letter_for, waiting_of_visit
from models.overview.slips import SlipDesk
from models.staff.rights import Role
from reports import formats
from reports.letter import draw_letter
from reports.waiting_slip import draw_waiting, draw_waiting_roll

PAPERS: Final = {"postponed", "not_given"}
"""Where a visit must have ended for one of these papers."""
_SIDE: Final = 330  # pixels


@dataclass(frozen=True)
class Written:
    """What is known of a visit's letter, the day to come back that was agreed on with the visit, and the doctors of the last
    letters with their licences."""

    letter: LetterRow | None
    until: date | None
    doctors: dict[str, str] = field(repr=False)


def read_written(records: Any, of: UUID, facility: UUID) -> Written:
    """The letter that is in force, and who can be proposed."""
    found, step = letter_of(records, of), newest_step(records, of)
    in_force = found if found and found.position == visit(records, of).position else None
    return Written(in_force, step.until if step else None, doctors(records, facility))


class LetterPanel(Panel):
    """`back` when somebody is done with it. Nothing is signed before F9."""

    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName(tr("Surat"))
        self.desk = desk
        self._visit: UUID | None = None
        self._name = self._title = ""
        self._kind: PaperKind = "a5"
        self._pdf = b""
        self._job: UUID | None = None
        self._licences: dict[str, str] = {}
        self._begun: dict[str, str] = {}  # as it was proposed
        self._kept: dict[str, str] | None = None  # of a draft, until it is known what there is
        self.who = OneLine(heading=True)
        self.doctor = Field(tr("&Dokter yang memutuskan"))
        self.sip = Field(tr("Nomor S&IP"))
        self.until = Field(tr("Sampai &tanggal (kosong: sampai ditinjau)"), tidy=self._tidy_day)
        self.stock = Field(
            tr("Slip tunggu &karena"), choice([("schedule", tr("menunggu jadwal")), ("stock", tr("stok kosong"))], open_=False)
        )
        self.view = PaperView(tr("Surat sebagai halaman"), desk.work, whole=True)
        self.state = plain(faded=True)
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.wait_slip = KeyButton(tr("&Slip tunggu"), "F7")
        self.save = KeyButton(tr("&PDF"), "F6")
        self.main = KeyButton(tr("Ta&nda tangani"), "F9", main=True)
        self._fields = {"doctor": self.doctor, "sip": self.sip, "until": self.until, "stock": self.stock}
        self._lay_out()
        desk.printing.changed.connect(self._follow)

    def _lay_out(self) -> None:
        form = QWidget()
        form.setFixedWidth(_SIDE)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.who, self.doctor, self.sip, self.until, self.stock):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.state)
        self.sip.line.setMaxLength(60)
        sides = QHBoxLayout()
        sides.addWidget(form)
        sides.addWidget(self.view, 1)
        self.rows.addLayout(sides, 1)
        self.rows.addLayout(columns(self.leave, self.wait_slip, self.save, (self.main, 2)))
        self.leave.clicked.connect(self.back)
        self.wait_slip.clicked.connect(self._wait)
        self.save.clicked.connect(self._save)
        self.main.clicked.connect(self._next)
        self.doctor.left.connect(self._propose_licence)
        self.doctor.line.setMaxLength(80)
        for each in (self.doctor, self.sip, self.until):
            each.line.textEdited.connect(lambda _text: self._blank())

    def draft(self) -> dict[str, str] | None:
        """What was typed and not signed, with its visit; None when nothing was."""
        if self._visit is None:
            return None
        typed = self._kept if self._kept is not None else self._typed()
        return {**typed, "visit": self._visit.hex} if typed else None

    def _typed(self) -> dict[str, str]:
        return {name: text for name, text in self._now().items() if text != self._begun.get(name)}

    def _now(self) -> dict[str, str]:
        return {name: field.text() for name, field in self._fields.items()}

    def start(self, of: UUID, who: str, until: date | None, kept: dict[str, str] | None = None) -> None:
        """The visit that was put off or not given; `until` is the day agreed on, to be proposed, `kept` what `draft` gave."""
        self._visit, self._job, self._kept = of, None, kept
        self._name = f"surat-{of.hex[-12:]}"
        self.who.setText(who)
        self.doctor.set_text("")
        self.sip.set_text("")
        self.until.set_text(formats.day_short(until) if until else "")
        self._begun = self._now()
        may = self.desk.may("letters.issue")
        for widget in (self.doctor, self.sip, self.until):
            widget.setVisible(may)
        self._blank()
        self.desk.ask(
            self, read_written, of, self.desk.facility.id, done=lambda found: self._known(of, found),
            fault=lambda problem: self._unknown(of, problem), key="letter",
        )  # fmt: skip
        (self.doctor if may else self.stock).setFocus()

    def _unknown(self, of: UUID, problem: Problem) -> None:
        self._known(of, Written(None, None, {}))
        self._failed(problem)

    def _known(self, of: UUID, found: Written) -> None:
        """Propose it; what was typed meanwhile, or before the power went, comes before every proposal."""
        if of != self._visit:
            return
        typed, self._kept = self._kept or self._typed(), None
        self._licences = found.doctors
        own = self.desk.actor.name if Role.DOCTOR in self.desk.actor.roles else ""
        names = QCompleter(sorted({*found.doctors, *([own] if own else [])}), self.doctor.line)
        wear(names.popup())
        names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        names.setFilterMode(Qt.MatchFlag.MatchContains)
        self.doctor.line.setCompleter(names)
        letter = found.letter
        self.doctor.set_text(letter.doctor if letter else own)
        if letter is not None:
            self.sip.set_text(letter.sip)
            self.until.set_text(formats.day_short(letter.until) if letter.until else "")
            self.state.setText(tr("Surat {number} sudah terbit.").format(number=letter.number))
        else:
            self._propose_licence()
            if found.until is not None and found.until >= self.desk.today and not self.until.text().strip():
                self.until.set_text(formats.day_short(found.until))
        self._begun = self._now()
        for name in typed.keys() & self._fields.keys():
            self._fields[name].set_text(typed[name])

    def _propose_licence(self) -> None:
        known = self._licences.get(self.doctor.text().strip())
        if known and not self.sip.text().strip():
            self.sip.set_text(known)

    def _tidy_day(self, text: str) -> str:
        return formats.day_short(coming_day(text, self.desk.today)) if text.strip() else ""

    def _blank(self) -> None:
        """What is on the view is not what the fields say any more."""
        self._pdf = b""
        self.view.clear()
        self.state.setText(tr("Surat tidak memuat alasan atau diagnosis. Isi yang sama menghasilkan surat yang sama."))
        self._show_keys()

    def _show_keys(self) -> None:
        ready = bool(self._pdf)
        self.main.say(tr("&Cetak") if ready else tr("Ta&nda tangani"))
        self.main.setEnabled(ready or self.desk.may("letters.issue"))
        self.save.setEnabled(ready)

    def _next(self) -> None:
        """Sign and look, then print."""
        if self._pdf:
            self._print()
            return
        if self._visit is None or not self.until.check():
            return
        typed = self.until.text().strip()
        desk, of = self.desk, self._visit
        slips = SlipDesk(desk.keys, desk.folder.signer, desk.regions, desk.catalogue)
        self.state.setText(tr("Menandatangani…"))
        signs = self._now()
        desk.work.write(
            self, letter_for, desk.database, desk.actor, slips, of, doctor=self.doctor.text(), sip=self.sip.text(),
            until=coming_day(typed, desk.today) if typed else None, now=desk.now, real_now=datetime.now(UTC),
            done=lambda paper: self._signed(of, paper, signs), fault=self._failed, changes={"certificates"},
        )  # fmt: skip

    def _signed(self, of: UUID, paper: LetterPaper, signs: dict[str, str]) -> None:
        if of == self._visit:
            self._begun = signs  # in the records now
            self._kind = "a5"
            self._title = tr("Surat dokter {name}").format(name=paper.name)
            words = tr("Sudah ditandatangani: {number}. Cetak, lalu minta tanda tangan dokternya.")
            self._draw(of, draw_letter, paper, words.format(number=paper.number))

    def _wait(self) -> None:
        """The neutral slip, which nobody signs."""
        if self._visit is None:
            return
        desk, of = self.desk, self._visit
        typed = self.until.text().strip()
        until = coming_day(typed, desk.today) if typed and self.until.check() else None
        desk.ask(
            self, waiting_of_visit, of, desk.regions, desk.catalogue, until=until, stock=self.stock.text() == "stock",
            today=desk.today, done=lambda facts: self._waits(of, facts), fault=self._failed, key="waiting",
        )  # fmt: skip

    def _waits(self, of: UUID, facts: WaitingFacts) -> None:
        if of != self._visit:
            return
        choices = self.desk.printing.choices
        self._kind = choices.slip
        self._title = tr("Slip tunggu {name}").format(name=facts.name)
        roll = choices.roll
        draw = draw_waiting if self._kind == "a6" else partial(draw_waiting_roll, dpi=roll.dpi, dots=roll.dots)
        self._draw(of, draw, facts, tr("Slip tunggu, tanpa alasan. Cetak, atau simpan sebagai PDF."))

    def _draw(self, of: UUID, draw: Any, facts: Any, words: str) -> None:
        watermark = WATERMARK if self.desk.demo else None
        self.desk.work.draw(self, _drawn, draw, facts, watermark, done=lambda pdf: self._show(of, pdf, words), fault=self._failed)

    def _show(self, of: UUID, pdf: bytes, words: str) -> None:
        if of != self._visit:
            return
        self._pdf, self._job = pdf, None
        self.view.show_paper(pdf)
        self.state.setText(words)
        self._show_keys()
        self.main.setFocus()

    def _print(self) -> None:
        job = self.desk.printing.job(self._job) if self._job else None
        if job is None or not job.is_open:  # else the same paper is on its way already
            self._job = self.desk.printing.submit(self._kind, self._pdf, self._title, of_person=True)
            self._follow()

    def _follow(self) -> None:
        job = self.desk.printing.job(self._job) if self._job else None
        if job is not None:
            self.state.setText(job_words(job))

    def _save(self) -> None:
        self.desk.work.draw(self, save_paper, self._pdf, self._name, done=self._saved, fault=self._failed)

    def _saved(self, path: Path) -> None:
        self.state.setText(tr("Tersimpan: {path}").format(path=path))

    def _failed(self, problem: Problem) -> None:
        beside = self.refused(problem)
        self.state.setText(tr("Belum ditandatangani.") if beside else sentence(problem, self.desk.facility.zone))


def _drawn(draw: Any, facts: Any, watermark: str | None) -> bytes:
    out = io.BytesIO()
    draw(facts, out, watermark=watermark)
    return out.getvalue()
