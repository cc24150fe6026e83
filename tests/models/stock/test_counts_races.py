"""Several desks in the same second: a place is counted once, figures keep their books, and nothing is destroyed twice."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.records.base import new_id
from models.records.perform import perform
from models.stock.batch_status_actions import hold_batches, note_vvm
from models.stock.batch_status_queries import batches
from models.stock.counts import actions as count_actions
from models.stock.counts.actions import count_batch, finish_count, start_count
from models.stock.counts.queries import figures
from models.stock.discards.destruction_actions import destroy
from models.stock.discards.discard import NOBODY
from models.stock.discards.queries import waiting_vials
from models.stock.opened.actions import open_vial
from models.stock.queries import movements
from tests.models.stock.conftest import CATALOGUE, Puskesmas
from tests.models.stock.test_discards import PAPER, discard
from tests.models.stock.test_races import DESKS, at_once

NOW = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)


def test_desks_that_begin_to_count_one_place_together_share_one_count(puskesmas: Puskesmas) -> None:
    begun, refused = at_once(lambda _: puskesmas.run(start_count, post=puskesmas.post))
    assert (len(begun), refused) == (1, ["count.open_already"] * (DESKS - 1))
    puskesmas.check()


def test_a_count_is_finished_once_while_vials_are_opened(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=20)
    count = puskesmas.run(start_count, post=puskesmas.post)
    puskesmas.run(count_batch, count=count, batch=batch, vials=18)
    later = NOW.replace(minute=30)

    def desk(number: int) -> Any:
        if number % 2:
            return puskesmas.run(
                open_vial, at=later, catalogue=CATALOGUE, today=puskesmas.today, post=puskesmas.post, station=f"Meja {number}",
                batch=batch,
            )  # fmt: skip
        return puskesmas.run(
            finish_count, at=later, count=count, seen={batch: -2}, reasons={batch: ("missing", "")}, counter=NOBODY,
            witness=NOBODY,
        )  # fmt: skip

    done, refused = at_once(desk)
    with puskesmas.database.reading() as records:
        kinds = [each.kind for each in movements(records, batch)]
    assert (kinds.count("count"), kinds.count("opened")) == (1, DESKS // 2), (done, refused)
    assert puskesmas.vials_at(puskesmas.post) == 20 - 2 - DESKS // 2
    puskesmas.check()


def test_what_waits_is_destroyed_by_one_desk(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    lines = [discard(puskesmas, batch, vials=1) for _ in range(3)]
    done, refused = at_once(
        lambda number: puskesmas.run(
            destroy, discards=lines, rests=[], rests_until=NOW, **(PAPER | {"number": f"BA {number}"})
        )
    )
    assert (len(done), refused) == (1, ["destruction.gone"] * (DESKS - 1))
    with puskesmas.database.reading() as records:
        assert waiting_vials(records, puskesmas.facility) == []
    puskesmas.check()


def test_a_desk_that_holds_a_batch_and_one_that_reads_its_monitor_lose_nothing(puskesmas: Puskesmas, actor: Any) -> None:
    batch = puskesmas.receive(vials=10)

    def desk(number: int) -> Any:
        if number == 0:
            values: dict[str, Any] = {"batches": [batch], "held": True, "reason": "recall"}
            return perform(puskesmas.database, actor, hold_batches, NOW, new_id(), **values)
        return puskesmas.run(note_vvm, batch=batch, vvm="ABC"[number - 1], reason="dilihat") if number == 2 else None

    at_once(desk)
    with puskesmas.database.reading() as records:
        (now,) = batches(records, puskesmas.facility)
    assert (now.held, now.vvm) == (True, "B")
    puskesmas.check()


def test_no_vial_is_dated_back_between_the_reading_of_the_book_and_the_end_of_a_count(
    puskesmas: Puskesmas, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = puskesmas.receive(vials=20, received_at=NOW - timedelta(days=1))
    count = puskesmas.run(start_count, post=puskesmas.post)
    puskesmas.run(count_batch, count=count, batch=batch, vials=18)
    later = NOW + timedelta(minutes=30)
    others: list[Future[Any]] = []
    before: list[bool] = []
    with ThreadPoolExecutor(1) as pool:

        def read_book(*of: Any) -> Any:
            book = figures(*of)
            opened: dict[str, Any] = {"station": "Meja 1", "batch": batch, "opened_at": NOW - timedelta(hours=1)}
            given: dict[str, Any] = {"catalogue": CATALOGUE, "today": puskesmas.today, "post": puskesmas.post}
            others.append(pool.submit(puskesmas.run, open_vial, at=later, **given, **opened))
            wait(others, timeout=0.3)
            before.append(others[0].done())
            return book

        monkeypatch.setattr(count_actions, "figures", read_book)
        puskesmas.run(
            finish_count, at=later, count=count, seen={batch: -2}, reasons={batch: ("missing", "")}, counter=NOBODY,
            witness=NOBODY,
        )  # fmt: skip
        others[0].result()
    assert before == [False], "it waits for the count, whose difference is that of the book that was read"
    puskesmas.check()
