"""A whole form, read at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.people.birth import BirthDate
from models.people.person import PersonDraft, read_person
from models.places.regions import Regions

TODAY = date(2021, 12, 20)
FORM = {
    "nik": "6112 0952 0652 0001",
    "name": "siti nurbaya",
    "birth_date": "12-6-1952",
    "sex": "P",
    "phone": "0800 0000 123",
    "desa": "61.12.09.2005",
    "dusun": " Dusun  Melati ",
    "rt": "3",
    "rw": "012",
    "group": "lansia",
    "comorbidities": "hipertensi, , diabetes",
    "bpjs": "0001234567890",
}


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load(Path(__file__).parents[3] / "resources" / "regions.zip")


def read(form: dict[str, str], regions: Regions) -> PersonDraft:
    person = read_person(form, today=TODAY, regions=regions)
    assert isinstance(person, PersonDraft)
    return person


def faults(form: dict[str, str], regions: Regions) -> list[tuple[str, str | None]]:
    found = read_person(form, today=TODAY, regions=regions)
    assert isinstance(found, list)
    return [(fault.code, fault.field) for fault in found]


def test_a_whole_form_becomes_parsed_values(regions: Regions) -> None:
    person = read(FORM, regions)
    assert person.nik is not None
    assert person.nik.digits == "6112095206520001"
    assert (person.name, person.birth, person.sex) == ("SITI NURBAYA", BirthDate(date(1952, 6, 12)), "female")
    assert (person.phone, person.kecamatan, person.desa) == ("+628000000123", "61.12.09", "61.12.09.2005")
    assert (person.dusun, person.rt, person.rw) == ("Dusun Melati", "003", "012")
    assert person.comorbidities == ("hipertensi", "diabetes")
    assert (person.address, person.guardian, person.reason_without_nik) == (None, None, None)
    assert person.disputed is False


def test_all_faults_come_at_once_each_beside_its_field(regions: Regions) -> None:
    form = FORM | {"nik": "611209520652", "name": "A", "birth_date": "31-2-1952", "sex": "", "phone": "12", "rt": "x"}
    assert faults(form, regions) == [
        ("name.short", "name"),
        ("birth.impossible", "birth_date"),
        ("people.sex", "sex"),
        ("nik.length", "nik"),
        ("phone.not_mobile", "phone"),
        ("people.rt_rw", "rt"),
    ]


def test_an_empty_form_asks_for_what_is_needed_and_no_more(regions: Regions) -> None:
    assert faults({}, regions) == [
        ("name.empty", "name"),
        ("birth.empty", "birth_date"),
        ("people.sex", "sex"),
        ("people.reason_without_nik", "reason_without_nik"),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"group": "vip"}, "people.group"),
        ({"bpjs": "123"}, "people.bpjs"),
        ({"address": "x" * 201}, "people.long"),
        ({"occupation": "x" * 201}, "people.long"),
        ({"desa": "61.12.09.9999"}, "people.desa"),
        ({"desa": "61.12.08.2001", "kecamatan": "61.12.09"}, "people.desa"),
        ({"desa": "61.12"}, "people.kecamatan"),
        ({"kecamatan": "61.12"}, "people.kecamatan"),
        ({"identity_number": "A1234567"}, "people.identity_kind"),
        ({"identity_number": "A12", "identity_kind": "passport"}, "people.passport_number"),
        ({"identity_number": "123", "identity_kind": "kk"}, "people.kk_number"),
        ({"comorbidities": "x" * 201}, "people.long"),
        ({"rw": "1000"}, "people.rt_rw"),
    ],
)
def test_each_fault_is_refused_by_its_own_name(regions: Regions, change: dict[str, str], code: str) -> None:
    assert [fault for fault, _ in faults(FORM | change, regions)] == [code]


def test_without_a_nik_there_is_a_reason_and_perhaps_another_identity(regions: Regions) -> None:
    form = FORM | {
        "nik": " ",
        "reason_without_nik": "WNA",
        "identity_kind": "passport",
        "identity_number": "a 123-4567",
        "disputed": "1",
    }
    person = read(form, regions)
    assert person.nik is None
    assert not person.disputed
    assert (person.identity_kind, person.identity_number) == ("passport", "A1234567")
    assert faults(form | {"reason_without_nik": ""}, regions) == [("people.reason_without_nik", "reason_without_nik")]


def test_a_reason_left_over_beside_a_nik_is_dropped(regions: Regions) -> None:
    assert read(FORM | {"reason_without_nik": "belum punya"}, regions).reason_without_nik is None
    assert read(FORM | {"disputed": "1"}, regions).disputed


def test_residence_is_not_taken_from_the_nik(regions: Regions) -> None:
    elsewhere = {key: text for key, text in FORM.items() if key != "desa"}
    assert (read(elsewhere, regions).kecamatan, read(elsewhere, regions).desa) == (None, None)


def test_faults_and_persons_print_nothing_personal(regions: Regions) -> None:
    person = read_person(FORM, today=TODAY, regions=regions)
    wrong = read_person(FORM | {"nik": "6112095206520000", "phone": "0800"}, today=TODAY, regions=regions)
    assert isinstance(wrong, list)
    for shown in (repr(person), repr(wrong), *(f"{fault} {fault.details}" for fault in wrong)):
        assert not any(secret in shown for secret in ("SITI", "5206", "0800", "1952"))
