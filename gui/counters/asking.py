"""Questions with a reason that several flows ask in the same words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gui.language import tr
from gui.page import Page
from gui.panels.vial_words import void_words
from models.doses.dose_actions import void_dose
from models.doses.injections import ALREADY
from models.doses.queries import DoseRow
from models.errors import Problem
from models.stock.queries import OpenVial
from models.stock.queries import vial as vial_query
from reports import formats


def ask_ending(page: Page, action: Any, title: str, visit: Any, who: str, ended: Callable[[str], None]) -> None:
    """Tidak diberikan, pergi: `action` of models/doses/actions; `ended(title)` once it is saved."""

    def saved(_nothing: None) -> None:
        page.unlock()
        ended(title)

    page.ask_reason(
        f"{title}: {who}",
        tr("Tulis alasannya; alasan ini ikut tersimpan."),
        lambda reason, _way: page.act(action, visit=visit, reason=reason, done=saved),
    )


def take_dose_back(page: Page, dose: DoseRow, voided: Callable[[bool, str], None]) -> None:
    """A dose written down wrong, in its two meanings, each with what it does to the vial; `voided(injected, reason)` once it
    is."""
    if dose.vial is None:
        _ask_back(page, dose, None, voided)
    else:
        page.ask(vial_query, dose.vial, done=lambda found: _ask_back(page, dose, found, voided), key="void")


def _ask_back(page: Page, dose: DoseRow, found: OpenVial | None, voided: Callable[[bool, str], None]) -> None:
    ways = tuple(zip(("no", "yes"), void_words(found, dose.volume_ul), strict=True))

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
