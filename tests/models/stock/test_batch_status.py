"""A batch is held, frozen, extended and looked at, one thing at a time and everywhere at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from models.errors import Confirm, Refused
from models.stock.actions import send_vials
from models.stock.batch_status_actions import extend_expiry, hold_batches, note_frozen, note_vvm
from models.stock.batch_status_queries import batches, status_log, where_is
from models.stock.cold.event_actions import record_vvm
from models.stock.queries import balances
from tests.models.stock.conftest import CATALOGUE, Puskesmas


def unusable(at: Puskesmas) -> list[str]:
    with at.database.reading() as records:
        return [each.unusable for each in balances(records, CATALOGUE, at.facility, at.today)]


def test_a_recall_holds_a_batch_at_every_post_and_release_keeps_what_else_is_known(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    puskesmas.receive(vials=4, post=puskesmas.warehouse)
    puskesmas.run(note_vvm, batch=batch, vvm="B", reason="pagi")
    puskesmas.run(hold_batches, batches=[batch], held=True, letter="BPOM 12/2021", reason="KIPI di kabupaten lain")
    assert unusable(puskesmas) == ["held", "held"]
    with pytest.raises(Refused) as refused:
        puskesmas.run(hold_batches, batches=[batch], held=True, reason="lagi")
    assert refused.value.code == "batch.nothing_changed"
    puskesmas.run(extend_expiry, batches=[batch], until=date(2022, 12, 31), letter="BPOM 5/2022", reason="surat edaran")
    puskesmas.run(hold_batches, batches=[batch], held=False, letter="BPOM 14/2021", reason="selesai")
    assert unusable(puskesmas) == ["", ""]
    with puskesmas.database.reading() as records:
        (now,) = batches(records, puskesmas.facility)
        log = status_log(records, batch)
    assert (now.vvm, now.held, now.extended_to, now.letter) == ("B", False, date(2022, 12, 31), "BPOM 5/2022")
    assert [each.reason for each in log] == [
        "BPOM 14/2021; selesai", "surat edaran", "BPOM 12/2021; KIPI di kabupaten lain", "pagi",
    ]  # fmt: skip
    puskesmas.check()


def test_whoever_says_that_a_batch_was_read_wrongly_means_its_posts_as_well(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(vials=10, vvm="A")
    puskesmas.run(record_vvm, batch=batch, post=puskesmas.post, stage="B")
    better = {"confirmed": frozenset({"batch.vvm_better"}), "reason": "salah lihat", "at": now + timedelta(minutes=1)}
    puskesmas.run(note_vvm, batch=batch, vvm="A", **better)
    with puskesmas.database.reading() as records:
        assert [each.vvm for each in balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)] == ["A"]


def test_a_monitor_never_goes_back_and_a_letter_never_shortens(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10, vvm="C")
    with pytest.raises(Confirm):
        puskesmas.run(note_vvm, batch=batch, vvm="B", reason="salah lihat")
    puskesmas.run(note_vvm, batch=batch, vvm="B", reason="salah lihat", confirmed=frozenset({"batch.vvm_better"}))
    puskesmas.run(note_frozen, batch=batch, frozen=True, reason="uji kocok")
    assert unusable(puskesmas) == ["frozen"]
    for values, code in (
        ({"until": date(2022, 7, 31), "letter": "x"}, "batch.extension"),
        ({"until": date(2023, 1, 1), "letter": " "}, "batch.letter_missing"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            puskesmas.run(extend_expiry, batches=[batch], reason="surat", **values)
        assert refused.value.code == code
    with pytest.raises(Refused):
        puskesmas.run(note_vvm, batch=batch, vvm="E", reason="x")


def test_where_a_batch_is_adds_up_to_what_came(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    puskesmas.run(send_vials, batch=batch, source=puskesmas.post, target=puskesmas.warehouse, vials=3)
    puskesmas.open(batch)
    with puskesmas.database.reading() as records:
        found = where_is(records, batch)
    assert found == {"supplier": -10, str(puskesmas.post): 6, "transit": 3, "opened": 1}


def test_the_list_of_batches_reads_no_line_of_the_ledger(puskesmas: Puskesmas) -> None:
    """It is read at every change of the stock, and the ledger of a district has two million lines."""
    puskesmas.receive()
    sent: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    with puskesmas.database.reading() as records:
        sa.event.listen(records, "before_cursor_execute", heard)
        assert len(batches(records, puskesmas.facility)) == 1
    assert len(sent) == 1
    assert "movement" not in sent[0]
