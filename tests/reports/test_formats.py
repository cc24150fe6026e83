"""Dates, numbers and NIKs as Indonesian paper has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import formats


def test_days_are_written_as_on_a_letter() -> None:
    day = date(2021, 12, 20)
    assert formats.day_short(date(1952, 6, 12)) == "12-06-1952"
    assert formats.day_plain(day) == "20 Desember 2021"
    assert formats.day_long(day) == "Senin, 20 Desember 2021"
    assert formats.day_long(date(2022, 1, 7)) == "Jumat, 7 Januari 2022"
    assert formats.day_short(None) == "–"


def test_a_birth_date_is_written_as_far_as_it_is_known() -> None:
    day = date(1952, 6, 12)
    assert [formats.birth_date(day, p) for p in ("day", "month", "year")] == ["12-06-1952", "06-1952", "1952"]
    assert formats.birth_date(None, "year") == "–"


def test_the_clock_is_the_puskesmas_own() -> None:
    moment = datetime(2021, 12, 20, 3, 42, tzinfo=UTC)
    assert formats.clock(moment, timezone(timedelta(hours=7))) == "10.42"
    assert formats.clock(moment, timezone(timedelta(hours=9))) == "12.42"


def test_numbers_have_points_and_commas_the_indonesian_way() -> None:
    assert formats.number(1_259_754) == "1.259.754"
    assert formats.number(-1_259) == "-1.259"
    assert formats.percent(963_534, 2_519_508) == "38,24 %"
    assert formats.percent(1, 0) == "–"
    assert formats.decimal(96, 10, 1) == "9,6"
    assert formats.decimal(1, 2, 0) == "1"
    assert formats.decimal(-1, 1000, 1) == "0,0"
    assert formats.decimal(-15, 10, 1) == "-1,5"
    assert formats.decimal(10**9, 1, 2) == "1.000.000.000,00"


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 3))
def test_a_quotient_is_rounded_never_cut(numerator: int, denominator: int, places: int) -> None:
    shown = Fraction(formats.decimal(numerator, denominator, places).replace(".", "").replace(",", "."))
    assert abs(shown - Fraction(numerator, denominator)) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize("nik", ["6112095204870003", "3201010101990001"])
def test_a_nik_is_read_aloud_in_fours(nik: str) -> None:
    assert formats.nik_grouped(nik).replace(" ", "") == nik
    assert formats.nik_grouped(nik)[4::5] == "   "
