"""What a slip says of a dose, read from real records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.doses.dose_actions import record_elsewhere
from models.overview.slips import SlipDesk, slip_of
from models.places.actions import FacilityDraft, set_facility
from models.places.regions import Regions
from models.records.keys import Keys
from reports.slip import dose_words
from tests.models.doses.scene import DAY, Clinic, catalogue


@pytest.mark.parametrize(("first", "number", "primary"), [("janssen", 2, 1), ("coronavac", 3, 2)])
def test_a_booster_of_a_vaccine_with_a_longer_series_is_called_a_booster_on_the_slip(
    clinic: Clinic, regions: Regions, tmp_path: Path, first: str, number: int, primary: int
) -> None:
    desk = SlipDesk(Keys(clinic.database.site, bytes(32)), tmp_path / "signer", regions, catalogue())
    person = clinic.person()
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
