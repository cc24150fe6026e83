"""What was ever noted of a batch, by whom and why, and where its vials are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, literal, select, union_all

from models.records.entries import entry
from models.stock.batches import lot
from models.stock.tables import BATCH, batch, batch_status, batch_statuses, batch_thaw, movement


@dataclass(frozen=True, slots=True)
class BatchNow:
    """A batch with what is known of it by now."""

    id: UUID
    product: str
    number: str
    expiry: date
    doses_per_vial: int
    ul_per_dose: int
    donor: str
    thawed_on: date | None
    vvm: str
    held: bool
    frozen: bool
    extended_to: date | None
    letter: str


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One change of a status: all of it as it was from then on."""

    at: datetime
    account: UUID
    vvm: str
    held: bool
    frozen: bool
    extended_to: date | None
    letter: str
    reason: str


def lot_of(row: BatchNow, rows: Sequence[BatchNow]) -> list[BatchNow]:
    """The batches of one lot among `rows`: boxes that carry the same number, and parts of it that were thawed."""
    same = [each for each in rows if each.product == row.product]
    numbers = lot(row.number, {each.number for each in same})
    return [each for each in same if each.number in numbers]


_FACT: Final = batch_statuses.fact
_IN: Final = select(movement.c.batch_id, movement.c.target.label("place"), movement.c.vials)
_OUT: Final = select(movement.c.batch_id, movement.c.source.label("place"), (literal(0) - movement.c.vials).label("vials"))
_MOVED: Final = union_all(
    _IN.where(movement.c.batch_id == bindparam("of_batch")), _OUT.where(movement.c.batch_id == bindparam("of_batch"))
).subquery()
_PLACES: Final = (
    select(_MOVED.c.place, func.sum(_MOVED.c.vials).label("vials")).group_by(_MOVED.c.place).having(func.sum(_MOVED.c.vials) != 0)
)
_STATUS: Final = tuple(batch_status.c[name] for name in ("vvm", "held", "frozen", "extended_to", "letter"))
_BATCHES: Final = (
    select(*BATCH, *_STATUS)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
    .where(batch.c.facility_id == bindparam("of_facility"))
    .order_by(batch.c.product, batch.c.expiry.desc(), batch.c.number, batch.c.id)
)
_LOG: Final = (
    select(_FACT, entry.c.account)
    .join(entry, entry.c.id == _FACT.c.entry_id)
    .where(_FACT.c.batch_id == bindparam("of_batch"))
    .order_by(_FACT.c.version.desc(), _FACT.c.id.desc())
)


def batches(records: Connection, facility: UUID) -> list[BatchNow]:
    """Every batch that ever came, with its status."""
    return [
        BatchNow(
            row.id, row.product, row.number, row.expiry, row.doses_per_vial, row.ul_per_dose, row.donor, row.thawed_on,
            row.vvm or "", bool(row.held), bool(row.frozen), row.extended_to, row.letter or "",
        )
        for row in records.execute(_BATCHES, {"of_facility": facility})
    ]  # fmt: skip


def status_log(records: Connection, batch_id: UUID) -> list[StatusLine]:
    """All that was noted of a batch, the newest first."""
    return [
        StatusLine(
            row.happened_at, row.account, row.vvm, row.held, row.frozen, row.extended_to, row.letter, row.reason
        )
        for row in records.execute(_LOG, {"of_batch": batch_id})
    ]  # fmt: skip


def where_is(records: Connection, batch_id: UUID) -> dict[str, int]:
    """Vials of a batch by ledger place, virtual ones too; the supplier's are negative: so many came."""
    return {row.place: int(row.vials) for row in records.execute(_PLACES, {"of_batch": batch_id})}
