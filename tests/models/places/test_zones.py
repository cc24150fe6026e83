"""Local days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from models.places.zones import day_bounds, local_day, zone_of


def test_one_moment_is_another_day_in_another_zone() -> None:
    moment = datetime(2021, 12, 20, 15, 30, tzinfo=UTC)
    assert [local_day(moment, zone) for zone in ("WIB", "WITA", "WIT")] == [
        date(2021, 12, 20),
        date(2021, 12, 20),
        date(2021, 12, 21),
    ]


def test_a_naive_moment_has_no_day() -> None:
    with pytest.raises(TypeError):
        local_day(datetime(2021, 12, 20), "WIB")  # noqa: DTZ001


def test_the_bounds_hold_exactly_the_moments_of_the_day() -> None:
    begin, end = day_bounds(date(2021, 12, 20), "WIT")
    assert begin == datetime(2021, 12, 19, 15, tzinfo=UTC)
    assert local_day(begin, "WIT") == date(2021, 12, 20)
    assert local_day(end, "WIT") == date(2021, 12, 21)


def test_the_zone_follows_from_the_province() -> None:
    assert [zone_of(code) for code in ("61.12.09", "65.71", "82.01", "96.71", "11", "73")] == [
        "WIB",
        "WITA",
        "WIT",
        "WIT",
        "WIB",
        "WITA",
    ]
