"""What was on the shelves on any day. Each place and batch costs one look into an index, however long its history is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, exists, func, literal_column, select, union_all

from models.records.base import Moment
from models.stock.balance_day_queries import ledger_zone
from models.stock.balance_tables import balance, balance_day
from models.stock.places import OUTSIDE
from models.stock.tables import batch, movement

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
# Looked up for each balance that is found by an index of its own: a join would let the batches lead, with all their years.
_OURS: Final = exists().where(batch.c.id == balance.c.batch_id, batch.c.facility_id == bindparam("of_facility"))
_SHELF: Final = select(balance.c.place, balance.c.batch_id, _LATEST.label("vials"))
_ON: Final = _SHELF.where(_OURS)


def _left(*those: Any) -> Select[Any]:
    return _SHELF.where(*those, balance.c.first_at < bindparam("until", type_=Moment), _OURS)


# Of batches that were used up before the day nothing can be left: what is not empty now, and what moved since, is few.
_NONE: Final[Any] = literal_column("0")  # written out: a parameter would not be known to be in the index
_LEFT_ON: Final = union_all(
    # That every place has a name leads to the index of those that are not empty, also where nothing was ever analyzed.
    _left(balance.c.place > "", balance.c.vials > _NONE),
    _left(balance.c.vials == _NONE, balance.c.last_at >= bindparam("since", type_=Moment)),
)
_ONE_ON: Final = _SHELF.where(balance.c.batch_id == bindparam("of_batch"))
_ONE_AT: Final = _ONE_ON.where(balance.c.place == bindparam("of_place"))
_MOVED: Final = (
    select(movement.c.batch_id, movement.c.source, movement.c.target, func.sum(movement.c.vials).label("vials"))
    .where(movement.c.happened_at >= bindparam("since"), movement.c.happened_at < bindparam("until"))
    .group_by(movement.c.batch_id, movement.c.source, movement.c.target)
)
_MOVED_HERE: Final = _MOVED.where(movement.c.facility_id == bindparam("of_facility"))
_MOVED_ONE: Final = _MOVED.where(movement.c.batch_id == bindparam("of_batch"))
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


def balances_before(records: Connection, facility: UUID, moment: datetime) -> dict[tuple[str, UUID], int]:
    """Place and batch with what was there before `moment`, which need not be the beginning of a day."""
    day, begin = _day_of(records, facility, moment)
    found = {(row.place, row.batch): row.vials for row in balances_on(records, facility, day - timedelta(days=1), empty=False)}
    if begin < moment:
        _add(found, records.execute(_MOVED_HERE, {"of_facility": facility, "since": begin, "until": moment}))
    return found


def batch_before(records: Connection, facility: UUID, of: UUID, moment: datetime, place: str | None = None) -> int:
    """Vials of one batch before `moment`, at one place or at all of ours together with what was on the way."""
    day, begin = _day_of(records, facility, moment)
    key: dict[str, Any] = {"of_batch": of}
    days = {"of_day": day - timedelta(days=1)}
    rows = records.execute(_ONE_ON, key | days) if place is None else records.execute(_ONE_AT, key | days | {"of_place": place})
    found = {(row.place, row.batch_id): row.vials for row in rows if row.vials}
    if begin < moment:
        _add(found, records.execute(_MOVED_ONE, key | {"since": begin, "until": moment}))
    return sum(vials for (at, _), vials in found.items() if place in {None, at})


def _day_of(records: Connection, facility: UUID, moment: datetime) -> tuple[date, datetime]:
    """The day of the ledger that a moment is in, and when it begins."""
    local = moment.astimezone(ledger_zone(records, facility))
    return local.date(), datetime.combine(local, time.min, local.tzinfo).astimezone(UTC)


def _add(found: dict[tuple[str, UUID], int], lines: Iterable[Any]) -> None:
    for line in lines:
        for place, sign in ((line.source, -1), (line.target, 1)):
            if place not in OUTSIDE:
                found[place, line.batch_id] = found.get((place, line.batch_id), 0) + sign * int(line.vials)


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
