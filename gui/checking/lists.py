"""Taking in what the district sends: its certificate once, compared by its fingerprint, and its two lists again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.checking.words import age_words, list_words
from gui.files import ask_open
from gui.language import tr
from gui.parts import Banner, Field, KeyButton, Panel, columns, plain
from models.certificates.lists import RevocationList, TrustList
from models.certificates.trust_store import MOST_FILE, Believed, TrustStore, read_authority
from models.errors import Problem, Refused, Unavailable


def read_file(path: str) -> bytes:
    """All of it; Unavailable("records.cannot_read") or Refused("list.damaged") for what is larger than any list."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_FILE + 1)
    except OSError as fault:
        raise Unavailable("records.cannot_read") from fault
    if len(data) > MOST_FILE:
        raise Refused("list.damaged")
    return data


def take_in(store: TrustStore, path: str, now: datetime) -> TrustList | RevocationList | bytes:
    """A list that was kept, or the certificate (DER) of an authority that is still to be compared."""
    data = read_file(path)
    try:
        return read_authority(data)
    except Refused:
        return store.take_in(data, now)


class ListsPanel(QWidget):
    """`chosen(path)` when a file was picked; `pinned(certificate, typed, replace)` when its fingerprint was typed."""

    chosen = Signal(str)
    pinned = Signal(object, str, bool)
    comparing = Signal()
    """A fingerprint has to be typed: F9 pins it now."""

    def __init__(self) -> None:
        super().__init__()
        self._certificate = b""
        self.state = plain()
        self.age = plain()
        self.said = Banner()
        self.pick = KeyButton(tr("Ambil ber&kas dari Dinkes…"), "F6")
        self.compare = Panel(tr("Sertifikat kabupaten"))
        self.typed = Field(tr("Sidik yang dibacakan Dinkes lewat telepon"))
        self.pin = KeyButton(tr("&Percayai kabupaten ini"), "F9", main=True)
        self.leave = KeyButton(tr("&Jangan"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.addWidget(self.state)
        words.addWidget(self.age)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addWidget(self.pick)
        rows.addWidget(self.said)
        rows.addLayout(top)
        inside = self.compare.rows
        how = tr("Telepon Dinkes di nomor yang Anda kenal, minta sidik sertifikatnya dibacakan, lalu ketik di sini.")
        inside.addWidget(plain(how))
        inside.addWidget(self.typed)
        inside.addLayout(columns(self.pin, self.leave))
        rows.addWidget(self.compare)
        self.pick.clicked.connect(self._choose)
        self.pin.clicked.connect(lambda: self.pinned.emit(self._certificate, self.typed.text(), False))
        self.leave.clicked.connect(self._stop_comparing)
        self.compare.hide()

    def show_believed(self, believed: Believed, now: datetime) -> None:
        """Which lists are here and how old they are."""
        self.state.setText(list_words(believed))
        self.age.setText(age_words(believed.age(now)) if believed.authority else "")

    def show_taken(self, found: TrustList | RevocationList | bytes) -> None:
        """What a file was."""
        self.compare.hide()
        if isinstance(found, bytes):
            self._certificate = found
            self.typed.set_text("")
            self.comparing.emit()
            self.compare.show()
            self.typed.line.setFocus()
            return
        trust, revocation = tr("Daftar kepercayaan no. {number} dipakai."), tr("Daftar pencabutan no. {number} dipakai.")
        words = trust if isinstance(found, TrustList) else revocation
        self.said.show_state("good", words.format(number=found.sequence))

    def show_pinned(self) -> None:
        """The district is believed."""
        self._stop_comparing()
        self.said.show_state("good", tr("Kabupaten ini dipercaya."), tr("Sekarang ambil kedua daftarnya."))

    def show_problem(self, problem: Problem, words: Callable[[Problem], str]) -> None:
        """Why a file was not taken; a wrong fingerprint stands beside its field."""
        if problem.code == "trust.fingerprint":
            self.typed.show_fault(problem)
            self.typed.line.setFocus()
            return
        self.said.show_state("stop", words(problem))

    def _stop_comparing(self) -> None:
        self.pick.setFocus()  # before what has the cursor goes away, and the cursor with it to wherever
        self.compare.hide()

    def _choose(self) -> None:
        ask_open(self, tr("Berkas dari Dinkes"), tr("Berkas Dinkes (*.pvl *.crt)"), self.chosen.emit)
