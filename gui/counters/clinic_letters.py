"""Ctrl+K: the doctor's letter, or the slip of who waits, for the one at the table who was put off or not vaccinated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.panels.letter import PAPERS, LetterPanel

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
