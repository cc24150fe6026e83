"""The recovery code: printed or saved, then typed back from the paper."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QLineEdit, QWidget

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
    """`place` is whose code it is, for the sheet."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self.code = new_recovery_code()
        self.place = ""
        shown = QLineEdit(self.code)
        shown.setReadOnly(True)
        shown.setObjectName("first")  # large: it is copied by hand where there is no printer
        self.shown = Field(tr("K&ode pemulihan"), shown)
        self.print = KeyButton(tr("&Cetak"), "F6")
        self.save = KeyButton(tr("&Simpan PDF"), "F7")
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
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        path = documents / "kode-pemulihan-pos-vaksin.pdf"
        try:
            documents.mkdir(parents=True, exist_ok=True)
            recovery_sheet(path, self.code, self.place)
        except (OSError, Problem):
            self.state.setText(tr("Tidak dapat disimpan di {path}. Tulis kodenya di kertas.").format(path=path))
            return
        self.state.setText(tr("Tersimpan: {path}. Cetak, lalu hapus berkas itu.").format(path=path))
        self.typed.setFocus()
