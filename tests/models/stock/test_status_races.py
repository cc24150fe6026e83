"""A recall is saved while another desk is writing what it saw of the same batch: the recall stays."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest

from models.records.database import Database
from models.records.perform import OpenEntry
from models.records.versions import Versioned
from models.stock.batch_status_actions import hold_batches
from models.stock.batch_status_queries import batches
from models.stock.cold.event_actions import record_shake_test, record_vvm
from models.stock.tables import batch_statuses

from .conftest import Puskesmas


@pytest.fixture
def database(postgresql_database: Database) -> Database:
    """Only there do two desks write at one time."""
    return postgresql_database


def _receive(house: Puskesmas, batch: Any) -> None:
    del batch
    house.receive(vials=5, vvm="B")


def _look(house: Puskesmas, batch: Any) -> None:
    house.run(record_vvm, batch=batch, post=house.post, stage="B")


def _shake(house: Puskesmas, batch: Any) -> None:
    house.run(record_shake_test, batch=batch, post=house.post, frozen=True)


@pytest.mark.parametrize("desk", [_receive, _look, _shake])
def test_a_recall_of_the_same_second_is_not_undone(
    puskesmas: Puskesmas, monkeypatch: pytest.MonkeyPatch, desk: Callable[[Puskesmas, Any], None]
) -> None:
    batch = puskesmas.receive()
    calls: list[Future[Any]] = []
    write = Versioned.set
    with ThreadPoolExecutor(1) as pool:

        def about_to_write(self: Versioned, entry: OpenEntry, **values: Any) -> Any:
            if not calls and self is batch_statuses:
                calls.append(pool.submit(puskesmas.run, hold_batches, batches=[batch], held=True, reason="recall"))
                wait(calls, timeout=0.5)  # saved by then, unless it waits for this desk
            return write(self, entry, **values)

        monkeypatch.setattr(Versioned, "set", about_to_write)
        desk(puskesmas, batch)
        calls[0].result()
    with puskesmas.database.reading() as records:
        (now,) = batches(records, puskesmas.facility)
    assert now.held
    assert (now.vvm, now.frozen) != ("", False), "nor is what the other desk saw"
    puskesmas.check()
