"""Boxes: one paper for several batches, answered line by line, taken back while nobody answered; one desk wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.errors import Confirm, Refused
from models.places.actions import PostDraft, set_post
from models.records.base import new_id
from models.stock.actions import send_vials, set_batch_status
from models.stock.deliveries.box_actions import answer_box, refuse_box, send_box, set_late_after, take_back_box
from models.stock.deliveries.boxes import BoxLine, LineAnswer, counted, paper_number
from models.stock.deliveries.queries import Box, box, boxes_waiting, find_documents, late_after, next_number
from models.stock.queries import movements

from .conftest import CATALOGUE, Puskesmas
from .test_races import DESKS, at_once

ON_ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Rules that no database has a part in."""


def send(puskesmas: Puskesmas, *lines: tuple[UUID, Any], **values: Any) -> UUID:
    given = {"source": puskesmas.warehouse, "target": puskesmas.post, "lines": [BoxLine(*line) for line in lines]} | values
    found: UUID = puskesmas.run(send_box, catalogue=CATALOGUE, today=puskesmas.today, **given)
    return found


def waiting(puskesmas: Puskesmas, post: UUID | None = None) -> list[Box]:
    with puskesmas.database.reading() as records:
        return boxes_waiting(records, puskesmas.facility, post=post)


def saved(puskesmas: Puskesmas, id_: UUID) -> Box:
    with puskesmas.database.reading() as records:
        found = box(records, puskesmas.facility, id_)
    assert found is not None
    return found


@pytest.fixture
def batches(puskesmas: Puskesmas) -> Sequence[UUID]:
    """Ten and five vials in the warehouse."""
    first = puskesmas.receive(post=puskesmas.warehouse)
    return first, puskesmas.receive(post=puskesmas.warehouse, number="2021080001", vials=5)


def test_a_box_is_one_paper_and_is_answered_line_by_line(puskesmas: Puskesmas, batches: Sequence[UUID], now: datetime) -> None:
    made = send(puskesmas, (batches[0], 4), (batches[1], 5), carrier="Pak Udin")
    (found,) = waiting(puskesmas, puskesmas.post)
    assert (found.id, found.document, found.vials, len(found.lines)) == (made, "001/SBBK/GUDANG/2021", 9, 2)
    assert waiting(puskesmas, puskesmas.warehouse) == []
    assert found.is_late(now + timedelta(hours=25))
    assert not found.is_late(now + timedelta(hours=23))
    puskesmas.run(set_late_after, hours=6)
    with puskesmas.database.reading() as records:
        assert found.is_late(now + timedelta(hours=23), late_after(records, puskesmas.facility))
    with pytest.raises(Refused, match=r"box\.hours"):
        puskesmas.run(set_late_after, hours=0)
    by_batch = {line.batch: line.transfer for line in found.lines}
    first, second = (by_batch[batch] or new_id() for batch in batches)
    answers = [LineAnswer(first, 4), LineAnswer(second, 3, damaged=1, reason="satu pecah, satu tidak ada")]
    assert puskesmas.run(answer_box, answers=answers) == 7
    assert (puskesmas.vials_at(puskesmas.warehouse), puskesmas.vials_at(puskesmas.post)) == (6, 7)
    assert [(line.state, line.arrived) for line in saved(puskesmas, made).lines] == [("received", 4), ("short", 4)]
    with puskesmas.database.reading() as records:
        kinds = [(each.kind, each.vials) for each in movements(records, batches[1])]
        (listed,) = find_documents(records, puskesmas.facility, "pal sembilan")
    assert kinds == [("receipt", 5), ("sent", 5), ("received", 4), ("missing", 1), ("discard", 1)]
    assert (listed.kind, listed.vials, listed.party) == ("box", 9, "Pos Pal Sembilan")
    assert waiting(puskesmas) == []
    puskesmas.check()


@ON_ONE
def test_a_refused_box_goes_back_and_a_box_without_paper_is_answered_too(
    puskesmas: Puskesmas, batches: Sequence[UUID]
) -> None:
    send(puskesmas, (batches[0], 4), (batches[1], 5))
    alone = puskesmas.run(send_vials, batch=batches[0], source=puskesmas.warehouse, target=puskesmas.post, vials=2)
    first, second = waiting(puskesmas)
    assert puskesmas.run(refuse_box, transfers=first.transfers, reason="kotak terbuka") == 9
    assert (second.id, second.box) == (alone, None)
    assert puskesmas.run(answer_box, answers=[LineAnswer(alone, 2)]) == 2
    assert (puskesmas.vials_at(puskesmas.warehouse), puskesmas.vials_at(puskesmas.post)) == (13, 2)
    puskesmas.check()


