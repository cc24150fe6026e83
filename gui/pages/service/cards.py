"""The screening card of a visit: brought up, saved, or decided otherwise by a doctor; where its verdict leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from gui.language import tr
from gui.page import Page
from gui.panels.folder import Folder
from gui.panels.screening import Card, ScreeningPanel, verdict_words
from gui.parts import Kind
from models.doses.actions import ScreeningForm, screen
from models.doses.queries import ScreeningRow, screening_of
from models.errors import Problem, Refused
from reports import formats


class Cards(QObject):
    """Carries out the signals of `panel` on `page`. `person()` is who stands at the desk, `show` brings the panel up,
    `inject` follows where the verdict is "proceed" and this account injects, `ended` in all other cases."""

    def __init__(
        self,
        page: Page,
        panel: ScreeningPanel,
        person: Callable[[], Folder | None],
        show: Callable[[], None],
        inject: Callable[[], None],
        ended: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._page, self._panel, self._person = page, panel, person
        self._bring_up, self._inject, self._ended = show, inject, ended
        panel.ready.connect(self._save)
        panel.overrule.connect(self._overrule)

    def begin(self) -> None:
        """The card of the person at the desk, going on where it was left."""
        folder = self._person()
        if folder is not None and folder.visit is not None:
            self._page.ask(screening_of, folder.visit.visit.id, done=self._show, key="screening")

    def _show(self, earlier: ScreeningRow | None) -> None:
        folder = self._person()
        if folder is None or folder.visit is None:
            return
        self._bring_up()
        # Every injection that happened counts here, also one that is not valid: it is what somebody may be allergic to.
        number = sum(dose.voided is None for dose in folder.doses) + 1
        card = Card(folder.visit, folder.row.person, number, self._page.desk.today)
        if not self._panel.start(card, earlier):
            self._page.say("stop", self._panel.verdict.words())

    def _save(self, form: ScreeningForm) -> None:
        card = self._panel.card
        if card is not None:
            self._page.act(
                screen, visit=card.visit.visit.id, form=form, dose_number=card.dose_number, asks=True,
                done=self._saved, fault=self._refused,
            )  # fmt: skip

    def _overrule(self, form: ScreeningForm, judged: str) -> None:
        """A doctor decides otherwise, and says why."""
        ways = [(verdict, verdict_words(verdict)[1]) for verdict in ("proceed", "postpone", "not_given") if verdict != judged]

        def go(reason: str, way: str) -> None:
            if reason:
                self._save(replace(form, verdict=way, because=reason))
            else:
                self._page.say_problem(Refused("visits.reason_missing"))

        self._page.ask_reason(
            tr("Putusan dokter: {name}").format(name=self._page.desk.actor.name),
            tr("Menurut kartu: {verdict}. Pilih putusan Anda dan tulis alasannya; keduanya tersimpan.").format(
                verdict=verdict_words(judged)[1]
            ),
            go,
            ways,
        )

    def _refused(self, problem: Problem) -> None:
        if not self._panel.refused(problem):
            self._page.say_problem(problem)

    def _saved(self, answer: dict[str, Any]) -> None:
        verdict = answer["verdict"]
        if verdict != "repeat_pressure":
            self._panel.forget()
        if verdict == "proceed" and self._page.desk.may("doses.give") and self._person() is not None:
            self._inject()
            return
        says: dict[str, tuple[Kind, str]] = {
            "proceed": ("good", tr("Skrining tersimpan: lanjut ke penyuntikan.")),
            "repeat_pressure": ("ask", tr("Tersimpan: menunggu di antrean untuk ukur ulang tensi, 5 sampai 10 menit.")),
            "postpone": ("ask", tr("Tersimpan: ditunda.")),
            "not_given": ("stop", tr("Tersimpan: tidak diberikan.")),
        }
        kind, words = says[verdict]
        until = date.fromisoformat(answer["until"]) if answer["until"] else None
        self._ended()
        self._page.say(kind, words, tr("Boleh kembali mulai {day}.").format(day=formats.day_short(until)) if until else "")
