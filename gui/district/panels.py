"""Making the district's key, one request before it is certified, and the passphrase asked for in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.district.doing import Request
from gui.language import tr
from gui.parts import Banner, Field, KeyButton, Line, Panel, columns, plain
from models.certificates.district import SHORTEST_PASSPHRASE
from models.errors import Problem, Refused
from reports import formats


def _secret(label: str) -> Field:
    line = Line()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return Field(label, line)


class MakePanel(Panel):
    """`made(code, name, passphrase)`; the passphrase is typed twice, for nobody can ask it back."""

    made = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__(tr("Membuat kunci kabupaten"))
        self.code = Field(tr("&Kode kabupaten (misalnya 6112)"))
        self.name = Field(tr("&Nama Dinkes"))
        self.passphrase = _secret(tr("Kata k&unci kabupaten, beberapa kata"))
        self.again = _secret(tr("Ketik sekali &lagi"))
        self.go = KeyButton(tr("&Buat kunci"), "F9", main=True)
        words = (
            tr(
                "Sekali untuk seluruh kabupaten, di komputer atau flash disk yang tidak pernah tersambung ke internet. Kunci ini "
                "mengesahkan kunci puskesmas dan menandatangani daftar untuk loket. Tidak ada data vaksinasi di sini."
            ),
            tr(
                "Tulis kata kuncinya di kertas, masukkan amplop, simpan di lemari terkunci; salinan folder di lemari lain. "
                "Tanpa kata kunci, kunci kabupaten hilang: tidak ada jalan lain."
            ),
        )
        for text in words:
            self.rows.addWidget(plain(text))
        self.rows.addLayout(columns(self.code, (self.name, 3)))
        self.rows.addLayout(columns(self.passphrase, self.again))
        self.rows.addWidget(self.go)
        self.rows.addStretch(1)
        self._fields = {"code": self.code, "name": self.name, "passphrase": self.passphrase}
        self.go.clicked.connect(self._go)
        self.again.line.returnPressed.connect(self._go)

    def _go(self) -> None:
        for field in (self.code, self.name):
            if not field.text().strip():
                field.say_fault(tr("Isi dahulu."))
                field.setFocus()
                return
        secret = self.passphrase.text()
        if len(secret.strip()) < SHORTEST_PASSPHRASE:
            self.passphrase.show_fault(Refused("district.passphrase_short", least=SHORTEST_PASSPHRASE))
            self.passphrase.setFocus()
        elif " ".join(secret.split()) != " ".join(self.again.text().split()):
            self.again.say_fault(tr("Tidak sama dengan yang pertama. Ketik lagi keduanya dari kertas."))
            self.again.setFocus()
        else:
            for field in (self.passphrase, self.again):
                field.set_text("")
            self.made.emit(self.code.text(), self.name.text(), secret)


class CertifyPanel(Panel):
    """Whose request it is. `agreed(request)` after the code that the puskesmas says on the telephone was typed."""

    agreed = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Permintaan puskesmas"))
        self._request: Request | None = None
        self.name = plain(big=True)
        self.others = Banner()
        self.typed = Field(tr("&Kode yang disebut puskesmas lewat telepon"))
        self.go = KeyButton(tr("&Sahkan…"), "F9", main=True)
        self.back = KeyButton(tr("Kem&bali"), "Esc")
        self.rows.addWidget(self.name)
        self.rows.addWidget(self.others)
        words = tr("Telepon puskesmas di nomor yang Anda kenal. Minta kodenya disebut, jangan menyebutnya lebih dahulu.")
        self.rows.addWidget(plain(words))
        self.rows.addWidget(self.typed)
        self.rows.addLayout(columns(self.go, self.back))
        self.rows.addStretch(1)
        self.go.clicked.connect(self._go)
        self.typed.line.returnPressed.connect(self._go)
        self.back.clicked.connect(self.left)

    def show_request(self, request: Request) -> None:
        """Name large; the code is not shown, for it has to come from the other end of the line."""
        self._request = request
        self.name.setText(request.name)
        self.typed.set_text("")
        self._warn(request)
        self.typed.setFocus()

    def _warn(self, request: Request) -> None:
        """One banner, the gravest first."""
        notes: list[tuple[str, str]] = []
        if request.outside:
            # The code itself is not shown: it has to come from the other end of the line.
            notes.append((tr("Kode puskesmas dari kabupaten lain"), tr("Tanyakan mengapa memintanya di sini.")))
        if request.answered is not None:
            day = formats.day_short(request.answered.certified_at.date())
            title = tr("Kunci ini sudah disahkan {day}").format(day=day)
            notes.append((title, tr("Jawaban yang sama ditulis lagi; tidak ada kunci baru.")))
        if request.others:
            until = formats.day_short(max(each.signs_until for each in request.others).date())
            words = tr("Wajar bila itu komputer lain atau perpanjangan. Tanyakan; kalau hilang, cabut dahulu kuncinya.")
            title = tr("Puskesmas ini punya {count} kunci, sampai {until}").format(count=len(request.others), until=until)
            notes.append((title, words))
        self.others.setVisible(bool(notes))
        if notes:
            (title, words), *more = notes
            self.others.show_state("ask", title, "\n".join([words, *(f"{one}. {two}" for one, two in more)]))

    def _go(self) -> None:
        request = self._request
        if request is None:
            return
        if _same(self.typed.text()) != _same(request.code):
            self.typed.say_fault(tr("Bukan kode dalam permintaan ini. Jangan disahkan sebelum cocok."))
            self.typed.setFocus()
            return
        self.agreed.emit(request)


class PassphrasePanel(Panel):
    """Lies over the foot of the window while a signature waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("asking", True)
        self.what = Banner()
        self.passphrase = _secret(tr("Kata kunci kabupaten"))
        self.go = KeyButton(tr("&Tanda tangani"), "F9", main=True)
        self.back = KeyButton(tr("&Batal"), "Esc")
        self.rows.addWidget(self.what)
        row = QHBoxLayout()
        row.addWidget(self.passphrase, 1)
        for button in (self.back, self.go):
            row.addWidget(button)
        self.rows.addLayout(row)
        self._then: Callable[[str], None] | None = None
        self._closed: Callable[[], None] | None = None
        self.go.clicked.connect(self._go)
        self.back.clicked.connect(self.close_question)
        self.passphrase.line.returnPressed.connect(self._go)
        self.hide()

    def ask(self, what: str, then: Callable[[str], None], closed: Callable[[], None]) -> None:
        """`then(passphrase)` each time somebody goes on, `closed` when they go back."""
        self._then, self._closed = then, closed
        self.what.show_state("ask", what, tr("Kata kunci dilupakan lagi lima menit sesudah dipakai."))
        self.passphrase.set_text("")
        self.show()
        self.passphrase.setFocus()

    def show_fault(self, problem: Problem) -> None:
        """Typed wrongly."""
        self.passphrase.show_fault(problem)
        self.passphrase.setFocus()

    def close_question(self) -> None:
        """Nothing is signed."""
        self.passphrase.set_text("")
        self.hide()
        if self._closed is not None:
            self._closed()

    def _go(self) -> None:
        if self._then is not None and not self.isHidden():
            self._then(self.passphrase.text())


def _same(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())


def spread(*widgets: QWidget) -> QHBoxLayout:
    """Buttons in a row, each as wide as the others."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
