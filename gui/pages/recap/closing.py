"""Closing the day: what is still open, who signs, and why again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gui.language import tr
from gui.messages import sentence_of
from gui.pages.recap.reading import DayShown
from gui.parts import Banner, Field, KeyButton, Panel, columns, plain, scrolling
from models.overview.recap_facts import Signer


class ClosingPanel(Panel):
    """Stands where the figures stood while somebody closes; the page as it will be signed stays in sight beside it."""

    closed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Tutup hari"))
        self.banner = Banner()
        self.coordinator = Field(tr("&Koordinator imunisasi"))
        self.coordinator_nip = Field(tr("NIP koordinator"))
        self.head = Field(tr("Kepala &puskesmas"))
        self.head_nip = Field(tr("NIP kepala"))
        self.acting = QCheckBox(tr("P&lt. (pelaksana tugas)"))
        self.reason = Field(tr("&Alasan menutup lagi"))
        self.back = KeyButton(tr("Kem&bali"), "Esc")
        self.go = KeyButton(tr("&Tutup hari"), "F10", main=True)
        fields = QWidget()
        inner = QVBoxLayout(fields)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.banner)
        inner.addLayout(columns(self.coordinator, self.coordinator_nip))
        inner.addLayout(columns(self.head, self.head_nip))
        inner.addWidget(self.acting)
        inner.addWidget(self.reason)
        for_ever = tr("Yang ditutup tercetak sama untuk selamanya; yang dicatat kemudian menjadi koreksi.")
        inner.addWidget(plain(for_ever, faded=True))
        inner.addStretch(1)
        self.rows.addWidget(scrolling(fields), 1)
        self.rows.addLayout(columns(self.back, self.go))
        self._fields = {
            "coordinator": self.coordinator, "coordinator_nip": self.coordinator_nip, "head": self.head,
            "head_nip": self.head_nip, "reason": self.reason,
        }  # fmt: skip
        self._codes: frozenset[str] = frozenset()
        self.go.clicked.connect(self.closed)
        self.back.clicked.connect(self.left)

    def begin(self, shown: DayShown) -> None:
        """With the signers as known; the cursor where something is missing."""
        last = shown.versions[0].facts if shown.versions else shown.live
        for signer, name, nip in (
            (last.coordinator, self.coordinator, self.coordinator_nip), (last.head_of_facility, self.head, self.head_nip),
        ):  # fmt: skip
            name.set_text(signer.name)
            nip.set_text(signer.nip)
        self.acting.setChecked(last.head_of_facility.acting)
        self.reason.set_text("")
        self.reason.setVisible(bool(shown.newest))
        self.show_open(shown)
        fields = (self.coordinator, self.head, *([self.reason] if shown.newest else []))
        first = next((field for field in fields if not field.text()), None)
        (first or self.go).setFocus()

    def show_open(self, shown: DayShown) -> None:
        """What is not finished: whoever goes on has read it."""
        self._codes = frozenset(code for code, _ in shown.questions)
        lines = [sentence_of(code, {"count": count}) for code, count in shown.questions]
        if shown.unclosed:
            lines.append(tr("Pos yang belum ditutup sendiri: {names}.").format(names=", ".join(shown.unclosed)))
        post = shown.live.post or tr("semua pos")
        number = shown.newest + 1
        if lines:
            self.banner.show_state("ask", tr("Masih ada yang terbuka, tetap tutup?"), "\n".join(lines))
        else:
            self.banner.show_state("good", tr("Semua selesai, angka cocok."))
        self.heading.setText(tr("Tutup hari · {post} · versi {number}").format(post=post, number=number))

    @property
    def confirmed(self) -> frozenset[str]:
        """The codes of what stands on the panel."""
        return self._codes

    def signers(self) -> tuple[Signer, Signer]:
        """Coordinator and head as typed."""
        return (
            Signer(self.coordinator.text(), self.coordinator_nip.text()),
            Signer(self.head.text(), self.head_nip.text(), self.acting.isChecked()),
        )
