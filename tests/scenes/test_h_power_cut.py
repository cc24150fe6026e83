"""(h) The power goes while a form is half filled, at registration and at the screening card: everything typed is there again."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from models.doses.queries import doses_of, queue
from models.overview.check import check
from models.people.nik import Nik
from models.people.queries import recipient
from models.people.search_queries import search
from models.places.zones import local_day
from models.stock.queries import open_vials
from tests.scenes.conftest import HEIGHT, ON_SCREEN, PICTURES, WIDTH
from tests.scenes.ground import centre_of, found, signed
from tests.scenes.program import Program, program
from tests.scenes.screen import x_server

NAME = "MARIANA BINTI HAJI SALEH"
NIK = Nik.parse("6112096503909002")
"""Invented: 25 March 1990, a woman."""


@pytest.mark.skipif(not ON_SCREEN, reason="plays before a real X server; offscreen: tests/journeys/test_seats.py")
def test_h_power_cut_takes_nothing_and_doubles_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    path, today = tmp_path / "data", local_day(datetime.now(UTC), "WIB")
    found(path, today=today)
    with x_server(f"{WIDTH}x{HEIGHT}") as display, program(qtbot, path, display, tmp_path / "home") as desk:
        _register(desk)
        assert len(_people(desk)) == 1
        _vaccinate(desk, today)
        desk.close()
        _compare(desk, path)
    sys.stdout.write("[h_power_cut] killed twice; 1 person, 1 visit, 1 dose = injections seen 1; check clean; no draft left\n")


def _register(desk: Program) -> None:
    desk.start()
    desk.sign_in("meja")
    desk.type(NIK.digits)
    desk.press("Return")
    desk.settle()
    desk.type("mariana binti haji")
    desk.wait(lambda: _form(desk).get("name", "").lower() == "mariana binti haji")
    desk.picture(PICTURES / "h_power_cut-1-half-filled.png")
    desk.cut_the_power()
    assert not _people(desk)

    desk.start()
    desk.sign_in("meja")
    desk.picture(PICTURES / "h_power_cut-2-the-form-is-back.png")
    assert _form(desk)["nik"].replace(" ", "") == NIK.digits
    desk.type(" saleh")  # the cursor is in the form again
    desk.wait(lambda: _form(desk).get("name", "").upper() == NAME)
    desk.press("F9")
    desk.wait(lambda: bool(_people(desk)))
    desk.wait(lambda: not desk.typed("meja"))
    desk.settle()
    desk.picture(PICTURES / "h_power_cut-3-registered.png")


def _vaccinate(desk: Program, today: date) -> None:
    desk.press("ctrl+l")
    desk.settle()
    desk.sign_in("perawat")
    desk.press("ctrl+2")
    desk.settle()
    centre = centre_of(desk.database, signed(desk.database, "perawat").facility)
    desk.press("F12")
    desk.settle()
    desk.press("Return")
    desk.settle()
    desk.press("1")  # few wait: more are on their way

    def vials() -> int:
        with desk.database.reading() as records:
            return len(open_vials(records, centre))

    def steps() -> list[str]:
        with desk.database.reading() as records:
            return [row.visit.step for row in queue(records, centre, today)]

    desk.wait(lambda: vials() == 1)
    desk.settle()
    desk.press("F3")
    desk.settle()
    desk.type("366")
    desk.press("Return")
    desk.type("128/84")
    desk.press("Return")
    for answered in range(1, 4):
        desk.press("t")
        desk.wait(lambda: _answers(desk) == answered)  # noqa: B023 - it is waited for at once
    desk.picture(PICTURES / "h_power_cut-4-the-card-half-filled.png")
    desk.cut_the_power()
    assert steps() == ["registered"]

    desk.start()
    desk.sign_in("perawat")
    desk.picture(PICTURES / "h_power_cut-5-the-card-is-back.png")
    card = _card(desk)
    assert (card["temperature"], card["pressure"], _answers(desk)) == ("36,6", "128/84", 3)
    desk.press(*"tttttttttt")  # more than there are questions: on the button that the last one leads to, T says nothing
    desk.settle()
    desk.press("F9")
    desk.wait(lambda: steps() == ["screened"])
    desk.settle()
    desk.picture(PICTURES / "h_power_cut-6-screened.png")
    desk.press("k", "F9")
    desk.wait(lambda: steps() == ["injected"])
    desk.settle()
    desk.picture(PICTURES / "h_power_cut-7-injected.png")
    assert vials() == 1, "the vial that was open before is the one"


def _compare(desk: Program, path: Path) -> None:
    with desk.database.reading() as records:
        (person,) = search(records, NAME)
        row = recipient(records, person.id)
        assert row is not None
        assert (row.person.name, row.person.nik) == (NAME, NIK)
        assert [dose.number for dose in doses_of(records, person.id)] == [1]
        noted = desk.database.noted_head()
        assert check(records, {desk.database.site: noted} if noted else {}).clean
    assert not list((path / "drafts").glob("*"))


def _people(desk: Program) -> list[Any]:
    with desk.database.reading() as records:
        return search(records, NIK.digits)


def _form(desk: Program) -> dict[str, Any]:
    form: dict[str, Any] = desk.typed("meja").get("RegistrationPage", {}).get("form", {})
    return form


def _card(desk: Program) -> dict[str, Any]:
    kept = list(desk.typed("perawat").get("ClinicPage", {}).get("kept", {}).values())
    card: dict[str, Any] = kept[0]["typed"] if kept else {}
    return card


def _answers(desk: Program) -> int:
    return sum(answer not in {None, ""} for answer in _card(desk).get("answers", {}).values())
