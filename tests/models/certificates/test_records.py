"""Certificates in the records, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.certificates import verify
from models.certificates.actions import issue_certificate, register_signer, revoke_certificate
from models.certificates.queries import certificate_of, derived_rows, is_revoked, revoked, trusted_keys
from models.certificates.tables import certificate, revocation, signer
from models.doses.tables import dose, dose_void, valid_dose, voided_dose
from models.errors import Refused
from models.records.base import new_id, upsert
from models.records.database import Database
from models.records.perform import OpenEntry, action
from tests.models.certificates.vectors import AT, FACTS, ISSUED
from tests.models.certificates.vectors import signer as own_key

Run = Callable[..., Any]


@action(needs="doses.give", changes={"doses"})
def some_dose(entry: OpenEntry, *, counts: bool = True) -> UUID:
    """A dose as the records hold it; how it came there is another subject's test."""
    person, day = new_id(), date(2021, 12, 20)
    made = entry.add(
        dose, recipient_id=person, day=day, product="coronavac", series=1, number=2, volume_ul=500, half=False,
        vaccinator="Ns. Dewi", elsewhere="RSUD", proof="kartu", age=34, sex="female", procedural_error=not counts,
        asked=[], reason="",
    )  # fmt: skip
    if counts:
        row = {"recipient_id": person, "series": 1, "number": 2, "dose_id": made, "product": "coronavac", "day": day}
        upsert(entry.records, valid_dose, ("recipient_id", "series", "number"), row)
    return made


@action(needs="doses.void", changes={"doses"})
def void(entry: OpenEntry, *, dose_id: UUID) -> None:
    entry.add(dose_void, dose_id=dose_id, injected=True, reason="salah catat")
    entry.records.execute(valid_dose.delete().where(valid_dose.c.dose_id == dose_id))
    upsert(entry.records, voided_dose, ("dose_id",), {"dose_id": dose_id, "injected": True})


@pytest.fixture
def given(run: Run) -> UUID:
    run(register_signer, der=own_key().der)
    made: UUID = run(some_dose)
    return made


def test_a_registered_signer_is_believed_once_and_for_vaccination_only(database: Database, run: Run) -> None:
    assert run(register_signer, der=own_key().der) == own_key().kid.hex()
    run(register_signer, der=own_key().der)
    with database.reading() as records:
        (key,) = trusted_keys(records)
        assert len(records.execute(signer.select()).all()) == 1
    assert (key.kid, key.der, key.uses) == (own_key().kid, own_key().der, frozenset("v"))


def test_a_reprint_is_the_same_text_and_no_second_certificate(database: Database, run: Run, given: UUID) -> None:
    first = run(issue_certificate, dose=given, facts=FACTS, key=own_key(), issued_at=ISSUED)
    later = ISSUED + timedelta(days=3)
    assert run(issue_certificate, dose=given, facts=FACTS, key=own_key(), issued_at=later) == first
    renamed = replace(FACTS, facility="UPTD Puskesmas Sukamaju")
    assert run(issue_certificate, dose=given, facts=renamed, key=own_key(), issued_at=later) == first
    with database.reading() as records:
        assert len(records.execute(certificate.select()).all()) == 1
        row = certificate_of(records, given)
        verdict = verify(first, trusted_keys(records), AT)
    assert row is not None
    assert (row.text, row.kid, row.issued_at) == (first, own_key().kid, ISSUED)
    assert verdict.valid
    assert verdict.certificate is not None
    assert verdict.certificate["v"][0]["ci"] == row.uvci
    assert row.uvci.startswith(f"URN:UVCI:01:ID:{FACTS.facility_code}/")


