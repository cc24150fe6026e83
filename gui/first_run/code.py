"""The recovery code: printed or saved, then typed back from the paper."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.drives import on_the_same_disk, plugged_in
from gui.files import ask_save
from gui.language import tr
from gui.messages import sentence
from gui.paper import print_paper, recovery_sheet
from gui.parts import Field, KeyButton, Panel, columns, plain
from gui.work import Work
from models.errors import Problem, Refused
from models.records.keys import new_recovery_code, read_recovery_code


def print_code(code: str, place: str) -> None:
    """Print the sheet on this PC's printer; on the paper lane. No file of it stays behind."""
    with tempfile.TemporaryDirectory() as folder:  # its owner's alone
        path = Path(folder) / "sheet.pdf"
        recovery_sheet(path, code, place)
        pdf = path.read_bytes()
    print_paper(pdf)


class CodeStep(Panel):
    """`place` is whose code it is, for the sheet; `data` where the data will lie, beside which the code is worth nothing."""

    def __init__(self, work: Work, data: Path) -> None:
        super().__init__()
        self._work, self._data = work, data
        self._warned: Path | None = None
        self.code = new_recovery_code()
        self.place = ""
        shown = QLineEdit(self.code)
        shown.setReadOnly(True)
        shown.setObjectName("first")  # large: it is copied by hand where there is no printer
        self.shown = Field(tr("K&ode pemulihan"), shown)
        self.print = KeyButton(tr("&Cetak"), "F6")
        self.save = KeyButton(tr("&Simpan PDF…"), "F7")
        self.state = plain(faded=True)
        self.typed = Field(tr("K&etik kembali kode dari kertas"), tidy=self._same)
        self.typed.line.setPlaceholderText(tr("huruf besar atau kecil, dengan atau tanpa tanda hubung"))
        self.rows.addWidget(
            plain(
                tr(
                    "Data disandikan di komputer ini. Bila komputer rusak atau hilang, hanya kode ini yang membuka salinannya. "
                    "Tanpa kode dan tanpa komputer ini, data hilang: tidak ada jalan ketiga. Cetak, simpan terkunci, jauh dari "
                    "komputer."
                )
            )
        )
        self.rows.addLayout(columns((self.shown, 1)))
        self.rows.addLayout(columns(self.print, self.save))
        self.rows.addWidget(self.state)
        self.rows.addWidget(self.typed)
        self.rows.addStretch(1)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)

    def begin(self) -> None:
        """Printing comes first; who has the paper already types."""
        (self.typed if self.state.text() else self.print).setFocus()

    def wrong(self) -> list[QWidget]:
        """The code has to be typed back, which shows that it stands on a paper."""
        return [] if self.typed.check() else [self.typed]

    def _same(self, text: str) -> str:
        if read_recovery_code(text) != read_recovery_code(self.code):
            raise Refused("screen.recovery_other")
        return text

    def _print(self) -> None:
        self.state.setText(tr("Mencetak…"))

        def printed(_nothing: None) -> None:
            self.state.setText(tr("Dikirim ke pencetak. Ambil kertasnya, lalu ketik kodenya di bawah ini."))
            self.typed.setFocus()

        def failed(problem: Problem) -> None:
            self.state.setText(sentence(problem))
            self.save.setFocus()

        self._work.draw(self, print_code, self.code, self.place, done=printed, fault=failed)

    def _save(self) -> None:
        """A stick that is plugged in is proposed."""
        drives = plugged_in(self._data)
        folder = drives[0].root if drives else Path.home()
        path = folder / "kode-pemulihan-pos-vaksin.pdf"
        ask_save(self, tr("Simpan kode pemulihan"), path, lambda chosen: self.save_at(Path(chosen)))

    def save_at(self, path: Path) -> None:
        """On the disk of the data only when it is chosen twice: whoever takes the PC takes the code along, and a disk that dies
        takes both."""
        here = on_the_same_disk(path.parent, self._data)
        if here and path != self._warned:
            self._warned = path
            self.state.setText(
                tr(
                    "Belum disimpan: itu diska komputer ini, dan kode yang hilang atau dicuri bersama datanya tidak menolong. "
                    "F7 lagi, pilih flash disk; atau pilih tempat yang sama sekali lagi bila segera dicetak dan dihapus."
                )
            )
            self.save.setFocus()
            return
        try:
            recovery_sheet(path, self.code, self.place)
        except (OSError, Problem):
            self.state.setText(tr("Tidak dapat disimpan di {path}. Tulis kodenya di kertas.").format(path=path))
            return
        said = tr("Tersimpan: {path}.")
        if here:
            said = tr("Tersimpan di komputer ini: {path}. Cetak sekarang, lalu hapus berkas itu.")
        self.state.setText(said.format(path=path))
        self.typed.setFocus()
