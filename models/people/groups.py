"""The target groups of the national campaign (KMK 6424/2021; children of 6 to 11 since KMK 6688/2021)."""

from __future__ import annotations

from datetime import date
from typing import Final

from models.people.birth import BirthDate

GROUPS: Final = (
    "sdm_kesehatan",
    "petugas_publik",
    "lansia",
    "masyarakat_umum",
    "kelompok_usia_12_17",
    "kelompok_usia_6_11",
)


def target_group(birth: BirthDate, day: date, override: str | None = None) -> str | None:
    """The group somebody counts in on `day`: as set by hand, else by age; None below six years.

    Health workers and public servants cannot be told from a card, so they are always set by hand. An inexact birth
    date counts with its youngest age, as for the dose rules.
    """
    if override is not None:
        return override
    age = birth.age_on(day)
    if age >= 60:
        return "lansia"
    if age >= 18:
        return "masyarakat_umum"
    if age >= 12:
        return "kelompok_usia_12_17"
    return "kelompok_usia_6_11" if age >= 6 else None
