"""What was on the shelves on any day. Each place and batch costs one look into an index, however long its history is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, literal_column, or_, select

from models.records.base import Moment
from models.stock.balance_day_queries import ledger_zone
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
# Of batches that were used up before the day nothing can be left: what is not empty now, and what moved since, is few.
_LEFT_ON: Final = _ON.where(
    or_(balance.c.vials > literal_column("0"), balance.c.last_at >= bindparam("since", type_=Moment)),
    balance.c.first_at < bindparam("until", type_=Moment),
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


def balances_on(records: Connection, facility: UUID, day: date, *, empty: bool = True) -> list[DayBalance]:
    """The balances at the end of `day` of every place and batch that had a line by then; those of none left too, unless
    `empty` is False, which costs no more the more years there are."""
    asked: dict[str, Any] = {"of_facility": facility, "of_day": day}
    if not empty:
        begin = datetime.combine(day, time.min, ledger_zone(records, facility)).astimezone(UTC)
        asked |= {"since": begin, "until": begin + timedelta(days=1)}
    rows = records.execute(_ON if empty else _LEFT_ON, asked)
    return [DayBalance(day, row.place, row.batch_id, row.vials) for row in rows if row.vials or (empty and row.vials == 0)]


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
