"""The health office's window: neither accounts nor records, one folder with the district's key and lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui.district import doing
from gui.district.desk import DeskPanel
from gui.district.doing import Request, Shown
from gui.district.key_at_hand import KeyAtHand
from gui.district.panels import CertifyPanel, MakePanel, PassphrasePanel
from gui.files import ask_folder, ask_open, ask_save
from gui.first_look import wear
from gui.help.beside import HelpBeside
from gui.language import tr
from gui.messages import sentence
from gui.panels.reason import ReasonPanel
from gui.parts import Banner, Kind
from gui.strip import Strip
from gui.work import Work
from models.certificates.district import District
from models.errors import Problem, Refused
from reports import formats


class DistrictWindow(QMainWindow):
    """`closed` when its lanes have ended."""

    closed = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.district = District(folder)
        self.work = Work()
        self._shown: Shown | None = None
        self.banner, self.strip = Banner(), Strip(self.work)
        self.make, self.desk, self.certify = MakePanel(), DeskPanel(), CertifyPanel()
        self.stack = QStackedWidget()
        self.passphrase, self.question = PassphrasePanel(), ReasonPanel()
        self.key = KeyAtHand(self.district, self.work, self.passphrase, self.desk.forget, self._lock, self._fault)
        wear(self)
        self.setWindowTitle(tr("Pos Vaksin: kunci kabupaten"))
        self.setMinimumSize(960, 560)
        self.resize(1093, 614)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for panel in (self.make, self.desk, self.certify):
            self.stack.addWidget(panel)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.addWidget(self.banner)
        below = QGridLayout()
        below.addWidget(self.stack, 0, 0)
        for question in (self.passphrase, self.question):
            below.addWidget(question, 0, 0, Qt.AlignmentFlag.AlignBottom)
        rows.addLayout(below, 1)
        self.help = HelpBeside(inside, "dinkes")
        foot = QHBoxLayout()
        foot.addWidget(self.strip, 1)
        foot.addStretch()
        foot.addWidget(self.help.key)
        rows.addLayout(foot)
        self.setCentralWidget(self.help)

    def _connect(self) -> None:
        desk = self.desk
        self.make.made.connect(self._make)
        desk.request.clicked.connect(
            lambda: ask_open(self, tr("Permintaan puskesmas"), tr("Permintaan puskesmas (*.csr *.pem)"), self.open_request)
        )
        desk.report.clicked.connect(
            lambda: ask_open(self, tr("Laporan puskesmas"), tr("Laporan puskesmas (*.pvl)"), self.take_report)
        )
        desk.take_back.clicked.connect(self._ask_take_back)
        desk.lists.clicked.connect(lambda: ask_folder(self, tr("Folder untuk kedua daftar"), self.write_lists))
        desk.certificate.clicked.connect(
            lambda: ask_save(self, tr("Sertifikat kabupaten"), Path.home() / "kabupaten.crt", self.save_certificate)
        )
        desk.sheet.clicked.connect(self._print)
        desk.again.clicked.connect(self._write_again)
        desk.forget.clicked.connect(self.key.forget)
        self.certify.agreed.connect(
            lambda of: ask_save(
                self, tr("Jawaban untuk puskesmas"), Path.home() / f"jawaban-{of.code}.crt", lambda path: self.answer(of, path)
            )
        )
        self.certify.left.connect(self.begin)

    def begin(self) -> None:
        """What the folder holds now."""
        self.work.read(self, doing.look, self.district, done=self._show, fault=self._fault)

    def open_request(self, path: str) -> None:
        """Whose it is comes first."""
        self.work.read(self, doing.open_request, self.district, path, _now(), done=self._show_request, fault=self._fault)

    def answer(self, request: Request, path: str) -> None:
        """Certify the request and write the answer there; one that there is already needs no signature."""
        if request.answered is not None:
            said = tr("Jawaban yang sama untuk {name} tertulis lagi").format(name=request.name)
            self._write(doing.write_answer, request.answered.certificate, Path(path), said=said)
            return
        what = tr("Mengesahkan {name}").format(name=request.name)
        done = tr("{name} disahkan").format(name=request.name)
        self.key.use(what, lambda key: self._write(doing.certify, self.district, request, key, Path(path), _now(), said=done))

    def write_lists(self, folder: str) -> None:
        """Both lists and what goes with them."""
        what, done = tr("Menandatangani kedua daftar"), tr("Kedua daftar, kunci baku, dan sertifikat tertulis")
        self.key.use(what, lambda key: self._write(doing.write_lists, self.district, key, Path(folder), _now(), said=done))

    def take_report(self, path: str) -> None:
        """What a puskesmas took back."""
        self.work.write(self, doing.take_report, self.district, path, done=self._reported, fault=self._fault)

    def save_certificate(self, path: str) -> None:
        """For puskesmas and counters to pin."""
        self._write(doing.save_certificate, self.district, Path(path), said=tr("Sertifikat kabupaten tertulis"))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Everything was saved when it was done."""
        self.key.forget()
        self.strip.release()
        self.work.close()
        self.closed.emit()
        super().closeEvent(event)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        if shown.code:
            self.desk.show_district(shown, _now())
        self.stack.setCurrentWidget(self.desk if shown.code else self.make)
        (self.desk.request if shown.code else self.make.code).setFocus()

    def _show_request(self, request: Request) -> None:
        self.banner.hide()
        self.stack.setCurrentWidget(self.certify)
        self.certify.show_request(request)

    def _make(self, code: str, name: str, passphrase: str) -> None:
        self.work.write(
            self, doing.make_district, self.district, code, name, passphrase, _now(), done=self._made, fault=self._refused
        )

    def _made(self, _certificate: bytes) -> None:
        words = tr("Cetak lembar sidiknya (F7). Salin folder {folder} ke flash disk kedua, simpan di lemari lain.")
        self._say("good", tr("Kunci kabupaten dibuat"), words.format(folder=self.district.path))
        self.begin()

    def _refused(self, problem: Problem) -> None:
        if not self.make.refused(problem):
            self._fault(problem)

    def _lock(self, locked: bool) -> None:
        self.banner.hide()
        self.stack.setEnabled(not locked)

    def _write(self, task: Callable[..., Path], *args: Any, said: str) -> None:
        def done(path: Path) -> None:
            self._say("good", said, tr("Tertulis: {path}").format(path=path))
            self.begin()

        self.work.write(self, task, *args, done=done, fault=self._fault)

    def _ask_take_back(self) -> None:
        line = self.desk.signers.chosen()
        if line is None:
            return
        title = tr("Mencabut kunci {name}").format(name=line.signer.name)
        text = tr("Semua slip dari komputer itu ditolak setelah daftar berikutnya. Tulis mengapa, misalnya dicuri di mana.")
        kid = line.signer.kid

        def taken_back(_none: None) -> None:
            self._say("ask", tr("Kunci dicabut"), tr("Sekarang tulis daftar (F5) dan kirim ke semua puskesmas dan loket."))
            self.begin()

        def answered(why: str, _way: str) -> None:
            if not why:
                self.question.show_fault(sentence(Refused("district.why")))
                return
            self.question.close_question()
            self.work.write(self, self.district.take_back, kid, _now(), why, done=taken_back, fault=self._fault)

        self._lock(True)
        self.question.ask(title, text, answered, closed=lambda: self._lock(False))

    def _reported(self, new: int) -> None:
        words = tr("{count} nomor baru dicabut. Tulis daftar (F5) bila laporan semua puskesmas sudah masuk.")
        self._say("good", tr("Laporan dimasukkan"), words.format(count=formats.number(new)))

    def _write_again(self) -> None:
        line = self.desk.signers.chosen()
        if line is not None:
            of = line.signer
            said = tr("Jawaban untuk {name} tertulis lagi").format(name=of.name)
            write = lambda path: self._write(doing.write_answer, of.certificate, Path(path), said=said)  # noqa: E731
            ask_save(self, tr("Jawaban untuk puskesmas"), Path.home() / f"jawaban-{of.code}.crt", write)

    def _print(self) -> None:
        def printed(path: Path | None) -> None:
            words = tr("Belum ada pencetak, jadi tersimpan: {path}") if path else tr("Ambil kertasnya di pencetak.")
            self._say("good", tr("Lembar sidik"), words.format(path=path))

        if self._shown is not None:
            self.work.draw(self, doing.print_sheet, self._shown, done=printed, fault=self._fault)

    def _say(self, kind: Kind, title: str, text: str = "") -> None:
        self.banner.show_state(kind, title, text)

    def _fault(self, problem: Problem) -> None:
        self._say("stop", sentence(problem))


def _now() -> datetime:
    return datetime.now(UTC)
