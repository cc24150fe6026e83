"""The slip of one dose: signed, looked at on the paper that this PC uses, printed or saved."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, cast
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.commands.demo_folder import WATERMARK
from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence
from gui.paper import save_paper
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from gui.printing.queue import job_words
from gui.printing.slips import slip_paper
from gui.printing.view import PaperView
from models.doses.queries import DoseRow
from models.errors import Problem
from models.overview.slip_facts import SlipFacts
from models.overview.slips import SlipDesk, slip_of
from reports import formats

_SIDE: Final = 330  # pixels


class SlipPanel(Panel):
    """`back` when somebody is done with it. Another paper is drawn from the same facts and remembered on this PC."""

    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.view = PaperView(tr("Slip vaksinasi"), desk.work, whole=True, tools_below=False)
        self.paper = choice([("a6", tr("A6")), ("roll", "")], open_=False)
        self.kind = Field(tr("&Kertas"), self.paper)
        self.state = plain(faded=True)
        self.print = KeyButton(tr("&Cetak"), "F9", main=True)
        self.save = KeyButton(tr("&Simpan PDF"), "F6")
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self._lay_out()
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.back)
        self.paper.activated.connect(self._choose)
        desk.printing.changed.connect(self._follow)
        self._facts: SlipFacts | None = None
        self._pdf = b""
        self._name = ""
        self._job: UUID | None = None
        self._wanted: UUID | None = None

    def _lay_out(self) -> None:
        """All the height for the paper: beside it there is room enough, on a low screen too."""
        side = QWidget()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(plain(tr("Slip"), heading=True))
        column.addWidget(self.kind)
        column.addWidget(self.state)
        column.addStretch(1)
        column.addLayout(self.view.tools)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(side)
        sides.addWidget(self.view, 1)
        self.rows.addLayout(sides, 1)
        self.rows.addLayout(columns(self.leave, self.save, (self.print, 2)))

    def start(self, dose: DoseRow) -> None:
        """Sign the dose's certificate if it has none yet, then draw."""
        self._facts, self._job, self._wanted = None, None, dose.id
        self._name = f"slip-{dose.id.hex[-12:]}"
        choices = self.desk.printing.choices
        self.paper.setItemText(1, tr("Gulungan {wide} mm").format(wide=choices.roll_mm))
        self.paper.setCurrentIndex(self.paper.findData(choices.slip))
        self._blank(tr("Menyiapkan slip…"))
        desk = self.desk
        slips = SlipDesk(desk.keys, desk.folder.signer, desk.regions, desk.catalogue)
        desk.work.write(
            self, slip_of, desk.database, desk.actor, slips, dose.id, now=desk.now, real_now=datetime.now(UTC),
            done=lambda facts: self._read(dose.id, facts), fault=self._failed, changes={"certificates"},
        )  # fmt: skip

    def _read(self, dose: UUID, facts: SlipFacts) -> None:
        if dose == self._wanted:
            self._facts = facts
            self._draw()

    def _choose(self) -> None:
        self.desk.printing.choices.set_slip(self._kind())
        self._job = None
        self._draw()

    def _draw(self) -> None:
        if self._facts is None:
            return
        self._blank(tr("Menyiapkan slip…"))
        roll = self.desk.printing.choices.roll if self._kind() == "roll" else None
        watermark = WATERMARK if self.desk.demo else None
        wanted = self._facts, self._kind()
        self.desk.work.draw(
            self, slip_paper, self._facts, roll, watermark, fault=self._failed, done=lambda pdf: self._drawn(wanted, pdf)
        )

    def _drawn(self, wanted: tuple[SlipFacts, str], pdf: bytes) -> None:
        if wanted != (self._facts, self._kind()):
            return
        self._pdf = pdf
        self.view.show_paper(pdf)
        self.view.show()
        self.state.setText(tr("Sudah ditandatangani. Cetak, atau simpan sebagai PDF."))
        self._ready(True)
        self.print.setFocus()

    def _blank(self, words: str) -> None:
        self._pdf = b""
        self.view.clear()
        self._ready(False)
        self.state.setText(words)

    def _ready(self, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)

    def _kind(self) -> Literal["a6", "roll"]:
        return cast(Literal["a6", "roll"], self.paper.currentData())

    def _save(self) -> None:
        self.desk.work.draw(self, save_paper, self._pdf, self._name, done=self._saved, fault=self._failed)

    def _saved(self, path: Path) -> None:
        self.state.setText(tr("Tersimpan: {path}").format(path=path))

    def _print(self) -> None:
        if self._facts is None:
            return
        job = self.desk.printing.job(self._job) if self._job else None
        if job is not None and job.is_open:
            return  # the same slip is on its way already
        title = tr("Slip {name}, {day}").format(name=self._facts.name, day=formats.day_short(self._facts.day))
        self._job = self.desk.printing.submit(self._kind(), self._pdf, title, of_person=True)
        self._follow()

    def _follow(self) -> None:
        job = self.desk.printing.job(self._job) if self._job else None
        if job is not None:
            self.state.setText(job_words(job))

    def _failed(self, problem: Problem) -> None:
        self.state.setText(sentence(problem, self.desk.facility.zone))
