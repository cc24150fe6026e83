"""When the records do not open: type the recovery code right here, and choose what to open with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gui.drives import plugged_in, roots_of
from gui.language import tr
from gui.messages import sentence
from gui.parts import Banner, Field, KeyButton, Panel, columns, plain, scrolling
from gui.rescue import Found, look, mend
from gui.table import Column, RowsView
from gui.work import Work
from models.errors import Problem
from models.places.zones import ZONES
from models.records.keys import read_recovery_code
from reports import formats


def _tidy(code: str) -> str:
    read_recovery_code(code)
    return code.strip()


def _why(problem: Problem) -> str:
    """What happened; how to mend it is this page."""
    said = {
        "records.keys_missing": tr("Berkas kunci tidak ada di folder data; datanya sendiri masih ada."),
        "records.keys_broken": tr("Berkas kunci rusak; datanya sendiri masih ada."),
        "records.recovery_needed": tr("Berkas kunci ini hanya terbuka dengan kode pemulihan."),
        "records.wrong_key": tr("Kunci tidak cocok dengan berkas data ini."),
    }
    return said.get(problem.code) or sentence(problem)


class RescuePage(QWidget):
    """`finished` when the records can be opened now, `retried` when somebody wants to try again as it is."""

    finished = Signal()
    retried = Signal()

    def __init__(self, path: Path, work: Work, problem: Problem) -> None:
        super().__init__()
        self._path, self._work, self._problem, self._under_way = path, work, problem, False
        self._found: Sequence[Found] = ()
        self.banner = Banner()
        self.banner.show_state("stop", tr("Data belum dapat dibuka"), _why(problem))
        self.code = Field(tr("&Kode pemulihan, dari kertas hari pemasangan"), tidy=_tidy)
        self.list = RowsView(self._columns(), tr("Yang dapat dibuka"))
        self.again = KeyButton(tr("&Coba lagi tanpa kode"), "F5")
        self.browse = KeyButton(tr("Cari &salinan lain…"), "F6")
        self.open = KeyButton(tr("&Buka dengan kode ini"), "F9", main=True)
        box = Panel()
        box.rows.addWidget(
            plain(
                tr(
                    "Ketik kode pemulihan, pilih baris teratas, lalu F9. Baris lain adalah salinan: yang dicatat sesudah "
                    "waktunya tidak ada di dalamnya. Data lama tidak dihapus."
                )
            )
        )
        box.rows.addWidget(self.code)
        box.rows.addWidget(self.list, 1)
        box.rows.addLayout(columns(self.again, self.browse, (self.open, 2)))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.addWidget(self.banner)
        rows.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.addWidget(scrolling(inner))
        self.again.clicked.connect(self.retried)
        self.browse.clicked.connect(self._browse)
        self.open.clicked.connect(self._open)
        self.code.line.returnPressed.connect(self._open)

    def begin(self) -> None:
        """Look for what can be opened; the cursor waits for the code."""
        self.code.setFocus()
        args = (self._path, self._problem.code, roots_of(plugged_in(self._path)))
        self._work.read(self, look, *args, done=self._show, fault=self._refused)

    def _show(self, found: Sequence[Found]) -> None:
        self._found = found
        self.list.show_rows(found)
        if found:
            self.list.selectRow(0)
        else:
            text = tr("Belum ada salinan yang ditemukan. Pasang flash disk salinan, lalu F5; atau cari dengan F6.")
            self.banner.show_state("stop", _why(self._problem), text)

    def _open(self) -> None:
        if self._under_way:
            return
        if not self.code.check():
            self.code.setFocus()
            return
        chosen: Found | None = self.list.chosen()
        if chosen is None:
            self.banner.show_state("ask", tr("Pilih dahulu salinannya di daftar."))
            return
        self._lock(True)
        self.banner.show_state("calm", tr("Membuka dan memeriksa…"), tr("Setiap halaman data dibaca; jangan matikan komputer."))
        args = (self._path, chosen, self._found, self.code.text())
        self._work.write(self, mend, *args, done=lambda _nothing: self.finished.emit(), fault=self._refused)

    def _refused(self, problem: Problem) -> None:
        self._lock(False)
        self.banner.show_state("stop", tr("Belum dibuka"), sentence(problem))
        if problem.field == "recovery":
            self.code.show_fault(problem)
        self.code.setFocus()

    def _lock(self, locked: bool) -> None:
        self._under_way = locked
        for button in (self.again, self.browse, self.open):
            button.setEnabled(not locked)

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Salinan Pos Vaksin"), str(Path.home()), tr("Salinan (*.db)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def take(self, path: str) -> None:
        """A copy found elsewhere stands first, chosen."""
        self._show([Found(Path(path), None), *self._found])
        self.code.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        def what(found: Found) -> str:
            return tr("data di komputer ini, kuncinya dibuat baru") if found.copy is None else tr("salinan")

        def when(found: Found) -> str:
            if found.made_at is None:
                return formats.NOTHING
            at = found.made_at.astimezone()
            return f"{formats.day_short(at.date())} {formats.clock(found.made_at, at.tzinfo or ZONES['WIB'])}"

        return (
            Column(tr("Sampai"), when),
            Column(tr("Isi"), what),
            Column(tr("Tempat"), lambda found: str(found.copy or self._path), wide=True),
        )
