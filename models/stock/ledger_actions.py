"""One line of the ledger and the balances it changes; used by the actions alone.

Balances change by UPDATE ... WHERE enough is there, with a constraint behind it, so two desks never spend one vial. No balance
was ever below zero, at no past moment: lines count in the order of `happened_at`, within one moment what came in before what
went out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, case, insert, or_, select, update

from models.errors import Refused
from models.records.base import Moment, upsert
from models.records.perform import OpenEntry
from models.stock.balance_day_queries import ledger_zone
from models.stock.balance_tables import balance, balance_day
from models.stock.places import OUTSIDE
from models.stock.tables import BATCH, batch, batch_status, batch_thaw, movement

CLOCKS_DIFFER: Final = timedelta(minutes=10)
"""By how much the clocks of two desks may disagree without anybody being at fault."""
_HERE: Final = (balance.c.place == bindparam("of_place")) & (balance.c.batch_id == bindparam("of_batch"))
_AT: Final = bindparam("line_at", type_=Moment)
_CHANGED: Final = (
    update(balance)
    .where(_HERE, balance.c.vials >= -bindparam("change"))
    .values(
        vials=balance.c.vials + bindparam("change"),
        first_at=case(((bindparam("change") > 0) & (balance.c.first_at > _AT), _AT), else_=balance.c.first_at),
        last_at=case((balance.c.last_at < _AT, _AT), else_=balance.c.last_at),
    )
    .returning(balance.c.vials, balance.c.last_at)
)
_LATEST: Final = update(balance).where(_HERE, balance.c.last_at < _AT).values(last_at=_AT)
_FIRST_IN: Final = (
    select(movement.c.happened_at)
    .where(movement.c.batch_id == bindparam("of_batch"), movement.c.target == bindparam("of_place"))
    .order_by(movement.c.happened_at)
    .limit(1)
)
_CAME: Final = update(balance).where(_HERE).values(first_at=_AT)
_FIRST: Final = insert(balance)
_HAVE: Final = select(balance.c.vials).where(_HERE)
_LATER: Final = (
    select(movement.c.happened_at, movement.c.target, movement.c.vials)
    .where(
        movement.c.batch_id == bindparam("of_batch"),
        movement.c.happened_at > _AT,
        or_(movement.c.source == bindparam("of_place"), movement.c.target == bindparam("of_place")),
    )
    .order_by(movement.c.happened_at.desc())
)
_DAYS: Final = (balance_day.c.place == bindparam("of_place")) & (balance_day.c.batch_id == bindparam("of_batch"))
_DAY: Final = bindparam("of_day", type_=balance_day.c.day.type)
_BEFORE: Final = select(balance_day.c.vials).where(_DAYS, balance_day.c.day < _DAY).order_by(balance_day.c.day.desc()).limit(1)
_SAME_DAY: Final = (
    update(balance_day).where(_DAYS, balance_day.c.day == _DAY).values(vials=balance_day.c.vials + bindparam("change"))
)
_LATER_DAYS: Final = (
    update(balance_day).where(_DAYS, balance_day.c.day > _DAY).values(vials=balance_day.c.vials + bindparam("change"))
)
_NEW_DAY: Final = insert(balance_day)
_MOMENTS: Final = {
    "sent": "sent_at", "opened": "opened_at", "received": "received_at", "returned": "received_at", "missing": "received_at",
}  # fmt: skip
"""The argument that dates a movement of each kind."""
_STATUS: Final = tuple(batch_status.c[name] for name in ("vvm", "held", "frozen", "extended_to", "letter"))
_BATCH: Final = (
    select(*BATCH, *_STATUS)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
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
    """Write one movement of whole vials and change both balances; places outside (supplier, opened ...) have none.

    Refused("stock.not_enough"): the source has fewer. Refused("stock.not_enough_then"): dated back to a moment from which on
    the source would once have had less than nothing. Without `at` it happens now, which is never before the newest line of
    the batch at these places: where another desk's clock is up to ten minutes ahead, or this one waited for its turn, it
    counts as of that line's moment. A clock set back further is taken as it is while that leaves no past balance below zero;
    otherwise Refused("stock.clock_behind").
    """
    if source == target:
        raise Refused("stock.same_place", field="target")
    moment = at or entry.now
    # Always in the order of their names: two desks that move vials in opposite directions would lock each other out.
    changes = {place: -vials if place == source else vials for place in sorted({source, target} - OUTSIDE)}
    now = {place: _change(entry, place, batch, change, moment) for place, change in changes.items()}
    newest = max((row.last_at for row in now.values()), default=moment)
    if at is None and moment < newest <= moment + CLOCKS_DIFFER:
        moment = newest
        entry.reach(newest)
        _move_on(entry, batch, newest, changes)
    if source in now and moment < now[source].last_at:  # now that the balance is locked: another desk may have dated back too
        late = _least_from(entry, source, batch, moment, now[source].vials)
        if late is not None:
            _refuse(entry, late, vials, moment, now[source].last_at, _MOMENTS.get(kind, "at") if at else "")
    for place, change in changes.items():
        _note_day(entry, place, batch, moment, change, now[place].vials, max(now[place].last_at, moment))
    texts = {"supplier": "", "document": "", "reason": ""}
    return entry.add(
        movement, happened_at=moment, batch_id=batch, source=source, target=target, vials=vials, kind=kind, **(texts | more)
    )


def _move_on(entry: OpenEntry, batch: UUID, newest: datetime, changes: Mapping[str, int]) -> None:
    """The line counts as of `newest` instead of this desk's moment, which the balances have by now."""
    for place, change in changes.items():
        key = {"of_place": place, "of_batch": batch}
        entry.records.execute(_LATEST, key | {"line_at": newest})
        if change > 0:
            first = entry.records.execute(_FIRST_IN, key).scalar_one_or_none()
            entry.records.execute(_CAME, key | {"line_at": min(first or newest, newest)})


