"""Ctrl+K: the doctor's letter, or the slip of who waits, for the one at the table who was put off or not vaccinated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.panels.letter import LetterPanel

if TYPE_CHECKING:
    from gui.counters.clinic_lists import ClinicLists


class ClinicLetters:
    """Takes the whole counter while it is open, and leaves it to the next person."""

    def __init__(self, counter: ClinicLists) -> None:
        self._counter = counter
        self.panel = LetterPanel(counter.desk)
        counter.views.addWidget(self.panel)
        counter.visitor.papers.connect(self.open)
        self.panel.back.connect(counter.put_aside)

    def open(self) -> None:
        """For whoever is at the table."""
        case = self._counter.case
        if case is not None:
            self._counter.page.banner.hide()
            self._counter.views.setCurrentWidget(self.panel)
            self.panel.start(case.row.visit.id, case.who, case.row.until)
