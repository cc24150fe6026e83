"""People by their ids, for a question that has to name them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.people.queries import PersonRow, people_with, person_row
from models.people.tables import recipient

_RECORD: Final = recipient.alias("any_record")
_BY_ID: Final = people_with(select(_RECORD.c.recipient_id).where(_RECORD.c.recipient_id.in_(bindparam("ids", expanding=True))))


def people_by_id(records: Connection, ids: Iterable[UUID]) -> list[PersonRow]:
    """What a list shows of these people, by name; each once, also where two ids are records of one."""
    found = {row["recipient_id"]: person_row(row) for row in records.execute(_BY_ID, {"ids": list(ids)}).mappings()}
    return sorted(found.values(), key=lambda row: (row.name, row.birth.date, row.id))