def _change(entry: OpenEntry, place: str, batch: UUID, change: int, moment: datetime) -> Any:
    """The balance after `change`, with the moment of its newest line; the row stays locked."""
    key = {"of_place": place, "of_batch": batch}
    row = entry.records.execute(_CHANGED, key | {"change": change, "line_at": moment}).one_or_none()
    if row is not None:
        return row
    if change < 0:
        have = entry.records.execute(_HAVE, key).scalar_one_or_none()
        raise Refused("stock.not_enough", field="vials", have=have or 0, want=-change)
    first = {"place": place, "batch_id": batch, "vials": change, "first_at": moment, "last_at": moment}
    return entry.records.execute(_FIRST.returning(balance.c.vials, balance.c.last_at), first).one()


def _least_from(entry: OpenEntry, place: str, batch: UUID, moment: datetime, vials: int) -> tuple[int, datetime] | None:
    """The lowest balance below zero at `moment` or later, and since when; None where there is none. Gone through backwards from
    `vials`, the balance now, so what lies before `moment` costs nothing."""
    least, since = vials, None
    key = {"of_place": place, "of_batch": batch, "line_at": moment}
    lines = entry.records.execute(_LATER, key).all()
    for line, earlier in zip(lines, [*(each.happened_at for each in lines[1:]), moment], strict=True):
        vials -= line.vials if line.target == place else -line.vials
        if earlier < line.happened_at and vials < 0 and vials <= least:
            least, since = vials, earlier
    return None if since is None else (least, since)


def _refuse(
    entry: OpenEntry, late: tuple[int, datetime], vials: int, moment: datetime, newest: datetime, field: str
) -> None:
    least, since = late
    have = max(0, least + vials)
    if field:
        day = since.astimezone(ledger_zone(entry.records, entry.facility)).date()
        raise Refused("stock.not_enough_then", field=field, day=day, have=have, want=vials)
    raise Refused("stock.clock_behind", now=moment, newest=newest, have=have, want=vials)


def _note_day(
    entry: OpenEntry, place: str, batch: UUID, moment: datetime, change: int, vials: int, newest: datetime
) -> None:
    """The balance at the end of the line's day; a line dated back to an earlier day changes every day since."""
    zone = ledger_zone(entry.records, entry.facility)
    day: date = moment.astimezone(zone).date()
    row = {"place": place, "batch_id": batch, "day": day}
    if day == newest.astimezone(zone).date():
        upsert(entry.records, balance_day, ("place", "batch_id", "day"), row | {"vials": vials})
        return
    key = {"of_place": place, "of_batch": batch, "of_day": day}
    if not entry.records.execute(_SAME_DAY, key | {"change": change}).rowcount:
        before = entry.records.execute(_BEFORE, key).scalar_one_or_none() or 0
        entry.records.execute(_NEW_DAY, row | {"vials": before + change})
    entry.records.execute(_LATER_DAYS, key | {"change": change})


def batch_row(entry: OpenEntry, batch_id: UUID) -> Row[Any]:
    """The batch as it is now: its status (None where nothing was ever noted) and the day of thawing as corrected. Refused when
    this facility has no such batch."""
    row = entry.records.execute(_BATCH, {"of_batch": batch_id, "of_facility": entry.facility}).one_or_none()
    if row is None:
        raise Refused("batch.unknown", field="batch")
    return row
