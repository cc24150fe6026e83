"""A wrong entry is taken back in one of two meanings, and what it drew follows the meaning."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from models.certificates.queries import certificate_of, is_revoked
from models.doses import queries
from models.doses.actions import finish
from models.doses.dose_actions import record_elsewhere, rewrite_dose, void_dose
from models.errors import Refused
from models.overview.slips import SlipDesk, slip_of
from models.places.regions import Regions
from models.records.base import new_id
from models.records.keys import Keys
from models.records.perform import perform
from models.stock.opened.actions import close_vial
from tests.models.conftest import AllRights

from .scene import DAY, MINUTE, Clinic, catalogue
from .test_visits import refused


def void(clinic: Clinic, dose: UUID, *, injected: bool, reason: str = "salah tekan") -> None:
    clinic.do(void_dose, dose_id=dose, injected=injected, reason=reason)


def rewrite(clinic: Clinic, wrong: UUID, recipient: UUID, **values: Any) -> UUID:
    given: dict[str, Any] = {"limb": "right_arm", "vaccinator": "Bd. Dewi Kartika", "reason": "salah orang"} | values
    made: UUID = clinic.do(rewrite_dose, catalogue=catalogue(), wrong=wrong, recipient=recipient, **given)
    return made


def test_never_injected_gives_the_content_back_and_the_person_still_waits(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    visit = clinic.screened(person)
    dose = clinic.give(visit, vial)
    void(clinic, dose, injected=False)
    assert (clinic.vial(vial).drawn_ul, clinic.vial(vial).doses, clinic.visit(visit).step) == (0, 0, "screened")
    assert (clinic.dose(dose).voided, clinic.dose(dose).valid, clinic.history(person)) == ("not_injected", False, [])
    clinic.clean()
    again = clinic.give(visit, vial)
    assert (clinic.vial(vial).doses, clinic.history(person)) == (1, [("coronavac", 1, 1)])
    with clinic.database.reading() as records:
        assert [row.id for row in queries.doses_of_visit(records, visit)] == [dose, again]
    clinic.clean()


def test_nobody_takes_back_an_injection_of_another_puskesmas(clinic: Clinic) -> None:
    given = clinic.vaccinated(clinic.person(), clinic.vial_of())
    elsewhere = AllRights(new_id(), new_id())
    for injected in (True, False):
        with pytest.raises(Refused, match=r"doses\.unknown"):
            perform(
                clinic.database, elsewhere, void_dose, clinic.now, new_id(), dose_id=given, injected=injected, reason="salah"
            )
    void(clinic, given, injected=True)
    with pytest.raises(Refused, match=r"doses\.unknown"):
        perform(
            clinic.database, elsewhere, rewrite_dose, clinic.now, new_id(), catalogue=catalogue(), wrong=given,
            recipient=clinic.dose(given).recipient, limb="left_arm", vaccinator="Bd. Lain", reason="salah lengan",
        )  # fmt: skip
    clinic.clean()


def test_injected_but_written_wrong_leaves_the_content_drawn_and_the_visit_where_it_is(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    visit = clinic.screened(person)
    dose = clinic.give(visit, vial)
    void(clinic, dose, injected=True)
    assert (clinic.vial(vial).drawn_ul, clinic.vial(vial).doses, clinic.visit(visit).step) == (500, 1, "injected")
    assert (clinic.dose(dose).voided, clinic.history(person)) == ("injected", [])
    clinic.clean()


@pytest.mark.parametrize("injected", [False, True])
def test_a_dose_is_taken_back_once_and_with_a_reason(clinic: Clinic, injected: bool) -> None:
    dose = clinic.vaccinated(clinic.person(), clinic.vial_of())
    refused("doses.reason_missing", void, clinic, dose, injected=injected, reason=" ")
    void(clinic, dose, injected=injected)
    for meaning in (False, True):
        refused("doses.already_void", void, clinic, dose, injected=meaning)
    refused("doses.unknown", void, clinic, new_id(), injected=injected)
    clinic.clean()


def test_two_desks_that_take_back_one_dose_give_its_content_back_once(clinic: Clinic) -> None:
    vial, start = clinic.vial_of(), Barrier(2)
    dose = clinic.vaccinated(clinic.person(), vial)
    clinic.vaccinated(clinic.person(), vial)

    def desk(_number: int) -> str:
        start.wait()
        try:
            void(clinic, dose, injected=False)
        except Refused as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(desk, range(2))) == ["", "doses.already_void"]
    assert clinic.vial(vial).drawn_ul == 500
    clinic.clean()


def test_a_later_dose_of_the_series_stands_in_the_way(clinic: Clinic) -> None:
    person, batch = clinic.person(), clinic.batch()
    first = clinic.vaccinated(person, clinic.open(batch))
    clinic.now += 28 * DAY
    second = clinic.vaccinated(person, clinic.open(batch, station="Meja 2"))
    assert refused("doses.later_dose", void, clinic, first, injected=True).details["number"] == 2
    void(clinic, second, injected=True)
    void(clinic, first, injected=True)
    assert clinic.history(person) == []
    clinic.clean()


def test_never_injected_out_of_a_closed_vial_is_a_named_loss(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    dose = clinic.vaccinated(clinic.person(), vial)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    void(clinic, dose, injected=False)
    found = clinic.vial(vial)
    assert (found.drawn_ul, found.lost_ul, found.left_ul, found.doses) == (0, 500, 4500, 0)
    clinic.clean()


def test_a_dose_typed_in_late_and_then_taken_back_leaves_the_account_of_its_closed_vial_whole(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    visit = clinic.screened(clinic.person())
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    late, clinic.now = clinic.now - MINUTE, clinic.now + MINUTE
    dose = clinic.give(visit, vial, at=late, confirmed=frozenset({"vial.closed_since"}), reason="lupa")
    clinic.clean()
    void(clinic, dose, injected=False)
    assert (clinic.vial(vial).drawn_ul, clinic.vial(vial).lost_ul) == (0, 500)
    clinic.clean()


def test_a_vial_of_one_dose_that_was_not_injected_is_lost(clinic: Clinic) -> None:
    vial = clinic.vial_of(doses_per_vial=1)
    dose = clinic.vaccinated(clinic.person(), vial)
    assert clinic.vial(vial).closed_at is not None
    void(clinic, dose, injected=False)
    assert (clinic.vial(vial).drawn_ul, clinic.vial(vial).lost_ul) == (0, 500)
    clinic.clean()


@pytest.mark.parametrize("finished", [False, True])
@pytest.mark.parametrize(("days", "step"), [(0, "screened"), (1, "left")])
def test_on_its_day_the_visit_waits_again_and_later_it_ended_without_injection(
    clinic: Clinic, finished: bool, days: int, step: str
) -> None:
    visit = clinic.screened(clinic.person())
    dose = clinic.give(visit, clinic.vial_of())
    if finished:
        clinic.do(finish, visit=visit, recorded=clinic.now + 15 * MINUTE)
    clinic.now += days * DAY + 20 * MINUTE
    void(clinic, dose, injected=False)
    assert clinic.visit(visit).step == step
    clinic.clean()


def test_a_visit_does_not_wait_again_while_the_person_has_another_open_one(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    visit = clinic.screened(person)
    dose = clinic.give(visit, vial)
    clinic.do(finish, visit=visit, recorded=clinic.now + 15 * MINUTE)
    clinic.now += 20 * MINUTE
    other = clinic.screened(person)
    void(clinic, dose, injected=False)
    assert (clinic.visit(visit).step, clinic.visit(other).step) == ("left", "screened")
    refused("visits.already_open", clinic.screen, visit)
    clinic.give(other, vial)
    clinic.clean()


def test_a_procedural_error_and_a_dose_elsewhere_can_be_taken_back(clinic: Clinic) -> None:
    vial, person = clinic.vial_of(), clinic.person()
    clinic.now += 6 * 60 * MINUTE
    dose = clinic.vaccinated(person, vial, confirmed=frozenset({"vial.past_hour"}), reason="jam lewat")
    void(clinic, dose, injected=False)
    assert clinic.vial(vial).drawn_ul == 0
    other = clinic.do(
        record_elsewhere, catalogue=catalogue(), recipient=person, product="coronavac", day=date(2021, 11, 1),
        elsewhere="RSUD", proof="Kartu",
    )  # fmt: skip
    void(clinic, other, injected=False)
    assert clinic.history(person) == []
    clinic.clean()


def test_an_injection_is_written_anew_for_the_right_person_and_draws_nothing_more(clinic: Clinic) -> None:
    vial, wrong, right = clinic.vial_of(), clinic.person(), clinic.person()
    old = clinic.vaccinated(wrong, vial)
    refused("doses.not_to_rewrite", rewrite, clinic, old, right)
    void(clinic, old, injected=True)
    new = clinic.dose(rewrite(clinic, old, right))
    before = clinic.dose(old)
    assert (new.vial, new.at, new.volume_ul, new.half, new.day) == (vial, before.at, before.volume_ul, before.half, before.day)
    assert (new.replaces, new.limb, new.recipient, new.valid) == (old, "right_arm", right, True)
    assert (clinic.vial(vial).drawn_ul, clinic.vial(vial).doses) == (500, 1)
    assert (clinic.history(wrong), clinic.history(right)) == ([], [("coronavac", 1, 1)])
    clinic.clean()


def test_one_injection_is_written_anew_once_by_whichever_desk_comes_first(clinic: Clinic) -> None:
    people, start = [clinic.person(), clinic.person()], Barrier(2)
    old = clinic.vaccinated(clinic.person(), clinic.vial_of())
    void(clinic, old, injected=True)

    def desk(person: UUID) -> str:
        start.wait()
        try:
            rewrite(clinic, old, person)
        except Refused as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(desk, people)) == ["", "doses.not_to_rewrite"]
    refused("doses.not_to_rewrite", rewrite, clinic, old, clinic.person())
    assert sum(len(clinic.history(person)) for person in people) == 1
    clinic.clean()


def test_an_injection_never_made_goes_back_even_after_it_was_written_anew(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    first = clinic.vaccinated(clinic.person(), vial)
    void(clinic, first, injected=True)
    second = rewrite(clinic, first, clinic.person())
    void(clinic, second, injected=True)
    third = rewrite(clinic, second, clinic.person())
    clinic.clean()
    void(clinic, third, injected=False)
    assert (clinic.vial(vial).drawn_ul, clinic.vial(vial).doses) == (0, 0)
    clinic.clean()
    for each in (first, second, third):
        refused("doses.not_to_rewrite", rewrite, clinic, each, clinic.person())


def test_what_was_asked_about_the_wrong_person_does_not_follow_the_dose(clinic: Clinic) -> None:
    child, adult, batch = clinic.person(), clinic.person(), clinic.batch()
    old_vial = clinic.open(batch)
    clinic.vaccinated(child, old_vial)
    clinic.now += 10 * DAY
    early = frozenset({"vaccine.too_early"})
    old = clinic.vaccinated(child, clinic.open(batch, station="Meja 2"), confirmed=early, reason="salah orang")
    void(clinic, old, injected=True)
    new = clinic.dose(rewrite(clinic, old, adult))
    assert (new.asked, new.number, new.valid) == ((), 1, True)
    clinic.clean()


def test_a_vial_past_its_hour_stays_an_error_for_the_right_person(clinic: Clinic) -> None:
    vial, right = clinic.vial_of(), clinic.person()
    clinic.now += 7 * 60 * MINUTE
    old = clinic.vaccinated(clinic.person(), vial, confirmed=frozenset({"vial.past_hour"}), reason="jam lewat")
    void(clinic, old, injected=True)
    new = clinic.dose(rewrite(clinic, old, right))
    assert (new.procedural_error, new.asked, clinic.history(right)) == (True, ("vial.past_hour",), [])
    clinic.clean()


@pytest.mark.parametrize("injected", [False, True])
def test_the_certificate_of_a_dose_taken_back_is_revoked_and_not_printed_again(
    clinic: Clinic, tmp_path: Path, injected: bool
) -> None:
    desk = SlipDesk(
        Keys(clinic.database.site, bytes(32)), tmp_path / "signer", Regions.load(Path("resources") / "regions.zip"), catalogue()
    )
    real = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
    dose = clinic.vaccinated(clinic.person(), clinic.vial_of())
    slip = slip_of(clinic.database, clinic.actor, desk, dose, now=clinic.now, real_now=real)
    assert slip_of(clinic.database, clinic.actor, desk, dose, now=clinic.now, real_now=real + DAY) == slip
    with clinic.database.reading() as records:
        assert not is_revoked(records, slip.uvci)
    clinic.clean()
    void(clinic, dose, injected=injected)
    with clinic.database.reading() as records:
        assert is_revoked(records, slip.uvci)
        assert certificate_of(records, dose) is not None
    refused(
        "certificate.dose_voided", slip_of, clinic.database, clinic.actor, desk, dose, now=clinic.now, real_now=real + 2 * DAY
    )
    clinic.clean()
