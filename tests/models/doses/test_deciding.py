"""A doctor decides about a card that is saved; whoever comes next sees how the visit came to stand where it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from models.doses.deciding_actions import decide
from models.doses.desk_queries import StepRow, last_used, newest_step
from models.doses.queries import ScreeningRow, screening_of
from models.doses.question_sets import question_set, questions_for
from models.doses.screening import Measures
from models.stock.actions import set_batch_status
from models.stock.opened.actions import hand_over

from .scene import DAY, MINUTE, TODAY, Clinic, card
from .test_visits import refused


def _card(clinic: Clinic, visit: UUID) -> ScreeningRow:
    with clinic.database.reading() as records:
        found = screening_of(records, visit)
    assert found is not None
    return found


def _newest(clinic: Clinic, visit: UUID) -> StepRow:
    with clinic.database.reading() as records:
        found = newest_step(records, visit)
    assert found is not None
    return found


def test_a_doctor_lets_somebody_proceed_on_the_answers_that_another_one_wrote_down(clinic: Clinic) -> None:
    person = clinic.person(sex="male")
    visit = clinic.arrive(person)
    form = card(clinic.persons[person], yes=("allergy_vaccine",), measures=Measures(365, 184, 112, (150, 90)))
    clinic.screen(visit, form=form, confirmed=frozenset({"visits.repeat_early"}), reason="sudah diukur")
    before = _card(clinic, visit)
    assert (before.verdict, _newest(clinic, visit).step) == ("postpone", "postponed")
    refused("visits.reason_missing", clinic.do, decide, visit=visit, verdict="proceed", because=" ")
    refused("visits.verdict_unknown", clinic.do, decide, visit=visit, verdict="postpone", because="sama saja")
    clinic.now += MINUTE
    answer = clinic.do(decide, visit=visit, verdict="proceed", because="bukan alergi berat")
    assert (answer["verdict"], answer["observe_minutes"]) == ("proceed", 30)
    after = _card(clinic, visit)
    assert (after.screener, after.answers, after.rule_verdict) == (before.screener, before.answers, "postpone")
    assert (after.verdict, after.overruled_because) == ("proceed", "bukan alergi berat")
    assert clinic.visit(visit).step == "screened"
    dose = clinic.dose(clinic.give(visit, clinic.vial_of()))
    assert dose.valid
    clinic.clean()


def test_a_visit_without_a_card_is_decided_by_nobody(clinic: Clinic) -> None:
    refused("visits.no_card", clinic.do, decide, visit=clinic.arrive(clinic.person()), verdict="proceed", because="sehat")


def test_why_and_by_whom_somebody_was_put_off_is_read_with_the_day(clinic: Clinic) -> None:
    visit = clinic.screened(clinic.person())
    clinic.do(decide, visit=visit, verdict="not_given", because="menolak")
    assert (_newest(clinic, visit).step, _newest(clinic, visit).reason) == ("not_given", "menolak")
    clinic.do(decide, visit=visit, verdict="postpone", because="minggu depan", until=TODAY + 7 * DAY)
    found = _newest(clinic, visit)
    assert (found.step, found.reason, found.until, found.at) == ("postponed", "minggu depan", TODAY + 7 * DAY, clinic.now)
    clinic.clean()


def test_the_vial_used_last_is_the_one_drawn_from_or_taken_over_last(clinic: Clinic) -> None:
    first, second, third = (clinic.open(clinic.batch(), station=f"Meja {number}") for number in (1, 2, 3))
    clinic.vaccinated(clinic.person(), second, at=clinic.now - timedelta(minutes=5))
    clinic.vaccinated(clinic.person(), first, at=clinic.now - timedelta(minutes=9))
    clinic.do(hand_over, vial=first, station="Meja 4")
    with clinic.database.reading() as records:
        found = last_used(records, [first, second, third])
        assert last_used(records, []) == {}
    assert found == {first: clinic.now, second: clinic.now - timedelta(minutes=5)}


def test_an_open_vial_says_why_no_dose_may_be_drawn_from_it(clinic: Clinic) -> None:
    batch = clinic.batch()
    open_, zone = clinic.open(batch), clinic.zone
    assert clinic.vial(open_).why_not(clinic.now, zone) == ""
    assert clinic.vial(open_).why_not(clinic.now + timedelta(hours=6), zone) == "hour"
    assert clinic.vial(open_).why_not(clinic.now + 400 * DAY, zone) == "expired"
    sound: dict[str, Any] = {"held": False, "vvm": "A", "frozen": False, "extended_to": None, "letter": "", "reason": "uji"}
    for status, why in (({"held": True}, "held"), ({"vvm": "C"}, "vvm"), ({"frozen": True}, "frozen"), ({}, "")):
        clinic.now += MINUTE
        clinic.do(set_batch_status, batch=batch, **(sound | status))
        assert clinic.vial(open_).why_not(clinic.now, zone) == why


def test_women_past_their_fertile_years_are_not_asked_whether_they_are_pregnant() -> None:
    def asks(age: int, sex: str = "female") -> bool:
        asked = questions_for(question_set(age, TODAY), age=age, dose_number=1, sex=sex)
        return "pregnant" in {question.code for question in asked}

    assert [asks(18), asks(54), asks(55), asks(79), asks(30, "male")] == [True, True, False, False, False]
