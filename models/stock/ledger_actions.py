"""One line of the ledger and the balances it changes; used by the actions alone.

Balances change by UPDATE ... WHERE enough is there, with a constraint behind it, so two desks never spend one vial.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, or_, select, update

from models.errors import Refused
from models.places.tables import facility
from models.places.zones import local_day
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
_LINES: Final = select(movement.c.happened_at, movement.c.target, movement.c.vials).where(
    movement.c.batch_id == bindparam("of_batch"),
    or_(movement.c.source == bindparam("of_place"), movement.c.target == bindparam("of_place")),
)
_ZONE: Final = select(facility.c.zone).where(facility.c.facility == bindparam("of_facility"))
_MOMENTS: Final = {
    "sent": "sent_at", "opened": "opened_at", "received": "received_at", "returned": "received_at", "missing": "received_at",
}  # fmt: skip
"""The argument that dates a movement of each kind."""
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
    fewer; places outside (supplier, opened ...) have no balance. Refused("stock.not_enough_then") for a movement dated back
    to a day at whose end, or at the end of a later one, the source would have had less than nothing."""
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
    if at is not None and source not in OUTSIDE:  # now that the balance is locked: another desk may have dated back as well
        _check_days(entry, batch, source, vials, at, _MOMENTS.get(kind, "at"))
    texts = {"supplier": "", "document": "", "reason": ""}
    return entry.add(
        movement, happened_at=at, batch_id=batch, source=source, target=target, vials=vials, kind=kind, **(texts | more)
    )


def _check_days(entry: OpenEntry, batch: UUID, source: str, vials: int, at: datetime, field: str) -> None:
    """What was on the shelf at the end of each day from `at` on covers `vials`. Within one day the order in which papers
    are typed does not matter: a vial may be opened at nine and its box be entered at noon."""
    zone = entry.records.execute(_ZONE, {"of_facility": entry.facility}).scalar_one_or_none() or "WIB"
    day = local_day(at, zone)
    if day >= local_day(entry.now, zone):
        return
    ends: dict[date, int] = {}
    key = {"of_place": source, "of_batch": batch}
    for row in entry.records.execute(_LINES, key):
        when = max(local_day(row.happened_at, zone), day)
        ends[when] = ends.get(when, 0) + (row.vials if row.target == source else -row.vials)
    have, least = 0, None
    for when in sorted({day, *ends}):
        have += ends.get(when, 0)
        least = have if least is None else min(least, have)
    if least is not None and least < vials:
        raise Refused("stock.not_enough_then", field=field, day=day, have=max(least, 0), want=vials)


def batch_row(entry: OpenEntry, batch_id: UUID) -> Row[Any]:
    """The batch with its status (None where nothing was ever noted). Refused when this facility has no such batch."""
    row = entry.records.execute(_BATCH, {"of_batch": batch_id, "of_facility": entry.facility}).one_or_none()
    if row is None:
        raise Refused("batch.unknown", field="batch")
    return row
