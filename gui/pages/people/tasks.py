"""The way through what is to be settled: from a list to one dispute or one pair, and back to the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.people.compare import said_of
from gui.pages.people.dispute import DisputePanel, Settled
from gui.pages.people.settling import SettlingPanel
from models.errors import Problem
from models.people.actions import correct, open_person
from models.people.queries import RecipientRow, recipient
from models.people.settling_actions import give_nik, pass_on_nik
from models.people.settling_queries import DisputeRow


class Tasks:
    """`show_panel` brings one of its panels up, `compare` two people side by side."""

    def __init__(self, page: Page, show_panel: Callable[[QWidget], None], compare: Callable[[UUID, UUID], None]) -> None:
        self._page, self._show_panel, self._compare = page, show_panel, compare
        self.settling = SettlingPanel(page.desk)
        self.dispute = DisputePanel(page.desk)
        self.settling.dispute.connect(self._open)
        self.settling.double.connect(lambda row: compare(row.one.id, row.two.id))
        self.dispute.back.connect(self.show)
        self.dispute.settled.connect(self._settle)

    def show(self) -> None:
        """The lists, read anew."""
        self._page.banner.hide()
        self._show_panel(self.settling)
        self.settling.begin()

    def _open(self, row: DisputeRow) -> None:
        def show(people: tuple[RecipientRow | None, RecipientRow | None, str]) -> None:
            if people[0] is not None:
                self.dispute.show_dispute(row, people[0], people[1], people[2])
                self._show_panel(self.dispute)
                self.dispute.begin()

        holder = row.holder.id if row.holder else None
        args = (both_people, row.person.id, holder)
        self._page.act(
            open_person, recipient=row.person.id,
            done=lambda _person: self._page.ask(*args, done=show, key="people dispute"),
        )  # fmt: skip

    def _settle(self, found: Settled) -> None:
        row, claimant = self.dispute.row, self.dispute.claimant
        if row is None or claimant is None:
            return
        if found.way == "same" and row.holder is not None:
            self._compare(row.holder.id, row.person.id)
        elif found.way == "mine":
            self._ask(give_nik, found, recipient=claimant.id, nik=found.nik, reason_without_nik=found.without)
        elif found.way == "theirs":
            mended = replace(claimant.person, nik=found.nik, disputed=False, reason_without_nik=found.without or None)
            self._ask(correct, found, recipient=claimant.id, person=mended, expected=claimant.version)
        else:
            self._page.act(
                pass_on_nik, recipient=claimant.id, office=found.way, note=found.reason, done=self._settled, fault=self._refused
            )

    def _ask(self, action: Any, found: Settled, **values: Any) -> None:
        answered = (frozenset[str](), found.reason)
        self._page.act(action, asks=True, answered=answered, done=self._settled, fault=self._refused, **values)

    def _settled(self, _answer: object) -> None:
        self.show()
        self._page.say("good", tr("Tersimpan."))

    def _refused(self, problem: Problem) -> None:
        if not self.dispute.refused(problem):
            self._page.say_problem(problem)


def both_people(records: Any, claimant: UUID, holder: UUID | None) -> tuple[RecipientRow | None, RecipientRow | None, str]:
    """Who claims a NIK and who holds it, as they are now, and what was said when the claimant was registered."""
    return recipient(records, claimant), recipient(records, holder) if holder else None, said_of(records, claimant)
