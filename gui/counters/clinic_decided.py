"""Somebody who was put off or not vaccinated earlier today: why, by whom, and a doctor's decision on the same card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from gui.counters.clinic_view import ClinicView
from gui.language import tr
from gui.messages import sentence_of
from gui.panels.card_verdict import verdict_words
from gui.panels.steps import step_words
from gui.panels.visitor import Case
from gui.parts import LOW
from models.doses.day_queries import propose_return
from models.doses.deciding_actions import decide
from models.doses.visits import ReturnDay
from models.errors import Refused
from reports import formats


class Decided(QObject):
    """`saved(case, answer, typed)` once a doctor has decided otherwise, as after a card."""

    def __init__(
        self,
        view: ClinicView,
        case: Callable[[], Case | None],
        saved: Callable[[Case, dict[str, Any], dict[str, Any] | None], None],
    ) -> None:
        super().__init__(view)
        self._view, self._case, self._saved = view, case, saved
        view.verdict.decide.connect(self._overrule)

    def show(self, case: Case) -> None:
        """How the visit came to stand where it stands; nothing is asked again unless somebody wants it. On a low screen the
        answers are one key away."""
        view, newest = self._view, case.newest
        view.recorded.show_card(case.card, mends=case.card is not None, folded=view.window().height() < LOW)
        words, kind = step_words(case.step)
        day = formats.day_short(newest.until) if newest is not None and newest.until is not None else ""
        title = tr("{step} hari ini, kembali {day}").format(step=words, day=day) if day else tr("{step} hari ini")
        told = [self._why(case)]
        if newest is not None:
            told.append(tr("Dicatat {who}, {time}.").format(who=newest.by or formats.NOTHING, time=view.desk.clock_of(newest.at)))
        view.verdict.clear()
        view.verdict.show_decided(kind, title.format(step=words), " ".join(told), card=case.card is not None)
        view.main.setEnabled(True)
        view.visitor.leave.setFocus()

    def _why(self, case: Case) -> str:
        """The reasons of the card, where it was the card that decided; else what somebody wrote."""
        card, reason = case.card, case.newest.reason if case.newest is not None else ""
        if card is not None and reason == ",".join(card.reasons):
            return " ".join(sentence_of(each.code, each.details) for each in card.told())
        return reason if not reason or reason[-1] in ".!?" else f"{reason}."

    def _overrule(self) -> None:
        """A doctor decides otherwise on the answers that are there, and says why."""
        case, view = self._case(), self._view
        if case is None or case.card is None or view.injects_now() or not view.recorded.isVisible():
            return
        ways = [(way, verdict_words(way)[1]) for way in ("proceed", "postpone", "not_given") if way != case.card.verdict]

        def go(reason: str, way: str) -> None:
            if not reason:
                view.page.say_problem(Refused("visits.reason_missing"))
            elif way == "postpone":
                view.page.ask(
                    propose_return, post=case.row.visit.post, facility=view.desk.facility.id, until=case.card and case.card.until,
                    today=view.desk.today, done=lambda day: self._decide(case, way, reason, day), key="return",
                )  # fmt: skip
            else:
                self._decide(case, way, reason)

        view.page.ask_reason(
            tr("Putusan dokter: {name}").format(name=view.desk.actor.name),
            tr("Menurut kartu: {verdict}. Pilih putusan Anda dan tulis alasannya; keduanya tersimpan.").format(
                verdict=verdict_words(case.card.rule_verdict)[1]
            ),
            go,
            ways,
        )

    def _decide(self, case: Case, verdict: str, because: str, day: ReturnDay | None = None) -> None:
        until: date | None = day.day if day is not None else None

        def saved(answer: dict[str, Any]) -> None:
            self._view.page.unlock()
            self._saved(case, answer, None)

        self._view.page.act(decide, visit=case.row.visit.id, verdict=verdict, because=because, until=until, done=saved)
