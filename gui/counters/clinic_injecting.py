"""The injection of the visit at the table: planned by rule, drawn from the vial in hand, recorded by whoever saw it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject

from gui.counters.asking import ask_already
from gui.counters.clinic_view import ClinicView
from gui.language import tr
from gui.panels.schedule import Plan, before_injection, dose_words, planned, schedule_of
from gui.panels.visitor import Case
from models.doses.dose_actions import give_dose
from models.errors import Problem
from models.stock.queries import BatchBalance
from reports import formats

_RANKS: Final = {"allowed": 0, "ask": 1, "refused": 2}


class Injecting(QObject):
    """`given(case, dose, words, typed)` once it is in the records: what to say of it, and what had been chosen;
    `refused(problem)` for what is wrong with none of its fields."""

    def __init__(
        self,
        view: ClinicView,
        case: Callable[[], Case | None],
        given: Callable[[Case, UUID, str, dict[str, Any] | None], None],
        refused: Callable[[Problem], None],
    ) -> None:
        super().__init__(view)
        self._view, self._case, self._given, self._refused_elsewhere = view, case, given, refused
        self.open_one: Callable[[BatchBalance, datetime | None, Callable[[UUID], None]], None] | None = None
        self.singles: dict[UUID, UUID] = {}  # the vials of one dose, by the dose that they were opened for
        view.vial.rank = self._rank
        view.vial.changed.connect(self.show_plan)
        view.injection.limb.chosen.connect(view.main.setFocus)

    def begin(self, case: Case, kept: dict[str, Any] | None) -> None:
        """The card let this visit proceed."""
        view = self._view
        view.recorded.show_card(case.card, mends=True)
        view.verdict.clear()
        view.injection.clear()
        view.injection.setEnabled(True)
        if kept is not None:
            view.injection.put_back(kept)
        self.show_plan()
        if view.vial.why_not():
            view.vial.open_button.setFocus()
        else:
            view.injection.begin()

    def show_plan(self) -> None:
        """What the schedule says of the vial in hand for this person, where it is read first: over the questions as long as they
        are asked, in the headline once the card lets proceed."""
        case, view = self._case(), self._view
        if case is None:
            return
        product = view.vial.product()
        plan = schedule_of(view.desk, case.folder, product)
        injects = view.injects_now()
        view.visitor.warn(None if injects else plan)  # said once: beside the needle when it is near, below the name before
        view.injection.show_plan(plan if injects else Plan("calm", "", ""), dose_words(view.desk, case.folder, product))
        if injects:
            head = before_injection(plan, view.vial.stop_words())
            view.verdict.show_state(head.kind, head.title, head.text)

    def _rank(self, product: str) -> int:
        """How well a vaccine fits whoever is at the table: by rule, only with a reason, or not at all."""
        case = self._case()
        judged = planned(self._view.desk, case.folder, product) if case is not None else None
        return _RANKS[judged.verdict] if judged is not None else 0

    def volume(self) -> int | None:
        """How much this person gets of the vial in hand, in microlitres."""
        case = self._case()
        judged = planned(self._view.desk, case.folder, self._view.vial.product()) if case is not None else None
        return judged.volume_ul if judged is not None and judged.volume_ul else None

    def give(self, answered: tuple[frozenset[str], str] = (frozenset(), ""), opened: tuple[UUID, str] | None = None) -> None:
        """F9: it was seen. `opened` is a vial of one dose, and its product, that was opened for just this injection."""
        case, view = self._case(), self._view
        held = view.vial.in_hand()
        if case is None:
            return
        single = view.vial.single() if held is None and opened is None else None
        if single is not None and self.open_one is not None and view.injection.complete():
            self.open_one(single, view.injection.at(), lambda vial: self.give(answered, (vial, single.product)))
            return
        source = opened or ((held.vial, held.product) if held is not None else None)
        if source is None:
            view.page.say("ask", tr("Belum ada vial di meja ini. Buka vial dengan F12, atau ambil yang terbuka dengan F5."))
            return
        if not view.injection.complete():
            return
        typed, at = view.injection.state(), view.injection.at()
        minutes = case.card.observe_minutes if case.card is not None else 15
        until = view.desk.clock_of((at or view.desk.now) + timedelta(minutes=minutes))
        judged = planned(view.desk, case.folder, source[1])
        words = tr("{who}: dosis {number} tersimpan, observasi s.d. {until}.").format(
            who=case.who, number=judged.number if judged is not None else formats.NOTHING, until=until
        )
        alone = opened is not None or (held is not None and held.content_ul <= held.ul_per_dose)

        def saved(dose: UUID) -> None:
            if alone:
                self.singles[dose] = source[0]
            self._given(case, dose, words, typed)

        view.page.act(
            give_dose, catalogue=view.desk.catalogue, visit=case.row.visit.id, vial=source[0], limb=view.injection.limb.text(),
            vaccinator=view.injection.vaccinator.text(), station=view.desk.place.station, at=at, asks=True, answered=answered,
            done=saved, fault=lambda problem: self._refused(problem, source),
        )  # fmt: skip

    def _refused(self, problem: Problem, source: tuple[UUID, str]) -> None:
        if problem.code.startswith("vaccine."):
            ask_already(self._view.page, problem, lambda answer: self.give(answer, source))
        elif not self._view.injection.refused(problem):
            self._refused_elsewhere(problem)
