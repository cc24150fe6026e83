"""Papers for who goes home without an injection: the doctor's signed letter and the slip of who waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.certificates.letter_queries import doctors
from models.certificates.letters import said, verify_letter
from models.certificates.queries import is_revoked, revoked, trusted_keys
from models.certificates.tables import letter
from models.doses.actions import postpone, withhold
from models.errors import Refused
from models.overview.letter_facts import LetterPaper
from models.overview.letters import letter_for, waiting_of, waiting_of_visit
from models.overview.slips import SlipDesk
from models.places.actions import set_service_day
from models.places.regions import Regions
from models.records.database import Database
from models.records.keys import Keys
from tests.models.conftest import AllRights
from tests.models.doses.scene import DAY, Clinic, catalogue
from tests.models.overview.test_check import codes, forge

DOCTOR = {"doctor": "dr. Sari Puspita", "sip": "503/1234/SIP-D/2021"}


def written(clinic: Clinic, desk: SlipDesk, visit: UUID, real: datetime | None = None, **values: Any) -> LetterPaper:
    given: dict[str, Any] = {**DOCTOR, "until": None} | values
    return letter_for(
        clinic.database, clinic.actor, desk, visit, now=clinic.now, real_now=real or clinic.now, **given
    )


@pytest.fixture
def desk(clinic: Clinic, regions: Regions, tmp_path: Path) -> SlipDesk:
    return SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())


def test_a_letter_is_the_same_at_every_reprint_and_a_corrected_or_outlived_one_is_taken_back(
    clinic: Clinic, desk: SlipDesk
) -> None:
    person = clinic.person(name="Sukarno")
    visit = clinic.arrive(person)
    with pytest.raises(Refused, match=r"letter\.no_visit"):
        written(clinic, desk, visit)
    until = clinic.today + 14 * DAY
    clinic.do(postpone, visit=visit, reason="tensi tinggi", until=until)
    first = written(clinic, desk, visit, until=until)
    assert written(clinic, desk, visit, clinic.now + 3 * DAY, until=until) == first
    with clinic.database.reading() as records:
        verdict = verify_letter(first.text, trusted_keys(records), clinic.now)
        assert not is_revoked(records, first.number)
        assert doctors(records, clinic.actor.facility) == {DOCTOR["doctor"]: DOCTOR["sip"]}
    assert verdict.valid
    content = said(first.text)
    assert content == verdict.certificate
    assert (content["kind"], content["until"], content["nam"]["fn"]) == ("postponed", until.isoformat(), "Sukarno")
    assert "tensi" not in str(content), "no reason of the person is anybody's business"
    other = written(clinic, desk, visit, until=until + 7 * DAY)
    assert other.number != first.number
    with clinic.database.reading() as records:
        assert is_revoked(records, first.number)
    clinic.do(withhold, visit=visit, reason="alergi berat")
    with clinic.database.reading() as records:
        assert revoked(records) == {first.number, other.number}, "the visit has gone on"
    last = written(clinic, desk, visit)
    assert (last.kind, last.until) == ("excluded", None)
    with clinic.database.reading() as records:
        assert revoked(records) == {first.number, other.number}
    clinic.clean()
    row = dict(recipient_id=person, visit_id=visit, position=1, kind="postponed", **DOCTOR, number="X", kid=b"12345678")
    clinic.do(forge, table=letter, row=row | {"issued_at": clinic.now, "text": ""})
    assert codes(clinic) == {"check.letter_without_visit"}


def test_a_letter_needs_a_doctor_with_a_licence_and_an_end_that_is_not_over(
    sqlite_database: Database, actor: AllRights, regions: Regions, tmp_path: Path
) -> None:
    clinic = Clinic(sqlite_database, actor)
    desk = SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())
    visit = clinic.arrive(clinic.person())
    clinic.do(postpone, visit=visit, reason="demam")
    for wrong, code in (({"doctor": " "}, "doctor"), ({"sip": ""}, "sip"), ({"until": clinic.today - DAY}, "until_past")):
        with pytest.raises(Refused, match=f"letter.{code}"):
            written(clinic, desk, visit, **wrong)
    letter = written(clinic, desk, visit, until=clinic.today)
    with clinic.database.reading() as records:
        believed = trusted_keys(records)
    evening = datetime(2021, 12, 20, 16, 59, tzinfo=UTC)  # 23.59 WIB
    assert verify_letter(letter.text, believed, evening).valid
    assert verify_letter(letter.text, believed, evening + timedelta(minutes=2)).reason == "letter.over"
    demo = written(clinic, desk, visit, evening + 1500 * DAY, until=clinic.today + DAY)
    with clinic.database.reading() as records:
        believed = trusted_keys(records)
    assert verify_letter(demo.text, believed, evening + 1502 * DAY).valid, "good for as many days as from its own day"
    assert verify_letter(demo.text, believed, evening + 1503 * DAY).reason == "letter.over"


def test_the_slip_of_who_waits_names_a_day_and_no_reason(
    sqlite_database: Database, actor: AllRights, regions: Regions
) -> None:
    clinic = Clinic(sqlite_database, actor)
    person = clinic.person(name="Sukarno")
    visit = clinic.arrive(person)
    clinic.do(postpone, visit=visit, reason="Stok vaksin habis", until=clinic.today + 2 * DAY)
    clinic.do(set_service_day, post_id=clinic.village, day=clinic.today + 5 * DAY, roster=[])
    with clinic.database.reading() as records:
        facts = waiting_of_visit(
            records, visit, regions, catalogue(), until=clinic.today + 2 * DAY, stock=True, today=clinic.today
        )
    assert (facts.from_day, facts.service_day) == (clinic.today + 2 * DAY, clinic.today + 5 * DAY)
    assert (facts.service_at, facts.stock) == ("Pos Desa Pal Sembilan", True)
    given = clinic.person()
    clinic.vaccinated(given, clinic.vial_of())
    with clinic.database.reading() as records:
        facts = waiting_of(records, given, clinic.post, regions, catalogue(), stock=False, today=clinic.today)
    assert facts.from_day == clinic.today + 28 * DAY, "not before the rules allow the second dose"
    assert facts.service_day is None
