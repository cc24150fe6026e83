"""Somebody comes back under another spelling: found by the sound, by a slip of a finger, by the year of birth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.birth import BirthDate
from models.people.names import nearest, slips
from models.people.person import PersonDraft
from models.people.search_queries import alike, search
from models.records.database import Database

from .test_search_many import crowd, register_all

ELDER = PersonDraft(
    name="PONIRAH", birth=BirthDate(date(1941, 1, 1), "year"), sex="female", reason_without_nik="KTP hilang",
    desa="61.12.09.2001", kecamatan="61.12.09",
)  # fmt: skip
YOUNGER = PersonDraft(
    name="PONIRAN", birth=BirthDate(date(1979, 5, 2)), sex="male", reason_without_nik="KTP hilang"
)
WORDS = st.text("abcde", max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("ponirah", "ponirah", 0), ("ponirah", "poniran", 1), ("ponirah", "pnoirah", 1), ("ponirah", "ponira", 1),
        ("ponirah", "pooniraah", 2), ("", "abc", 3), ("sarifah", "saripa", 2),
    ],
)  # fmt: skip
def test_slips_of_a_finger_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other) == slips(other, one) == count


@given(WORDS, WORDS)
def test_no_near_word_is_passed_over_by_the_quick_look_at_its_letters(word: str, other: str) -> None:
    most = 2 if len(word) >= 6 else 1 if len(word) >= 4 else 0
    assert nearest(word, [other]) == [(far, other) for far in [slips(word, other)] if far <= most]


@pytest.mark.parametrize("typed", ["PONIRAH", "Poniirah", "ponirrah", "PONI", "ponirah 1941", "1941 ponirah"])
def test_an_elder_with_one_name_and_a_year_is_found_by_what_is_heard(
    database: Database, run: Callable[..., Any], typed: str
) -> None:
    run(register_all, people=[*crowd()[:50], ELDER])
    with database.reading() as records:
        found = search(records, typed)
    assert [(row.name, row.birth) for row in found] == [("PONIRAH", ELDER.birth)]


@pytest.mark.parametrize("typed", ["PONIHRA", "puniraah", "Ponirha", "bonirah", "ponirat 1941"])
def test_an_elder_is_found_under_another_spelling_when_nobody_is_found(
    database: Database, run: Callable[..., Any], typed: str
) -> None:
    run(register_all, people=[*crowd()[:50], YOUNGER, ELDER])
    with database.reading() as records:
        assert search(records, typed) == []
        found = [row.name for row in alike(records, typed)]
    assert "PONIRAH" in found
    assert ("1941" in typed) != ("PONIRAN" in found) or "PONIRAN" not in found


def test_the_year_tells_namesakes_apart_and_each_word_may_be_near(database: Database, run: Callable[..., Any]) -> None:
    run(register_all, people=crowd())
    with database.reading() as records:
        years = {row.birth.date.year for row in search(records, "siti suharto", limit=100)}
        assert len(years) > 1
        one = min(years)
        assert {row.birth.date.year for row in search(records, f"siti {one} suharto", limit=100)} == {one}
        assert search(records, "siti wijwya") == []
        assert {row.name for row in alike(records, "siti wijwya")} == {"SITI WIJAYA"}
        assert alike(records, "zzzzzz") == []
        assert alike(records, "...") == []
