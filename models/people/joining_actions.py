"""Records joined and parted; what follows for doses and visits is added by models/doses/joining_actions.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, select

from models.errors import Refused
from models.people import queries
from models.people.joining import leads
from models.people.person import tidy_text
from models.people.tables import different_people, joined, same_person, same_person_undone
from models.records.entries import as_kept, heads
from models.records.perform import OpenEntry, action

_AMONG: Final = queries.LIVE_JOINS.where(
    or_(
        same_person.c.main_id.in_(bindparam("of_records", expanding=True)),
        same_person.c.other_id.in_(bindparam("of_records", expanding=True)),
    )
)
_FORGET: Final = delete(joined).where(joined.c.recipient_id.in_(bindparam("of_records", expanding=True)))


def link(entry: OpenEntry, *, main: UUID, other: UUID, reason: str) -> UUID:
    """Join two people, both of which lead and whose records are locked; `main` still does afterwards."""
    records = [*queries.records_of(entry.records, main), *queries.records_of(entry.records, other)]
    # A desk that waits for the lock writes its entry after these.
    before = as_kept(heads(entry.records))
    made = entry.add(same_person, main_id=main, other_id=other, heads=before, reason=tidy_text("reason", reason))
    _write(entry, records)
    return made


def unlink(entry: OpenEntry, *, join_id: UUID, reason: str) -> None:
    """Undo one join."""
    row = entry.records.execute(select(same_person.c.main_id).where(same_person.c.id == join_id)).one()
    records = queries.records_of(entry.records, queries.main_of(entry.records, row.main_id))
    entry.add(same_person_undone, join_id=join_id, reason=tidy_text("reason", reason))
    _write(entry, records)


@action(needs="people.correct", changes={"people"})
def tell_apart(entry: OpenEntry, *, one: UUID, other: UUID, reason: str) -> None:
    """Somebody looked: these are two people, however alike. They are no longer listed as probably one."""
    if not reason.strip():
        raise Refused("people.reason", field="reason")
    first, second = sorted(queries.main_of(entry.records, each) for each in (one, other))
    if first == second:
        raise Refused("joining.already")
    entry.add(different_people, first_id=first, second_id=second, reason=tidy_text("reason", reason))


def _write(entry: OpenEntry, records: Iterable[UUID]) -> None:
    """Who leads among these records, as the facts now say; no join of theirs reaches beyond them."""
    of = list(records)
    live = entry.records.execute(_AMONG, {"of_records": of})
    entry.records.execute(_FORGET, {"of_records": of})
    rows = [
        {"recipient_id": record, "main_id": main} for record, main in leads((row.main_id, row.other_id) for row in live).items()
    ]
    if rows:
        entry.records.execute(insert(joined), rows)
