"""One line of the ledger and the balances it changes; used by the actions alone.

Balances change by UPDATE ... WHERE enough is there, with a constraint behind it, so two desks never spend one vial.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select, update

from models.errors import Refused
from models.records.perform import OpenEntry
from models.stock.places import OUTSIDE
from models.stock.tables import balance, batch, batch_status, movement

_HERE: Final = (balance.c.place == bindparam("of_place")) & (balance.c.batch_id == bindparam("of_batch"))
_TAKE: Final = (
    update(balance).where(_HERE, balance.c.vials >= bindparam("count")).values(vials=balance.c.vials - bindparam("count"))
)
_PUT: Final = update(balance).where(_HERE).values(vials=balance.c.vials + bindparam("count"))
_FIRST: Final = insert(balance)
_HAVE: Final = select(balance.c.vials).where(_HERE)
_STATUS: Final = tuple(batch_status.c[name] for name in ("vvm", "held", "frozen", "extended_to", "letter"))
_BATCH: Final = (
    select(batch, *_STATUS)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .where(batch.c.id == bindparam("of_batch"), batch.c.facility_id == bindparam("of_facility"))
)


def move(
    entry: OpenEntry,
    *,
    batch: UUID,
    source: str,
    target: str,
    vials: int,
    kind: str,
    at: datetime | None = None,
    **more: Any,
) -> UUID:
    """Write one movement of whole vials and change both balances. Refused("stock.not_enough") when the source has
    fewer; places outside (supplier, opened ...) have no balance."""
    if source == target:
        raise Refused("stock.same_place", field="target")
    key = {"of_batch": batch, "count": vials}
    # Always in the order of their names: two desks that move vials in opposite directions would lock each other out.
    for place in sorted({source, target} - OUTSIDE):
        if place == source and not entry.records.execute(_TAKE, key | {"of_place": place}).rowcount:
            have = entry.records.execute(_HAVE, {"of_place": place, "of_batch": batch}).scalar_one_or_none()
            raise Refused("stock.not_enough", field="vials", have=have or 0, want=vials)
        if place == target and not entry.records.execute(_PUT, key | {"of_place": place}).rowcount:
            entry.records.execute(_FIRST, {"place": place, "batch_id": batch, "vials": vials})
    texts = {"supplier": "", "document": "", "reason": ""}
    return entry.add(
        movement, happened_at=at, batch_id=batch, source=source, target=target, vials=vials, kind=kind, **(texts | more)
    )


def batch_row(entry: OpenEntry, batch_id: UUID) -> Row[Any]:
    """The batch with its status (None where nothing was ever noted). Refused when this facility has no such batch."""
    row = entry.records.execute(_BATCH, {"of_batch": batch_id, "of_facility": entry.facility}).one_or_none()
    if row is None:
        raise Refused("batch.unknown", field="batch")
    return row
