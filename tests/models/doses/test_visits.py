"""The way of a visit: its steps, its queue number, its day, and what the card makes of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.doses import queries
from models.doses.actions import finish, leave, observe, postpone, take_back, withhold
from models.doses.dose_actions import void_dose
from models.doses.screening import Measures
from models.doses.tables import screening, visit_step
from models.errors import Confirm, Forbidden, Refused
from models.records.base import new_id
from models.records.database import Database
from models.staff.queries import SignedIn
from models.staff.rights import rights_of
from tests.models.conftest import AllRights

from .scene import DAY, MINUTE, Clinic, card

HIGH = Measures(365, 190, 100)


def refused(code: str, act: Any, *values: Any, **named: Any) -> Refused:
    """`act` is refused with `code` and saves nothing."""
    with pytest.raises(Refused) as refusal:
        act(*values, **named)
    assert refusal.value.code == code
    return refusal.value


def asked(code: str, act: Any, *values: Any, **named: Any) -> Confirm:
    """`act` asks `code`."""
    with pytest.raises(Confirm) as question:
        act(*values, **named)
    assert question.value.code == code
    return question.value


def test_a_visit_goes_from_arrival_to_the_end_and_says_when_it_stands_where(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    visit = clinic.arrive(person)
    assert (clinic.visit(visit).step, clinic.visit(visit).queue_no) == ("registered", 1)
    assert clinic.screen(visit) == {"verdict": "proceed", "reasons": [], "until": None, "observe_minutes": 15}
    clinic.give(visit, vial)
    assert (clinic.visit(visit).step, clinic.visit(visit).observe_until) == ("injected", clinic.now + 15 * MINUTE)
    clinic.do(observe, visit=visit)
    assert clinic.visit(visit).observe_until == clinic.now + 15 * MINUTE
    early = asked("visits.observing", clinic.do, finish, visit=visit, recorded=clinic.now + 14 * MINUTE)
    assert early.details["minutes"] == 1
    confirmed = frozenset({"visits.observing"})
    refused("visits.reason_missing", clinic.do, finish, visit=visit, recorded=clinic.now + 14 * MINUTE, confirmed=confirmed)
    clinic.do(finish, visit=visit, recorded=clinic.now + 15 * MINUTE)
    found = clinic.visit(visit)
    assert (found.step, found.observe_until, found.position) == ("finished", None, 5)
    clinic.clean()


STEPS = ("registered", "screened", "injected", "observed", "finished", "postponed", "not_given", "left", "cancelled")
ALLOWED = {
    "registered": {"screen", "postpone", "withhold", "leave", "take_back"},
    "screened": {"screen", "give", "postpone", "withhold", "leave", "take_back"},
    "injected": {"observe", "finish"},
    "observed": {"finish"},
    "finished": set[str](),
    "postponed": {"screen", "postpone", "withhold", "take_back"},
    "not_given": {"screen", "postpone", "withhold", "take_back"},
    "left": {"screen", "postpone", "withhold"},
    "cancelled": set[str](),
}


@pytest.mark.parametrize("step", STEPS)
def test_only_the_right_steps_follow(clinic: Clinic, step: str) -> None:
    vial = clinic.vial_of(doses_per_vial=40)
    acts: dict[str, Callable[[UUID], Any]] = {
        "screen": clinic.screen,
        "screen_high": lambda visit: clinic.screen(visit, measures=HIGH),
        "give": lambda visit: clinic.give(visit, vial),
        "observe": lambda visit: clinic.do(observe, visit=visit),
        "finish": lambda visit: clinic.do(
            finish, visit=visit, confirmed=frozenset({"visits.observing"}), reason="dijemput keluarga"
        ),
        "postpone": lambda visit: clinic.do(postpone, visit=visit, reason="stok habis"),
        "withhold": lambda visit: clinic.do(withhold, visit=visit, reason="alergi berat"),
        "leave": lambda visit: clinic.do(leave, visit=visit),
        "take_back": lambda visit: clinic.do(take_back, visit=visit),
    }
    ways: dict[str, tuple[str, ...]] = {
        "registered": (), "screened": ("screen",), "injected": ("screen", "give"), "observed": ("screen", "give", "observe"),
        "finished": ("screen", "give", "finish"), "postponed": ("postpone",), "not_given": ("withhold",), "left": ("leave",),
        "cancelled": ("take_back",),
    }  # fmt: skip

    def visit_there() -> UUID:
        visit = clinic.arrive(clinic.person())
        for earlier in ways[step]:
            acts[earlier](visit)
        assert clinic.visit(visit).step == step
        return visit

    allowed = [name for name in acts if name.removesuffix("_high") in ALLOWED[step]]
    visit = visit_there()
    before = clinic.counts()
    for name in acts.keys() - set(allowed):
        with pytest.raises(Refused):
            acts[name](visit)
    assert clinic.counts() == before
    for name in allowed:
        acts[name](visit_there())
    clinic.clean()


def test_an_open_visit_is_not_opened_twice_on_a_day_and_its_number_is_named(clinic: Clinic) -> None:
    person = clinic.person()
    clinic.arrive(clinic.person())
    first = clinic.arrive(person)
    assert refused("visits.already_open", clinic.arrive, person, post=clinic.village).details["queue_no"] == 2
    clinic.do(leave, visit=first)
    assert clinic.visit(clinic.arrive(person)).queue_no == 3
    clinic.clean()


def test_two_desks_that_open_one_persons_visit_together_open_one(clinic: Clinic) -> None:
    person = clinic.person()
    start = Barrier(2)

    def desk(post: Any) -> str:
        start.wait()
        try:
            clinic.arrive(person, post=post)
        except Refused as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(desk, (clinic.post, clinic.village))) == ["", "visits.already_open"]
    clinic.clean()


def test_queue_numbers_of_a_post_and_day_have_no_gap_when_two_desks_give_them_out(clinic: Clinic) -> None:
    people = [clinic.person() for _ in range(16)]

    def desk(mine: list[Any]) -> None:
        for person in mine:
            with pytest.raises(Refused):
                clinic.arrive(new_id())
            clinic.arrive(person)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(desk, (people[::2], people[1::2])))
    with clinic.database.reading() as records:
        assert [row.visit.queue_no for row in queries.queue(records, clinic.post, clinic.today)] == list(range(1, 17))
    assert clinic.visit(clinic.arrive(clinic.person(), post=clinic.village)).queue_no == 1
    assert clinic.visit(clinic.arrive(clinic.person(), at=clinic.now - DAY)).queue_no == 1
    clinic.clean()


def test_nobody_comes_to_a_warehouse_or_to_no_post(clinic: Clinic) -> None:
    for post in (clinic.warehouse, new_id()):
        refused("visits.no_post", clinic.arrive, clinic.person(), post=post)
    refused("visits.no_person", clinic.arrive, new_id())


@pytest.mark.parametrize("zone", ["WIB", "WITA", "WIT"])
def test_half_past_eleven_at_night_utc_is_the_next_day_in_indonesia(
    database: Database, actor: AllRights, zone: str
) -> None:
    clinic = Clinic(database, actor, zone=zone, now=datetime(2021, 12, 20, 23, 30, tzinfo=UTC))
    vial = clinic.vial_of()
    visit = clinic.screened(clinic.person())
    dose = clinic.give(visit, vial)
    assert (clinic.visit(visit).day, clinic.dose(dose).day) == (date(2021, 12, 21),) * 2


@pytest.mark.parametrize(("zone", "day"), [("WIB", 20), ("WITA", 20), ("WIT", 21)])
def test_the_day_turns_at_the_facilitys_own_midnight(database: Database, actor: AllRights, zone: str, day: int) -> None:
    clinic = Clinic(database, actor, zone=zone, now=datetime(2021, 12, 20, 15, 30, tzinfo=UTC))
    assert clinic.visit(clinic.arrive(clinic.person())).day == date(2021, 12, day)


def test_an_incomplete_card_is_refused_and_names_what_is_missing(clinic: Clinic) -> None:
    person = clinic.born(date(1990, 5, 17))
    visit = clinic.arrive(person)
    whole = card(clinic.persons[person])
    some = {code: answer for code, answer in whole.answers.items() if code != "autoimmune"}
    forms: list[tuple[dict[str, Any], str]] = [
        ({"answers": some}, "screening.unanswered"),
        ({"survivor": None}, "screening.survivor_missing"),
        ({"survivor": "mild"}, "screening.recovered_missing"),
        ({"measures": Measures(None, 120, 80)}, "screening.temperature_missing"),
        ({"measures": Measures(365, 120, None)}, "screening.pressure_missing"),
    ]
    before = clinic.counts()
    for values, code in forms:
        refusal = refused("visits.screening_incomplete", clinic.screen, visit, **values)
        missing: Any = refusal.details["missing"]
        assert [reason.code for reason in missing] == [code]
    refused("visits.screener_missing", clinic.screen, visit, screener=" ")
    refused("visits.screener_name", clinic.screen, visit, screener="12080")
    refused("screening.temperature", clinic.screen, visit, measures=Measures(365 * 10, 120, 80))
    assert clinic.counts() == before
    assert clinic.visit(visit).step == "registered"


def test_a_high_pressure_waits_and_a_second_value_before_five_minutes_is_asked_about(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.person())
    assert clinic.screen(visit, measures=HIGH)["verdict"] == "repeat_pressure"
    assert (clinic.visit(visit).step, clinic.visit(visit).repeat_from) == ("registered", clinic.now + 5 * MINUTE)
    clinic.clean()
    refused("doses.not_screened", clinic.give, visit, clinic.vial_of())
    again = Measures(365, 190, 100, (150, 90))
    early = asked("visits.repeat_early", clinic.screen, visit, measures=again, recorded=clinic.now + 4 * MINUTE)
    assert early.details["minutes"] == 1
    clinic.screen(visit, measures=again, recorded=clinic.now + 5 * MINUTE)
    assert (clinic.visit(visit).step, clinic.visit(visit).repeat_from) == ("screened", None)
    clinic.clean()


def test_a_pressure_said_to_be_repeated_without_a_first_one_is_asked_about_and_the_reason_is_kept(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.person())
    again = Measures(365, 190, 100, (150, 90))
    asked("visits.repeat_early", clinic.screen, visit, measures=again)
    clinic.screen(visit, measures=again, confirmed=frozenset({"visits.repeat_early"}), reason="diukur di luar")
    with clinic.database.reading() as records:
        found = queries.screening_of(records, visit)
    assert found is not None
    assert (found.overruled_because, found.repeat_systolic) == ("diukur di luar", 150)


def test_a_pressure_that_stays_high_puts_the_visit_off(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.person())
    clinic.screen(visit, measures=HIGH)
    answer = clinic.screen(visit, measures=Measures(365, 190, 100, (181, 90)), recorded=clinic.now + 6 * MINUTE)
    assert (answer["verdict"], answer["reasons"]) == ("postpone", ["screening.pressure_high"])
    assert clinic.visit(visit).step == "postponed"


def test_a_new_card_with_a_high_pressure_stops_an_injection_that_was_allowed_before(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    visit = clinic.screened(clinic.person())
    assert clinic.screen(visit, measures=HIGH)["verdict"] == "repeat_pressure"
    refused("doses.not_screened", clinic.give, visit, vial)
    clinic.screen(visit, measures=Measures(365, 190, 100, (150, 90)), recorded=clinic.now + 6 * MINUTE)
    clinic.give(visit, vial, recorded=clinic.now + 7 * MINUTE)
    clinic.clean()


def step_of(clinic: Clinic, visit: Any) -> Any:
    newest = sa.select(visit_step).where(visit_step.c.visit_id == visit).order_by(visit_step.c.position.desc()).limit(1)
    with clinic.database.reading() as records:
        return records.execute(newest).one()


def test_postponed_and_withheld_carry_the_codes_of_the_national_platform(clinic: Clinic) -> None:
    person = clinic.born(date(1990, 5, 17), sex="female")
    visit = clinic.arrive(person)
    assert clinic.screen(visit, yes=("autoimmune",))["verdict"] == "postpone"
    row = step_of(clinic, visit)
    assert (row.step, row.status_reason, row.reason) == ("postponed", "IS000001", "screening.autoimmune")
    answer = clinic.screen(visit, survivor="mild", recovered=clinic.today - 10 * DAY)
    assert (answer["verdict"], answer["until"]) == ("postpone", "2022-01-10")
    assert step_of(clinic, visit).until == date(2022, 1, 10)
    refused("visits.until_past", clinic.do, postpone, visit=visit, reason="stok", until=clinic.today)
    refused("visits.reason_missing", clinic.do, withhold, visit=visit, reason=" ")
    clinic.do(withhold, visit=visit, reason="tidak bersedia")
    row = step_of(clinic, visit)
    assert (row.step, row.status_reason, row.reason) == ("not_given", "IS000002", "tidak bersedia")
    clinic.screen(visit)
    assert (step_of(clinic, visit).step, step_of(clinic, visit).status_reason) == ("screened", None)
    clinic.clean()


class Role:
    """Somebody with the rights of one role."""

    def __init__(self, actor: AllRights, role: str) -> None:
        self.account, self.facility, self._rights = actor.account, actor.facility, rights_of([role])

    def may(self, _records: sa.Connection, right: str, _now: datetime) -> bool:
        return right in self._rights


def test_only_a_doctor_with_a_reason_overrules_the_card(clinic: Clinic, actor: AllRights) -> None:
    visit = clinic.arrive(clinic.person())
    overruled: dict[str, Any] = {"yes": ("autoimmune",), "verdict": "proceed"}
    refused("visits.reason_missing", clinic.screen, visit, **overruled)
    clinic.actor = Role(actor, "vaccinator")
    with pytest.raises(Forbidden) as forbidden:
        clinic.screen(visit, because="sudah terkendali", **overruled)
    assert forbidden.value.details["right"] == "screening.overrule"
    clinic.actor = Role(actor, "doctor")
    refused("visits.verdict_unknown", clinic.screen, visit, yes=("autoimmune",), verdict="boleh", because="x")
    assert clinic.screen(visit, because="sudah terkendali", **overruled)["verdict"] == "proceed"
    with clinic.database.reading() as records:
        row = records.execute(sa.select(screening)).one()
    assert (row.rule_verdict, row.verdict, row.overruled_because) == ("postpone", "proceed", "sudah terkendali")
    assert clinic.visit(visit).step == "screened"


def test_a_visit_of_yesterday_is_neither_screened_nor_injected_today_but_can_be_ended(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    old, waiting = clinic.screened(clinic.person()), clinic.arrive(clinic.person())
    clinic.now += DAY
    refused("visits.other_day", clinic.screen, waiting)
    refused("visits.other_day", clinic.screen, waiting, measures=HIGH)
    refused("visits.other_day", clinic.give, old, vial, confirmed=frozenset({"vial.past_hour"}), reason="uji")
    clinic.do(leave, visit=old, reason="tidak kembali")
    clinic.do(leave, visit=waiting)
    clinic.clean()


def test_a_late_entry_is_recorded_now_and_happened_then(clinic: Clinic) -> None:
    vial = clinic.vial_of(vials=1)
    then = clinic.now - 10 * MINUTE
    visit = clinic.arrive(clinic.person(), at=then)
    clinic.screen(visit, at=then + MINUTE)
    dose = clinic.give(visit, vial, at=then + 2 * MINUTE)
    assert (clinic.visit(visit).since, clinic.dose(dose).at) == (then + 2 * MINUTE, then + 2 * MINUTE)
    refused("records.in_the_future", clinic.arrive, clinic.person(), at=clinic.now + timedelta(seconds=1))
    clinic.clean()


def test_a_visit_with_a_valid_dose_cannot_be_taken_back_until_the_dose_is(clinic: Clinic) -> None:
    visit = clinic.screened(clinic.person())
    dose = clinic.give(visit, clinic.vial_of())
    refused("visits.step", clinic.do, take_back, visit=visit)
    clinic.do(void_dose, dose_id=dose, injected=False, reason="salah orang")
    clinic.do(take_back, visit=visit)
    assert clinic.visit(visit).step == "cancelled"
    clinic.clean()


def test_someone_without_the_right_opens_no_visit(clinic: Clinic) -> None:
    person = clinic.person()
    clinic.actor = SignedIn(new_id(), clinic.actor.facility, "tamu", "Tamu", ())
    with pytest.raises(Forbidden):
        clinic.arrive(person)


def test_a_pressure_repeated_too_early_is_not_saved_without_a_reason(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.person())
    clinic.screen(visit, measures=HIGH)
    early = frozenset({"visits.repeat_early"})
    again = Measures(365, 190, 100, (150, 90))
    found = refused("visits.reason_missing", clinic.screen, visit, measures=again, confirmed=early, reason="  ")
    assert (found.field, clinic.visit(visit).step) == ("reason", "registered")
    clinic.now += 5 * MINUTE
    clinic.screen(visit, measures=again, confirmed=early)  # in time there is nothing to explain
    assert clinic.visit(visit).step == "screened"


def test_a_lower_pressure_typed_over_the_high_one_does_not_end_the_wait(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.person())
    clinic.screen(visit, measures=HIGH)
    lower = Measures(365, 120, 80)
    asked("visits.repeat_early", clinic.screen, visit, measures=lower)
    assert clinic.screen(visit, yes=("autoimmune",), measures=HIGH)["verdict"] == "postpone"
    other = clinic.arrive(clinic.person())
    clinic.screen(other, measures=HIGH)
    clinic.screen(other, measures=lower, confirmed=frozenset({"visits.repeat_early"}), reason="salah ketik: 120, bukan 190")
    assert clinic.visit(other).step == "screened"


def test_a_day_to_come_back_lies_ahead_on_the_card_too(clinic: Clinic) -> None:
    visit = clinic.arrive(clinic.person())
    later: dict[str, Any] = {"verdict": "postpone", "because": "demam semalam"}
    refused("visits.until_past", clinic.screen, visit, **later, until=clinic.today)
    assert clinic.screen(visit, **later, until=clinic.today + DAY)["until"] == "2021-12-21"


def test_words_longer_than_their_column_are_cut_and_never_stop_the_desk(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    visit = clinic.screened(clinic.person())
    dose = clinic.give(visit, vial, vaccinator="N" * 150)
    clinic.do(finish, visit=visit, complaint="k" * 400, recorded=clinic.now + 15 * MINUTE)
    other = clinic.arrive(clinic.person())
    clinic.screen(other, verdict="postpone", because="a" * 400)
    assert (clinic.dose(dose).vaccinator, clinic.visit(other).step) == ("N" * 100, "postponed")
    clinic.clean()
