"""Who is not due is asked about before anything is injected, by the same schedule that judges the injection."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.doses.actions import arrive, postpone
from models.doses.timing import TOO_SOON, Injected, judge_next, timing
from models.people.birth import BirthDate
from models.vaccines.schedule import GivenDose

from .scene import DAY, TODAY, Clinic, catalogue
from .test_giving import elsewhere
from .test_visits import asked

WHO = BirthDate(date(1960, 5, 2))


def _given(*days_ago: int) -> list[GivenDose]:
    return [GivenDose("coronavac", TODAY - ago * DAY, 1, number) for number, ago in enumerate(days_ago, 1)]


@pytest.mark.parametrize(
    ("days_ago", "state", "number", "earliest"),
    [
        ((), "now", 1, TODAY),
        ((0,), "today", 2, TODAY + 28 * DAY),
        ((17,), "early", 2, TODAY + 11 * DAY),
        ((28,), "now", 2, TODAY),
        ((400, 372), "none", 0, None),
    ],
)
def test_whether_it_is_time_is_what_the_injection_is_asked_about(
    days_ago: tuple[int, ...], state: str, number: int, earliest: date | None
) -> None:
    who = Injected(WHO, None, _given(*days_ago))
    found = timing(catalogue(), who, on=TODAY)
    assert (found.state, found.number, found.earliest) == (state, number, earliest)
    judged = judge_next(catalogue(), who, "coronavac", on=TODAY)
    assert (judged.verdict == "allowed") == (state == "now")
    assert any(ask.code in TOO_SOON for ask in judged.asks) == (state == "early")
    assert any(each.code == "vaccine.same_day" for each in judged.refusals) == (state == "today")


def test_a_dose_of_today_that_does_not_count_is_one_of_today_all_the_same() -> None:
    found = timing(catalogue(), Injected(WHO, None, (), ("pfizer",)), on=TODAY)
    assert (found.state, found.given, found.given_number) == ("today", "pfizer", 0)


def test_the_queue_asks_about_somebody_of_today_and_takes_them_without_a_reason(clinic: Clinic) -> None:
    other = clinic.person()
    elsewhere(clinic, other, TODAY)
    values: dict[str, Any] = {"recipient": other, "post_id": clinic.post, "catalogue": catalogue()}
    assert asked("visits.injected_today", clinic.do, arrive, **values).details["product"] == "CoronaVac (Sinovac)"
    visit = clinic.do(arrive, confirmed=frozenset({"visits.injected_today"}), **values)
    assert clinic.visit(visit).step == "registered"


def test_the_queue_and_the_day_to_come_back_ask_about_an_interval_that_has_not_passed(clinic: Clinic) -> None:
    person = clinic.person()
    elsewhere(clinic, person, TODAY - 17 * DAY)
    values: dict[str, Any] = {"recipient": person, "post_id": clinic.post, "catalogue": catalogue()}
    details = asked("visits.not_due", clinic.do, arrive, **values).details
    assert (details["number"], details["earliest"], details["days"]) == (2, TODAY + 11 * DAY, 11)
    visit = clinic.do(arrive, confirmed=frozenset({"visits.not_due"}), **values)
    put_off: dict[str, Any] = {"visit": visit, "reason": "Belum waktunya", "catalogue": catalogue()}
    told = asked("visits.until_not_due", clinic.do, postpone, until=TODAY + DAY, **put_off).details
    assert told["earliest"] == TODAY + 11 * DAY
    clinic.do(postpone, until=TODAY + 11 * DAY, **put_off)
    assert clinic.visit(visit).step == "postponed"
