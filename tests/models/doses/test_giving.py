"""A dose is drawn from a real vial, judged by the rules, and counted once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.doses import queries
from models.doses.actions import arrive, finish
from models.doses.dose_actions import record_elsewhere, serve
from models.doses.screening import Measures
from models.errors import Confirm, Refused
from models.people.actions import correct
from models.records.base import new_id
from models.records.entries import entry
from models.stock.actions import set_batch_status
from models.stock.batch_day_queries import batch_days
from models.stock.opened.actions import close_vial, lose

from .scene import DAY, MINUTE, Clinic, card, catalogue
from .test_visits import asked, refused


def elsewhere(clinic: Clinic, person: UUID, day: date, product: str = "coronavac", **values: Any) -> UUID:
    given: dict[str, Any] = {"elsewhere": "RSUD dr. Soedarso", "proof": "Kartu vaksin"} | values
    made: UUID = clinic.do(record_elsewhere, catalogue=catalogue(), recipient=person, product=product, day=day, **given)
    return made


def test_a_dose_draws_exactly_its_volume_and_the_vial_account_adds_up(clinic: Clinic) -> None:
    batch = clinic.batch()
    vial = clinic.open(batch)
    person = clinic.person(desa="61.12.09.2003", group="petugas_publik")
    dose = clinic.dose(clinic.vaccinated(person, vial))
    found = clinic.vial(vial)
    assert (found.drawn_ul, found.doses, found.left_ul, found.lost_ul, found.overfill_ul) == (500, 1, 4500, 0, 0)
    assert (dose.vial, dose.batch, dose.volume_ul, dose.half) == (vial, batch, 500, False)
    assert (dose.series, dose.number, dose.valid, dose.voided, dose.asked) == (1, 1, True, None, ())
    assert (dose.desa, dose.target_group, dose.sex) == ("61.12.09.2003", "petugas_publik", clinic.persons[person].sex)
    clinic.vaccinated(clinic.person(), vial)
    clinic.do(lose, vial=vial, kind="spilled", volume_ul=300)
    assert clinic.do(close_vial, vial=vial, reason="akhir sesi") == 3700
    clinic.clean()


def test_what_is_said_at_the_dose_stays_when_the_person_moves(clinic: Clinic) -> None:
    person = clinic.person(desa="61.12.09.2003")
    dose = clinic.vaccinated(person, clinic.vial_of())
    moved = replace(clinic.persons[person], desa="61.12.09.2001")
    clinic.do(correct, recipient=person, person=moved, reason="pindah")
    assert clinic.dose(dose).desa == "61.12.09.2003"


@pytest.mark.parametrize("values", [{"limb": "arm"}, {"limb": ""}, {"vaccinator": "  "}])
def test_limb_and_vaccinator_are_named(clinic: Clinic, values: dict[str, str]) -> None:
    visit, vial = clinic.screened(clinic.person()), clinic.vial_of()
    with pytest.raises(Refused) as refusal:
        clinic.give(visit, vial, **values)
    assert refusal.value.field == next(iter(values))


def test_an_unscreened_visit_an_unknown_vial_and_an_unknown_visit_get_nothing(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    refused("doses.not_screened", clinic.give, clinic.arrive(clinic.person()), vial)
    refused("doses.vial_missing", clinic.give, clinic.screened(clinic.person()), new_id())
    refused("visits.unknown", clinic.give, new_id(), vial)
    assert clinic.vial(vial).doses == 0


def test_a_second_dose_too_early_is_asked_about_and_its_reason_is_kept(clinic: Clinic) -> None:
    person, batch = clinic.person(), clinic.batch()
    clinic.vaccinated(person, clinic.open(batch))
    clinic.now += 20 * DAY
    visit, vial = clinic.screened(person), clinic.open(batch, station="Meja 2")
    question = asked("vaccine.too_early", clinic.give, visit, vial)
    assert question.details["days"] == 8
    yes = frozenset({question.code})
    refused("doses.reason_missing", clinic.give, visit, vial, confirmed=yes, reason=" ")
    assert clinic.vial(vial).doses == 0
    dose = clinic.dose(clinic.give(visit, vial, confirmed=yes, reason="berangkat haji"))
    assert (dose.number, dose.valid, dose.asked, dose.reason) == (2, True, ("vaccine.too_early",), "berangkat haji")
    clinic.clean()


def test_dose_two_before_dose_one_is_refused(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    visit = clinic.screened(clinic.person())
    refusal = refused("vaccine.number", clinic.give, visit, vial, number=2)
    assert refusal.details == {"number": 2, "next": 1}
    assert clinic.vial(vial).doses == 0


def test_the_same_dose_twice_is_one_dose_by_one_press_and_refused_by_two(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    visit, request = clinic.screened(person), new_id()
    first = clinic.give(visit, vial, request=request)
    assert clinic.give(visit, vial, request=request) == first
    refused("doses.not_screened", clinic.give, visit, vial)
    assert (clinic.vial(vial).doses, clinic.history(person)) == (1, [("coronavac", 1, 1)])


def test_one_dose_pressed_at_two_desks_at_once_is_given_once(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    visit, start = clinic.screened(person), Barrier(2)

    def desk(_number: int) -> str:
        start.wait()
        try:
            clinic.give(visit, vial)
        except Refused as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(desk, range(2))) == ["", "doses.not_screened"]
    assert clinic.vial(vial).doses == 1
    clinic.clean()


def test_another_visit_on_the_same_day_gives_no_second_dose(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    visit = clinic.screened(person)
    clinic.give(visit, vial)
    clinic.do(finish, visit=visit, recorded=clinic.now + 15 * MINUTE)
    clinic.now += 20 * MINUTE
    refused("vaccine.same_day", clinic.give, clinic.screened(person), vial)


def test_an_eleventh_dose_is_asked_about_and_counted_as_overfill_and_a_thirteenth_refused(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    clinic.do(lose, vial=vial, kind="short_content", volume_ul=4500)
    clinic.vaccinated(clinic.person(), vial)
    visit = clinic.screened(clinic.person())
    asked("vial.overfill", clinic.give, visit, vial)
    more: dict[str, Any] = {"confirmed": frozenset({"vial.overfill"}), "reason": "isi lebih"}
    assert clinic.dose(clinic.give(visit, vial, **more)).valid
    assert (clinic.vial(vial).overfill_ul, clinic.vial(vial).left_ul) == (500, 0)
    clinic.vaccinated(clinic.person(), vial, **more)
    refused("vial.not_enough", clinic.give, clinic.screened(clinic.person()), vial, **more)
    clinic.clean()


def test_past_its_hour_is_asked_about_and_recorded_without_counting(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    clinic.now += 6 * 60 * MINUTE
    visit = clinic.screened(person)
    asked("vial.past_hour", clinic.give, visit, vial)
    dose = clinic.dose(clinic.give(visit, vial, confirmed=frozenset({"vial.past_hour"}), reason="jam tidak dilihat"))
    assert (dose.procedural_error, dose.valid, dose.asked) == (True, False, ("vial.past_hour",))
    assert (clinic.history(person), clinic.vial(vial).doses) == ([], 1)
    clinic.clean()


@pytest.mark.parametrize("late", [False, True])
def test_a_vial_closed_before_gives_nothing_and_one_closed_since_is_asked_about(clinic: Clinic, late: bool) -> None:
    vial = clinic.vial_of()
    visit = clinic.screened(clinic.person())
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    then, clinic.now = clinic.now, clinic.now + 10 * MINUTE
    if not late:
        refused("vial.closed", clinic.give, visit, vial)
        return
    asked("vial.closed_since", clinic.give, visit, vial, at=then - MINUTE)
    clinic.give(visit, vial, at=then - MINUTE, confirmed=frozenset({"vial.closed_since"}), reason="lupa dicatat")
    assert clinic.vial(vial).left_ul == 4500
    clinic.clean()


def test_a_dose_before_its_vial_was_opened_is_refused(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    visit = clinic.screened(clinic.person(), at=clinic.now - 60 * MINUTE)
    refused("vial.before_opened", clinic.give, visit, vial, at=clinic.now - 31 * MINUTE)


def test_the_vial_of_another_station_is_asked_about_and_of_another_post_refused(clinic: Clinic) -> None:
    batch = clinic.batch()
    vial = clinic.open(batch, station="Meja 2")
    visit = clinic.screened(clinic.person())
    assert asked("vial.other_station", clinic.give, visit, vial, station="Meja 1").details["station"] == "Meja 2"
    dose = clinic.give(
        visit, vial, station="Meja 1", confirmed=frozenset({"vial.other_station"}), reason="vial meja 1 habis"
    )
    assert clinic.dose(dose).valid
    clinic.send(batch, 1, to=clinic.village, recorded=clinic.now - 60 * MINUTE)
    far = clinic.open(batch, post=clinic.village)
    refused("doses.vial_missing", clinic.give, clinic.screened(clinic.person()), far)
    clinic.clean()


def test_an_unusable_batch_opened_all_the_same_makes_a_dose_that_does_not_count(clinic: Clinic) -> None:
    batch, person = clinic.batch(), clinic.person()
    clinic.do(
        set_batch_status, batch=batch, vvm="C", held=False, frozen=False, extended_to=None, letter="", reason="diperiksa"
    )
    yes = frozenset({"vial.batch_vvm"})
    vial = clinic.open(batch, confirmed=yes, reason="terlanjur")
    dose = clinic.dose(clinic.vaccinated(person, vial, reason="terlanjur"))
    assert (dose.procedural_error, dose.valid, clinic.history(person)) == (True, False, [])
    clinic.clean()


def test_what_the_rules_refuse_but_was_injected_is_kept_and_does_not_count(clinic: Clinic) -> None:
    person, batch = clinic.person(), clinic.batch()
    clinic.vaccinated(person, clinic.open(batch))
    clinic.now += DAY
    vial = clinic.open(batch, station="Meja 2")
    visit = clinic.screened(person)
    already = frozenset({"doses.already_injected"})
    refused("vaccine.number", clinic.give, visit, vial, number=1)
    refused("doses.reason_missing", clinic.give, visit, vial, number=1, confirmed=already)
    dose = clinic.dose(clinic.give(visit, vial, number=1, confirmed=already, reason="terlanjur disuntik lagi"))
    assert (dose.procedural_error, dose.valid, dose.asked) == (True, False, ("vaccine.number",))
    assert (clinic.history(person), clinic.vial(vial).drawn_ul) == ([("coronavac", 1, 1)], 500)
    clinic.clean()


def test_too_young_is_asked_about_and_does_not_count(clinic: Clinic) -> None:
    person = clinic.born(date(2003, 11, 17))
    clinic.now = datetime(2021, 12, 20, 3, 0, tzinfo=UTC)
    elder = replace(catalogue(), minimum_ages=tuple(replace(age, min_age=19) for age in catalogue().minimum_ages))
    vial, visit = clinic.vial_of(), clinic.screened(person)
    asked("vaccine.too_young", clinic.give, visit, vial, catalogue=elder)
    yes = frozenset({"vaccine.too_young"})
    dose = clinic.dose(clinic.give(visit, vial, catalogue=elder, confirmed=yes, reason="umur salah dibaca"))
    assert (dose.procedural_error, dose.valid, clinic.history(person)) == (True, False, [])
    clinic.clean()


def test_a_mixed_booster_draws_half_a_dose(clinic: Clinic) -> None:
    clinic.now = datetime(2022, 7, 20, 2, 0, tzinfo=UTC)
    person = clinic.person()
    for number, day in ((1, date(2021, 6, 1)), (2, date(2021, 7, 1))):
        elsewhere(clinic, person, day, number=number)
    vial = clinic.vial_of("astrazeneca")
    dose = clinic.dose(clinic.vaccinated(person, vial))
    assert (dose.number, dose.half, dose.volume_ul, dose.asked) == (3, True, 250, ())
    assert (clinic.vial(vial).drawn_ul, clinic.vial(vial).left_ul, clinic.vial(vial).left_doses) == (250, 4750, 9)
    start = datetime(2022, 7, 19, 17, tzinfo=UTC)
    with clinic.database.reading() as records:
        (account,) = batch_days(records, clinic.actor.facility, clinic.post, start, start + DAY)
    assert (account.drawn_ul, account.doses, account.opened) == (250, 1, 1)
    clinic.clean()


def test_a_series_left_for_more_than_six_months_starts_again_and_the_old_dose_stays(clinic: Clinic) -> None:
    clinic.now = datetime(2022, 3, 1, 2, 0, tzinfo=UTC)
    person, other = clinic.person(), clinic.person()
    for who in (person, other):
        elsewhere(clinic, who, date(2021, 8, 1))
    vial = clinic.vial_of()
    again = clinic.dose(clinic.vaccinated(person, vial))
    assert (again.series, again.number) == (2, 1)
    assert clinic.history(person) == [("coronavac", 1, 1), ("coronavac", 2, 1)]
    visit = clinic.screened(other)
    asked("vaccine.late_continued", clinic.give, visit, vial, number=2)
    clinic.give(visit, vial, number=2, confirmed=frozenset({"vaccine.late_continued"}), reason="diminta peserta")
    assert clinic.history(other) == [("coronavac", 1, 1), ("coronavac", 1, 2)]
    clinic.clean()


def test_a_dose_given_elsewhere_counts_draws_nothing_and_names_its_paper(clinic: Clinic) -> None:
    person = clinic.person()
    for missing in ("elsewhere", "proof"):
        with pytest.raises(Refused) as refusal:
            elsewhere(clinic, person, date(2021, 11, 1), **{missing: " "})
        assert refusal.value.field == missing
    refused("records.in_the_future", elsewhere, clinic, person, clinic.today + DAY)
    dose = clinic.dose(elsewhere(clinic, person, date(2021, 11, 1)))
    assert (dose.vial, dose.post, dose.visit, dose.elsewhere, dose.valid) == (None, None, None, "RSUD dr. Soedarso", True)
    refused("vaccine.same_day", elsewhere, clinic, person, date(2021, 11, 1))
    refused("vaccine.before_earlier_dose", elsewhere, clinic, person, date(2021, 10, 1))
    assert clinic.dose(clinic.vaccinated(person, clinic.vial_of())).number == 2
    clinic.clean()


def lone(clinic: Clinic, person: UUID, vial: UUID, **values: Any) -> Any:
    given: dict[str, Any] = {"form": card(clinic.persons[person]), "limb": "left_arm", "vaccinator": "Bd. Dewi"} | values
    return clinic.do(
        serve, catalogue=catalogue(), recipient=person, post_id=clinic.post, dose_number=1, vial=vial, **given
    )


def entries(clinic: Clinic) -> int:
    with clinic.database.reading() as records:
        return int(records.execute(sa.select(sa.func.count()).select_from(entry)).scalar_one())


def test_a_lone_desk_writes_one_entry_for_arrival_card_and_injection(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    before = entries(clinic)
    answer = lone(clinic, person, vial)
    assert (answer["verdict"], entries(clinic)) == ("proceed", before + 1)
    assert clinic.visit(answer["visit"]).step == "injected"
    assert clinic.dose(answer["dose"]).visit == answer["visit"]
    clinic.clean()


def test_a_lone_desk_that_is_refused_or_asked_at_the_end_leaves_nothing(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    clinic.do(lose, vial=vial, kind="dropped")
    before = clinic.counts()
    refused("doses.limb_missing", lone, clinic, person, vial, limb="?")
    asked("vial.overfill", lone, clinic, person, vial)
    refused("visits.screening_incomplete", lone, clinic, person, vial, form=card(clinic.persons[person], survivor=None))
    assert clinic.counts() == before
    clinic.clean()


def test_a_lone_desk_ends_at_a_card_that_does_not_say_proceed(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    answer = lone(clinic, person, vial, form=card(clinic.persons[person], measures=Measures(390, 120, 80)))
    assert (answer["verdict"], answer["dose"], clinic.visit(answer["visit"]).step) == ("postpone", None, "postponed")
    assert clinic.vial(vial).doses == 0
    clinic.clean()


def test_a_repeated_request_of_a_lone_desk_is_one_visit(clinic: Clinic) -> None:
    vial, person, request = clinic.vial_of(), clinic.person(), new_id()
    assert lone(clinic, person, vial, request=request) == lone(clinic, person, vial, request=request)
    with pytest.raises(Refused):
        clinic.do(arrive, recipient=person, post_id=clinic.post)
    with clinic.database.reading() as records:
        assert len(queries.doses_of(records, person)) == 1


def test_only_questions_are_asked_never_an_unconfirmed_dose_saved(clinic: Clinic) -> None:
    """Whatever is asked: nothing is saved before the answer."""
    person, batch = clinic.person(), clinic.batch()
    clinic.vaccinated(person, clinic.open(batch))
    clinic.now += 3 * DAY
    visit, vial = clinic.screened(person), clinic.open(batch, station="Meja 2")
    before = clinic.counts()
    with pytest.raises(Confirm):
        clinic.give(visit, vial)
    assert clinic.counts() == before


def test_said_to_be_injected_already_makes_no_error_of_what_no_rule_refuses(clinic: Clinic) -> None:
    already = frozenset({"doses.already_injected"})
    dose = clinic.dose(clinic.give(clinic.screened(clinic.person()), clinic.vial_of(), confirmed=already, reason="terlanjur"))
    assert (dose.procedural_error, dose.valid) == (False, True)


def test_a_vaccine_that_nobody_knows_is_refused_also_when_it_was_injected(clinic: Clinic) -> None:
    refused(
        "vaccine.unknown", clinic.do, record_elsewhere, catalogue=catalogue(), recipient=clinic.person(), product="entah",
        day=clinic.today, elsewhere="RSUD", proof="Kartu", confirmed=frozenset({"doses.already_injected"}), reason="terlanjur",
    )  # fmt: skip
