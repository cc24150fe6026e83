"""Whom to call when doses would be lost: who lives near, is due for just this vaccine, and has a telephone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.doses.actions import leave, postpone, withhold
from models.errors import Refused
from models.overview.calls.actions import draw_call_list, mark_call
from models.overview.calls.call_list import CallSheet, at_risk, how_many
from models.overview.calls.queries import call_sheet, whom_to_call
from models.overview.tables import call_list
from models.places.regions import Regions
from tests.models.doses.scene import DESAS, TODAY, Clinic, catalogue

PHONE = {"phone": "+628125550100"}


def _found(clinic: Clinic, product: str = "coronavac", most: int = 30) -> list[UUID]:
    with clinic.database.reading() as records:
        return whom_to_call(records, catalogue(), clinic.village, product, TODAY, most)


def _draw(clinic: Clinic, doses: int = 4) -> UUID:
    given: dict[str, Any] = {"post": clinic.village, "product": "coronavac", "day": TODAY, "doses": doses}
    made: UUID = clinic.do(draw_call_list, people=_found(clinic, most=how_many(doses)), **given)
    return made


def _sheet(clinic: Clinic, made: UUID, regions: Regions) -> CallSheet:
    with clinic.database.reading() as records:
        return call_sheet(records, made, catalogue(), regions)


def _lives(desa: str, dusun: str | None = None, **values: Any) -> dict[str, Any]:
    return {"desa": desa, "kecamatan": desa[:8], "dusun": dusun} | PHONE | values


def test_the_elderly_come_first_then_the_hamlet_the_desa_and_the_working_area(clinic: Clinic) -> None:
    own, other = DESAS[1], DESAS[2]
    far_old = clinic.born(date(1950, 1, 1), **_lives(other))
    near_old = clinic.born(date(1955, 1, 1), **_lives(own))
    far = clinic.person(**_lives(other))
    hamlet = clinic.born(date(1999, 3, 3), **_lives(own, "Parit Baru"))
    near = clinic.born(date(1970, 2, 2), **_lives(own, "Sungai Rasau"))
    clinic.person(**_lives("61.12.01.2001"))
    clinic.person(**_lives(own, phone=None))
    visitor = clinic.person(**_lives(own, " parit  BARU".strip().replace("  ", " ")))
    clinic.arrive(visitor, post=clinic.village)
    assert _found(clinic) == [near_old, far_old, hamlet, near, far]
    assert _found(clinic, most=2) == [near_old, far_old]


def test_only_who_is_due_for_this_vaccine_and_is_not_here_already(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    home = _lives(DESAS[1])
    child = clinic.born(date(2012, 5, 1), **home)
    due, early, put_off, never, left, back = (clinic.person(**home) for _ in range(6))
    today, clinic.now = clinic.now, clinic.now - timedelta(days=30)
    old = clinic.open(clinic.batch(), at=clinic.now, station="Meja 8")
    clinic.vaccinated(due, old)
    clinic.now = today - timedelta(days=3)
    clinic.vaccinated(early, clinic.open(clinic.batch(), at=clinic.now, station="Meja 9"))
    clinic.do(postpone, visit=clinic.arrive(put_off), reason="demam", until=TODAY + timedelta(days=4))
    clinic.do(postpone, visit=clinic.arrive(back), reason="demam", until=TODAY - timedelta(days=1))
    clinic.do(withhold, visit=clinic.arrive(never), reason="alergi berat")
    clinic.now = today
    clinic.vaccinated(clinic.person(**home), vial)
    clinic.do(leave, visit=clinic.arrive(left), reason="hujan")
    assert set(_found(clinic)) == {due, child, left, back}
    assert set(_found(clinic, "astrazeneca")) == {left, back}


def test_the_list_is_a_note_of_whose_number_was_seen_and_carries_no_nik(clinic: Clinic, regions: Regions) -> None:
    people = [clinic.person(**_lives(DESAS[1], rt="003", rw="001")) for _ in range(3)]
    made = _draw(clinic)
    with clinic.database.reading() as records:
        assert set(records.execute(sa.select(call_list.c.people)).scalar_one()) == {each.hex for each in people}
    sheet = _sheet(clinic, made, regions)
    assert (sheet.post, sheet.product, sheet.doses, len(sheet.lines)) == ("Pos Desa Pal Sembilan", "CoronaVac", 4, 3)
    assert {(line.phone, line.rt, line.dose, line.near) for line in sheet.lines} == {("+628125550100", "003", 1, 1)}
    assert not any("nik" in name for name in type(sheet.lines[0]).__slots__)
    assert sheet.lines[0].name not in repr(sheet), "an error report must not carry names"
    clinic.clean()


def test_calls_are_ticked_and_who_answered_is_not_called_twice(clinic: Clinic, regions: Regions) -> None:
    for _ in range(3):
        clinic.person(**_lives(DESAS[1]))
    made = _draw(clinic)
    first, second, third = (line.person for line in _sheet(clinic, made, regions).lines)
    for person, answer in ((first, "no"), (first, "comes"), (second, "no"), (third, "unreached")):
        clinic.do(mark_call, call_list=made, recipient=person, answer=answer)
    sheet = _sheet(clinic, made, regions)
    assert ([line.answer for line in sheet.lines], sheet.coming) == (["comes", "no", "unreached"], 1)
    assert _found(clinic) == [third]
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"answer": "mungkin"}, "calls.answer"),
        ({"recipient": clinic.person()}, "calls.not_listed"),
        ({"call_list": third}, "calls.unknown"),
    )
    right: dict[str, Any] = {"call_list": made, "recipient": third, "answer": "comes"}
    for values, code in wrong:
        with pytest.raises(Refused) as refusal:
            clinic.do(mark_call, **(right | values))
        assert refusal.value.code == code


def test_how_many_are_called_and_for_how_many_doses_nobody_is_there() -> None:
    assert [how_many(doses) for doses in (1, 4, 10, 14)] == [6, 12, 30, 30]
    assert [at_risk(6, 2), at_risk(2, 6)] == [4, 0]
