"""The slip of one dose: signed, drawn, looked at, printed or saved."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage

from gui.commands.demo_folder import WATERMARK
from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence
from gui.paper import PaperView, pictures_of, print_paper, save_paper
from gui.parts import KeyButton, Panel, columns, plain
from models.doses.queries import DoseRow
from models.errors import Problem
from models.overview.slip_facts import SlipFacts
from models.overview.slips import SlipDesk, slip_of
from reports.slip import draw_slip

_DOTS = 110  # per inch on the screen


def slip_paper(facts: SlipFacts, watermark: str | None) -> tuple[bytes, QImage]:
    """The slip as PDF and as a picture of it; for the paper lane."""
    out = io.BytesIO()
    draw_slip(facts, out, watermark=watermark)
    pdf = out.getvalue()
    return pdf, pictures_of(pdf, _DOTS)[0]


class SlipPanel(Panel):
    """`back` when somebody is done with it."""

    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Slip"))
        self.desk = desk
        self.view = PaperView(tr("Slip vaksinasi"))
        self.state = plain(faded=True)
        self.print = KeyButton(tr("&Cetak"), "F9", main=True)
        self.save = KeyButton(tr("&Simpan PDF"), "F6")
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.rows.addWidget(self.view, 1)
        self.rows.addWidget(self.state)
        self.rows.addLayout(columns(self.leave, self.save, (self.print, 2)))
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.back)
        self._pdf = b""
        self._name = ""

    def start(self, dose: DoseRow) -> None:
        """Sign the dose's certificate if it has none yet, then draw."""
        self._pdf = b""
        self._name = f"slip-{dose.id.hex[-12:]}"
        self.view.hide()
        self._ready(False)
        self.state.setText(tr("Menyiapkan slip…"))
        desk = self.desk
        slips = SlipDesk(desk.keys, desk.folder.signer, desk.regions, desk.catalogue)
        desk.work.write(
            self, slip_of, desk.database, desk.actor, slips, dose.id, now=desk.now, real_now=datetime.now(UTC),
            done=self._draw, fault=self._failed, changes={"certificates"},
        )  # fmt: skip

    def _draw(self, facts: SlipFacts) -> None:
        watermark = WATERMARK if self.desk.demo else None
        self.desk.work.draw(self, slip_paper, facts, watermark, done=self._drawn, fault=self._failed)

    def _drawn(self, drawn: tuple[bytes, QImage]) -> None:
        self._pdf, picture = drawn
        self.view.show_picture(picture)
        self.view.show()
        self.state.setText(tr("Sudah ditandatangani. Cetak, atau simpan sebagai PDF."))
        self._ready(True)
        self.print.setFocus()

    def _ready(self, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)

    def _save(self) -> None:
        self.desk.work.draw(self, save_paper, self._pdf, self._name, done=self._saved, fault=self._failed)

    def _saved(self, path: Path) -> None:
        self.state.setText(tr("Tersimpan: {path}").format(path=path))

    def _print(self) -> None:
        self.desk.work.draw(self, print_paper, self._pdf, done=self._printed, fault=self._failed)

    def _printed(self, _nothing: None) -> None:
        self.state.setText(tr("Dikirim ke pencetak."))

    def _failed(self, problem: Problem) -> None:
        self.state.setText(sentence(problem, self.desk.facility.zone))
