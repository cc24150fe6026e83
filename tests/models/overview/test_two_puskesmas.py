"""Two puskesmas on one server share the people and nothing else: posts, visits and who waits for a vial are each one's own."""

from __future__ import annotations

from typing import Any

import pytest

from models.certificates.letter_actions import issue_letter
from models.doses.actions import arrive, finish, leave, observe, postpone, screen, take_back, withhold
from models.doses.complaint_actions import note_complaint
from models.doses.dose_actions import give_dose
from models.doses.step_actions import finish_observation, step_back
from models.errors import Refused
from models.overview.stock.report import second_due
from models.records.base import new_id
from models.records.database import Database
from tests.models.conftest import AllRights
from tests.models.doses.scene import Clinic, card, catalogue


@pytest.fixture
def one(sqlite_database: Database, actor: AllRights) -> Clinic:
    """On one database: what is asked for by its facility is the same on both."""
    return Clinic(sqlite_database, actor)


@pytest.fixture
def other(one: Clinic) -> Clinic:
    return Clinic(one.database, AllRights(new_id(), new_id()), seed=8)


def test_who_waits_for_a_second_dose_is_counted_where_the_first_one_was_given(one: Clinic, other: Clinic) -> None:
    for clinic, people in ((one, 1), (other, 2)):
        vial = clinic.vial_of()
        for _ in range(people):
            clinic.vaccinated(clinic.person(), vial)
    with one.database.reading() as records:
        due = [second_due(records, each.actor.facility) for each in (one, other)]
    assert due == [{"coronavac": 1}, {"coronavac": 2}]


def test_no_desk_puts_anybody_into_the_queue_of_another_puskesmas(one: Clinic, other: Clinic) -> None:
    person = one.person()
    with pytest.raises(Refused, match=r"visits\.no_post"):
        one.do(arrive, recipient=person, post_id=other.post)
    assert other.visit(other.arrive(person)).step == "registered", "the people are everybody's"


def test_no_desk_moves_a_visit_of_another_puskesmas(one: Clinic, other: Clinic) -> None:
    person = one.person()
    registered, screened = one.arrive(person), one.screened(one.person())
    vial = one.vial_of()
    injected = one.screened(one.person())
    one.give(injected, vial)
    form = card(one.persons[person])
    given: dict[str, Any] = {"catalogue": catalogue(), "vial": vial, "limb": "left_arm", "vaccinator": "Bd. Lain"}
    wrong: tuple[tuple[Any, dict[str, Any]], ...] = (
        (screen, {"visit": registered, "form": form, "dose_number": 1}),
        (postpone, {"visit": registered, "reason": "stok habis"}),
        (withhold, {"visit": registered, "reason": "alergi"}),
        (leave, {"visit": registered}),
        (take_back, {"visit": registered}),
        (step_back, {"visit": screened}),
        (give_dose, {"visit": screened, **given}),
        (observe, {"visit": injected}),
        (note_complaint, {"visit": injected, "complaint": "pusing"}),
        (finish, {"visit": injected, "confirmed": frozenset({"visits.observing"}), "reason": "pulang"}),
        (finish_observation, {"visits": [injected]}),
        (issue_letter, {"visit": screened, "facts": None, "key": None, "issued_at": one.now}),
    )
    for act, values in wrong:
        with pytest.raises(Refused, match=r"visits\.unknown"):
            other.do(act, **values)
    assert [one.visit(each).step for each in (registered, screened, injected)] == ["registered", "screened", "injected"]
    one.clean()
