"""Doses that were already given: taken back in both meanings, written anew, given elsewhere; and their slips."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from gui.counters.asking import ask_already, take_dose_back
from gui.language import tr
from gui.page import Page
from gui.panels.doses import DosesPanel
from gui.panels.elsewhere import ElsewherePanel
from gui.panels.one_of import OneOf
from gui.panels.rewriting import RewritePanel
from gui.panels.slip import SlipPanel
from gui.panels.visitor import Case, read_case
from models.doses.dose_actions import record_elsewhere, rewrite_dose
from models.doses.queries import DoseRow
from models.errors import Problem


class PastDoses(OneOf):
    """Shows the doses of one visit's person and carries out what is said of them. `back` when somebody is done, `voided` with
    the id of a dose that was taken back."""

    back = Signal()
    voided = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.case: Case | None = None
        self.doses = DosesPanel(page.desk)
        self.elsewhere, self.rewrite = ElsewherePanel(page.desk), RewritePanel(page.desk)
        self.slip = SlipPanel(page.desk)
        for panel in (self.doses, self.elsewhere, self.rewrite, self.slip):
            self.addWidget(panel)
        self.doses.back.connect(self.back)
        self.doses.elsewhere.connect(self._begin_elsewhere)
        self.doses.void.connect(self._void)
        self.doses.rewrite.connect(self._begin_rewrite)
        self.doses.slip.connect(self.show_slip)
        self.elsewhere.ready.connect(self._record)
        self.rewrite.ready.connect(self._write)
        for panel in (self.elsewhere, self.rewrite, self.slip):
            panel.back.connect(self.show_doses)

    def open(self, case: Case) -> None:
        """Somebody's doses."""
        self.case = case
        self.show_doses()

    def show_doses(self) -> None:
        """Back to the list."""
        if self.case is not None:
            self.doses.show_case(self.case)
        self.setCurrentWidget(self.doses)
        self.doses.begin()

    def show_slip(self, dose: DoseRow) -> None:
        """The slip of one of them."""
        self.setCurrentWidget(self.slip)
        self.slip.start(dose)

    def refresh(self) -> None:
        """What another desk changed."""
        if self.case is not None:
            self._read(self.case.row.visit.id)

    def _read(self, visit: UUID) -> None:
        self._page.ask(read_case, visit, done=self._again, key="past")

    def _again(self, case: Case | None) -> None:
        if case is not None and self.case is not None and case.row.visit.id == self.case.row.visit.id:
            self.case = case
            self.doses.show_case(case)

    def _begin_elsewhere(self) -> None:
        if self.case is not None:
            self._page.banner.hide()
            self.setCurrentWidget(self.elsewhere)
            self.elsewhere.start(self.case.folder.row)

    def _record(self, values: dict[str, Any], answered: tuple[frozenset[str], str] = (frozenset(), "")) -> None:
        def refused(problem: Problem) -> None:
            if problem.code.startswith("vaccine."):
                ask_already(self._page, problem, lambda answer: self._record(values, answer))
            elif not self.elsewhere.refused(problem):
                self._page.say_problem(problem)

        if self.case is not None:
            self._page.act(
                record_elsewhere, catalogue=self._page.desk.catalogue, recipient=self.case.folder.row.id, **values, asks=True,
                answered=answered, done=lambda _dose: self._written(tr("Dosis di tempat lain tercatat.")), fault=refused,
            )  # fmt: skip

    def _void(self, dose: DoseRow) -> None:
        def voided(injected: bool, reason: str) -> None:
            self.voided.emit(dose.id)
            self.refresh()
            if injected and dose.vial is not None:
                self._begin_rewrite(dose, reason)
                self._page.say("ask", tr("Dosis dibatalkan. Tulis yang benar sekarang, atau nanti dari riwayatnya dengan F11."))

        take_dose_back(self._page, dose, voided)

    def _begin_rewrite(self, dose: DoseRow, reason: str = "") -> None:
        if self.case is not None:
            self._page.banner.hide()
            self.setCurrentWidget(self.rewrite)
            self.rewrite.start(dose, self.case.folder.row, reason)

    def _write(self, values: dict[str, Any], answered: tuple[frozenset[str], str]) -> None:
        def refused(problem: Problem) -> None:
            if problem.code.startswith("vaccine."):
                ask_already(self._page, problem, lambda answer: self._write(values, answer))
            elif not self.rewrite.refused(problem):
                self._page.say_problem(problem)

        words = tr("Dosis ditulis ulang; catatan yang salah tetap ada sebagai riwayat.")
        self._page.act(
            rewrite_dose, catalogue=self._page.desk.catalogue, **values, asks=True, answered=answered,
            done=lambda _dose: self._written(words), fault=refused,
        )  # fmt: skip

    def _written(self, words: str) -> None:
        self.show_doses()
        self.refresh()
        self._page.say("good", words)


