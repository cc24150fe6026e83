"""The small rules of the clinic's table: who is called next, what a vial says of its hour, what people type as measures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from gui.counters.clinic_day import calling_order
from gui.panels.measures import pressures, tidy_pressure, tidy_temperature
from gui.panels.vial_blocks import doses_left
from gui.panels.vial_in_hand import clock_words, opening_order
from models.doses.queries import QueueRow
from models.doses.visits import Visit
from models.errors import Refused
from models.stock.queries import BatchBalance, OpenVial, first_to_use

NOW = datetime(2021, 12, 20, 3, 0, tzinfo=UTC)
BOTH = ("screened", "registered")


def _row(number: int, step: str = "registered", repeat: int | None = None) -> QueueRow:
    at = None if repeat is None else NOW + timedelta(minutes=repeat)
    visit = Visit(UUID(int=number), UUID(int=number), UUID(int=1), date(2021, 12, 20), number, 1, step, NOW, at, None)
    return QueueRow(visit, f"ORANG {number}", date(1980, 1, 1), "day", "female", 0)


def _vial(left_ul: int = 5000, minutes: int | None = 60) -> OpenVial:
    ends = None if minutes is None else NOW + timedelta(minutes=minutes)
    return OpenVial(
        UUID(int=1), UUID(int=2), "Meja 1", UUID(int=3), "coronavac", "20210812", 500, 5000, 5000 - left_ul, 0, 0, 0, NOW, ends,
        None, date(2022, 3, 12), date(2022, 3, 12),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("waiting", "steps", "skipped", "numbers"),
    [
        ([_row(1), _row(2, "screened")], BOTH, {}, [2, 1]),
        ([_row(1), _row(2, "screened")], ("registered",), {}, [1]),
        ([_row(1), _row(2), _row(3)], BOTH, {UUID(int=1): 1}, [2, 3, 1]),
        ([_row(1), _row(2)], BOTH, {UUID(int=1): 2, UUID(int=2): 1}, [2, 1]),
        ([_row(1), _row(2, repeat=-1)], BOTH, {}, [2, 1]),
        ([_row(1, repeat=3), _row(2)], BOTH, {}, [2]),
        ([_row(1, "injected"), _row(2, "observed")], BOTH, {}, []),
    ],
)
def test_who_is_called_next(
    waiting: list[QueueRow], steps: tuple[str, ...], skipped: dict[UUID, int], numbers: list[int]
) -> None:
    assert [row.visit.queue_no for row in calling_order(waiting, steps, skipped, NOW)] == numbers


@pytest.mark.parametrize(
    ("minutes", "words", "kind"),
    [
        (31, "", "calm"),
        (30, "30 menit lagi", "ask"),
        (1, "1 menit lagi", "ask"),
        (-1, "Lewat jam buang", "stop"),
        (None, "", "calm"),
    ],
)
def test_a_vial_speaks_of_its_hour_in_the_last_half_hour(minutes: int | None, words: str, kind: str) -> None:
    said = clock_words(_vial(minutes=minutes), NOW, "16.05")
    assert said[1] == kind
    assert words in said[0]
    assert bool(said[0]) == bool(words)


@pytest.mark.parametrize(("left_ul", "words"), [(5000, "10"), (3250, "6½"), (3249, "6"), (250, "½"), (0, "0")])
def test_what_is_left_is_counted_by_volume(left_ul: int, words: str) -> None:
    assert doses_left(_vial(left_ul)) == words


@pytest.mark.parametrize(("typed", "tidy"), [("36,6", "36,6"), ("366", "36,6"), ("36.6", "36,6"), ("36", "36,0")])
def test_a_temperature_is_taken_as_it_is_typed(typed: str, tidy: str) -> None:
    assert tidy_temperature(typed) == tidy


@pytest.mark.parametrize("typed", ["120/80", "120 80", " 120 / 80 ", "120-80", "120,80"])
def test_a_pressure_is_taken_as_it_is_typed(typed: str) -> None:
    assert tidy_pressure(typed) == "120/80"


@pytest.mark.parametrize(("typed", "tidy"), [("13080", "130/80"), ("9060", "90/60"), (" 180110 ", "180/110")])
def test_a_pressure_without_a_stroke_is_taken_where_it_can_be_only_one(typed: str, tidy: str) -> None:
    assert tidy_pressure(typed) == tidy


@pytest.mark.parametrize("typed", ["120", "1308", "80120", "80130", "130801", "120/8", "abc"])
def test_half_a_pressure_is_none(typed: str) -> None:
    assert pressures(typed) is None
    with pytest.raises(Refused):
        tidy_pressure(typed)


def _batch(number: str, product: str, expiry: date, unusable: str = "") -> BatchBalance:
    return BatchBalance(
        UUID(int=2), UUID(int=int(number)), product, number, expiry, expiry, 5, 10, 500, "", unusable, "", NOW,
    )  # fmt: skip


SHELF = [
    _batch("1", "astrazeneca", date(2022, 6, 30)), _batch("2", "coronavac", date(2022, 1, 1), "held"),
    _batch("3", "coronavac", date(2022, 3, 12)), _batch("4", "pfizer", date(2022, 2, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ranks", "last", "numbers"),
    [
        ({}, "", "4312"),
        ({}, "astrazeneca", "1432"),
        ({"pfizer": 2}, "", "3142"),
        ({"pfizer": 2, "astrazeneca": 1}, "astrazeneca", "3142"),
    ],
)
def test_what_fits_is_opened_first_then_more_of_the_same_then_what_expires_first(
    ranks: dict[str, int], last: str, numbers: str
) -> None:
    order = opening_order(first_to_use(SHELF), lambda product: ranks.get(product, 0), last)
    assert "".join(each.number for each in order) == numbers
