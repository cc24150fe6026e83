"""A recap of a day looks at that day: the visits and doses of all the years before must not make it slower."""

from __future__ import annotations

import re
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from models.overview.corrections import corrections
from models.overview.recap import recap_of
from models.overview.stock.batch_people import doses_of_batches, people_of_batches
from models.overview.supplement import supplement_of
from models.places.regions import Regions
from tests.models.doses.scene import DAY, MINUTE, Clinic, catalogue
from tests.models.doses.test_voiding import void

from .test_closed_days import close

GROWING: Final = r"(entry|visit_step|visit_state|screening|dose|recipient|recipient_version)\b"
"""Tables with rows for everybody who ever came. Those of what was taken back or joined stay small."""


def plan(records: Connection, statement: str, given: Any) -> str:
    """How the database would answer."""
    cursor = records.connection.cursor()
    prefix = "EXPLAIN QUERY PLAN" if records.dialect.name == "sqlite" else "EXPLAIN"
    cursor.execute(f"{prefix} {statement}", given)
    return "\n".join(str(row[-1]) for row in cursor.fetchall())


def whole_tables(found: str) -> list[str]:
    """Which growing tables are read from one end to the other."""
    return re.findall(rf"(?:SCAN|Seq Scan on) {GROWING}", found)


def test_no_query_of_a_recap_reads_the_visits_of_all_years(clinic: Clinic, regions: Regions) -> None:
    vial = clinic.vial_of()
    first, _ = (clinic.vaccinated(clinic.person(), vial) for _ in range(2))
    closed = close(clinic, regions)
    clinic.now += 20 * MINUTE
    void(clinic, first, injected=False, reason="salah tekan")
    asked: list[tuple[str, Any]] = []

    def listen(_records: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        asked.append((statement, given))

    of: dict[str, Any] = {"site": clinic.database.site, "regions": regions, "catalogue": catalogue(), "taken_at": clinic.now}
    with clinic.database.reading() as records:
        if records.dialect.name == "postgresql":
            records.exec_driver_sql("SET LOCAL enable_seqscan = off")  # of few rows it would read all, and rightly so
        sa.event.listen(records, "before_cursor_execute", listen)
        for post in (None, clinic.post):
            now = recap_of(records, facility_id=clinic.actor.facility, post_id=post, day=clinic.today, **of)
            corrections(records, clinic.actor.facility, post, clinic.today + DAY, "WIB", catalogue())
        supplement_of(records, closing=closed, now=now, catalogue=catalogue())
        sa.event.remove(records, "before_cursor_execute", listen)
        slow = {statement: found for statement, given in asked if whole_tables(found := plan(records, statement, given))}
    assert len(asked) > 20
    assert slow == {}


def test_the_people_of_a_batch_are_found_by_its_vials(clinic: Clinic) -> None:
    """How many injections came from a batch is told at every row that the cursor passes in the list of batches."""
    batch = clinic.batch()
    clinic.vaccinated(clinic.person(), clinic.open(batch))
    asked: list[tuple[str, Any]] = []

    def listen(_records: Any, _cursor: Any, statement: str, given: Any, *_rest: Any) -> None:
        asked.append((statement, given))

    with clinic.database.reading() as records:
        if records.dialect.name == "postgresql":
            records.exec_driver_sql("SET LOCAL enable_seqscan = off")
        sa.event.listen(records, "before_cursor_execute", listen)
        assert (doses_of_batches(records, [batch]), len(people_of_batches(records, [batch]))) == (1, 1)
        sa.event.remove(records, "before_cursor_execute", listen)
        assert [found for statement, given in asked if (found := whole_tables(plan(records, statement, given)))] == []
