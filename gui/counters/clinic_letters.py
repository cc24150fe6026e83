"""Ctrl+K: the doctor's letter, or the slip of who waits, for the one at the table who was put off or not vaccinated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.language import tr
from gui.panels.letter import PAPERS, LetterPanel
from gui.parts import on_key

if TYPE_CHECKING:
    from gui.counters.clinic_lists import ClinicLists


class ClinicLetters:
    """Takes the whole counter while it is open, and leaves it to the next person."""

    def __init__(self, counter: ClinicLists) -> None:
        self._counter = counter
        self._kept: dict[str, str] | None = None  # of a draft, until its visit is at the table
        self.panel = LetterPanel(counter.desk)
        counter.views.addWidget(self.panel)
        counter.visitor.papers.connect(self.open)
        counter.seated.connect(self._go_on)
        self.panel.back.connect(counter.put_aside)
        self._key = on_key(counter.page, "Ctrl+K", self._open_newest)  # at a lone desk registration is on screen then
        counter.seated.connect(lambda: self._key.setEnabled(False))  # their own button has the key
        counter.day_shown.connect(self._watch)
        counter.visitor.letter.hide()

    def _watch(self) -> None:
        """One Ctrl+K at a time: their own button's, or with nobody at the table the one for who went last."""
        nobody = self._counter.case is None
        if nobody:
            self._counter.visitor.letter.hide()
        self._key.setEnabled(nobody)

    def offer(self, verdict: str) -> str:
        """Said with a verdict that calls for a paper, while somebody is there to take it."""
        wanted = verdict in {"postpone", "not_given"} and self._counter.desk.may("slips.print")
        return tr(" (surat: Ctrl+K)") if wanted else ""

    def _open_newest(self) -> None:
        """With nobody at the table: for who was put off or not vaccinated last at this post."""
        counter = self._counter
        if not counter.desk.may("slips.print"):
            return
        if counter.page.draft() is not None:
            counter.page.say("ask", tr("Simpan atau kosongkan dahulu yang sedang diketik, lalu Ctrl+K untuk surat."))
            return
        ended = counter.day.queue.ended if counter.day is not None else ()
        newest = max((row for row in ended if row.visit.step in PAPERS), key=lambda row: row.visit.since, default=None)
        if newest is None:
            counter.page.say("calm", tr("Hari ini belum ada yang ditunda atau tidak diberikan, jadi tidak ada surat."))
            return
        counter.page.banner.hide()
        self._kept = {"visit": newest.visit.id.hex}
        counter.open_visit(newest.visit.id)

    def open(self) -> None:
        """For whoever is at the table."""
        self._counter.page.banner.hide()
        self._start(None)

    def draft(self) -> dict[str, str] | None:
        """What was typed into the letter on screen, with its visit; None when nothing was."""
        if self._kept is not None:
            return self._kept
        return self.panel.draft() if self._counter.views.currentWidget() is self.panel else None

    def restore(self, kept: dict[str, str]) -> None:
        """It is opened again with its visit, if that still calls for one."""
        self._kept = kept

    def _go_on(self) -> None:
        kept, self._kept = self._kept, None
        case = self._counter.case
        if kept is not None and case is not None and case.row.visit.id.hex == kept["visit"] and case.step in PAPERS:
            self._start(kept)

    def _start(self, kept: dict[str, str] | None) -> None:
        case = self._counter.case
        if case is not None:
            self._counter.views.setCurrentWidget(self.panel)
            self.panel.start(case.row.visit.id, case.who, case.row.until, kept)
