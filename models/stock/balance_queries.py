"""What was on the shelves on any day. Each place and batch costs one look into an index, however long its history is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.stock.balance_tables import balance, balance_day
from models.stock.tables import batch

_DAY: Final = bindparam("of_day", type_=balance_day.c.day.type)
_LATEST: Final = (
    select(balance_day.c.vials)
    .where(
        balance_day.c.place == balance.c.place,
        balance_day.c.batch_id == balance.c.batch_id,
        balance_day.c.day <= _DAY,
    )
    .order_by(balance_day.c.day.desc())
    .limit(1)
    .correlate(balance)
    .scalar_subquery()
)
_ON: Final = (
    select(balance.c.place, balance.c.batch_id, _LATEST.label("vials"))
    .join(batch, batch.c.id == balance.c.batch_id)
    .where(batch.c.facility_id == bindparam("of_facility"))
)
_BETWEEN: Final = (
    select(balance_day)
    .join(batch, batch.c.id == balance_day.c.batch_id)
    .where(
        batch.c.facility_id == bindparam("of_facility"),
        balance_day.c.day > bindparam("first", type_=balance_day.c.day.type),
        balance_day.c.day <= bindparam("last", type_=balance_day.c.day.type),
    )
    .order_by(balance_day.c.day)
)


@dataclass(frozen=True, slots=True)
class DayBalance:
    """Intact vials of a batch at a ledger place at the end of a day."""

    day: date
    place: str
    batch: UUID
    vials: int


def balances_on(records: Connection, facility: UUID, day: date) -> list[DayBalance]:
    """The balances at the end of `day` of every place and batch that had a line by then, those of none left included."""
    rows = records.execute(_ON, {"of_facility": facility, "of_day": day})
    return [DayBalance(day, row.place, row.batch_id, row.vials) for row in rows if row.vials is not None]


def daily_balances(records: Connection, facility: UUID, first: date, last: date) -> Iterator[list[DayBalance]]:
    """The balances at the end of each day from `first` to `last`, a list for each day."""
    now = {(each.place, each.batch): each.vials for each in balances_on(records, facility, first)}
    changes: dict[date, list[tuple[str, UUID, int]]] = {}
    for row in records.execute(_BETWEEN, {"of_facility": facility, "first": first, "last": last}):
        changes.setdefault(row.day, []).append((row.place, row.batch_id, row.vials))
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        for place, of, vials in changes.get(day, ()):
            now[place, of] = vials
        yield [DayBalance(day, place, of, vials) for (place, of), vials in now.items()]
