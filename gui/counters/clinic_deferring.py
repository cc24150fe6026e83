"""F8: the visit at the table is put off, to a day of service on which the next dose is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from gui.counters.clinic_view import ClinicView
from gui.desk import Desk
from gui.language import tr
from gui.panels.schedule import timing_of
from gui.panels.visitor import Case
from models.doses.actions import postpone
from models.doses.day_queries import propose_return
from models.errors import Problem
from reports import formats


def back_from(desk: Desk, case: Case | None, until: date | None) -> date | None:
    """The first day to come back: that of the rule of the card (`until`) or, where it is later, that of the schedule."""
    due = timing_of(desk, case.folder).earliest if case is not None else None
    return max((day for day in (until, due) if day is not None), default=None)


class Deferring(QObject):
    """`ended(case, words)` once it is saved; `refused(problem)` for what is wrong with none of its fields;
    `offer(verdict)` are words about the paper that somebody who is put off may have."""

    def __init__(
        self,
        view: ClinicView,
        case: Callable[[], Case | None],
        ended: Callable[[Case, str], None],
        refused: Callable[[Problem], None],
        offer: Callable[[str], str],
    ) -> None:
        super().__init__(view)
        self._offer = offer
        self._view, self._case, self._ended, self._refused_elsewhere = view, case, ended, refused
        view.deferral.ready.connect(self._save)
        view.deferral.typed.connect(self._ask)

    def begin(self) -> None:
        """Why, and when to come back."""
        case, view = self._case(), self._view
        if case is None:
            return
        view.page.banner.hide()
        view.show_below(view.deferral)
        view.deferral.start(case.who, timing_of(view.desk, case.folder))
        self._ask(back_from(view.desk, case, None))

    def _ask(self, day: date | None) -> None:
        case, view = self._case(), self._view
        if case is not None:
            view.page.ask(
                propose_return, post=case.row.visit.post, facility=view.desk.facility.id, until=day, today=view.desk.today,
                done=lambda found: view.deferral.propose(found, day), key="return",
            )  # fmt: skip

    def _save(self, reason: str, until: date | None) -> None:
        case, view = self._case(), self._view
        if case is None:
            return
        words = tr("Ditunda, kembali {day}").format(day=formats.day_short(until)) if until else tr("Ditunda")
        words += self._offer("postpone")
        view.page.act(
            postpone, visit=case.row.visit.id, until=until, catalogue=view.desk.catalogue, asks=True,
            answered=(frozenset(), reason), done=lambda _nothing: self._ended(case, words), fault=self._refused,
        )  # fmt: skip

    def _refused(self, problem: Problem) -> None:
        if not self._view.deferral.refused(problem):
            self._refused_elsewhere(problem)