@ON_ONE
def test_a_box_is_taken_back_only_while_nobody_answered(puskesmas: Puskesmas, batches: Sequence[UUID]) -> None:
    made = send(puskesmas, (batches[0], 4), (batches[1], 5))
    assert puskesmas.run(take_back_box, box=made, reason="salah pos") == 9
    assert puskesmas.vials_at(puskesmas.warehouse) == 15
    assert {line.state for line in saved(puskesmas, made).lines} == {"taken_back"}
    other = send(puskesmas, (batches[0], 4), (batches[1], 5))
    puskesmas.run(answer_box, answers=[LineAnswer(waiting(puskesmas)[0].transfers[0], 0, reason="kosong")])
    for id_, code in ((made, "transfer.answered"), (other, "transfer.answered"), (new_id(), "box.unknown")):
        with pytest.raises(Refused) as refusal:
            puskesmas.run(take_back_box, box=id_, reason="salah pos")
        assert (refusal.value.code, refusal.value.field) == (code, "box")
    puskesmas.check()


@ON_ONE
def test_a_box_to_another_puskesmas_is_handed_over_and_can_be_taken_back_once(
    puskesmas: Puskesmas, batches: Sequence[UUID]
) -> None:
    made = send(puskesmas, (batches[0], 4), target=None, to_facility=" Puskesmas  Rasau Jaya ")
    assert waiting(puskesmas) == []
    found = saved(puskesmas, made)
    assert (found.to_name, found.target, found.lines[0].state) == ("Puskesmas Rasau Jaya", None, "handed_over")
    assert puskesmas.vials_at(puskesmas.warehouse) == 11
    assert puskesmas.run(take_back_box, box=made, reason="tidak jadi") == 4
    with pytest.raises(Refused) as refusal:
        puskesmas.run(take_back_box, box=made, reason="lagi")
    assert refusal.value.code == "box.taken_back"
    assert puskesmas.vials_at(puskesmas.warehouse) == 15
    assert saved(puskesmas, made).lines[0].state == "taken_back"
    puskesmas.check()


def test_numbers_count_per_place_and_year_and_are_never_used_twice(
    puskesmas: Puskesmas, batches: Sequence[UUID], now: datetime
) -> None:
    assert saved(puskesmas, send(puskesmas, (batches[0], 1), document="007/SBBK/GUDANG/2021")).document == "007/SBBK/GUDANG/2021"
    assert saved(puskesmas, send(puskesmas, (batches[0], 1))).document == "008/SBBK/GUDANG/2021"
    assert saved(puskesmas, send(puskesmas, (batches[0], 1), document="A/1")).document == "A/1"
    with pytest.raises(Refused) as refusal:
        send(puskesmas, (batches[0], 1), document="008/sbbk/gudang/2021")
    assert (refusal.value.code, refusal.value.field) == ("box.number_used", "document")
    with puskesmas.database.reading() as records:
        facility = puskesmas.facility
        assert next_number(records, facility, puskesmas.warehouse, "GUDANG", now) == "009/SBBK/GUDANG/2021"
        assert next_number(records, facility, puskesmas.post, "PS1", now) == "001/SBBK/PS1/2021"
        new_year = now.replace(month=12, day=31, hour=18)
        assert next_number(records, facility, puskesmas.warehouse, "GUDANG", new_year) == "001/SBBK/GUDANG/2022"
    puskesmas.check()