@pytest.mark.parametrize(
    "change", [{"name": "Siti Nurhidayati"}, {"birth": "1987"}, {"product": "moderna"}, {"number": 2, "series": 2}]
)
def test_after_a_correction_the_old_certificate_is_taken_back(
    database: Database, run: Run, given: UUID, change: dict[str, Any]
) -> None:
    old = run(issue_certificate, dose=given, facts=FACTS, key=own_key(), issued_at=ISSUED)
    new = run(issue_certificate, dose=given, facts=replace(FACTS, **change), key=own_key(), issued_at=ISSUED)
    assert new != old
    with database.reading() as records:
        rows = records.execute(certificate.select().order_by(certificate.c.id)).all()
        row = certificate_of(records, given)
        assert [is_revoked(records, each.uvci) for each in rows] == [True, False]
        assert revoked(records) == {rows[0].uvci}
    assert row is not None
    assert row.text == new
    assert run(issue_certificate, dose=given, facts=replace(FACTS, **change), key=own_key(), issued_at=ISSUED) == new


def test_a_voided_dose_takes_its_certificate_with_it(database: Database, run: Run, given: UUID) -> None:
    run(issue_certificate, dose=given, facts=FACTS, key=own_key(), issued_at=ISSUED)
    with database.reading() as records:
        row = certificate_of(records, given)
        assert row is not None
        assert not is_revoked(records, row.uvci)
        assert revoked(records) == frozenset()
    run(void, dose_id=given)
    with database.reading() as records:
        assert is_revoked(records, row.uvci)
        assert revoked(records) == {row.uvci}
        assert records.execute(revocation.select()).all() == []
    with pytest.raises(Refused, match=r"certificate\.dose_voided"):
        run(issue_certificate, dose=given, facts=FACTS, key=own_key(), issued_at=ISSUED)


def test_a_dose_that_does_not_count_gets_no_certificate(run: Run, given: UUID) -> None:
    wrong = run(some_dose, counts=False)
    for other in (wrong, new_id()):
        with pytest.raises(Refused, match=r"certificate\.dose_not_valid"):
            run(issue_certificate, dose=other, facts=FACTS, key=own_key(), issued_at=ISSUED)


def test_a_clock_behind_the_last_signature_is_refused(run: Run, given: UUID) -> None:
    run(issue_certificate, dose=given, facts=FACTS, key=own_key(), issued_at=ISSUED)
    other = run(some_dose)
    behind = ISSUED - timedelta(minutes=5, seconds=1)
    with pytest.raises(Refused, match=r"certificate\.clock_behind"):
        run(issue_certificate, dose=other, facts=FACTS, key=own_key(), issued_at=behind)
    assert run(issue_certificate, dose=other, facts=FACTS, key=own_key(), issued_at=ISSUED - timedelta(minutes=5))


def test_one_certificate_can_be_taken_back_by_its_number(database: Database, run: Run, given: UUID) -> None:
    foreign = "URN:UVCI:01:ID:3201010101/AAAQEAYEAUDAOCAJ#4"
    assert run(revoke_certificate, uvci=foreign, reason="hilang") is not None
    assert run(revoke_certificate, uvci=foreign, reason="hilang") is None
    with database.reading() as records:
        assert revoked(records) == {foreign}
        assert list(derived_rows(records)) == []


def test_the_real_moment_is_signed_also_when_the_records_work_on_another_day(
    database: Database, run: Run, now: datetime, given: UUID
) -> None:
    text = run(issue_certificate, dose=given, facts=FACTS, key=own_key(), issued_at=ISSUED + timedelta(microseconds=7))
    assert now.year == 2021
    with database.reading() as records:
        assert verify(text, trusted_keys(records), AT).issued_at == ISSUED


def test_desks_that_print_at_the_same_time_issue_one_certificate(database: Database, run: Run, given: UUID) -> None:
    def desk(_number: int) -> str:
        text: str = run(issue_certificate, dose=given, facts=FACTS, key=own_key(), issued_at=ISSUED)
        return text

    with ThreadPoolExecutor(6) as desks:
        texts = set(desks.map(desk, range(12)))
    with database.reading() as records:
        assert texts == {row.text for row in records.execute(certificate.select())}
    assert len(texts) == 1
