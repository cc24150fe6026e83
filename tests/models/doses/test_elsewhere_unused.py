"""A vaccine that this puskesmas does not receive may well have been given elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.doses.dose_actions import record_elsewhere, rewrite_dose, void_dose
from models.errors import Refused
from models.vaccines.catalogue import Catalogue

from .scene import DAY, Clinic, catalogue


def _without(product: str) -> Catalogue:
    shipped = catalogue()
    return shipped.with_products([replace(shipped.products[product], in_use=False)])


def test_a_dose_elsewhere_of_a_vaccine_that_is_not_in_use_here_is_recorded(clinic: Clinic) -> None:
    dose = clinic.do(
        record_elsewhere, catalogue=_without("coronavac"), recipient=clinic.person(), product="coronavac",
        day=clinic.today - 40 * DAY, elsewhere="RSUD", proof="kartu vaksin",
    )  # fmt: skip
    assert dose


def test_a_vaccine_that_nobody_knows_stays_refused(clinic: Clinic) -> None:
    with pytest.raises(Refused) as refused:
        clinic.do(
            record_elsewhere, catalogue=_without("coronavac"), recipient=clinic.person(), product="entah",
            day=clinic.today - 40 * DAY, elsewhere="RSUD", proof="kartu vaksin",
        )  # fmt: skip
    assert refused.value.code == "vaccine.unknown"


def test_an_injection_written_down_wrong_is_written_anew_after_its_vaccine_went_out_of_use(clinic: Clinic) -> None:
    wrong, right = clinic.person(), clinic.person()
    old = clinic.vaccinated(wrong, clinic.vial_of())
    clinic.do(void_dose, dose_id=old, injected=True, reason="salah orang")
    new = clinic.do(
        rewrite_dose, catalogue=_without("coronavac"), wrong=old, recipient=right, limb="left_arm", vaccinator="Ns. Nurul",
        reason="orang yang benar",
    )  # fmt: skip
    assert clinic.dose(new).valid
    clinic.clean()
