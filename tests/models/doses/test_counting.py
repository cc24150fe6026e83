"""Histories become one by day, whatever was recorded in which order."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from models.doses.counting import Recorded, clashes, count_doses

FIRST = date(2021, 6, 1)


def dose(
    at: int, day: int, *, record: int = 1, product: str = "coronavac", series: int = 1, number: int = 1, here: bool = True
) -> Recorded:
    return Recorded(UUID(int=at), UUID(int=record), FIRST + timedelta(day), product, series, number, here)


def numbers(doses: list[Recorded]) -> list[tuple[int, int, int]]:
    return [(each.dose.id.int, each.series, each.number) for each in count_doses(doses)]


def test_two_first_doses_are_counted_on_in_order_of_the_day() -> None:
    later, earlier = dose(1, 40), dose(2, 0, record=2)
    assert numbers([later, earlier]) == [(2, 1, 1), (1, 1, 2)]


def test_a_paper_about_a_dose_given_here_is_the_same_dose_and_the_one_given_here_counts() -> None:
    paper, given_here = dose(1, 0, here=False), dose(2, 0, record=2)
    assert numbers([paper, given_here]) == [(2, 1, 1)]
    assert clashes([paper], [given_here]) == []


def test_one_paper_shown_twice_is_one_dose_the_earlier_entry() -> None:
    assert numbers([dose(2, 0, here=False), dose(1, 0, record=2, here=False)]) == [(1, 1, 1)]


def test_two_injections_here_on_one_day_both_count_and_stand_in_the_way() -> None:
    mine, theirs = dose(1, 0), dose(2, 0, record=2)
    assert numbers([mine, theirs]) == [(1, 1, 1), (2, 1, 2)]
    assert [clash.code for clash in clashes([mine], [theirs])] == ["joining.both_given_here"]


def test_two_vaccines_on_one_day_stand_in_the_way() -> None:
    mine, theirs = dose(1, 0), dose(2, 0, record=2, product="moderna", here=False)
    assert [clash.code for clash in clashes([mine], [theirs])] == ["joining.two_products"]


def test_thirteen_days_apart_are_asked_about_and_fourteen_are_not() -> None:
    mine = dose(1, 0)
    assert [clash.details["days"] for clash in clashes([mine], [dose(2, 13, record=2)])] == [13]
    assert clashes([mine], [dose(2, 14, record=2)]) == []
    assert clashes([mine, dose(2, 5, number=2)], []) == [], "what stood in one record before is not this question's"


def test_a_new_series_stays_one_and_is_asked_about() -> None:
    mine = [dose(1, 0), dose(2, 300, series=2)]
    theirs = [dose(3, 30, record=2)]
    assert numbers([*mine, *theirs]) == [(1, 1, 1), (3, 1, 2), (2, 2, 1)]
    assert [clash.code for clash in clashes(mine, theirs)] == ["joining.new_series"]


def test_two_records_that_both_began_a_second_series_have_one_second_series() -> None:
    mine, theirs = [dose(1, 0), dose(2, 300, series=2)], [dose(3, 30, record=2), dose(4, 340, record=2, series=2)]
    assert numbers([*mine, *theirs]) == [(1, 1, 1), (3, 1, 2), (2, 2, 1), (4, 2, 2)]


HISTORIES = st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=6)


@given(HISTORIES)
def test_a_history_in_one_record_is_counted_as_it_was_recorded(steps: list[tuple[int, bool]]) -> None:
    """Days apart, and whether a new series begins: as judge_dose numbers them."""
    found, day, series, number = [], 0, 1, 0
    for at, (wait, restart) in enumerate(steps, 1):
        day += wait
        series, number = (series + 1, 1) if restart and number else (series, number + 1)
        found.append(dose(at, day, series=series, number=number))
    assert [(each.series, each.number) for each in count_doses(found)] == [(each.series, each.number) for each in found]


ENTRIES = st.lists(
    st.builds(
        dose, st.integers(1, 10**6), st.integers(0, 20), record=st.integers(1, 3), number=st.integers(1, 3),
        product=st.sampled_from(("coronavac", "moderna")), series=st.integers(1, 2), here=st.booleans(),
    ),
    max_size=8, unique_by=lambda each: each.id,
)  # fmt: skip


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_count_has_no_gap_and_does_not_depend_on_the_order_of_the_entries(entries: list[Recorded], dice: object) -> None:
    counted = count_doses(entries)
    shuffled = list(entries)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert count_doses(shuffled) == counted
    by_series: dict[int, list[int]] = {}
    for each in counted:
        by_series.setdefault(each.series, []).append(each.number)
    assert all(found == list(range(1, len(found) + 1)) for found in by_series.values())
    assert [each.dose.day for each in counted] == sorted(each.dose.day for each in counted)
    days = {(each.day, each.product) for each in entries}
    assert {(each.dose.day, each.dose.product) for each in counted} == days, "no event is lost"
