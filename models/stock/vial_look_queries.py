"""How vials looked to those who looked: stages of the VVM and shake tests, with who saw what where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.records.entries import entry
from models.staff.tables import account
from models.stock.cold.tables import shake_test, vvm_seen


@dataclass(frozen=True, slots=True)
class VialLook:
    """Somebody looked at a batch at a post: a stage of the VVM, or "frozen" / "sound" by a shake test."""

    at: datetime
    by: str
    batch: UUID
    post: UUID
    found: str
    note: str


_SEEN: Final = (
    select(vvm_seen.c.post_id, vvm_seen.c.batch_id, vvm_seen.c.stage)
    .where(vvm_seen.c.batch_id.in_(bindparam("batches", expanding=True)))
    .order_by(vvm_seen.c.happened_at, vvm_seen.c.id)
)


def warmer_places(records: Connection, batches: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """The (post, batch) at which the newest look found the VVM at stage B: that batch is used first there, before those at A.

    Other posts kept theirs elsewhere. C and D are no matter of a post: they stop the batch everywhere."""
    rows = records.execute(_SEEN, {"batches": list(batches)})
    newest = {(row.post_id, row.batch_id): row.stage for row in rows}
    return {place for place, stage in newest.items() if stage == "B"}


def vial_looks(records: Connection, facility: UUID, *, batch: UUID | None = None, limit: int = 200) -> list[VialLook]:
    """Stages of the VVM and shake tests, the newest first."""
    found = []
    for table in (vvm_seen, shake_test):
        statement = (
            select(table, account.c.name.label("by"))
            .join(entry, entry.c.id == table.c.entry_id)
            .outerjoin(account, account.c.account_id == entry.c.account)
            .where(table.c.facility_id == facility)
            .order_by(table.c.happened_at.desc())
            .limit(limit)
        )
        if batch is not None:
            statement = statement.where(table.c.batch_id == batch)
        for row in records.execute(statement).mappings():
            seen = row["stage"] if table is vvm_seen else "frozen" if row["frozen"] else "sound"
            found.append(VialLook(row["happened_at"], row["by"] or "", row["batch_id"], row["post_id"], seen, row["note"]))
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]
