"""UUIDv7 that only ever rise within a process."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from models.records.base import new_id


def _moment(key: UUID) -> int:
    """Milliseconds since 1970, as RFC 9562 puts them into the first 48 bits."""
    return key.int >> 80


def test_an_id_is_a_uuid7_of_the_present_moment() -> None:
    before = time.time_ns() // 1_000_000
    key = new_id()
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
    # Ids of one process count on even past the clock, but only by fractions of a millisecond each.
    assert before <= _moment(key) <= time.time_ns() // 1_000_000 + 1000


def test_ids_rise_in_every_thread_and_none_comes_twice() -> None:
    def many(_thread: int) -> list[UUID]:
        return [new_id() for _ in range(3000)]

    with ThreadPoolExecutor(8) as pool:
        lists = list(pool.map(many, range(8)))
    assert all(keys == sorted(keys) for keys in lists)
    assert len({key for keys in lists for key in keys}) == 24_000


def test_ids_rise_within_one_millisecond_and_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    present = time.time_ns()
    keys = [new_id()]
    for clock in (present, present, present - 3_600_000_000_000, 0, present + 5_000_000, present):
        monkeypatch.setattr(time, "time_ns", lambda clock=clock: clock)
        keys += [new_id() for _ in range(200)]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    assert {key.version for key in keys} == {7}
