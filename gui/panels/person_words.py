"""Birth dates, target groups and sexes as people say and write them."""

from __future__ import annotations

from datetime import date

from gui.language import tr
from models.people.birth import BirthDate
from reports import formats


def age_words(birth: BirthDate, today: date) -> str:
    """69 tahun; 79–80 tahun where only the month or the year is known and both may be."""
    low, high = birth.age_on(today), birth.oldest_on(today)
    words = tr("{low}–{high} tahun") if high > low else tr("{low} tahun")
    return words.format(low=formats.number(max(low, 0)), high=formats.number(high))


def birth_words(day: date, precision: str) -> str:
    """A date of birth as far as it is known."""
    return formats.birth_date(day, precision)


def group_names() -> dict[str, str]:
    """Target groups as people say them."""
    return {
        "sdm_kesehatan": tr("SDM kesehatan"),
        "petugas_publik": tr("Petugas publik"),
        "lansia": tr("Lansia (60+)"),
        "masyarakat_umum": tr("Masyarakat umum"),
        "kelompok_usia_12_17": tr("Usia 12–17"),
        "kelompok_usia_6_11": tr("Usia 6–11"),
    }


def sex_names() -> dict[str, str]:
    """As on the KTP."""
    return {"male": tr("Laki-laki"), "female": tr("Perempuan")}
