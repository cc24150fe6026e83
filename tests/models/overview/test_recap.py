"""The figures of a day: what happened, what did not, and what came later."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from models.doses.actions import finish, leave, postpone, take_back, withhold
from models.doses.dose_actions import record_elsewhere, void_dose
from models.errors import Refused
from models.overview.recap import recap_of
from models.overview.recap_facts import BatchRow, Correction, People, RecapFacts
from models.people.groups import GROUPS
from models.places.actions import set_service_day
from models.places.regions import Regions
from models.records.base import new_id
from models.staff.actions import AccountDraft, set_account
from models.stock.actions import remove_vials, send_vials, set_batch_status
from models.stock.opened.actions import close_vial, lose, reverse_opening
from models.stock.thaw_actions import set_thawed
from tests.models.doses.scene import DAY, MINUTE, Clinic, catalogue
from tests.models.doses.test_visits import refused
from tests.models.doses.test_voiding import rewrite, void

from .by_hand import adds_up, facts, recap

COVERED = ("product", "batch", "expires", "dose_ul", "id")


def figures(row: BatchRow) -> dict[str, Any]:
    """The figures of a batch that are not nothing."""
    values = {name: getattr(row, name) for name in BatchRow.__slots__ if name not in COVERED}
    return {name: value for name, value in values.items() if value}


def of_both(clinic: Clinic, regions: Regions, day: date) -> tuple[RecapFacts, RecapFacts]:
    """Post and whole facility, each equal to the count by hand."""
    known = facts(clinic.database)
    return adds_up(clinic, regions, day, clinic.post, known), adds_up(clinic, regions, day, None, known)


def test_a_day_of_every_ending_adds_up_for_the_post_and_for_all(clinic: Clinic, regions: Regions) -> None:
    batch = clinic.batch()
    vial = clinic.open(batch)
    for ending in (leave, postpone, withhold, take_back):
        visit = clinic.arrive(clinic.person())
        clinic.do(ending, visit=visit, reason="uji")
    clinic.arrive(clinic.person())
    clinic.arrive(clinic.person(), post=clinic.village)
    for desa in (1, 2, 2):
        clinic.vaccinated(clinic.person(desa=f"61.12.09.200{desa}"), vial)
    clinic.do(lose, vial=vial, kind="spilled", volume_ul=250)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    still_open = clinic.open(batch, at=clinic.now)
    clinic.vaccinated(clinic.person(desa=None, group="lansia"), still_open)
    clinic.do(send_vials, batch=batch, source=clinic.post, target=clinic.village, vials=2)
    clinic.do(remove_vials, batch=batch, post=clinic.post, vials=1, to="discarded", reason="pecah")
    post, everywhere = of_both(clinic, regions, clinic.today)
    assert post.people == People(registered=8, given=4, postponed=1, not_given=1, left=1, in_process=1, came=4)
    assert everywhere.people.registered == 9
    assert [row.group for row in post.groups] == list(GROUPS)
    assert sum(sum(map(sum, row.counts)) for row in post.groups if row.group == "lansia") == 1
    assert sorted(sum(row.counts) for row in post.desas) == [1, 1, 2]
    assert post.desas[-1].desa == ""
    (row,) = post.batches
    assert figures(row) == {
        "opening": 10, "sent": 2, "opened": 2, "other": -1, "closing": 5, "full": 4, "content_ul": 10_000,
        "injected_ul": 2000, "lost": (("spilled", 250),), "left_ul": 3250, "still_open_ul": 4500,
    }  # fmt: skip
    (whole,) = everywhere.batches
    assert (whole.opening, whole.sent, whole.opened, whole.other, whole.closing) == (12, 0, 2, -1, 9)
    assert (post.entries, post.head) == (clinic.check().entries, clinic.check().heads[clinic.database.site].hash)


def test_half_doses_and_overfill_have_their_own_figures(clinic: Clinic, regions: Regions) -> None:
    vial = clinic.vial_of("astrazeneca")
    clinic.do(lose, vial=vial, kind="short_content", volume_ul=4500)
    clinic.now += 250 * DAY
    people = [clinic.person() for _ in range(2)]
    for person in people:
        for number, day in ((1, date(2021, 6, 1)), (2, date(2021, 7, 1))):
            clinic.do(
                record_elsewhere, catalogue=catalogue(), recipient=person, product="coronavac", day=day, number=number,
                elsewhere="RSUD", proof="Kartu",
            )  # fmt: skip
    batch = clinic.batch("astrazeneca")
    vial = clinic.open(batch)
    clinic.vaccinated(people[0], vial)
    clinic.do(lose, vial=vial, kind="spilled", volume_ul=4500)
    more: dict[str, Any] = {"confirmed": frozenset({"vial.overfill"}), "reason": "isi lebih"}
    clinic.vaccinated(clinic.person(), vial, **more)
    post, _ = of_both(clinic, regions, clinic.today)
    (row,) = [each for each in post.batches if each.opened]
    assert (row.full, row.half, row.injected_ul, row.overfill_ul, row.still_open_ul) == (1, 1, 750, 250, 0)
    assert sum(row.counts[2] for row in post.desas) == 1


def test_what_is_typed_in_late_belongs_to_its_day_and_is_a_correction_of_the_day_it_was_typed(
    clinic: Clinic, regions: Regions
) -> None:
    vial = clinic.vial_of()
    yesterday, then = clinic.today, clinic.now
    clinic.now += DAY
    visit = clinic.screened(clinic.person(), at=then)
    clinic.give(visit, vial, at=then + MINUTE, reason="lembar terselip")
    old, _ = of_both(clinic, regions, yesterday)
    new, _ = of_both(clinic, regions, clinic.today)
    assert (old.people.given, old.batches[0].full, old.corrections) == (1, 1, ())
    assert (new.people.registered, sum(map(sum, (row.counts for row in new.desas)))) == (0, 0)
    assert new.corrections == (
        Correction(yesterday, "added", catalogue().products["coronavac"].name, 1, 1, "lembar terselip"),
    )


@pytest.mark.parametrize(("injected", "kind", "given"), [(True, "injected", 1), (False, "not_injected", 0)])
def test_a_dose_of_an_earlier_day_taken_back_is_a_correction_today(
    clinic: Clinic, regions: Regions, injected: bool, kind: str, given: int
) -> None:
    vial = clinic.vial_of()
    visits = [clinic.screened(clinic.person()) for _ in range(2)]
    doses = [clinic.give(visit, vial) for visit in visits]
    for visit in visits:
        clinic.do(finish, visit=visit, recorded=clinic.now + 15 * MINUTE)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    day = clinic.today
    clinic.now += DAY
    for dose in doses:
        void(clinic, dose, injected=injected, reason="salah buku")
    old, _ = of_both(clinic, regions, day)
    new, _ = of_both(clinic, regions, clinic.today)
    assert (old.people.given, old.people.left, old.batches[0].full) == (2 * given, 2 - 2 * given, 2 * given)
    (correction,) = new.corrections
    assert (correction.day, correction.kind, correction.count, correction.reason) == (day, kind, 2, "salah buku")
    assert recap(clinic, regions, clinic.today, clinic.village).corrections == ()


def test_an_injection_written_anew_moves_the_dose_and_leaves_the_vial_account(clinic: Clinic, regions: Regions) -> None:
    vial, right = clinic.vial_of(), clinic.person(desa="61.12.09.2004", group="lansia")
    wrong = clinic.vaccinated(clinic.person(desa="61.12.09.2001", group=None), vial)
    void(clinic, wrong, injected=True)
    between, _ = of_both(clinic, regions, clinic.today)
    assert (sum(sum(row.counts) for row in between.desas), between.batches[0].full) == (0, 1)
    assert [each.kind for each in between.corrections] == ["injected"]
    rewrite(clinic, wrong, right)
    after, _ = of_both(clinic, regions, clinic.today)
    assert [(row.desa, row.counts) for row in after.desas] == [(regions.name("61.12.09.2004"), (1, 0, 0, 0))]
    assert (after.batches[0].full, after.people.given, after.people.in_process) == (1, 1, 1)


def test_a_dose_never_injected_counts_nowhere_on_its_own_day(clinic: Clinic, regions: Regions) -> None:
    dose = clinic.vaccinated(clinic.person(), clinic.vial_of())
    clinic.do(void_dose, dose_id=dose, injected=False, reason="salah tekan")
    post, _ = of_both(clinic, regions, clinic.today)
    assert (post.people.given, post.people.in_process, post.corrections) == (0, 1, ())
    assert (post.batches[0].full, post.batches[0].still_open_ul) == (0, 5000)


def test_a_vial_of_one_dose_that_was_never_opened_goes_back_on_the_shelf(clinic: Clinic, regions: Regions) -> None:
    batch = clinic.batch(doses_per_vial=1, vials=3)
    typed, given = clinic.open(batch), clinic.open(batch, station="Meja 2")
    wrong = clinic.vaccinated(clinic.person(), typed)
    clinic.vaccinated(clinic.person(), given)
    refused("vial.closed", clinic.do, reverse_opening, vial=typed, reason="belum dibuka")
    void(clinic, wrong, injected=False)
    clinic.do(reverse_opening, vial=typed, reason="belum dibuka")
    refused("vial.closed", clinic.do, reverse_opening, vial=given, reason="belum dibuka")
    clinic.clean()
    row = adds_up(clinic, regions, clinic.today, clinic.post, facts(clinic.database)).batches[0]
    assert (row.opened, row.closing, row.full, row.content_ul, row.lost) == (1, 2, 1, 500, ())


def test_a_procedural_error_counts_as_injected_and_is_named(clinic: Clinic, regions: Regions) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    clinic.vaccinated(clinic.person(), vial)
    clinic.do(
        record_elsewhere, catalogue=catalogue(), recipient=person, product="coronavac", day=clinic.today, elsewhere="RSUD",
        proof="Kartu",
    )  # fmt: skip
    clinic.give(clinic.screened(person), vial, confirmed=frozenset({"doses.already_injected"}), reason="terlanjur")
    post, everywhere = of_both(clinic, regions, clinic.today)
    assert (post.errors, everywhere.errors, post.people.given, post.batches[0].full) == (1, 1, 2, 2)
    assert sum(sum(map(sum, row.counts)) for row in post.groups) == 2
    assert recap(clinic, regions, clinic.today, clinic.village).errors == 0


def test_a_coordinator_whose_assignment_has_ended_signs_no_more(clinic: Clinic, regions: Regions) -> None:
    for login, name, ends_at in (("bidan.lama", "Bd. Lama", clinic.now - DAY), ("bidan.zaini", "Bd. Zaini", None)):
        clinic.do(set_account, draft=AccountDraft(login, name, ["coordinator"], "sandi yang panjang", ends_at))
    assert recap(clinic, regions, clinic.today).coordinator.name == "Bd. Zaini"


def test_before_set_up_there_is_no_recap(clinic: Clinic, regions: Regions) -> None:
    nowhere: UUID = new_id()
    with clinic.database.reading() as records, pytest.raises(Refused) as refusal:
        recap_of(
            records, facility_id=nowhere, post_id=None, day=clinic.today, site=nowhere, regions=regions,
            catalogue=catalogue(), taken_at=clinic.now,
        )  # fmt: skip
    assert refusal.value.code == "visits.not_set_up"


def test_a_vial_that_is_open_over_midnight_adds_up_on_both_days(clinic: Clinic, regions: Regions) -> None:
    clinic.now += 15 * 60 * MINUTE - 5 * MINUTE  # 23.55
    evening, vial = clinic.today, clinic.vial_of()
    clinic.vaccinated(clinic.person(), vial)
    of_evening, _ = of_both(clinic, regions, evening)
    clinic.now += 10 * MINUTE
    clinic.vaccinated(clinic.person(), vial)
    lost = clinic.vaccinated(clinic.person(), vial)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    clinic.now += 60 * MINUTE
    void(clinic, lost, injected=False)
    first, _ = of_both(clinic, regions, evening)
    second, _ = of_both(clinic, regions, clinic.today)
    assert figures(of_evening.batches[0]) == figures(first.batches[0])
    assert (first.batches[0].content_ul, first.batches[0].injected_ul, first.batches[0].still_open_ul) == (5000, 500, 4500)
    row = second.batches[0]
    assert (row.opened, row.content_ul, row.carried_ul, row.full, row.left_ul) == (0, 0, 4500, 1, 3500)
    assert dict(row.lost) == {"not_injected": 500}


def test_an_injection_not_yet_written_anew_explains_itself(clinic: Clinic, regions: Regions) -> None:
    vial = clinic.vial_of()
    wrong = clinic.vaccinated(clinic.person(), vial)
    clinic.vaccinated(clinic.person(), vial)
    void(clinic, wrong, injected=True)
    found, _ = of_both(clinic, regions, clinic.today)
    assert (found.by_group, found.by_desa, found.by_batch, found.unwritten, found.adds_up) == (1, 1, 2, 1, True)
    again = rewrite(clinic, wrong, clinic.person())
    assert recap(clinic, regions, clinic.today).unwritten == 0
    void(clinic, again, injected=True)
    assert recap(clinic, regions, clinic.today).unwritten == 1


def test_posts_hours_and_planned_people_are_those_of_the_day(clinic: Clinic, regions: Regions) -> None:
    vial = clinic.vial_of()
    for post_id, target in ((clinic.post, 40), (clinic.village, 25)):
        clinic.do(set_service_day, post_id=post_id, day=clinic.today, roster=["Bd. Dewi"], target=target)
    clinic.vaccinated(clinic.person(), vial)
    clinic.now += 120 * MINUTE
    clinic.arrive(clinic.person(), post=clinic.village)
    post, everywhere = of_both(clinic, regions, clinic.today)
    assert (post.planned, post.posts, everywhere.planned) == (40, (), 65)
    assert [(row.post, row.planned, row.registered, row.given, row.doses) for row in everywhere.posts] == [
        ("Puskesmas Sungai Kakap", 40, 1, 1, 1), ("Pos Desa Pal Sembilan", 25, 1, 0, 0),
    ]  # fmt: skip
    assert [(row.hour, row.registered, row.injected) for row in everywhere.hours] == [(9, 1, 1), (10, 0, 0), (11, 1, 0)]


def test_until_when_a_batch_may_be_used_is_its_letter_or_its_days_after_thawing(clinic: Clinic, regions: Regions) -> None:
    letter = clinic.batch(expiry=date(2021, 12, 31))
    frozen = clinic.batch("moderna", doses_per_vial=14)
    clinic.do(
        set_batch_status, batch=letter, extended_to=date(2022, 3, 31), letter="SE 12/2021", vvm="", held=False, frozen=False,
        reason="surat Dinkes",
    )  # fmt: skip
    clinic.do(
        set_thawed, catalogue=catalogue(), batch=frozen, thawed_on=date(2021, 12, 1), today=clinic.today, reason="dicairkan"
    )  # fmt: skip
    assert {row.expires for row in recap(clinic, regions, clinic.today).batches} == {date(2022, 3, 31), date(2021, 12, 31)}
