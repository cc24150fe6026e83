"""The lists of the clinic's table: the post's day, the order of calling, and finding somebody of today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from gui.counters.clinic_day import ClinicDay, calling_order, find_today, read_clinic_day
from gui.counters.clinic_letters import ClinicLetters
from gui.counters.clinic_strip import show_steps
from gui.counters.clinic_view import ClinicView
from gui.language import tr
from gui.page import Page
from gui.panels.slip_scan import SlipOf, read_slip
from gui.panels.visitor import Case
from models.doses.queries import QueueRow
from reports import formats


class ClinicLists(ClinicView):
    """Reads the day and shows it; `day_shown` with every look at it, `seated` when somebody comes to the table. Who that is is
    the business of ClinicCounter."""

    day_shown = Signal()
    seated = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.case: Case | None = None
        self.day: ClinicDay | None = None
        self.skipped: dict[UUID, int] = {}
        self.aside: dict[UUID, dict[str, Any]] = {}  # what is half filled in, by visit, never for another one
        self.last: tuple[UUID, str] | None = None  # the newest injection here, and whose it is
        self.waiting.sought.connect(self._seek)
        self.letters = ClinicLetters(self)

    def put_aside(self) -> None:
        """Whoever is at the table goes back into the queue."""
        raise NotImplementedError

    def open_visit(self, visit: UUID) -> None:
        """Somebody comes to the table."""
        raise NotImplementedError

    def day_read(self, day: ClinicDay) -> None:
        """The day has been read anew."""
        raise NotImplementedError

    def writes(self) -> bool:
        """Also a letter that is half typed: the next person's slip does not take it away."""
        return super().writes() or self.letters.draft() is not None

    def refresh(self) -> None:
        """The day as it is now; a visit that another desk has moved on leaves the table."""
        self.read_day(self._show_day, "day")
        self.past.refresh()

    def read_day(self, done: Callable[[ClinicDay], None], key: str) -> None:
        """Ask for the day of this post."""
        post, desk = self.desk.place.post_id, self.desk
        if post is not None:
            self.page.ask(
                read_clinic_day, desk.facility.id, desk.catalogue, post, desk.today, stock=desk.may("vials.open"),
                done=done, key=key,
            )  # fmt: skip

    def _show_day(self, day: ClinicDay) -> None:
        self.day = day
        self.injection.show_roster(day.roster)
        self.vial.show_stock(day.vials, day.shelf, self.desk.place.station, day.closed, day.used)
        self.show_lists(day)
        self.day_read(day)

    def show_lists(self, day: ClinicDay) -> None:
        order = self.order()
        called = {row.visit.id for row in order}
        waiting = [row for row in day.queue.waiting if row.visit.step in {"registered", "screened"}]
        rest = [row for row in waiting if row.visit.id not in called]
        if not self.waiting.line.text().strip():
            ended = [row for row in day.queue.ended if row.visit.step != "cancelled"]
            self.waiting.show_rows([*order, *rest, *ended], self.skipped, self.aside)
        sitting = [row for row in day.queue.waiting if row.visit.step in {"injected", "observed"}]
        sitting.sort(key=lambda row: (row.visit.observe_until or row.visit.since, row.visit.queue_no))
        self.observation.show_rows(sitting, {row.visit.id: day.complaints[row.visit.id] for row in sitting
                                             if row.visit.id in day.complaints})  # fmt: skip
        self.vial.show_waiting(len(waiting))
        show_steps(self.steps, day, len(self.observation.free()), self.desk.now)
        self.slip.setEnabled(self.last is not None and self.desk.may("slips.print"))
        if self.case is None:
            self.show_call()
        self.day_shown.emit()

    def order(self) -> list[QueueRow]:
        return calling_order(self.day.queue.waiting, self.duties(), self.skipped, self.desk.now) if self.day is not None else []

    def show_call(self) -> None:
        order = self.order()
        self.call_words.setText(
            tr("F3 memanggil {number} · {name}").format(number=order[0].visit.queue_no, name=order[0].name)
            if order
            else self.again_words() or tr("Belum ada yang menunggu.")
        )

    def again_words(self) -> str:
        """Who cannot be called yet: whoever waits for a second pressure is still here."""
        waits = [row.visit.repeat_from for row in self.day.queue.waiting if row.visit.repeat_from] if self.day is not None else []
        if not waits or "registered" not in self.duties():
            return ""
        words = tr("{count} orang menunggu ukur ulang tensi, paling awal {time}.")
        return words.format(count=formats.number(len(waits)), time=self.desk.clock_of(min(waits)))

    def _seek(self, text: str) -> None:
        post = self.desk.place.post_id
        if not text:
            if self.day is not None:
                self.show_lists(self.day)
        elif post is not None:
            self.page.ask(find_today, text, post, self.desk.today, done=self._found, key="find")

    def _slip_read(self, slip: SlipOf | None) -> None:
        if slip is not None:
            self._seek(slip.name)
        else:
            self.page.say("stop", tr("Slip ini tidak terbaca atau bukan dari daftar kepercayaan. Ketik nomor atau namanya."))

    def _found(self, rows: list[QueueRow]) -> None:
        if len(rows) == 1:
            self.open_visit(rows[0].visit.id)
        elif rows:
            self.waiting.show_rows(rows, self.skipped, self.aside)
            self.waiting.take_list()
        else:
            self.page.say("ask", tr("Tidak ada di antrean hari ini."), tr("Daftarkan dahulu di meja pendaftaran."))

    def scanned(self, text: str) -> bool:
        """A KTP's number or the QR of a slip: that person of today comes to the table, unless a dose is being written."""
        if self.writes():
            return False
        typed = "".join(text.split())
        if typed.isascii() and typed.isdecimal():
            self._seek(typed)
        else:
            self.page.ask(read_slip, text, self.desk.now, done=self._slip_read, key="slip")
        return True
