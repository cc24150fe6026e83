"""Kunci: the key that signs slips here, its way to the district and back, and whom this PC believes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout

from gui.checking.lists import ListsPanel, take_in
from gui.desk import Desk
from gui.files import ask_open, ask_save
from gui.key_watch import ending_words
from gui.language import tr
from gui.page import Page
from gui.pages.keys.reading import (
    Answer,
    Shown,
    answer_words,
    lapsed_words,
    look,
    save_report,
    save_request,
    take_answer,
    taken_back_words,
)
from gui.parts import Banner, KeyButton, Panel, columns, plain
from models.certificates.authority import fingerprint
from models.certificates.signers import SignerFile
from models.certificates.trust_store import TrustStore
from models.errors import Problem
from reports import formats


class KeysPage(Page):
    """Left the key, right the district. Files go by stick or chat; what counts is who signed them."""

    topics: ClassVar[frozenset[str]] = frozenset({"certificates"})
    help: ClassVar[str] = "kunci"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._signer = SignerFile(desk.folder.signer, desk.keys)
        self._store = TrustStore(desk.folder.path / "trust")
        self.state = Banner()
        self.facts = plain()
        self.next = plain(soft=True)
        self.request = KeyButton(tr("&Buat permintaan…"), "F2")
        self.answer = KeyButton(tr("Ambil jaw&aban…"), "F3")
        self.report = KeyButton(tr("&Laporan pencabutan…"), "F4")
        self.pinned = plain()
        self.lists = ListsPanel()
        key = Panel(tr("Kunci tanda tangan komputer ini"))
        for widget in (self.state, self.facts, self.next):
            key.rows.addWidget(widget)
        key.rows.addLayout(columns(self.request, self.answer))
        key.rows.addWidget(self.report)
        key.rows.addStretch(1)
        district = Panel(tr("Kabupaten yang dipercaya di sini"))
        district.rows.addWidget(self.pinned)
        district.rows.addWidget(self.lists)
        district.rows.addStretch(1)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(key, 1)
        row.addWidget(district, 1)
        self.request.clicked.connect(self._choose_request)
        self.answer.clicked.connect(self._choose_answer)
        self.report.clicked.connect(self._choose_report)
        self.lists.chosen.connect(self._take)
        self.lists.pinned.connect(self._pin)

    def begin(self) -> None:
        """What comes first: the district, then the request, then its answer."""
        first = self.lists.pick if not self.pinned.text() else self.request
        first.setFocus()

    def refresh(self) -> None:
        """The key and the lists as they are on this PC."""
        self.desk.work.read(self, look, self._signer, self._store, _now(), done=self._show, fault=self.say_problem, key="keys")

    def save_request(self, path: str) -> None:
        """Write the request for the district."""
        self.desk.work.write(
            self, save_request, self._signer, self._store, self.desk.facility, self.desk.database.site.hex[-8:], Path(path),
            done=lambda _none: self._requested(path), fault=self.say_problem,
        )  # fmt: skip

    def take_answer(self, path: str) -> None:
        """From now on the certified key signs."""
        self.desk.work.write(
            self, take_answer, self._signer, self._store, path, _now(), done=self._answered, fault=self.say_problem
        )

    def save_report(self, path: str) -> None:
        """What was taken back here, for the district's list."""
        self.ask(save_report, self._signer, Path(path), _now(), done=lambda count: self._reported(count, path))

    def _show(self, shown: Shown) -> None:
        state, at = shown.state, shown.at
        self.lists.show_believed(shown.believed, at)
        authority = shown.believed.authority
        self.pinned.setText(tr("Sidik: {fingerprint}").format(fingerprint=fingerprint(authority)) if authority else "")
        self.pinned.setVisible(authority is not None)
        warning = ending_words(state, at)
        if state.taken_back is not None:
            self.state.show_state("stop", taken_back_words(state))
        elif warning:
            self.state.show_state("ask", warning)
        elif state.certified:
            self.state.show_state("good", tr("Disahkan kabupaten"))
        else:
            self.state.show_state("calm", tr("Belum disahkan kabupaten"))
        lines = [lapsed_words(state) or tr("Belum ada kunci: dibuat sendiri pada slip pertama.")]
        if state.kid is not None and state.signs_until is not None:
            lines = [
                tr("Tidak menandatangani lagi; slip yang sudah terbit dengan kunci ini tidak dipercaya.")
                if state.taken_back is not None
                else tr("Menandatangani sampai {day}").format(day=formats.day_short(state.signs_until.date())),
                tr("Nomor kunci: {kid}").format(kid=state.kid.hex()),
                *filter(None, [lapsed_words(state)]),
            ]
        self.facts.setText("\n".join(lines))
        self.next.setText(self._next_words(shown))
        self.report.setEnabled(state.kid is not None)

    def _next_words(self, shown: Shown) -> str:
        """What to do next, in the order in which it has to be done."""
        state = shown.state
        if shown.believed.authority is None:
            return tr("Langkah 1: minta berkas sertifikat kabupaten (.crt) dari Dinkes, ambil dengan F6, cocokkan sidiknya.")
        if state.taken_back is not None:
            waits = tr("Permintaan baru menunggu jawaban. Bawa ke Dinkes, lalu ambil jawabannya dengan F3.")
            todo = tr("Buat permintaan baru (F2), bawa ke Dinkes, lalu ambil jawabannya (F3).")
            return todo if state.request is None else waits
        if state.request is not None:
            return tr("Permintaan menunggu jawaban. Bawa ke Dinkes, lalu ambil jawabannya dengan F3. Kunci lama tetap dipakai.")
        if not state.certified or state.is_ending(shown.at):
            return tr("Langkah 2: buat permintaan (F2), bawa ke Dinkes, lalu ambil jawabannya (F3).")
        if shown.believed.trust is None or shown.believed.revocation is None:
            return tr("Langkah 3: minta kedua daftar (.pvl) dari Dinkes, ambil dengan F6.")
        return tr("Tidak ada yang perlu dilakukan. Kirim laporan pencabutan (F4) ke Dinkes setiap bulan.")

    def _requested(self, path: str) -> None:
        words = tr("{path}. Bawa ke Dinkes; sebutkan kode puskesmas {code} lewat telepon untuk dicocokkan.")
        self.say("good", tr("Permintaan tertulis"), words.format(path=path, code=self.desk.facility.code))
        self.refresh()

    def _answered(self, answer: Answer) -> None:
        self.say(*answer_words(answer, _now()))
        self.refresh()
        self.desk.work.changed.emit(frozenset({"certificates"}))

    def _reported(self, count: int, path: str) -> None:
        words = tr("{count} nomor di {path}. Kirim ke Dinkes.")
        self.say("good", tr("Laporan tertulis"), words.format(count=formats.number(count), path=path))

    def _take(self, path: str) -> None:
        self.desk.work.write(self, take_in, self._store, path, _now(), done=self._taken, fault=self._lists_fault)

    def _taken(self, found: Any) -> None:
        self.lists.show_taken(found)
        self.refresh()
        self.desk.work.changed.emit(frozenset({"lists"}))

    def _pin(self, certificate: bytes, typed: str, replace: bool) -> None:
        def fault(problem: Problem) -> None:
            if problem.code != "trust.pinned":
                self._lists_fault(problem)
                return
            self.ask_reason(
                tr("Ganti kabupaten yang dipercaya?"),
                tr("Daftar kabupaten lama dihapus dari komputer ini. Hanya bila Dinkes memintanya; tulis siapa dan mengapa."),
                lambda reason, _way: self._replace(certificate, typed, reason),
            )

        self.desk.work.write(
            self, self._store.pin, certificate, typed, replace=replace, done=lambda _none: self._pinned(), fault=fault
        )

    def _replace(self, certificate: bytes, typed: str, reason: str) -> None:
        if len(reason.strip()) < 3:
            self.question.show_fault(tr("Tulis alasannya."))
            return
        self.unlock()
        self._pin(certificate, typed, True)

    def _pinned(self) -> None:
        self.lists.show_pinned()
        self.refresh()

    def _lists_fault(self, problem: Problem) -> None:
        self.lists.show_problem(problem, self.words)

    def _choose_request(self) -> None:
        name = f"permintaan-{self.desk.facility.code}.csr"
        ask_save(self, tr("Permintaan untuk Dinkes"), Path.home() / name, self.save_request)

    def _choose_report(self) -> None:
        name = f"pencabutan-{self.desk.facility.code}-{_now():%Y-%m-%d}.pvl"
        ask_save(self, tr("Laporan untuk Dinkes"), Path.home() / name, self.save_report)

    def _choose_answer(self) -> None:
        ask_open(self, tr("Jawaban Dinkes"), tr("Jawaban Dinkes (*.crt *.pem)"), self.take_answer)


def _now() -> datetime:
    """The real moment, also in the demo: signatures bear it."""
    return datetime.now(UTC)
