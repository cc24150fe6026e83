"""The month of one fridge as it stands on its card: frozen, and drawn by reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from models.errors import Refused
from models.places.queries import FacilityRow, facility
from models.places.regions import Regions
from models.places.zones import ZONES, local_day
from models.stock.cold.fridge_tag import TagDay
from models.stock.cold.queries import (
    EquipmentRow,
    ExcursionRow,
    ReadingRow,
    equipment_rows,
    excursion_rows,
    readings,
    tag_days,
)
from models.stock.cold.rules import month_bounds


@dataclass(frozen=True, slots=True)
class CardDay:
    """One day: tenths read in the morning and the afternoon, at other hours ("12.05"), and what the Fridge-tag kept."""

    day: date
    morning: int | None = None
    afternoon: int | None = None
    others: tuple[tuple[str, int], ...] = ()
    tag: TagDay | None = None

    @property
    def read(self) -> tuple[tuple[str, int], ...]:
        """Everything that somebody read, with "morning" and "afternoon" or the hour."""
        both = (("morning", self.morning), ("afternoon", self.afternoon))
        return *((name, tenths) for name, tenths in both if tenths is not None), *self.others


@dataclass(frozen=True, slots=True)
class CardNote:
    """An excursion that was going on at some time of the month, perhaps since before it, in the puskesmas' own time."""

    began_at: datetime
    ended_at: datetime | None
    lowest: int | None
    highest: int | None
    done: str
    decision: str


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A card: `days` are all of the month. `head_name` signs beside the keeper; `acting` writes Plt. before the office."""

    facility: str
    facility_code: str
    place: str
    zone_name: str
    equipment: EquipmentRow
    month: date
    days: tuple[CardDay, ...]
    notes: tuple[CardNote, ...]
    head_name: str
    head_nip: str
    acting: bool
    taken_at: datetime

    @property
    def outside(self) -> int:
        """How many readings lay outside the range."""
        return sum(1 for day in self.days for _, tenths in day.read if self.equipment.side(tenths))

    @property
    def missed(self) -> int:
        """How many mornings and afternoons up to the day of `taken_at` nobody has read; those of that day as far as they are due
        by noon and at midnight."""
        now = self.taken_at.astimezone(ZONES[self.zone_name])
        found = 0
        for day in self.days:
            if day.day <= now.date():
                found += day.morning is None and (day.day < now.date() or now.hour >= 12)
                found += day.afternoon is None and day.day < now.date()
        return found


@dataclass(frozen=True, slots=True)
class DayTemperature:
    """A line of the day's recap; range in tenths."""

    post: str
    equipment: str
    lowest: int
    highest: int
    morning: int | None
    afternoon: int | None
    others: tuple[tuple[str, int], ...]


def card_of(
    records: Connection, facility_id: UUID, equipment_id: UUID, month: date, regions: Regions, taken_at: datetime
) -> CardFacts:
    """The card of the month of `month`. Refused: no such equipment."""
    of, found = facility(records, facility_id), _one(records, facility_id, equipment_id)
    if of is None or found is None:
        raise Refused("cold.unknown", field="equipment")
    first, last = month_bounds(month)
    read = readings(records, facility_id, first, last, of=equipment_id)
    kept = {row.day: row for row in tag_days(records, facility_id, equipment_id, first, last)}
    stories = [
        each
        for each in reversed(excursion_rows(records, facility_id, of=equipment_id))
        if local_day(each.began_at, of.zone) <= last and local_day(each.ended_at or taken_at, of.zone) >= first
    ]
    name, nip = of.signer
    return CardFacts(
        facility=of.name,
        facility_code=of.code,
        place=regions.path(of.kecamatan),
        zone_name=of.zone,
        equipment=found,
        month=first,
        days=_days(first, last, read, kept, of),
        notes=tuple(map(_note, stories)),
        head_name=name,
        head_nip=nip or "",
        acting=bool(of.acting_name),
        taken_at=taken_at,
    )


def day_temperatures(records: Connection, facility_id: UUID, post: UUID | None, day: date, zone: str) -> list[DayTemperature]:
    """What was read on a day at one post or at all of them, for the recap; equipment that was not read stands there too."""
    read: defaultdict[UUID, list[ReadingRow]] = defaultdict(list)
    for each in readings(records, facility_id, day, day):
        read[each.equipment].append(each)
    rows = equipment_rows(records, facility_id, with_retired=True)
    return [
        DayTemperature(of.post_name, of.name, of.lowest, of.highest, *_halves(read[of.id]), _others(read[of.id], zone))
        for of in rows
        if post in {None, of.post} and (of.active or of.id in read)
    ]


def _one(records: Connection, facility_id: UUID, equipment_id: UUID) -> EquipmentRow | None:
    rows = equipment_rows(records, facility_id, with_retired=True)
    return next((row for row in rows if row.id == equipment_id), None)


def _days(
    first: date, last: date, read: Sequence[ReadingRow], kept: dict[date, TagDay], of: FacilityRow
) -> tuple[CardDay, ...]:
    by_day: defaultdict[date, list[ReadingRow]] = defaultdict(list)
    for each in read:
        by_day[each.day].append(each)
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple(
        CardDay(day, *_halves(by_day[day]), _others(by_day[day], of.zone), kept.get(day)) for day in every
    )


def _halves(read: Sequence[ReadingRow]) -> tuple[int | None, int | None]:
    found: dict[str, Any] = {each.session: each.tenths for each in read}
    return found.get("morning"), found.get("afternoon")


def _others(read: Sequence[ReadingRow], zone: str) -> tuple[tuple[str, int], ...]:
    return tuple(
        (f"{each.taken_at.astimezone(ZONES[zone]):%H.%M}", each.tenths)
        for each in read
        if each.session == "extra" and each.tenths is not None
    )


def _note(row: ExcursionRow) -> CardNote:
    return CardNote(row.began_at, row.ended_at, row.lowest, row.highest, row.done, row.decision)
