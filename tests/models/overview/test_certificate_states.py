"""How the certificates of a day stand, as the page lists them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from models.certificates.signers import SignerFile
from models.doses.dose_actions import rewrite_dose, void_dose
from models.overview.certificate_states import certificates_of_person, certificates_on
from models.overview.slips import SlipDesk, slip_of
from models.people.actions import correct
from models.places.regions import Regions
from models.records.keys import Keys
from tests.models.doses.scene import PEOPLE_CONFIRMED, Clinic, catalogue

REAL = datetime(2026, 1, 5, tzinfo=UTC)


def test_a_dose_is_unprinted_issued_outdated_taken_back_or_replaced(clinic: Clinic, regions: Regions, tmp_path: Path) -> None:
    desk = SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())
    facility, vial = clinic.actor.facility, clinic.vial_of()

    def states() -> list[tuple[UUID, str, int]]:
        with clinic.database.reading() as records:
            return [
                (line.dose.id, line.state, len(line.before))
                for line in certificates_on(records, catalogue(), facility, clinic.today)
            ]

    def printed(dose: UUID) -> str:
        return slip_of(clinic.database, clinic.actor, desk, dose, now=clinic.now, real_now=REAL).uvci

    person, third = clinic.person(), clinic.person()
    one, other, wrong = (clinic.vaccinated(each, vial) for each in (person, clinic.person(), third))
    assert states() == [(one, "none", 0), (other, "none", 0), (wrong, "none", 0)]
    first = printed(one)
    printed(other)
    printed(wrong)
    assert states() == [(one, "issued", 0), (other, "issued", 0), (wrong, "issued", 0)]
    clinic.do(
        correct, recipient=person, person=replace(clinic.persons[person], name="Nama Yang Betul"), reason="salah ketik",
        confirmed=PEOPLE_CONFIRMED,
    )  # fmt: skip
    clinic.do(void_dose, dose_id=other, injected=False, reason="salah orang")
    clinic.do(void_dose, dose_id=wrong, injected=True, reason="salah lengan")
    anew = clinic.do(
        rewrite_dose, catalogue=catalogue(), wrong=wrong, recipient=third, limb="right_arm", vaccinator="Bd. Dewi",
        reason="salah lengan",
    )  # fmt: skip
    assert states() == [(one, "outdated", 0), (other, "revoked", 0), (wrong, "replaced", 0), (anew, "none", 0)]
    assert printed(one) != first
    with clinic.database.reading() as records:
        (line,) = certificates_of_person(records, catalogue(), facility, person)
    assert (line.state, line.before, line.name, line.has_eu_code) == ("issued", (first,), "Nama Yang Betul", True)
    key = SignerFile(desk.signer_file, desk.keys).own("", "", REAL)
    with clinic.database.reading() as records:
        (line,) = certificates_of_person(records, catalogue(), facility, person, frozenset({key.kid}))
    assert (line.state, line.can_print) == ("revoked", True)  # as every counter sees it
