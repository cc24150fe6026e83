"""Pure rules of the shelf: labels, order of use, the sums of a vial."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.stock.batches import lot, read_expiry, tidy_number, usable_until, why_unusable
from models.stock.picking import Shelf, not_counted, pick_batches
from models.stock.vials import VialAccount, check_room, discard_at, most_overfill

T0 = datetime(2021, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-12-2022", date(2022, 12, 31)),
        ("5/6/2022", date(2022, 6, 5)),
        ("05.06.22", date(2022, 6, 5)),
        ("2022-12-31", date(2022, 12, 31)),
        ("31 Des 2022", date(2022, 12, 31)),
        ("5 Agustus 2022", date(2022, 8, 5)),
        ("31122022", date(2022, 12, 31)),
        ("20221231", date(2022, 12, 31)),
        ("20122022", date(2022, 12, 20)),
        ("221231", date(2022, 12, 31)),
        ("221200", date(2022, 12, 31)),
        ("(17)220200", date(2022, 2, 28)),
        ("240200", date(2024, 2, 29)),
        ("122022", date(2022, 12, 31)),
        ("12/2022", date(2022, 12, 31)),
        ("02-2024", date(2024, 2, 29)),
        ("2022-06", date(2022, 6, 30)),
        ("12/22", date(2022, 12, 31)),
        ("EXP: DEC 2022", date(2022, 12, 31)),
        (" okt 2022 ", date(2022, 10, 31)),
    ],
)  # fmt: skip
def test_an_expiry_is_read_as_labels_write_it(text: str, day: date) -> None:
    assert read_expiry(text) == day


@pytest.mark.parametrize(
    "text", ["", "besok", "31-02-2022", "13/2022", "221332", "00-12-2022", "2022", "1-1-1999", "٣١١٢٢٠٢٢", "1-2-3-4", "0/0/0"]
)
def test_an_expiry_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_expiry(text)
    assert refusal.value.code == "batch.expiry"


@pytest.mark.parametrize(
    ("text", "number"), [(" bd 5121–a ", "BD5121-A"), ("２０２１０７", "202107"), ("abx/49_21.x", "ABX/49_21.X")]
)
def test_a_batch_number_has_one_spelling(text: str, number: str) -> None:
    assert tidy_number(text) == number
    assert tidy_number(number) == number


@pytest.mark.parametrize("text", ["", "-", "a" * 41, "ab#1", "’"])
def test_a_batch_number_that_no_label_carries_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"batch\.number"):
        tidy_number(text)


def test_usable_until_is_the_earlier_of_extended_expiry_and_days_after_thawing() -> None:
    expiry, thawed = date(2022, 1, 31), date(2021, 12, 20)
    assert usable_until(expiry, None, None, 31) == expiry
    assert usable_until(expiry, date(2022, 4, 30), None, None) == date(2022, 4, 30)
    assert usable_until(expiry, date(2022, 4, 30), thawed, 31) == date(2022, 1, 20)
    assert usable_until(date(2022, 1, 5), None, thawed, 31) == date(2022, 1, 5)


def test_why_a_batch_may_not_be_used() -> None:
    today = date(2021, 12, 20)

    def why(until: date = today, vvm: str = "", *, held: bool = False, frozen: bool = False) -> str:
        return why_unusable(until=until, today=today, vvm=vvm, held=held, frozen=frozen)

    assert [why(), why(vvm="A"), why(vvm="B")] == ["", "", ""]
    assert [why(vvm="C"), why(vvm="D")] == ["vvm", "vvm"]
    assert [why(held=True), why(frozen=True), why(until=today - timedelta(days=1))] == ["held", "frozen", "expired"]


def shelf(number: int, vials: int, days: int, vvm: str = "", unusable: str = "", came: int = 0) -> Shelf:
    return Shelf(UUID(int=number), vials, date(2022, 1, 1) + timedelta(days=days), vvm, unusable, T0 + timedelta(days=came))


def test_vvm_b_goes_before_a_then_expiry_then_first_in() -> None:
    shelves = [
        shelf(1, 5, 10, "A"),
        shelf(2, 5, 90, "B"),
        shelf(3, 5, 10, "A", came=-1),
        shelf(4, 5, 5, "A"),
        shelf(5, 5, 0, "C", "vvm"),
        shelf(6, 5, 0, "", "expired"),
    ]
    picks = pick_batches(shelves, 20)
    assert [(pick.batch.int, pick.vials) for pick in picks] == [(2, 5), (4, 5), (3, 5), (1, 5)]
    with pytest.raises(Refused) as refusal:
        pick_batches(shelves, 21)
    assert (refusal.value.code, refusal.value.details) == ("stock.not_enough", {"have": 20, "want": 21})


def test_a_recall_of_a_lot_means_its_thawed_parts_too_and_no_other_lot() -> None:
    known = {"940915", "940915-2", "940915-3", "940916", "9409152", "2107-12", "2107-13"}
    parts = {"940915", "940915-2", "940915-3"}
    assert [lot(number, known) for number in ("940915", "940915-3", "2107-12")] == [parts, parts, {"2107-12"}]


def test_what_came_back_from_outreach_goes_before_what_expires_first_but_after_vvm_b() -> None:
    back = replace(shelf(1, 5, 90, "A"), returned=True)
    shelves = [shelf(2, 5, 0, "A"), back, shelf(3, 5, 60, "B"), replace(shelf(4, 5, 0, "", "held"), returned=True)]
    assert [pick.batch.int for pick in pick_batches(shelves, 15)] == [3, 1, 2]


def test_what_may_not_be_used_counts_as_none_and_says_why() -> None:
    whys = ("expired", "vvm", "held", "frozen")
    shelves = [shelf(at, at, at, "", why) for at, why in enumerate(whys, 1)] + [shelf(9, 3, 0), shelf(8, 0, 0, "", "held")]
    assert [(each.batch.int, each.vials, each.why) for each in not_counted(shelves)] == [
        (at, at, why) for at, why in enumerate(whys, 1)
    ]
    with pytest.raises(Refused) as refusal:
        pick_batches(shelves, 4)
    assert refusal.value.details == {"have": 3, "want": 4}


SHELVES = st.lists(
    st.builds(
        shelf, st.integers(1, 10**6), st.integers(0, 30), st.integers(0, 50), st.sampled_from(["", "A", "B"]),
        st.sampled_from(["", "", "expired", "held"]), st.integers(0, 9),
    ),
    max_size=8, unique_by=lambda each: each.batch,
)  # fmt: skip


@given(SHELVES, st.integers(1, 120))
def test_a_pick_takes_exactly_what_was_asked_and_never_from_an_unusable_shelf(shelves: list[Shelf], wanted: int) -> None:
    usable = {each.batch: each for each in shelves if not each.unusable}
    if sum(each.vials for each in usable.values()) < wanted:
        with pytest.raises(Refused):
            pick_batches(shelves, wanted)
        return
    picks = pick_batches(shelves, wanted)
    assert sum(pick.vials for pick in picks) == wanted
    assert all(0 < pick.vials <= usable[pick.batch].vials for pick in picks)
    assert all(pick.vials == usable[pick.batch].vials for pick in picks[:-1]), "a shelf is emptied before the next"


def test_the_clock_runs_from_puncture_or_dilution() -> None:
    diluted = T0 - timedelta(hours=1)
    assert discard_at(T0, None, 6, "puncture") == T0 + timedelta(hours=6)
    assert discard_at(T0, diluted, 6, "puncture") == T0 + timedelta(hours=6)
    assert discard_at(T0, diluted, 6, "dilution") == diluted + timedelta(hours=6)
    assert discard_at(T0, None, 6, "dilution") == T0 + timedelta(hours=6)
    assert discard_at(T0, None, None, "puncture") is None


@pytest.mark.parametrize(
    ("content", "dose", "most"), [(500, 500, 0), (1000, 500, 500), (5000, 500, 1000), (1800, 300, 360), (7000, 500, 1400)]
)
def test_how_much_more_than_printed_is_believed(content: int, dose: int, most: int) -> None:
    assert most_overfill(content, dose) == most


@given(st.integers(1, 20), st.sampled_from([300, 500]), st.lists(st.tuples(st.booleans(), st.integers(1, 700)), max_size=40))
def test_the_account_of_a_vial_always_adds_up(doses: int, dose_ul: int, steps: list[tuple[bool, int]]) -> None:
    account = VialAccount(doses * dose_ul)
    for is_draw, volume in steps:
        if not is_draw:
            lost = min(volume, account.left_ul)
            account = VialAccount(account.content_ul, account.drawn_ul, account.lost_ul + lost)
            continue
        try:
            newly = check_room(account, dose_ul, volume)
        except Refused:
            assert volume > account.left_ul
            continue
        before = account.overfill_ul
        account = VialAccount(account.content_ul, account.drawn_ul + volume, account.lost_ul)
        assert account.overfill_ul == before + newly
        assert account.overfill_ul <= most_overfill(account.content_ul, dose_ul)
    assert account.content_ul + account.overfill_ul == account.drawn_ul + account.lost_ul + account.left_ul
