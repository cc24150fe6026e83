"""Which records were joined, when, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, or_, select

from models.people.queries import records_of
from models.people.tables import same_person, same_person_undone
from models.records.entries import entry

_UNDONE: Final = entry.alias("undone_entry")
_JOINS: Final = (
    select(
        same_person.c.id, same_person.c.main_id, same_person.c.other_id, same_person.c.reason, entry.c.recorded_at,
        entry.c.account, same_person_undone.c.reason.label("undone_reason"), _UNDONE.c.recorded_at.label("undone_at"),
        _UNDONE.c.account.label("undone_by"),
    )
    .join(entry, entry.c.id == same_person.c.entry_id)
    .outerjoin(same_person_undone, same_person_undone.c.join_id == same_person.c.id)
    .outerjoin(_UNDONE, _UNDONE.c.id == same_person_undone.c.entry_id)
    .order_by(same_person.c.id)
)  # fmt: skip
_OF: Final = _JOINS.where(
    or_(
        same_person.c.main_id.in_(bindparam("of_records", expanding=True)),
        same_person.c.other_id.in_(bindparam("of_records", expanding=True)),
    )
)
_ONE: Final = _JOINS.where(same_person.c.id == bindparam("of_join"))


@dataclass(frozen=True, slots=True)
class JoinRow:
    """One join of two records; the last three fields are empty as long as it holds."""

    id: UUID
    main: UUID
    other: UUID
    reason: str
    at: datetime
    account: UUID
    undone_reason: str | None
    undone_at: datetime | None
    undone_by: UUID | None

    @property
    def undone(self) -> bool:
        """Whether the two were parted again."""
        return self.undone_at is not None


def join(records: Connection, join_id: UUID) -> JoinRow | None:
    """One join."""
    row = records.execute(_ONE, {"of_join": join_id}).first()
    return JoinRow(*row) if row else None


def joins_of(records: Connection, person: UUID) -> list[JoinRow]:
    """Every join that any record of a person was ever part of, oldest first; `person` leads."""
    found = records.execute(_OF, {"of_records": records_of(records, person)})
    return list({row.id: JoinRow(*row) for row in found}.values())
