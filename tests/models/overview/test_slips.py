"""What a slip says of a dose, read from real records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from models.certificates.issuing import said
from models.doses.dose_actions import record_elsewhere
from models.overview.slip_facts import SlipFacts
from models.overview.slips import SlipDesk, certificates_of, people_of, slip_of
from models.people.birth import BirthDate
from models.places.actions import FacilityDraft, set_facility, set_service_day
from models.places.regions import Regions
from models.records.database import Database
from models.records.keys import Keys
from models.stock.thaw_actions import thaw_part
from models.stock.thaw_queries import printed_number
from reports.certificate_words import dose_words
from tests.models.conftest import AllRights
from tests.models.doses.scene import DAY, Clinic, catalogue


@pytest.mark.parametrize(("first", "number", "primary"), [("janssen", 2, 1), ("coronavac", 3, 2)])
def test_a_booster_of_a_vaccine_with_a_longer_series_is_called_a_booster_on_the_slip(
    clinic: Clinic, regions: Regions, tmp_path: Path, first: str, number: int, primary: int
) -> None:
    desk = SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())
    person = clinic.person(name="Sukarno", birth=BirthDate(date(1980, 5, 1), "month"), nik=None, reason_without_nik="hilang")
    clinic.now += 300 * DAY
    for at in range(number - 1):
        clinic.do(
            record_elsewhere, catalogue=catalogue(), recipient=person, product=first, day=date(2022, 1, 3) + 30 * at * DAY,
            elsewhere="RSUD", proof="Kartu",
        )  # fmt: skip
    product = "moderna" if first == "janssen" else "zifivax"
    dose = clinic.vaccinated(person, clinic.vial_of(product, expiry=date(2023, 3, 1)))
    slip = slip_of(clinic.database, clinic.actor, desk, dose, now=clinic.now, real_now=datetime(2026, 1, 5, tzinfo=UTC))
    assert (slip.number, slip.primary) == (number, primary)
    assert "(penguat)" in dose_words(slip)
    content = said(slip.certificate)
    assert (content["nam"], content["dob"]) == ({"fn": "Sukarno", "fnt": "SUKARNO"}, "1980-05")
    shot = content["v"][0]
    assert (shot["dn"], shot["sd"]) == (number, 1 if first == "janssen" else number), "3/3 after two doses, 2/1 after one"
    assert slip.has_eu_code == (product == "moderna")
    assert shot["vp"] == ("1119349007" if product == "moderna" else "28531000087107")


def test_a_facility_code_with_a_dash_can_sign(clinic: Clinic, regions: Regions, tmp_path: Path) -> None:
    draft = FacilityDraft(
        code="P-6112-09", name="Puskesmas Sungai Kakap", kecamatan="61.12.09", working_area=["61.12.09.2001"],
        head_name="dr. Ratna Wulandari", zone="WIB",
    )  # fmt: skip
    clinic.do(set_facility, draft=draft, reason="kode baru")
    desk = SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())
    dose = clinic.vaccinated(clinic.person(), clinic.vial_of())
    slip = slip_of(clinic.database, clinic.actor, desk, dose, now=clinic.now, real_now=datetime(2026, 1, 5, tzinfo=UTC))
    assert "ID:P611209/" in slip.uvci


def test_a_slip_shows_all_doses_when_to_leave_and_the_day_of_service_for_the_next(
    clinic: Clinic, regions: Regions, tmp_path: Path
) -> None:
    desk = SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())
    person = clinic.person()
    dose = clinic.vaccinated(person, clinic.vial_of())

    def read() -> SlipFacts:
        return slip_of(clinic.database, clinic.actor, desk, dose, now=clinic.now, real_now=datetime(2026, 1, 5, tzinfo=UTC))

    slip = read()
    assert slip.observe_until is not None
    assert slip.next_day is not None
    assert slip.service_day is None
    given = clinic.today
    soon, late = slip.next_day + 3 * DAY, slip.next_day + 40 * DAY
    clinic.do(set_service_day, post_id=clinic.post, day=late, roster=[])
    assert read().service_day is None
    clinic.do(set_service_day, post_id=clinic.post, day=soon, roster=[])
    assert (read().service_day, read().service_at) == (soon, slip.post)
    clinic.now += 40 * DAY
    clinic.do(
        record_elsewhere, catalogue=catalogue(), recipient=person, product="coronavac", day=given + 30 * DAY, elsewhere="RSUD",
        proof="Kartu",
    )  # fmt: skip
    reprint = read()
    assert [(line.number, line.day, line.place) for line in reprint.doses] == [
        (1, given, slip.post), (2, given + 30 * DAY, "RSUD")
    ]  # fmt: skip
    assert (reprint.observe_until, reprint.next_day, reprint.service_day, reprint.later) == (None, None, None, 2)


def test_a_part_that_was_thawed_apart_prints_the_number_on_its_vial(
    sqlite_database: Database, actor: AllRights, regions: Regions, tmp_path: Path
) -> None:
    clinic = Clinic(sqlite_database, actor)
    desk = SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())
    thawed: dict[str, Any] = {"post": clinic.post, "thawed_on": clinic.today, "today": clinic.today, "reason": "dibawa ke pos"}
    frozen = clinic.batch("moderna", number="940915")
    part = clinic.do(thaw_part, catalogue=catalogue(), batch=frozen, vials=2, **thawed)
    own = clinic.batch("moderna", number="2107-12", thawed_on=clinic.today - 50 * DAY)
    with clinic.database.reading() as records:
        assert [printed_number(records, each) for each in (frozen, part, own)] == ["940915", "940915", "2107-12"]
    dose = clinic.vaccinated(clinic.person(), clinic.open(part, at=clinic.now))
    assert clinic.dose(dose).batch_number == "940915-2"
    slip = slip_of(clinic.database, clinic.actor, desk, dose, now=clinic.now, real_now=datetime(2026, 1, 5, tzinfo=UTC))
    assert slip.batch == "940915"


def test_everything_of_a_person_that_was_given_here_stands_on_one_page(
    sqlite_database: Database, actor: AllRights, regions: Regions, tmp_path: Path
) -> None:
    clinic = Clinic(sqlite_database, actor)
    desk = SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())
    one, other = clinic.person(), clinic.person()
    clinic.do(
        record_elsewhere, catalogue=catalogue(), recipient=one, product="coronavac", day=clinic.today - 60 * DAY,
        elsewhere="RSUD", proof="Kartu",
    )  # fmt: skip
    vial = clinic.vial_of()
    first, of_other = clinic.vaccinated(one, vial), clinic.vaccinated(other, vial)
    with clinic.database.reading() as records:
        people = people_of(records, [first, of_other, first])
    assert people == [[first], [of_other]]
    real = datetime(2026, 1, 5, tzinfo=UTC)
    pages = certificates_of(clinic.database, clinic.actor, desk, people, now=clinic.now, real_now=real)
    assert [[(each.name, each.number) for each in page] for page in pages] == [
        [(clinic.persons[one].name, 2)], [(clinic.persons[other].name, 1)]
    ]  # fmt: skip
