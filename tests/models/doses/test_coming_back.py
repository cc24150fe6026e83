"""Who is put off comes back on a day of service; who may vaccinate is proposed; cards of children and pregnant women are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from models.doses import queries
from models.doses.actions import postpone
from models.doses.day_queries import propose_return, vaccinators
from models.doses.screening import Measures
from models.doses.tables import screening, visit_step
from models.doses.visits import ReturnDay, first_return, return_day
from models.places.actions import PostDraft, set_post, set_service_day
from models.places.queries import next_service
from models.records.database import Database
from models.staff.actions import AccountDraft, set_account
from tests.models.conftest import AllRights

from .scene import DAY, MINUTE, TODAY, Clinic, card
from .test_visits import Role, refused

POST, OTHER = uuid4(), uuid4()
SICK: dict[str, Any] = {"survivor": "mild", "recovered": TODAY - 10 * DAY}  # may come from 10 January on


def serve_on(clinic: Clinic, post: UUID, *days: date, roster: tuple[str, ...] = ()) -> None:
    for day in days:
        clinic.do(set_service_day, post_id=post, day=day, roster=list(roster))


def proposed(clinic: Clinic, until: date | None, post: UUID | None = None) -> ReturnDay:
    with clinic.database.reading() as records:
        return propose_return(
            records, post=post or clinic.post, facility=clinic.actor.facility, until=until, today=clinic.today
        )


@pytest.mark.parametrize(
    ("until", "first"),
    [(None, TODAY + DAY), (TODAY - DAY, TODAY + DAY), (TODAY, TODAY + DAY), (date(2022, 1, 10), date(2022, 1, 10))],
)
def test_nobody_comes_back_before_tomorrow_nor_before_the_rules_day(until: date | None, first: date) -> None:
    assert first_return(until, TODAY) == first
    assert return_day(until, TODAY, None) == ReturnDay(first)
    assert return_day(until, TODAY, (first, POST)) == ReturnDay(first, POST)
    assert return_day(until, TODAY, (first - DAY, POST)) == ReturnDay(first)


def test_the_next_day_of_service_is_that_of_the_own_post_else_the_earliest_of_another(clinic: Clinic) -> None:
    facility = clinic.actor.facility
    spare = clinic.do(set_post, draft=PostDraft(code="PS1", name="Pos Lama", kind="village_post"))

    def found(post: UUID, first: date) -> tuple[UUID, date] | None:
        with clinic.database.reading() as records:
            row = next_service(records, post, facility, first)
        return None if row is None else (row.post, row.day)

    assert found(clinic.post, TODAY) is None
    serve_on(clinic, clinic.village, date(2022, 1, 12), date(2022, 1, 5))
    serve_on(clinic, spare, date(2022, 1, 4))
    assert found(clinic.post, TODAY) == (spare, date(2022, 1, 4))
    clinic.do(set_post, draft=PostDraft(code="PS1", name="Pos Lama", kind="village_post", active=False), post_id=spare)
    assert found(clinic.post, TODAY) == (clinic.village, date(2022, 1, 5))
    assert found(clinic.village, date(2022, 1, 6)) == (clinic.village, date(2022, 1, 12))
    serve_on(clinic, clinic.post, date(2022, 2, 1))
    assert found(clinic.post, date(2022, 1, 5)) == (clinic.post, date(2022, 2, 1))
    assert found(clinic.post, date(2022, 2, 1)) == (clinic.post, date(2022, 2, 1))
    assert found(clinic.post, date(2022, 2, 2)) is None


def test_the_proposal_is_a_day_of_service_or_says_that_none_is_planned(clinic: Clinic) -> None:
    assert proposed(clinic, None) == ReturnDay(TODAY + DAY)
    assert proposed(clinic, date(2022, 1, 3)) == ReturnDay(date(2022, 1, 3))
    serve_on(clinic, clinic.post, TODAY, date(2022, 1, 4))
    assert proposed(clinic, date(2022, 1, 3)) == ReturnDay(date(2022, 1, 4), clinic.post)
    assert proposed(clinic, None) == ReturnDay(date(2022, 1, 4), clinic.post)  # not today once more


def row_of(clinic: Clinic, visit: UUID) -> queries.QueueRow:
    with clinic.database.reading() as records:
        return next(row for row in queries.queue(records, clinic.post, clinic.today) if row.visit.id == visit)


def test_a_card_puts_off_to_the_day_of_service_and_the_queue_shows_it(clinic: Clinic) -> None:
    serve_on(clinic, clinic.post, date(2022, 1, 3), date(2022, 1, 13))
    visit = clinic.arrive(clinic.person())
    assert clinic.screen(visit, **SICK)["until"] == "2022-01-13"
    assert row_of(clinic, visit).until == date(2022, 1, 13)
    with clinic.database.reading() as records:
        found = queries.screening_of(records, visit)
    assert found is not None
    assert found.until == date(2022, 1, 10)  # what the rule says stays on the card
    assert [reason.details for reason in found.told()] == [{"until": date(2022, 1, 10)} | dict(found.told()[0].details)]
    clinic.clean()


def test_the_desk_chooses_another_day_but_none_before_the_rules(clinic: Clinic, actor: AllRights) -> None:
    serve_on(clinic, clinic.post, date(2022, 1, 13))
    visit = clinic.arrive(clinic.person())
    found = refused("visits.until_early", clinic.screen, visit, until=date(2022, 1, 9), **SICK)
    assert (found.field, found.details["until"]) == ("until", date(2022, 1, 10))
    assert clinic.screen(visit, until=date(2022, 1, 10), **SICK)["until"] == "2022-01-10"
    clinic.actor = Role(actor, "doctor")
    decided: dict[str, Any] = {"verdict": "not_given", "because": "dinilai dokter"}
    assert clinic.screen(visit, until=date(2022, 1, 9), **decided, **SICK)["until"] is None
    decided["verdict"] = "proceed"
    assert clinic.screen(visit, until=date(2022, 1, 9), **decided, **SICK)["until"] is None
    assert row_of(clinic, visit).until is None


def test_put_off_by_hand_keeps_the_day_that_was_agreed(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.person())
    clinic.do(postpone, visit=visit, reason="stok habis", until=date(2022, 1, 3))
    assert row_of(clinic, visit).until == date(2022, 1, 3)
    other = clinic.arrive(clinic.person())
    clinic.do(postpone, visit=other, reason="ingin lain hari")
    assert row_of(clinic, other).until is None  # nobody named a day, so none is invented
    clinic.clean()


def test_the_vaccinators_are_the_roster_then_who_may_give_doses(clinic: Clinic) -> None:
    def account(login: str, name: str, role: str, ends: datetime | None = None) -> None:
        draft = AccountDraft(login=login, name=name, roles=(role,), password="tiga kata panjang", ends_at=ends)
        clinic.do(set_account, draft=draft)

    account("dewi", "Bd. Dewi Kartika", "vaccinator")
    account("ani", "Ns. Ani", "coordinator")
    account("budi", "Budi", "registration")
    account("lama", "Ns. Lama", "vaccinator", datetime(2021, 12, 19, 17, 0, tzinfo=UTC))
    with clinic.database.reading() as records:
        assert vaccinators(records, clinic.post, TODAY) == ("Bd. Dewi Kartika", "Ns. Ani")
        assert "Ns. Lama" in vaccinators(records, clinic.post, TODAY - DAY)
        assert vaccinators(records, uuid4(), TODAY) == ()
    serve_on(clinic, clinic.post, TODAY, roster=("Ns. Nurul Aini", "bd. dewi kartika"))
    with clinic.database.reading() as records:
        assert vaccinators(records, clinic.post, TODAY) == ("Ns. Nurul Aini", "bd. dewi kartika", "Ns. Ani")
        assert vaccinators(records, clinic.village, TODAY) == ("Bd. Dewi Kartika", "Ns. Ani")


def stored_card(clinic: Clinic) -> Any:
    with clinic.database.reading() as records:
        return records.execute(sa.select(screening)).one()


@pytest.mark.parametrize(("years", "code"), [(8, "anak-2021"), (15, "remaja-2021")])
def test_a_childs_card_is_kept_and_repeated_by_its_own_limits(clinic: Clinic, years: int, code: str) -> None:
    visit = clinic.arrive(clinic.born(date(TODAY.year - years, 3, 1)))
    assert clinic.screen(visit, measures=Measures(365, 141, 80))["verdict"] == "repeat_pressure"
    assert stored_card(clinic).question_set == code
    again = Measures(365, 141, 80, (140, 90))
    assert clinic.screen(visit, measures=again, recorded=clinic.now + 5 * MINUTE)["verdict"] == "proceed"
    clinic.clean()


def test_a_child_below_six_is_refused_at_the_card(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.born(date(2016, 3, 1)))
    form = card(clinic.persons[clinic.person()])
    refused("screening.under_six", clinic.screen, visit, form=form)
    assert clinic.visit(visit).step == "registered"


def test_a_pregnant_womans_answers_are_kept_and_those_never_asked_are_not(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.born(date(1995, 3, 1), sex="female"))
    answer = clinic.screen(visit, yes=("pregnant", "pregnant_early"))
    assert (answer["verdict"], answer["reasons"]) == ("postpone", ["screening.pregnant_early"])
    row = stored_card(clinic)
    assert (row.question_set, row.answers["pregnant"], row.answers["pregnant_early"]) == ("dewasa-2021-08", True, True)
    assert row.answers["pregnant_illness"] is False


def test_an_answer_to_a_question_that_is_no_longer_asked_is_not_kept(clinic: Clinic) -> None:
    person = clinic.born(date(1995, 3, 1), sex="female")
    form = card(clinic.persons[person])
    answers = dict(form.answers) | {"pregnant_early": True}
    visit = clinic.arrive(person)
    assert clinic.screen(visit, answers=answers)["verdict"] == "proceed"
    assert "pregnant_early" not in stored_card(clinic).answers


def test_on_the_day_before_the_letter_a_pregnant_woman_was_put_off(database: Database, actor: AllRights) -> None:
    clinic = Clinic(database, actor, now=datetime(2021, 8, 1, 2, 0, tzinfo=UTC))
    visit = clinic.arrive(clinic.born(date(1995, 3, 1), sex="female"))
    assert clinic.screen(visit, yes=("pregnant",))["verdict"] == "postpone"
    assert stored_card(clinic).question_set == "dewasa-2021"
    clinic.now += DAY
    later = clinic.arrive(clinic.born(date(1994, 3, 1), sex="female"))
    assert clinic.screen(later, yes=("pregnant",))["verdict"] == "proceed"
    with clinic.database.reading() as records:
        steps = records.execute(sa.select(visit_step.c.reason).where(visit_step.c.step == "postponed")).scalars().all()
    assert steps == ["screening.pregnant"]
