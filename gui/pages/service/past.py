"""Doses that were already given: elsewhere, written down wrong, or to be written anew; and their slips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from gui.language import tr
from gui.page import Page
from gui.pages.service.endings import ask_already, take_dose_back
from gui.panels.elsewhere import ElsewherePanel
from gui.panels.folder import Folder
from gui.panels.person_card import PersonCard
from gui.panels.rewriting import RewritePanel
from models.doses.dose_actions import record_elsewhere, rewrite_dose
from models.doses.queries import DoseRow
from models.errors import Problem


class PastDoses(QObject):
    """Carries out on `page` what the person's `card` says of past doses. `person()` is who stands at the desk, `show`
    brings a panel up, `back` the card, and `read` reads the person anew and then shows the card."""

    def __init__(
        self,
        page: Page,
        card: PersonCard,
        person: Callable[[], Folder | None],
        show: Callable[[Any], None],
        back: Callable[[], None],
        read: Callable[[UUID], None],
    ) -> None:
        super().__init__(page)
        self._page, self._person, self._show, self._read = page, person, show, read
        self.elsewhere, self.rewrite = ElsewherePanel(page.desk), RewritePanel(page.desk)
        card.elsewhere.connect(self._begin_elsewhere)
        card.void.connect(self._void)
        card.rewrite.connect(self._begin_rewrite)
        self.elsewhere.ready.connect(self._record)
        self.rewrite.ready.connect(self._write)
        self.elsewhere.back.connect(back)
        self.rewrite.back.connect(back)

    def _begin_elsewhere(self) -> None:
        folder = self._person()
        if folder is not None:
            self._page.banner.hide()
            self._show(self.elsewhere)
            self.elsewhere.start(folder.row)

    def _record(self, values: dict[str, Any], answered: tuple[frozenset[str], str] = (frozenset(), "")) -> None:
        def refused(problem: Problem) -> None:
            if problem.code.startswith("vaccine."):
                ask_already(self._page, problem, lambda answer: self._record(values, answer))
            elif not self.elsewhere.refused(problem):
                self._page.say_problem(problem)

        folder = self._person()
        if folder is not None:
            person = folder.row.id
            self._page.act(
                record_elsewhere, catalogue=self._page.desk.catalogue, recipient=person, **values, asks=True, answered=answered,
                done=lambda _dose: self._written(person, tr("Dosis di tempat lain tercatat.")), fault=refused,
            )  # fmt: skip

    def _void(self, dose: DoseRow) -> None:
        def voided(injected: bool, reason: str) -> None:
            if injected and dose.vial is not None:
                self._begin_rewrite(dose, reason)
                self._page.say("ask", tr("Dosis dibatalkan. Tulis yang benar sekarang, atau nanti dari riwayatnya dengan F11."))

        take_dose_back(self._page, dose, voided)

    def _begin_rewrite(self, dose: DoseRow, reason: str = "") -> None:
        folder = self._person()
        if folder is not None:
            self._page.banner.hide()
            self._show(self.rewrite)
            self.rewrite.start(dose, folder.row, reason)

    def _write(self, values: dict[str, Any], answered: tuple[frozenset[str], str]) -> None:
        def refused(problem: Problem) -> None:
            if problem.code.startswith("vaccine."):
                ask_already(self._page, problem, lambda answer: self._write(values, answer))
            elif not self.rewrite.refused(problem):
                self._page.say_problem(problem)

        words = tr("Dosis ditulis ulang; catatan yang salah tetap ada sebagai riwayat.")
        self._page.act(
            rewrite_dose, catalogue=self._page.desk.catalogue, **values, asks=True, answered=answered,
            done=lambda _dose: self._written(values["recipient"], words), fault=refused,
        )  # fmt: skip

    def _written(self, person: UUID, words: str) -> None:
        self._read(person)
        self._page.say("good", words)
