"""Out of the queue again: at once while the key for it lies ready, later with a reason."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QObject, SignalInstance

from gui.language import tr
from gui.page import Page
from models.doses.actions import take_back
from models.doses.queries import QueueRow
from models.doses.step_actions import AT_ONCE
from models.doses.visits import Visit
from reports import formats


class QueueOfDesk(QObject):
    """Takes registrations back; `leaving` is emitted with a visit that is just going to leave the queue."""

    def __init__(self, page: Page, leaving: SignalInstance) -> None:
        super().__init__(page)
        self._page, self._leaving = page, leaving

    def offer_undo(self, visit: Visit, name: str) -> None:
        """Somebody is in the queue; their number stays in sight, however long the name is."""
        number = formats.number(visit.queue_no)
        words = tr("Terdaftar: nomor {number} · {name}").format(number=number, name=name)
        self._page.offer_undo(words, lambda: self._take_back(visit.id, number, AT_ONCE), gives=name)

    def ask(self, row: QueueRow) -> None:
        """Why somebody leaves the queue: a row is chosen by a slip of the key as easily as by intent, and a new number is not
        the old one."""
        number = formats.number(row.visit.queue_no)

        def reasoned(reason: str, _way: str) -> None:
            if reason:
                self._take_back(row.visit.id, number, reason)
            else:
                self._page.question.show_fault(tr("Tulis alasannya, misalnya: salah orang, atau tidak jadi menunggu."))

        begun = row.visit.step != "registered" or row.visit.repeat_from is not None
        self._page.ask_reason(
            tr("Batalkan pendaftaran nomor {number}: {name}").format(number=number, name=row.name),
            tr("Sudah ada yang dikerjakan di meja lain. Mengapa dibatalkan?") if begun
            else tr("Nomornya tidak dipakai lagi. Mengapa dibatalkan?"),
            reasoned,
        )  # fmt: skip

    def _take_back(self, visit: UUID, number: str, reason: str) -> None:
        def done(_nothing: None) -> None:
            self._page.unlock()
            self._page.undo.withdraw()
            self._page.say("ask", tr("Dibatalkan: nomor {number} keluar dari antrean.").format(number=number))

        self._leaving.emit(visit)
        self._page.act(take_back, visit=visit, reason=reason, done=done)
