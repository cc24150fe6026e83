"""A count compares each figure with the book of its own moment, and leaves differences or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.errors import Confirm, Refused
from models.records.base import new_id
from models.records.perform import perform
from models.stock.actions import send_vials
from models.stock.counts.actions import (
    cancel_count,
    count_batch,
    count_found,
    finish_count,
    start_count,
    take_back_count,
)
from models.stock.counts.count import Figure, causes_of, check_reasons, read_figure
from models.stock.counts.queries import counts, figures, result, to_count
from models.stock.discards.discard import Witness
from models.stock.queries import movements
from tests.models.stock.conftest import CATALOGUE, Puskesmas

NOW = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
SIGNED = {"counter": Witness("Rina"), "witness": Witness("Budi")}


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def figures_of(at: Puskesmas, count: UUID, post: UUID) -> dict[str, tuple[int | None, int]]:
    with at.database.reading() as records:
        return {each.number: (each.counted, each.book) for each in figures(records, count, post)}


def finish(at: Puskesmas, count: UUID, **values: Any) -> UUID:
    done: UUID = at.run(finish_count, at=later(60), count=count, **(SIGNED | values))
    return done


def test_vials_that_move_during_a_count_are_no_difference(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=20, number="A1")
    count = puskesmas.run(start_count, post=puskesmas.post)
    puskesmas.run(count_batch, at=later(10), count=count, batch=batch, vials=18)
    puskesmas.run(send_vials, at=later(20), batch=batch, source=puskesmas.post, target=puskesmas.warehouse, vials=5)
    assert figures_of(puskesmas, count, puskesmas.post) == {"A1": (18, 20)}
    finish(puskesmas, count, seen={batch: -2}, reasons={batch: ("broken", "")})
    assert puskesmas.vials_at(puskesmas.post) == 13
    with puskesmas.database.reading() as records:
        line = next(each for each in movements(records, batch) if each.kind == "count")
        signed = result(records, puskesmas.facility, count)
    assert (line.at, line.vials, line.target) == (later(10), 2, "difference")
    assert signed is not None
    ((figure, cause, _note),) = signed.lines
    assert (figure.counted, figure.book, cause, signed.counter) == (18, 20, "broken", Witness("Rina"))
    puskesmas.check()


def test_a_late_entry_from_before_the_figure_is_taken_into_account(puskesmas: Puskesmas, actor: Any) -> None:
    batch = puskesmas.receive(vials=20, number="A1", received_at=later(-300))
    count = puskesmas.run(start_count, post=puskesmas.post)
    puskesmas.run(count_batch, at=later(10), count=count, batch=batch, vials=15)
    values: dict[str, Any] = {"batch": batch, "source": puskesmas.post, "target": puskesmas.warehouse, "vials": 5}
    values["sent_at"] = later(5)
    perform(puskesmas.database, actor, send_vials, later(30), new_id(), **values)
    assert figures_of(puskesmas, count, puskesmas.post) == {"A1": (15, 15)}


def test_a_batch_unknown_to_the_book_is_found_and_one_on_the_book_is_not(puskesmas: Puskesmas) -> None:
    lost = puskesmas.receive(vials=3, number="A1")
    open_one = puskesmas.receive(vials=4, number="A2")
    count = puskesmas.run(start_count, post=puskesmas.post)
    found = puskesmas.run(
        count_found, catalogue=CATALOGUE, today=puskesmas.today, count=count, product="coronavac", number="b 7",
        expiry=date(2022, 3, 31), doses_per_vial=10, ul_per_dose=500, vials=6,
    )  # fmt: skip
    puskesmas.run(count_batch, count=count, batch=lost, vials=0)
    assert figures_of(puskesmas, count, puskesmas.post) == {"A1": (0, 3), "A2": (None, 4), "B7": (6, 0)}
    values = {"seen": {lost: -3, found: 6}, "reasons": {lost: ("missing", ""), found: ("not_entered_in", "")}}
    with pytest.raises(Confirm) as asked:
        finish(puskesmas, count, **values)
    assert (asked.value.code, asked.value.details["count"]) == ("count.not_counted", 1)
    finish(puskesmas, count, **values, confirmed=frozenset({"count.not_counted"}))
    assert puskesmas.vials_at(puskesmas.post) == 4 + 6
    puskesmas.check()
    puskesmas.run(take_back_count, at=later(70), count=count, reason="salah pos")
    assert puskesmas.vials_at(puskesmas.post) == 3 + 4
    with pytest.raises(Refused) as refused:
        puskesmas.run(take_back_count, at=later(71), count=count, reason="lagi")
    assert refused.value.code == "count.not_finished"
    assert open_one
    puskesmas.check()


def test_a_cancelled_count_leaves_nothing_and_another_may_begin(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=20)
    count = puskesmas.run(start_count, post=puskesmas.post)
    puskesmas.run(count_batch, count=count, batch=batch, vials=1)
    with pytest.raises(Refused) as refused:
        puskesmas.run(start_count, post=puskesmas.post)
    assert refused.value.code == "count.open_already"
    puskesmas.run(cancel_count, count=count)
    assert puskesmas.vials_at(puskesmas.post) == 20
    with puskesmas.database.reading() as records:
        assert counts(records, puskesmas.facility) == []
    for action, values in ((count_batch, {"batch": batch, "vials": 2}), (cancel_count, {})):
        with pytest.raises(Refused) as refused:
            puskesmas.run(action, count=count, **values)
        assert refused.value.code == "count.ended"
    puskesmas.run(start_count, post=puskesmas.post)
    puskesmas.check()


def test_what_another_counted_is_asked_about_and_what_changed_since_is_not_booked(puskesmas: Puskesmas, actor: Any) -> None:
    batch = puskesmas.receive(vials=20)
    count = puskesmas.run(start_count, post=puskesmas.post)
    puskesmas.run(count_batch, count=count, batch=batch, vials=20)
    other = type(actor)(account=new_id(), facility=actor.facility)

    def count_as_other(**values: Any) -> Any:
        given = {"count": count, "batch": batch, "vials": 19} | values
        return perform(puskesmas.database, other, count_batch, NOW, new_id(), **given)

    with pytest.raises(Confirm) as asked:
        count_as_other()
    assert asked.value.code == "count.counted_already"
    count_as_other(confirmed=frozenset({"count.counted_already"}))
    with pytest.raises(Refused) as refused:
        finish(puskesmas, count, seen={}, reasons={})
    assert refused.value.code == "count.changed_meanwhile"
    with pytest.raises(Refused) as refused:
        finish(puskesmas, count, seen={batch: -1}, reasons={})
    assert refused.value.code == "count.cause_missing"
    count_as_other(vials=None, confirmed=frozenset({"count.counted_already"}))
    with pytest.raises(Refused) as refused:
        finish(puskesmas, count, seen={}, reasons={})
    assert refused.value.code == "count.nothing"
    with puskesmas.database.reading() as records:
        (blind,) = to_count(records, count, puskesmas.post)
    assert blind.counted is None
    assert not hasattr(blind, "book"), "who counts does not see the book"
    puskesmas.check()


def test_fewer_found_than_have_gone_since_must_be_counted_again(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=5, number="A1")
    count = puskesmas.run(start_count, post=puskesmas.post)
    puskesmas.run(count_batch, at=later(10), count=count, batch=batch, vials=2)
    puskesmas.run(send_vials, at=later(20), batch=batch, source=puskesmas.post, target=puskesmas.warehouse, vials=4)
    with pytest.raises(Refused) as refused:
        finish(puskesmas, count, seen={batch: -3}, reasons={batch: ("missing", "")})
    assert (refused.value.code, refused.value.details["number"]) == ("count.gone_since", "A1")


@pytest.mark.parametrize(("text", "vials"), [("12", 12), (" 10 + 2 ", 12), ("0", 0), ("", None), ("100000", 100_000)])
def test_figures_as_typed(text: str, vials: int | None) -> None:
    assert read_figure(text) == vials


@pytest.mark.parametrize("text", ["-1", "1,5", "1.5", "dua", "1++2", "+", "100001", "99999+2", "٣", "1e3"])
def test_what_is_no_number_of_vials(text: str) -> None:
    with pytest.raises(Refused):
        read_figure(text)


def test_every_difference_needs_a_cause_and_other_a_word() -> None:
    figure = Figure("b", "coronavac", "A1", date(2022, 1, 1), 10, 3, 5)
    for reasons in ({}, {"b": ("", "")}, {"b": ("eaten", "")}, {"b": ("other", " ")}):
        with pytest.raises(Refused):
            check_reasons([figure], reasons)
    check_reasons([figure], {"b": ("other", "banjir")})
    check_reasons([Figure("b", "coronavac", "A1", date(2022, 1, 1), 10, 5, 5)], {})


@pytest.mark.parametrize(("counted", "cause"), [(9, "not_entered_in"), (11, "missing"), (11, "broken"), (11, "not_entered_out")])
def test_a_cause_that_cannot_make_the_difference_is_refused(counted: int, cause: str) -> None:
    figure = Figure("a", "coronavac", "B1", date(2022, 3, 12), 10, counted, 10)
    with pytest.raises(Refused, match=r"count\.cause_of_other_side"):
        check_reasons([figure], {"a": (cause, "")})
    check_reasons([figure], {"a": (causes_of(figure.difference)[0], "")})
