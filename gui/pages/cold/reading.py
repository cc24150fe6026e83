"""What the page of the fridges shows, read in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.places.queries import PostRow, posts
from models.stock.cold.fridge_tag import TagDay
from models.stock.cold.queries import (
    ColdState,
    EquipmentRow,
    ExcursionRow,
    ReadingRow,
    WrittenRow,
    cold_state,
    equipment_rows,
    excursion_rows,
    limits_of,
    readings,
    tag_days,
    written,
)
from models.stock.cold.rules import Limits
from models.stock.queries import BatchBalance, balances
from models.stock.vial_look_queries import VialLook, vial_looks


@dataclass(frozen=True)
class ColdShown:
    """Equipment (those out of use too), what holds of the day, what is to be seen to now, and what tasks need."""

    equipments: tuple[EquipmentRow, ...]
    day: tuple[ReadingRow, ...]
    state: ColdState
    posts: tuple[PostRow, ...]
    limits: Limits
    limits_version: int
    excursions: tuple[ExcursionRow, ...]
    shelves: tuple[BatchBalance, ...]

    def of_day(self, equipment: UUID) -> list[ReadingRow]:
        """What was read of one piece of equipment."""
        return [each for each in self.day if each.equipment == equipment]

    def find(self, equipment: UUID | None) -> EquipmentRow | None:
        """One piece of equipment."""
        return next((row for row in self.equipments if row.id == equipment), None)


@dataclass(frozen=True)
class OneFridge:
    """A day of one piece of equipment: every line ever written, and what its Fridge-tag says."""

    written: tuple[WrittenRow, ...]
    tag: TagDay | None


def read_cold(
    records: Any, catalogue: Any, facility: UUID, zone: str, now: datetime, today: date, day: date
) -> ColdShown:
    """Everything at once."""
    limits, version = limits_of(records, facility)
    return ColdShown(
        tuple(equipment_rows(records, facility, with_retired=True)),
        tuple(readings(records, facility, day, day)),
        cold_state(records, facility, zone, now),
        tuple(posts(records, facility)),
        limits,
        version,
        tuple(excursion_rows(records, facility)),
        tuple(each for each in balances(records, catalogue, facility, today) if each.vials),
    )


def read_fridge(records: Any, facility: UUID, equipment: UUID, day: date) -> OneFridge:
    """One piece of equipment on one day."""
    kept = tag_days(records, facility, equipment, day, day)
    return OneFridge(tuple(written(records, equipment, day)), kept[0] if kept else None)


def read_looks(records: Any, facility: UUID) -> list[VialLook]:
    """How vials looked, the newest first."""
    return vial_looks(records, facility, limit=60)