@ON_ONE
def test_a_box_that_cannot_be_is_refused(
    puskesmas: Puskesmas, batches: Sequence[UUID], now: datetime, subtests: pytest.Subtests
) -> None:
    closed = puskesmas.run(set_post, draft=PostDraft(code="PS2", name="Pos Lama", kind="village_post", active=False))
    first, second = batches
    cases: list[tuple[list[tuple[UUID, Any]], dict[str, Any], str, str]] = [
        ([], {}, "box.no_lines", "lines"),
        ([(first, 0)], {}, "stock.vials", "lines.0.vials"),
        ([(first, 1), (second, 1.5)], {}, "stock.vials", "lines.1.vials"),
        ([(first, 1), (first, 1)], {}, "box.batch_twice", "lines.1.batch"),
        ([(first, 1), (second, 6)], {}, "stock.not_enough", "lines.1.vials"),
        ([(new_id(), 1)], {}, "batch.unknown", "lines.0.batch"),
        ([(first, 1)], {"target": puskesmas.warehouse}, "stock.same_place", "target"),
        ([(first, 1)], {"target": None}, "box.no_receiver", "to_facility"),
        ([(first, 1)], {"target": closed}, "stock.no_post", "target"),
        ([(first, 1)], {"source": new_id()}, "stock.no_post", "source"),
    ]
    for lines, values, code, field in cases:
        with subtests.test(code=code), pytest.raises(Refused, match=re.escape(code)) as refusal:
            send(puskesmas, *lines, **values)
        assert (refusal.value.code, refusal.value.field) == (code, field)
    made = send(puskesmas, (first, 4))
    (transfer,) = saved(puskesmas, made).transfers
    answers: list[tuple[dict[str, Any], str, str]] = [
        ({"vials": 5}, "transfer.more_than_sent", "vials"),
        ({"vials": 3, "damaged": 2, "reason": "x"}, "transfer.more_than_sent", "vials"),
        ({"vials": -1, "reason": "x"}, "transfer.counted", "vials"),
        ({"vials": 3.5, "reason": "x"}, "transfer.counted", "vials"),
        ({"vials": 3}, "stock.reason_missing", "reason"),
    ]
    for found, code, field in answers:
        with subtests.test(code=code), pytest.raises(Refused, match=re.escape(code)) as refusal:
            puskesmas.run(answer_box, answers=[LineAnswer(transfer, **found)])
        assert refusal.value.field == f"lines.0.{field}"
    with pytest.raises(Refused) as refusal:
        puskesmas.run(answer_box, answers=[LineAnswer(transfer, 4)], received_at=now - timedelta(minutes=1))
    assert (refusal.value.code, refusal.value.field) == ("transfer.before_sent", "lines.0.received_at")
    puskesmas.check()


@ON_ONE
def test_stock_that_may_not_be_used_is_asked_before_it_leaves(puskesmas: Puskesmas, batches: Sequence[UUID]) -> None:
    status = {"vvm": "", "frozen": False, "extended_to": None, "letter": "", "reason": "surat"}
    puskesmas.run(set_batch_status, batch=batches[0], held=True, **status)
    with pytest.raises(Confirm) as asked:
        send(puskesmas, (batches[0], 4))
    assert asked.value.code == "box.held"
    send(puskesmas, (batches[0], 4), confirmed=frozenset({"box.held"}), reason="ditarik ke gudang")
    expired = puskesmas.receive(number="LAMA", expiry=date(2021, 12, 20), post=puskesmas.warehouse)
    with pytest.raises(Confirm) as asked:
        puskesmas.run(
            send_box, catalogue=CATALOGUE, today=date(2021, 12, 21), source=puskesmas.warehouse, target=puskesmas.post,
            lines=[BoxLine(expired, 1)],
        )  # fmt: skip
    assert asked.value.code == "box.expired"


def test_two_receivers_at_one_second_are_one_and_two_senders_get_two_numbers(
    puskesmas: Puskesmas, batches: Sequence[UUID]
) -> None:
    sent, refused = at_once(lambda _: send(puskesmas, (batches[0], 2), (batches[1], 1)))
    assert (len(sent), refused) == (DESKS, [])
    assert len({saved(puskesmas, each).document for each in sent}) == DESKS
    found = waiting(puskesmas)[0]
    answers = [LineAnswer(line.transfer or new_id(), line.vials) for line in found.lines]
    done, refused = at_once(lambda _: puskesmas.run(answer_box, answers=answers))
    assert (done, refused) == ([3], ["transfer.answered"] * (DESKS - 1))
    puskesmas.check()


def test_a_number_of_our_own_is_read_as_it_is_written() -> None:
    assert counted(paper_number(17, "GUD", 2021), "gud", 2021) == 17
    assert counted("017/SBBK/GUD/2021", "GUD", 2022) == 0
    assert counted("017/SBBK/PS1/2021", "GUD", 2021) == 0
    assert counted("443/1234-Yankes", "GUD", 2021) == 0
