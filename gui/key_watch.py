"""Says in the head of the window that the district's key ends soon, a month before, or was taken back, to who can mend it."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QTimer

from gui.desk import Desk
from gui.language import tr
from gui.parts import Banner
from models.certificates.signers import SignerFile, SignerState
from reports import formats

_EVERY = 60 * 60_000


def ending_words(state: SignerState, now: datetime) -> str:
    """Nothing as long as a certified key has more than a month, or none ever was certified."""
    if state.lapsed is not None:
        return tr("Kunci dari kabupaten berakhir {day}").format(day=formats.day_short(state.lapsed.date()))
    if state.certified and state.signs_until is not None and state.is_ending(now):
        words = tr("Kunci tanda tangan berakhir {day}, {days} hari lagi")
        return words.format(day=formats.day_short(state.signs_until.date()), days=(state.signs_until - now).days)
    return ""


class KeyWatch(Banner):
    """Looks at the start and every hour; no dialog, and nothing for desks that cannot do anything about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._signer = SignerFile(desk.folder.signer, desk.keys)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        # The administrator asks for the next one, the head of the puskesmas has it asked for.
        if desk.may("certificates.keys") or desk.may("days.close"):
            desk.work.changed.connect(self._changed)
            self._timer.start()
            self.look()

    def look(self) -> None:
        """Off the screen's thread: keys are unsealed for it."""
        now = datetime.now(UTC)  # the real moment, also in the demo: keys end by it
        self._desk.work.read(
            self, self._signer.state, now, done=lambda state: self._show(state, now), fault=lambda _problem: None, key="key"
        )

    def _changed(self, topics: frozenset[str]) -> None:
        if "lists" in topics or ("certificates" in topics and not self.isHidden()):
            self.look()

    def _show(self, state: SignerState, now: datetime) -> None:
        if state.taken_back is not None:
            self._show_taken_back(state, state.taken_back)
            return
        words = ending_words(state, now)
        if not words:
            self.hide()
            return
        todo = tr("Buka Kunci: buat permintaan (F2) dan bawa ke Dinkes. Slip lama tetap berlaku.")
        if not self._desk.may("certificates.keys"):
            todo = tr("Minta administrator membuka halaman Kunci dan membawa permintaannya ke Dinkes. Slip lama tetap berlaku.")
        if state.request is not None:
            todo = tr("Permintaannya sudah dibuat: ambil jawaban Dinkes di halaman Kunci. Slip lama tetap berlaku.")
        self.show_state("ask", words, todo)

    def _show_taken_back(self, state: SignerState, since: datetime) -> None:
        """Nothing is signed meanwhile, and nothing signed before is believed any more."""
        words = tr("Kunci tanda tangan dicabut kabupaten ({day}): slip dan surat tidak dapat terbit")
        todo = tr("Buka Kunci: buat permintaan baru (F2) dan bawa ke Dinkes. Slip dari kunci itu dicetak ulang sesudahnya.")
        if not self._desk.may("certificates.keys"):
            todo = tr("Minta administrator membuat permintaan baru di halaman Kunci dan membawanya ke Dinkes.")
        if state.request is not None:
            todo = tr("Permintaannya sudah dibuat: bawa ke Dinkes, lalu ambil jawabannya di halaman Kunci.")
        self.show_state("stop", words.format(day=formats.day_short(since.date())), todo)
