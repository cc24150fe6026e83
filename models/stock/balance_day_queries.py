"""Balances and their days as the lines of the ledger alone say them, and the zone in which those days are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.places.tables import facilities
from models.places.zones import ZONES, clock_of
from models.stock.places import OUTSIDE
from models.stock.tables import movement

_USUAL: Final = "WIB"
_FOUNDED: Final = select(facilities.fact.c.facility, facilities.fact.c.zone).where(facilities.fact.c.version == 1)
_FOUNDED_ONE: Final = _FOUNDED.where(facilities.fact.c.facility == bindparam("of_facility")).order_by(facilities.fact.c.id)
_LINES: Final = select(
    movement.c.facility_id, movement.c.batch_id, movement.c.source, movement.c.target, movement.c.vials, movement.c.happened_at
).order_by(movement.c.happened_at)

_zones: dict[UUID, timezone] = {}


def ledger_zone(records: Connection, facility: UUID) -> timezone:
    """The zone in which a facility's stock days are counted: the one it was founded with. That is a fact and never changes, so
    a zone corrected later moves no balance from one day to another behind the back of what was printed."""
    found = _zones.get(facility)
    if found is None:
        row = records.execute(_FOUNDED_ONE, {"of_facility": facility}).first()
        if row is None:
            return ZONES[_USUAL]
        found = _zones[facility] = clock_of(row.zone) or ZONES[_USUAL]
    return found


@dataclass
class _Card:
    """One place and batch while its lines are gone through in order of time."""

    vials: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    days: dict[date, int] = field(default_factory=dict)


def rebuilt_balances(records: Connection) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of `balance` and of `balance_day`."""
    zones = {row.facility: clock_of(row.zone) or ZONES[_USUAL] for row in records.execute(_FOUNDED)}
    cards: dict[tuple[str, UUID], _Card] = {}
    for line in records.execute(_LINES.execution_options(yield_per=10_000)):
        day = line.happened_at.astimezone(zones.get(line.facility_id, ZONES[_USUAL])).date()
        for place, sign in ((line.source, -1), (line.target, 1)):
            if place not in OUTSIDE:
                card = cards.setdefault((place, line.batch_id), _Card())
                card.vials += sign * line.vials
                card.last_at = line.happened_at
                if sign > 0 and card.first_at is None:
                    card.first_at = line.happened_at
                card.days[day] = card.vials
    now = [
        {"place": place, "batch_id": batch, "vials": card.vials, "first_at": card.first_at, "last_at": card.last_at}
        for (place, batch), card in cards.items()
    ]
    days = [
        {"place": place, "batch_id": batch, "day": day, "vials": vials}
        for (place, batch), card in cards.items()
        for day, vials in card.days.items()
    ]
    return now, days


def below_zero(records: Connection) -> Iterator[tuple[UUID, datetime]]:
    """Lines of the ledger must never have taken what was not there: batch and moment of each balance below zero, once for a
    place and batch. Within one moment what came in is counted before what went out."""
    sums: dict[tuple[str, UUID], int] = {}
    told: set[tuple[str, UUID]] = set()
    for moment, lines in groupby(records.execute(_LINES.execution_options(yield_per=10_000)), lambda line: line.happened_at):
        touched = set()
        for line in lines:
            for place, sign in ((line.source, -1), (line.target, 1)):
                if place not in OUTSIDE:
                    touched.add((place, line.batch_id))
                    sums[place, line.batch_id] = sums.get((place, line.batch_id), 0) + sign * line.vials
        for card in sorted(touched - told, key=str):
            if sums[card] < 0:
                told.add(card)
                yield card[1], moment
