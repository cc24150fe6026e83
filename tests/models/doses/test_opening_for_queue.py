"""A vial is opened for those who wait: asked when they are few, never refused, and what was seen stays with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.doses.opening_actions import open_for_queue
from models.doses.waiting_queries import demand, waiting_for
from models.errors import Confirm, Refused
from models.records.database import Database
from models.stock.tables import vial_opened
from tests.models.conftest import AllRights

from .scene import TODAY, Clinic, catalogue


@pytest.fixture
def clinic(sqlite_database: Database, actor: AllRights) -> Clinic:
    return Clinic(sqlite_database, actor)


@pytest.fixture
def open_next(clinic: Clinic) -> Callable[..., UUID]:
    def open_one(batch: UUID, **values: Any) -> UUID:
        given: dict[str, Any] = {"post": clinic.post, "station": "Meja 1"} | values
        found: UUID = clinic.do(open_for_queue, catalogue=catalogue(), today=clinic.today, batch=batch, **given)
        return found

    return open_one


def _seen(clinic: Clinic, vial: UUID) -> tuple[Any, ...]:
    with clinic.database.reading() as records:
        names = (vial_opened.c[name] for name in ("waiting", "open_doses", "opened_for", "reason"))
        return tuple(records.execute(sa.select(*names).where(vial_opened.c.id == vial)).one())


def test_three_wait_for_a_vial_of_ten_and_one_key_opens_it(clinic: Clinic, open_next: Callable[..., UUID]) -> None:
    batch = clinic.batch()
    for _ in range(3):
        clinic.arrive(clinic.person())
    with pytest.raises(Confirm) as asked:
        open_next(batch)
    assert (asked.value.code, asked.value.details) == ("vial.few_waiting", {"waiting": 3, "open_doses": 0, "doses": 10})
    vial = open_next(batch, opened_for="elder")
    assert _seen(clinic, vial) == (3, 0, "elder", "")
    clinic.clean()


def test_enough_wait_and_nothing_is_asked_until_the_open_doses_cover_them(
    clinic: Clinic, open_next: Callable[..., UUID]
) -> None:
    batch = clinic.batch(doses_per_vial=2)
    for _ in range(3):
        clinic.screened(clinic.person())
    first = open_next(batch)
    assert _seen(clinic, first) == (3, 0, None, "")
    with pytest.raises(Confirm) as asked:  # the open doses of another table count as well
        open_next(batch, station="Meja 2")
    assert asked.value.details == {"waiting": 3, "open_doses": 2, "doses": 2}


def test_an_answer_in_words_needs_them_and_a_repeat_with_the_code_counts_as_one(
    clinic: Clinic, open_next: Callable[..., UUID]
) -> None:
    batch = clinic.batch()
    with pytest.raises(Refused, match=r"stock\.reason_missing"):
        open_next(batch, opened_for="other")
    with pytest.raises(Refused, match=r"vial\.opened_for"):
        open_next(batch, opened_for="entah")
    vial = open_next(batch, confirmed=frozenset({"vial.few_waiting"}), reason="rombongan pukul sebelas")
    assert _seen(clinic, vial) == (0, 0, "other", "rombongan pukul sebelas")


def test_who_may_not_get_this_vaccine_or_is_done_does_not_wait_for_it(clinic: Clinic) -> None:
    adult, child = clinic.person(), clinic.born(date(2012, 5, 1))
    clinic.arrive(adult)
    clinic.arrive(child)
    done = clinic.screened(clinic.person())
    clinic.give(done, clinic.vial_of())
    clinic.arrive(clinic.person(), post=clinic.village)
    with clinic.database.reading() as records:
        found = waiting_for(records, catalogue(), clinic.post, TODAY, ("coronavac", "astrazeneca"))
        assert found == {"coronavac": 2, "astrazeneca": 1}
        assert waiting_for(records, catalogue(), clinic.post, TODAY, ()) == {}


def test_a_vial_past_its_hour_holds_no_open_doses(clinic: Clinic) -> None:
    clinic.vial_of()
    with clinic.database.reading() as records:
        for hours, doses in ((5, 10), (6, 0)):
            seen = demand(records, catalogue(), clinic.post, "coronavac", TODAY, clinic.now + timedelta(hours=hours))
            assert seen.open_doses == doses


def test_a_vial_with_a_vvm_is_not_opened_unseen(clinic: Clinic, open_next: Callable[..., UUID]) -> None:
    batch = clinic.batch("sinopharm", doses_per_vial=1)
    clinic.arrive(clinic.person())
    with pytest.raises(Refused, match=r"vial\.vvm_missing"):
        open_next(batch)
    assert clinic.vial(open_next(batch, vvm="A")).vvm == "A"


def test_a_dose_out_of_yesterdays_vial_is_kept_and_does_not_count(clinic: Clinic) -> None:
    batch = clinic.batch("zifivax", doses_per_vial=1)
    vial = clinic.open(batch, at=clinic.now - timedelta(days=1))
    visit = clinic.screened(clinic.person())
    with pytest.raises(Confirm, match=r"vial\.opened_yesterday"):
        clinic.give(visit, vial)
    dose = clinic.dose(clinic.give(visit, vial, confirmed=frozenset({"vial.opened_yesterday"}), reason="tidak dilihat"))
    assert (dose.valid, dose.procedural_error) == (False, True)
    clinic.clean()


def test_an_opening_written_down_late_is_not_asked_about(clinic: Clinic, open_next: Callable[..., UUID]) -> None:
    earlier = clinic.now - timedelta(hours=1)
    vial = open_next(clinic.batch(), opened_at=earlier)
    assert (clinic.vial(vial).opened_at, _seen(clinic, vial)) == (earlier, (None, None, None, ""))
