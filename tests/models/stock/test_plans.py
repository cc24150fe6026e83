"""What the stock page lists is found by an index, not by reading all vials and papers of the years before."""

from __future__ import annotations

import re
from typing import Any, Final

import sqlalchemy as sa

from models.stock.deliveries.queries import find_documents
from models.stock.discards.queries import waiting_rests
from models.stock.opened.actions import close_vial
from tests.models.overview.test_plans import plan

from .conftest import Puskesmas

GROWING: Final = r"(vial_state|vial_opened|destruction_rest|box|box_line|delivery|delivery_line)\b"


def test_rests_and_papers_are_found_by_an_index(puskesmas: Puskesmas) -> None:
    vial = puskesmas.open(puskesmas.receive())
    puskesmas.run(close_vial, vial=vial, reason="sesi usai")
    asked: list[tuple[str, Any]] = []

    def listen(_records: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        asked.append((statement, given))

    with puskesmas.database.reading() as records:
        if records.dialect.name == "postgresql":
            records.exec_driver_sql("SET LOCAL enable_seqscan = off")  # of few rows it would read all, and rightly so
        sa.event.listen(records, "before_cursor_execute", listen)
        assert len(waiting_rests(records, puskesmas.facility)) == 1
        assert find_documents(records, puskesmas.facility, "sbbk") == []
        sa.event.remove(records, "before_cursor_execute", listen)
        plans = [plan(records, statement, given) for statement, given in asked]
    assert [re.findall(rf"(?:SCAN|Seq Scan on) {GROWING}", found) for found in plans] == [[], []]
    assert "ix_vial_state_waiting" in plans[0]
    assert {"ix_box_newest", "ix_delivery_newest"} <= set(re.findall(r"ix_\w+", plans[1]))
