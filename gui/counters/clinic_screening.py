"""The card of the visit at the table: live verdict, saved, or decided otherwise by a doctor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QObject

from gui.counters.clinic_deferring import back_from
from gui.counters.clinic_view import ClinicView
from gui.language import tr
from gui.panels.card_verdict import verdict_words
from gui.panels.schedule import schedule_of
from gui.panels.screening_card import Card
from gui.panels.visitor import Case
from models.doses.actions import ScreeningForm, screen
from models.doses.day_queries import propose_return
from models.doses.screening import Screened
from models.errors import Problem, Refused


class Screening(QObject):
    """`saved(case, answer, typed)` once a card is in the records, with what had been typed; `refused(problem)` for what is
    wrong with none of its fields."""

    def __init__(
        self,
        view: ClinicView,
        case: Callable[[], Case | None],
        saved: Callable[[Case, dict[str, Any], dict[str, Any] | None], None],
        refused: Callable[[Problem], None],
    ) -> None:
        super().__init__(view)
        self._view, self._case, self._saved, self._refused_elsewhere = view, case, saved, refused
        self._proposed_for: tuple[date | None] | None = None
        view.card.changed.connect(self.judge)
        view.card.completed.connect(view.main.setFocus)
        view.verdict.decide.connect(self._overrule)

    def begin(self, case: Case, kept: dict[str, Any] | None, *, mends: bool) -> None:
        """The card of this visit. Where the pressure is measured again, or a saved card is mended, it begins with its own."""
        view = self._view
        self._proposed_for = None
        view.verdict.clear()
        card = Card(case.row, case.folder.row.person, case.next_number, view.desk.today)
        again = case.row.visit.repeat_from is not None
        try:
            view.card.start(card, case.card if again or mends else None, kept)
        except Refused as problem:
            view.main.setEnabled(False)
            view.verdict.show_none(problem)
            view.visitor.leave.setFocus()
            return
        view.main.setEnabled(True)
        view.card.begin()

    def judge(self) -> None:
        """The verdict of what is filled in now, with all that speaks against."""
        view = self._view
        try:
            judged = view.card.judged()
        except Refused as problem:
            view.verdict.show_problem(problem)
            return
        if judged is None:
            return
        case = self._case()
        plan = schedule_of(view.desk, case.folder, view.vial.product()) if case is not None else None
        view.verdict.show_screened(judged, plan)
        self._show_again(judged)
        if judged.verdict == "postpone":
            self._propose(back_from(view.desk, case, judged.until))

    def save(self) -> None:
        """F9: what is missing gets the cursor; else it is saved."""
        view = self._view
        if not view.card.complete():
            return
        form = view.card.form()
        if view.verdict.verdict == "postpone":
            if not view.verdict.returning.check():
                view.verdict.returning.setFocus()
                return
            form = replace(form, until=view.verdict.until())
        self._save(form)

    def _save(self, form: ScreeningForm) -> None:
        case, view = self._case(), self._view
        if case is None or view.card.card is None:
            return
        typed = view.card.state()
        view.page.act(
            screen, visit=case.row.visit.id, form=form, dose_number=view.card.card.dose_number, asks=True,
            done=lambda answer: self._saved(case, answer, typed), fault=self._refused,
        )  # fmt: skip

    def _refused(self, problem: Problem) -> None:
        view = self._view
        if problem.field == "until":
            view.verdict.returning.show_fault(problem)
            view.verdict.returning.setFocus()
        elif not view.card.refused(problem):
            self._refused_elsewhere(problem)

    def _overrule(self) -> None:
        """A doctor decides otherwise, and says why. A verdict never rests on half a card, so what is missing comes
        first."""
        view, judged = self._view, self._view.verdict.verdict
        if not view.card.isVisible():
            return
        if not view.card.complete():
            view.page.say("ask", tr("Lengkapi kartunya dahulu: ukuran dan semua pertanyaan. Lalu Ctrl+P lagi."))
            return
        view.page.banner.hide()
        form = view.card.form()
        ways = [(verdict, verdict_words(verdict)[1]) for verdict in ("proceed", "postpone", "not_given") if verdict != judged]

        def go(reason: str, way: str) -> None:
            if reason:
                self._save(replace(form, verdict=way, because=reason))
            else:
                view.page.say_problem(Refused("visits.reason_missing"))

        view.page.ask_reason(
            tr("Putusan dokter: {name}").format(name=view.desk.actor.name),
            tr("Menurut kartu: {verdict}. Pilih putusan Anda dan tulis alasannya; keduanya tersimpan.").format(
                verdict=verdict_words(judged)[1]
            ),
            go,
            ways,
        )

    def _show_again(self, judged: Screened) -> None:
        """When the pressure may be measured again: as it was set, or as it would be if this were saved now."""
        case, view = self._case(), self._view
        waits = case.row.visit.repeat_from if case is not None else None
        if view.card.repeated.text().strip() and (waits is None or waits <= view.desk.now):
            view.card.show_again("")  # it is done
        elif waits is not None:
            ready = waits <= view.desk.now
            words = tr("Ukur ulang tensi sekarang") if ready else tr("Ukur ulang pukul {time}")
            view.card.show_again(words.format(time=view.desk.clock_of(waits)))
        elif judged.verdict == "repeat_pressure":
            at = view.desk.now + timedelta(minutes=judged.repeat_after)
            view.card.show_again(tr("Ulang {time}: simpan dengan F9").format(time=view.desk.clock_of(at)))
        else:
            view.card.show_again("")

    def _propose(self, until: date | None) -> None:
        case, desk = self._case(), self._view.desk
        if case is None or self._proposed_for == (until,):
            return
        self._proposed_for = (until,)
        self._view.page.ask(
            propose_return, post=case.row.visit.post, facility=desk.facility.id, until=until, today=desk.today,
            done=self._view.verdict.propose, key="return",
        )  # fmt: skip
