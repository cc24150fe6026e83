"""The first start: puskesmas, administrator, recovery code. Nothing is written before the code was typed back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.clock import Clock
from gui.language import tr
from gui.messages import sentence
from gui.panels.region import RegionField
from gui.paper import recovery_sheet
from gui.parts import Banner, Field, KeyButton, Panel, choice, columns, plain, show_faults
from gui.set_up import set_up
from gui.work import Progress, Work
from models.errors import Problem, Refused
from models.places.actions import FacilityDraft
from models.places.posts import tidy_code, tidy_line, tidy_nip
from models.places.regions import Regions
from models.places.zones import ZONES, zone_of
from models.records.keys import new_recovery_code, read_recovery_code
from models.staff.actions import AccountDraft
from models.staff.passwords import check_password
from models.staff.rights import Role


def _password(label: str) -> Field:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return Field(label, line)


class SetUpPage(QWidget):
    """Three steps by keyboard. `finished` is emitted when the records are there."""

    finished = Signal()

    def __init__(self, path: Path, work: Work, clock: Clock, regions: Regions) -> None:
        super().__init__()
        self._path, self._work, self._clock, self._regions = path, work, clock, regions
        self._code = new_recovery_code()
        self.banner = Banner()
        self.next = KeyButton(tr("&Lanjut"), "F9", main=True)
        self.back = KeyButton(tr("&Kembali"), "F8")
        self._steps = QStackedWidget()
        for build in (self._build_facility, self._build_account, self._build_recovery):
            self._steps.addWidget(build())
        column = QVBoxLayout(self)
        column.addWidget(plain(tr("Penyiapan Pos Vaksin"), big=True))
        self._where = plain(faded=True)
        column.addWidget(self._where)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._steps)
        column.addWidget(area, 1)
        column.addWidget(self.banner)
        column.addLayout(columns((self.back, 1), (self.next, 2)))
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self._show(0)

    def _build_facility(self) -> QWidget:
        self.name = Field(tr("&Nama puskesmas"), tidy=lambda text: tidy_line(text, "name"))
        self.code = Field(tr("&Kode fasilitas (misalnya P6112090101)"), tidy=lambda text: tidy_code(text, longest=20))
        self.kecamatan = RegionField(tr("K&ecamatan: ketik namanya, pilih dari daftar"), self._regions, "kecamatan")
        self.zone = Field(tr("&Zona waktu"), choice([(zone, zone) for zone in ZONES]))
        self.head = Field(tr("Nama ke&pala puskesmas"), tidy=lambda text: tidy_line(text, "head_name"))
        self.nip = Field(tr("N&IP kepala (18 angka, boleh kosong)"), tidy=lambda text: tidy_nip(text, "head_nip"))
        self.kipi = Field(tr("&Telepon KIPI (dicetak di slip)"))
        self.server = Field(tr("&Server PostgreSQL untuk beberapa meja (kosong: data di komputer ini)"))
        self.kecamatan.chosen.connect(lambda code: self.zone.set_text(zone_of(code)))
        box = Panel(tr("1 dari 3 · Puskesmas"))
        box.rows.addLayout(columns(self.name, self.code))
        box.rows.addLayout(columns((self.kecamatan, 3), (self.zone, 1)))
        box.rows.addLayout(columns(self.head, self.nip))
        box.rows.addLayout(columns((self.kipi, 1), (self.server, 2)))
        box.rows.addWidget(plain(tr("Wilayah kerja mula-mula semua desa di kecamatan itu."), faded=True))
        box.rows.addStretch(1)
        return box

    def _build_account(self) -> QWidget:
        self.admin_name = Field(tr("Nama &administrator"), tidy=lambda text: tidy_line(text, "name"))
        self.login = Field(tr("Nama a&kun (huruf kecil)"))
        self.password = _password(tr("Kata &sandi (sedikitnya 8 huruf)"))
        self.repeat = _password(tr("Kata sandi &sekali lagi"))
        box = Panel(tr("2 dari 3 · Administrator pertama"))
        box.rows.addLayout(columns(self.admin_name, self.login))
        box.rows.addLayout(columns(self.password, self.repeat))
        box.rows.addWidget(plain(tr("Administrator membuat akun untuk petugas lain di halaman Akun."), faded=True))
        box.rows.addStretch(1)
        return box

    def _build_recovery(self) -> QWidget:
        code = QLineEdit(self._code)
        code.setReadOnly(True)
        self.shown_code = Field(tr("Kode pemulihan: cetak atau tulis di kertas"), code)
        self.save = KeyButton(tr("&Simpan sebagai PDF"), "F6")
        self.saved = plain(faded=True)
        self.typed = Field(tr("Ketik kembali &kode dari kertas"), tidy=self._same_code)
        box = Panel(tr("3 dari 3 · Kode pemulihan"))
        box.rows.addWidget(
            plain(
                tr(
                    "Data disandikan di komputer ini. Bila komputer rusak atau hilang, hanya kode ini yang membuka salinannya. "
                    "Tanpa kode dan tanpa komputer ini, data hilang: tidak ada jalan ketiga."
                )
            )
        )
        box.rows.addLayout(columns((self.shown_code, 3), (self.save, 1)))
        for widget in (self.saved, self.typed):
            box.rows.addWidget(widget)
        box.rows.addStretch(1)
        self.save.clicked.connect(self._save_code)
        return box

    def begin(self) -> None:
        """The cursor waits in the first field."""
        self.name.setFocus()

    def _show(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.back.setEnabled(step > 0)
        self.next.say(tr("&Selesai: buat data dan salinan pertama") if step == 2 else tr("&Lanjut"))
        self._where.setText(tr("Data akan disimpan di {path}").format(path=self._path))
        self.banner.hide()
        (self.name, self.admin_name, self.typed)[step].setFocus(Qt.FocusReason.TabFocusReason)

    def _go_back(self) -> None:
        self._show(self._steps.currentIndex() - 1)

    def _go_on(self) -> None:
        step = self._steps.currentIndex()
        problems = (self._wrong_facility, self._wrong_account, self._wrong_code)[step]()
        if problems:
            first = problems[0]
            first.setFocus()
        elif step < 2:
            self._show(step + 1)
        else:
            self._carry_out()

    def _wrong_facility(self) -> list[Field]:
        needed = [field for field in (self.name, self.code, self.head) if not field.check()]
        if not self.nip.text().strip():
            self.nip.clear_fault()
        elif not self.nip.check():
            needed.append(self.nip)
        if not self.kecamatan.code():
            self.kecamatan.show_fault(Refused("screen.choose_from_list"))
            needed.append(self.kecamatan)
        if not self.zone.text():
            self.zone.show_fault(Refused("screen.required"))
            needed.append(self.zone)
        return needed

    def _wrong_account(self) -> list[Field]:
        needed = [] if self.admin_name.check() else [self.admin_name]
        if not self.login.text().strip():
            self.login.show_fault(Refused("screen.required"))
            needed.append(self.login)
        try:
            check_password(self.password.text(), self.login.text().strip().lower())
        except Refused as problem:
            self.password.show_fault(problem)
            needed.append(self.password)
        if self.password.text() != self.repeat.text():
            self.repeat.show_fault(Refused("screen.password_repeat"))
            needed.append(self.repeat)
        return needed

    def _wrong_code(self) -> list[Field]:
        return [] if self.typed.check() else [self.typed]

    def _same_code(self, text: str) -> str:
        if read_recovery_code(text) != read_recovery_code(self._code):
            raise Refused("screen.recovery_other")
        return text

    def _save_code(self) -> None:
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        path = documents / "kode-pemulihan-pos-vaksin.pdf"
        try:
            documents.mkdir(parents=True, exist_ok=True)
            recovery_sheet(path, self._code, self.name.text())
        except (OSError, Problem):
            self.saved.setText(tr("Tidak dapat disimpan di {path}. Tulis kodenya di kertas.").format(path=path))
            return
        self.saved.setText(tr("Tersimpan: {path}. Cetak, lalu hapus berkas itu.").format(path=path))
        self.typed.setFocus()

    def _drafts(self) -> tuple[FacilityDraft, AccountDraft]:
        kecamatan = self.kecamatan.code()
        facility = FacilityDraft(
            code=self.code.text(),
            name=self.name.text(),
            kecamatan=kecamatan,
            working_area=[code for code, _ in self._regions.children(kecamatan)],
            head_name=self.head.text(),
            head_nip=self.nip.text(),
            zone=self.zone.text(),
            kipi_phone=self.kipi.text(),
        )
        return facility, AccountDraft(self.login.text(), self.admin_name.text(), [Role.ADMINISTRATOR], self.password.text())

    def _carry_out(self) -> None:
        self.next.setEnabled(False)
        self.back.setEnabled(False)
        self.banner.show_state("calm", tr("Membuat data…"), tr("Data, catatan pertama, dan salinan yang diuji."))
        progress = Progress()
        self._work.write(
            self, set_up, self._path, self._code, *self._drafts(), self._clock.now(), progress.step,
            self.server.text().strip() or None,
            done=lambda _answer: self.finished.emit(), fault=self._refused, progress=progress,
        )  # fmt: skip

    def _refused(self, problem: Problem) -> None:
        self.next.setEnabled(True)
        self.back.setEnabled(True)
        fields = {"login": self.login, "password": self.password, "name": self.admin_name}
        if problem.field in fields:
            self._show(1)
        elif problem.field == "server":
            self._show(0)
            self.server.show_fault(problem)
        self.banner.show_state("stop", tr("Belum dibuat"), sentence(problem))
        show_faults([problem], fields, lambda _problem: None)
