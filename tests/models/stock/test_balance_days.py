"""No balance was ever below zero at any past moment, and the balance of each day is kept as the lines say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.errors import Refused
from models.records.perform import OpenEntry, action
from models.stock.actions import answer_transfer, send_vials
from models.stock.balance_day_queries import below_zero
from models.stock.ledger_actions import CLOCKS_DIFFER
from models.stock.queries import movements
from models.stock.tables import movement

from .conftest import Puskesmas

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def send(puskesmas: Puskesmas, batch: Any, vials: int, **values: Any) -> Any:
    ends = {"batch": batch, "source": puskesmas.post, "target": puskesmas.warehouse}
    return puskesmas.run(send_vials, vials=vials, **ends, **values)


def days(puskesmas: Puskesmas) -> list[tuple[str, int]]:
    rows = "SELECT day, vials FROM balance_day WHERE place = :place ORDER BY day"
    with puskesmas.database.reading() as records:
        return [(str(day)[:10], vials) for day, vials in records.execute(text(rows), {"place": str(puskesmas.post)})]


def test_vials_cannot_leave_an_hour_before_they_came(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(received_at=now - 2 * HOUR)
    with pytest.raises(Refused) as refusal:
        send(puskesmas, batch, 1, sent_at=now - 3 * HOUR)
    assert (refusal.value.code, refusal.value.details["have"]) == ("stock.not_enough_then", 0)
    send(puskesmas, batch, 10, sent_at=now - 2 * HOUR)  # within one moment what came in is counted first
    puskesmas.check()


def test_a_line_dated_back_is_judged_by_every_later_moment(puskesmas: Puskesmas, now: datetime) -> None:
    """Ten came, eight left and eight came again: in between only two could have gone."""
    batch = puskesmas.receive(vials=10, received_at=now - 4 * HOUR)
    send(puskesmas, batch, 8, sent_at=now - 2 * HOUR)
    puskesmas.receive(vials=8, received_at=now - HOUR)
    with pytest.raises(Refused) as refusal:
        send(puskesmas, batch, 3, sent_at=now - 3 * HOUR)
    assert refusal.value.details["have"] == 2
    send(puskesmas, batch, 2, sent_at=now - 3 * HOUR)
    send(puskesmas, batch, 8)
    assert puskesmas.vials_at(puskesmas.post) == 0
    puskesmas.check()


def test_each_day_keeps_its_balance_when_lines_are_dated_back_between_others(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(vials=10, received_at=now - 5 * DAY)
    send(puskesmas, batch, 4)
    puskesmas.receive(vials=3, received_at=now - 3 * DAY)  # between them
    send(puskesmas, batch, 1, sent_at=now - 3 * DAY + HOUR)  # on a day that has a line
    puskesmas.receive(vials=2, received_at=now - 7 * DAY)  # before the first
    assert days(puskesmas) == [("2021-12-13", 2), ("2021-12-15", 12), ("2021-12-17", 14), ("2021-12-20", 10)]
    puskesmas.check()


def test_the_day_of_a_line_is_the_one_on_the_wall(puskesmas: Puskesmas, now: datetime) -> None:
    midnight = now - 9 * HOUR
    puskesmas.receive(vials=1, received_at=midnight - timedelta(seconds=1))
    puskesmas.receive(vials=1, received_at=midnight)
    assert days(puskesmas) == [("2021-12-19", 1), ("2021-12-20", 2)]


def test_the_database_itself_refuses_a_day_below_zero(puskesmas: Puskesmas) -> None:
    puskesmas.receive()
    with pytest.raises(IntegrityError), puskesmas.database.writing() as records:
        records.execute(text("UPDATE balance_day SET vials = -1"))


def test_a_desk_whose_clock_is_a_little_behind_cannot_act_before_what_it_saw(puskesmas: Puskesmas, now: datetime) -> None:
    """The box came at a desk that is five minutes ahead; the other desk sends it on and counts from that moment."""
    ahead = now + CLOCKS_DIFFER / 2
    batch = puskesmas.receive()
    box = send(puskesmas, batch, 6, at=ahead)
    puskesmas.run(answer_transfer, transfer=box, answer="received", at=ahead)
    puskesmas.run(send_vials, batch=batch, source=puskesmas.warehouse, target=puskesmas.post, vials=6)
    with puskesmas.database.reading() as records:
        lines = movements(records, batch)
    assert [line.at for line in lines] == [now, ahead, ahead, ahead]
    puskesmas.check()


def test_a_clock_set_back_is_taken_as_it_is_unless_the_vials_were_not_there_yet(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(vials=3, received_at=now - 5 * HOUR)
    puskesmas.receive(vials=7)
    send(puskesmas, batch, 3, at=now - 4 * HOUR)
    with pytest.raises(Refused) as refusal:
        send(puskesmas, batch, 4, at=now - 4 * HOUR)
    assert (refusal.value.code, refusal.value.details["have"]) == ("stock.clock_behind", 0)
    assert (refusal.value.details["now"], refusal.value.details["newest"]) == (now - 4 * HOUR, now)
    send(puskesmas, batch, 4)
    puskesmas.check()


@action(needs="stock.correct", changes=())
def write_unjudged(entry: OpenEntry, /, **line: Any) -> None:
    """A line as an older program or another hand may have left it."""
    entry.add(movement, kind="sent", supplier="", document="", reason="", **line)


def test_the_check_finds_a_moment_at_which_more_had_left_than_had_come(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(vials=5)
    line = {"batch_id": batch, "source": str(puskesmas.post), "target": "discarded"}
    puskesmas.run(write_unjudged, vials=5, happened_at=now, **line)
    with puskesmas.database.reading() as records:
        assert list(below_zero(records)) == []
    puskesmas.receive(vials=2)
    puskesmas.run(write_unjudged, vials=1, happened_at=now - HOUR, **line)
    with puskesmas.database.reading() as records:
        assert list(below_zero(records)) == [(batch, now - HOUR)]
