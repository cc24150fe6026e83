"""The ways a visit ends or is taken back, each with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gui.language import tr
from gui.page import Page
from models.doses.actions import finish
from models.doses.dose_actions import void_dose
from models.doses.injections import ALREADY
from models.doses.queries import DoseRow, QueueRow
from models.errors import Problem
from reports import formats


def end_visit(page: Page, action: Any, title: str, visit: QueueRow, ended: Callable[[], None]) -> None:
    """Tunda, tidak diberikan, pergi: `action` of models/doses/actions."""

    def saved(_nothing: None) -> None:
        page.unlock()
        ended()
        page.say("ask", f"{title}: {visit.name}")

    page.ask_reason(
        f"{title}: {visit.name}",
        tr("Tulis alasannya; alasan ini ikut tersimpan."),
        lambda reason, _way: page.act(action, visit=visit.visit.id, reason=reason, done=saved),
    )


def finish_visit(page: Page, visit: QueueRow, ended: Callable[[], None]) -> None:
    """End of the observation, with or without a complaint; before its time only by somebody who says so."""

    def saved(_nothing: None) -> None:
        page.unlock()
        ended()
        page.say("good", tr("Selesai: {name}").format(name=visit.name))

    def go(complaint: str, confirmed: frozenset[str], reason: str) -> None:
        def refused(problem: Problem) -> None:
            if problem.code == "visits.observing":
                asked = confirmed | {problem.code}
                title = tr("Belum waktunya: {name}").format(name=visit.name)
                page.ask_reason(title, page.words(problem), lambda why, _way: go(complaint, asked, why))
            elif problem.field == "reason":
                page.question.show_fault(page.words(problem))
            else:
                page.unlock()
                page.say_problem(problem)

        page.act(
            finish, visit=visit.visit.id, complaint=complaint, confirmed=confirmed, reason=reason, done=saved, fault=refused
        )

    page.ask_reason(
        tr("Selesai observasi: {name}").format(name=visit.name),
        tr("Tulis keluhannya, atau kosongkan bila tanpa keluhan. F9 menyimpan."),
        lambda complaint, _way: go(complaint, frozenset(), ""),
    )


def take_dose_back(page: Page, dose: DoseRow, voided: Callable[[bool, str], None]) -> None:
    """A dose written down wrong, in its two meanings; `voided(injected, reason)` once it is."""
    ways = (
        ("no", tr("Salah ketik, tidak disuntikkan: isi kembali ke vial")),
        ("yes", tr("Sudah disuntikkan, salah catat: isi tetap terpakai")),
    )

    def go(reason: str, way: str) -> None:
        injected = way == "yes"

        def saved(_nothing: None) -> None:
            page.unlock()
            page.say("ask", tr("Dosis dibatalkan; catatannya tetap ada di riwayat."))
            voided(injected, reason)

        page.act(void_dose, dose_id=dose.id, injected=injected, reason=reason, done=saved)

    page.ask_reason(
        tr("Batalkan dosis {number} tanggal {day}").format(number=dose.number, day=formats.day_short(dose.day)),
        tr("Pilih yang benar, lalu tulis alasannya."),
        go,
        ways,
    )


def ask_already(page: Page, problem: Problem, again: Callable[[tuple[frozenset[str], str]], None]) -> None:
    """What the rules refuse may have happened all the same; then it is kept, and does not count."""
    page.ask_reason(
        tr("Belum tersimpan. Sudah terlanjur disuntikkan?"),
        tr("{why} Bila sudah disuntikkan, tulis alasannya: dicatat sebagai kesalahan prosedur, tidak dihitung.").format(
            why=page.words(problem)
        ),
        lambda reason, _way: again((frozenset({ALREADY}), reason)),
    )
