"""Dates of birth, exact or not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.people.birth import BirthDate, parse_birth
from models.people.groups import target_group

TODAY = date(2021, 12, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12061952", BirthDate(date(1952, 6, 12))),
        ("12-6-1952", BirthDate(date(1952, 6, 12))),
        (" 12/06/1952 ", BirthDate(date(1952, 6, 12))),
        ("12.6.1952", BirthDate(date(1952, 6, 12))),
        ("12 6 1952", BirthDate(date(1952, 6, 12))),
        ("12\u20136\u20131952", BirthDate(date(1952, 6, 12))),
        ("12\u00a0Juni\u00a01952", BirthDate(date(1952, 6, 12))),
        ("17 Agt 1945", BirthDate(date(1945, 8, 17))),
        ("1 desember 2000", BirthDate(date(2000, 12, 1))),
        ("1952-06-12", BirthDate(date(1952, 6, 12))),
        ("12/06/52", BirthDate(date(1952, 6, 12))),
        ("6-1952", BirthDate(date(1952, 6, 1), "month")),
        ("Juni 1952", BirthDate(date(1952, 6, 1), "month")),
        ("1952", BirthDate(date(1952, 1, 1), "year")),
        ("20122021", BirthDate(date(2021, 12, 20))),
        ("29022000", BirthDate(date(2000, 2, 29))),
        ("29-2-00", BirthDate(date(2000, 2, 29))),
    ],
)
def test_the_usual_ways_of_writing_a_date_are_read(text: str, expected: BirthDate) -> None:
    assert parse_birth(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "birth.empty"),
        ("  ", "birth.empty"),
        ("31021952", "birth.impossible"),
        ("29-2-1951", "birth.impossible"),
        ("29-2-51", "birth.impossible"),
        ("1-13-1952", "birth.impossible"),
        ("0-1-1952", "birth.impossible"),
        ("1-1-0000", "birth.impossible"),
        ("21122021", "birth.future"),
        ("2022", "birth.future"),
        ("1-2022", "birth.future"),
        ("12/06/12", "birth.year_digits"),
        ("120652", "birth.unclear"),
        ("52", "birth.unclear"),
        ("kemarin", "birth.unclear"),
        ("12 foo 1952", "birth.unclear"),
        ("1-2-3-1952", "birth.unclear"),
        ("١٢٠٦١٩٥٢", "birth.unclear"),
        ("12061952²", "birth.unclear"),
        ("123-6-1952", "birth.unclear"),
        ("😀", "birth.unclear"),
    ],
)
def test_what_is_no_date_is_refused_by_its_own_name(text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_birth(text, TODAY)
    assert caught.value.code == code
    assert caught.value.field == "birth_date"


@given(st.text(max_size=12))
def test_any_text_is_read_as_a_day_before_tomorrow_or_refused(text: str) -> None:
    try:
        birth = parse_birth(text, TODAY)
    except Refused:
        return
    assert birth.date <= TODAY


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(["{:%d%m%Y}", "{:%d-%m-%Y}", "{:%Y-%m-%d}", "{:%d/%m/%Y}"]))
def test_a_written_date_comes_back(born: date, form: str) -> None:
    assert parse_birth(form.format(born), TODAY) == BirthDate(born)


def test_age_is_full_on_the_birthday_and_not_before() -> None:
    birth = BirthDate(date(2003, 12, 20))
    assert (birth.age_on(date(2021, 12, 19)), birth.age_on(TODAY)) == (17, 18)
    leap = BirthDate(date(2004, 2, 29))
    assert (leap.age_on(date(2022, 2, 28)), leap.age_on(date(2022, 3, 1))) == (17, 18)


def test_an_inexact_date_counts_as_the_youngest_and_tells_the_oldest() -> None:
    year = BirthDate(date(2003, 1, 1), "year")
    assert (year.age_on(TODAY), year.oldest_on(TODAY)) == (17, 18)
    assert year.age_on(date(2021, 12, 31)) == 18
    month = BirthDate(date(2003, 12, 1), "month")
    assert (month.age_on(date(2021, 12, 30)), month.age_on(date(2021, 12, 31))) == (17, 18)
    assert BirthDate(date(2000, 2, 1), "month").latest == date(2000, 2, 29)


@given(st.dates(date(1901, 1, 1), TODAY), st.sampled_from(["day", "month", "year"]), st.integers(0, 40000))
def test_the_true_age_lies_between_youngest_and_oldest(born: date, precision: str, days: int) -> None:
    first = {"day": born, "month": born.replace(day=1), "year": born.replace(month=1, day=1)}[precision]
    birth = BirthDate(first, "day" if precision == "day" else "month" if precision == "month" else "year")
    day = born + timedelta(days)
    assert birth.age_on(day) <= BirthDate(born).age_on(day) <= birth.oldest_on(day)
    assert birth.includes(born)
    assert birth.meets(BirthDate(born))


def test_more_than_120_years_is_worth_a_question() -> None:
    assert not BirthDate(date(1900, 12, 21)).very_old(TODAY)
    assert not BirthDate(date(1901, 1, 1), "year").very_old(TODAY)
    assert BirthDate(date(1900, 12, 20)).age_on(TODAY) == 121
    assert BirthDate(date(1900, 12, 20)).very_old(TODAY)


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(1961, 12, 20), "lansia"),
        (date(1961, 12, 21), "masyarakat_umum"),
        (date(2003, 12, 20), "masyarakat_umum"),
        (date(2003, 12, 21), "kelompok_usia_12_17"),
        (date(2009, 12, 20), "kelompok_usia_12_17"),
        (date(2009, 12, 21), "kelompok_usia_6_11"),
        (date(2015, 12, 20), "kelompok_usia_6_11"),
        (date(2015, 12, 21), None),
    ],
)
def test_the_group_follows_the_age_on_that_day(born: date, group: str | None) -> None:
    assert target_group(BirthDate(born), TODAY) == group


def test_a_group_set_by_hand_wins() -> None:
    assert target_group(BirthDate(date(1950, 1, 1)), TODAY, "sdm_kesehatan") == "sdm_kesehatan"
