"""Many lines of the ledger at once: what `ledger_actions.move` does for one, for a whole file in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, tuple_

from models.errors import Refused
from models.records.perform import OpenEntry
from models.stock.balance_day_queries import ledger_zone
from models.stock.balance_tables import balance, balance_day
from models.stock.places import OUTSIDE
from models.stock.tables import movement

Card = tuple[str, UUID]
_AT_ONCE: Final = 400
"""Rows in one statement: databases take only so many parameters."""
_LOCK: Final = (
    select(balance.c.place, balance.c.batch_id)
    .where(balance.c.batch_id.in_(bindparam("of_batches", expanding=True)))
    .order_by(balance.c.place, balance.c.batch_id)
    .with_for_update()
)
_LINES: Final = select(
    movement.c.batch_id, movement.c.source, movement.c.target, movement.c.vials, movement.c.happened_at
).where(movement.c.batch_id.in_(bindparam("of_batches", expanding=True)))


def changes_of(records: Connection, batches: Iterable[UUID]) -> dict[Card, list[tuple[datetime, int]]]:
    """What the ledger has of these batches: for each place the moments and what changed there, in no order."""
    found: defaultdict[Card, list[tuple[datetime, int]]] = defaultdict(list)
    for some in _portions(list(batches)):
        for line in records.execute(_LINES, {"of_batches": some}):
            for place, change in ((line.source, -line.vials), (line.target, line.vials)):
                if place not in OUTSIDE:
                    found[place, line.batch_id].append((line.happened_at, change))
    return found


def lock_batches(entry: OpenEntry, batches: Iterable[UUID]) -> None:
    """No other desk moves vials of these batches until the entry is saved."""
    for some in _portions(sorted(batches)):
        entry.records.execute(_LOCK, {"of_batches": some}).all()


def book_all(
    entry: OpenEntry, lines: Sequence[Mapping[str, Any]], step: Callable[[int, int], None] = lambda _done, _of: None
) -> None:
    """Write movements, each a row with all its columns, and the balances of their places with every day. The batches must have
    been locked. Refused("stock.not_enough_then") when a balance would ever have been below zero: whoever made the lines has
    judged them before and says it better."""
    touched = {(place, line["batch_id"]) for line in lines for place in (line["source"], line["target"])}
    cards = {card for card in touched if card[0] not in OUTSIDE}
    done = 0
    for some in _portions(lines, 2000):
        entry.add_all(movement, some)
        done += len(some)
        step(done, len(lines))
    zone = ledger_zone(entry.records, entry.facility)
    now: list[dict[str, Any]] = []
    days: list[dict[str, Any]] = []
    for card, changes in changes_of(entry.records, {batch for _, batch in cards}).items():
        if card not in cards:
            continue
        ends: dict[date, int] = {}
        vials, moment = 0, None
        for moment, vials in _ends(changes):
            if vials < 0:
                raise Refused("stock.not_enough_then", field="at", day=moment.astimezone(zone).date(), have=0, want=-vials)
            ends[moment.astimezone(zone).date()] = vials
        key = {"place": card[0], "batch_id": card[1]}
        first = min(at for at, change in changes if change > 0)
        now.append(key | {"vials": vials, "first_at": first, "last_at": moment})
        days += [key | {"day": day, "vials": end} for day, end in ends.items()]
    for table in (balance_day, balance):
        key_of = tuple_(table.c.place, table.c.batch_id)
        for some in _portions(sorted(cards)):
            entry.records.execute(delete(table).where(key_of.in_(some)))
    for table, rows in ((balance, now), (balance_day, days)):
        if rows:
            entry.records.execute(insert(table), rows)


def _ends(changes: list[tuple[datetime, int]]) -> Iterator[tuple[datetime, int]]:
    """The balance after each moment."""
    at: dict[datetime, int] = {}
    for moment, change in changes:
        at[moment] = at.get(moment, 0) + change
    vials = 0
    for moment in sorted(at):
        vials += at[moment]
        yield moment, vials


def _portions(rows: Sequence[Any], size: int = _AT_ONCE) -> Iterator[Sequence[Any]]:
    for first in range(0, len(rows), size):
        yield rows[first : first + size]
