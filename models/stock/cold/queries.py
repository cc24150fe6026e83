"""Equipment with what it measured, what is missing, what is out of range, and the facts of a month's card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, Table, bindparam, select

from models.places.tables import post
from models.places.zones import local_day
from models.records.entries import entry
from models.staff.tables import account
from models.stock.cold.fridge_tag import TagDay
from models.stock.cold.rules import Limits, Meaning, began_at, judge_excursion, sessions_missed, side
from models.stock.cold.tables import (
    cold_rule,
    cold_rules,
    equipment,
    equipments,
    excursion,
    excursions,
    reading,
    tag_day,
    temperature,
)
from models.stock.cold.tag_queries import tag_days_by_facts

LOOK_BACK: Final = timedelta(days=7)
"""So far back an alarm is shown that nobody has written anything about; one that somebody has begun to write about stays."""


@dataclass(frozen=True, slots=True)
class EquipmentRow:
    """A fridge, freezer or cool box; range in tenths of a degree, both ends included."""

    id: UUID
    version: int
    post: UUID
    post_name: str
    name: str
    kind: str
    serial: str
    logger: str
    keeper: str
    lowest: int
    highest: int
    active: bool

    def side(self, tenths: int) -> int:
        """−1 too cold, 1 too warm, 0 within."""
        return side(tenths, self.lowest, self.highest)


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What holds now of one reading; `tenths` is None where it was struck out. `id` is the fact to be corrected."""

    id: UUID
    equipment: UUID
    day: date
    session: str
    tenths: int | None
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A reading as it was once written, by whom, why again, and whether it still holds."""

    id: UUID
    session: str
    tenths: int | None
    taken_at: datetime
    recorded_at: datetime
    by: str
    reason: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ExcursionRow:
    """An excursion as it was last written."""

    id: UUID
    version: int
    equipment: UUID
    began_at: datetime
    ended_at: datetime | None
    lowest: int | None
    highest: int | None
    done: str
    batches: tuple[UUID, ...]
    decision: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Out of range and nothing decided. `kind`: "low" or "high" by somebody's reading, "tag_low" or "tag_high" by the alarm of a
    Fridge-tag; `excursion` where one was begun. `tenths` is the last reading or the extreme of the day. A tag knows how many
    `minutes` it was, and by them `at` is when it began, as far as can be reckoned."""

    equipment: EquipmentRow
    kind: str
    tenths: int | None
    day: date
    at: datetime | None
    meaning: Meaning
    excursion: UUID | None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Nobody has read `equipment` on `day` in the "morning" or "afternoon"."""

    equipment: EquipmentRow
    session: str
    day: date


@dataclass(frozen=True, slots=True)
class ColdState:
    """What somebody must see to now: alarms, the newest first, and readings of today that were not made."""

    alarms: tuple[Alarm, ...]
    missing: tuple[Missing, ...]
    equipments: int


_EQUIPMENTS: Final = (
    select(equipment, post.c.name.label("post_name"))
    .join(post, post.c.post_id == equipment.c.post_id)
    .where(equipment.c.facility_id == bindparam("of_facility"))
    .order_by(post.c.code, equipment.c.name, equipment.c.equipment_id)
)
_LIMITS: Final = select(cold_rule).where(cold_rule.c.facility == bindparam("of_facility"))
_READINGS: Final = (
    select(reading)
    .join(equipment, equipment.c.equipment_id == reading.c.equipment_id)
    .where(
        equipment.c.facility_id == bindparam("of_facility"),
        reading.c.day.between(bindparam("first"), bindparam("last")),
        reading.c.tenths.is_not(None),
    )
    .order_by(reading.c.taken_at, reading.c.temperature_id)
)
_OF_ONE: Final = _READINGS.where(reading.c.equipment_id == bindparam("of_equipment"))
_TAG: Final = (
    select(tag_day)
    .join(equipment, equipment.c.equipment_id == tag_day.c.equipment_id)
    .where(
        equipment.c.facility_id == bindparam("of_facility"),
        tag_day.c.day.between(bindparam("first"), bindparam("last")),
    )
    .order_by(tag_day.c.day)
)
_TAG_OF_ONE: Final = _TAG.where(tag_day.c.equipment_id == bindparam("of_equipment"))
_TAG_ALARMS: Final = _TAG.where((tag_day.c.low_alarm != "") | (tag_day.c.high_alarm != ""))
_EXCURSIONS: Final = (
    select(excursion)
    .where(excursion.c.facility_id == bindparam("of_facility"))
    .order_by(excursion.c.began_at.desc(), excursion.c.excursion_id)
)
_WRITTEN: Final = (
    select(temperature, entry.c.recorded_at, account.c.name.label("by"))
    .join(entry, entry.c.id == temperature.c.entry_id)
    .outerjoin(account, account.c.account_id == entry.c.account)
    .where(temperature.c.equipment_id == bindparam("of_equipment"), temperature.c.day == bindparam("of_day"))
    .order_by(temperature.c.happened_at, entry.c.recorded_at, temperature.c.id)
)


def equipment_rows(records: Connection, facility: UUID, *, with_retired: bool = False) -> list[EquipmentRow]:
    """By post and name."""
    rows = records.execute(_EQUIPMENTS, {"of_facility": facility})
    return [_equipment(row) for row in rows if row.active or with_retired]


def limits_of(records: Connection, facility: UUID) -> tuple[Limits, int]:
    """The limits in force and their version, 0 for the shipped ones."""
    row = records.execute(_LIMITS, {"of_facility": facility}).mappings().one_or_none()
    if row is None:
        return Limits(), 0
    return Limits(**{name: row[name] for name in Limits.__slots__}), row["version"]


def readings(records: Connection, facility: UUID, first: date, last: date, *, of: UUID | None = None) -> list[ReadingRow]:
    """Readings that hold, of all equipment or one, in the order in which they were made."""
    span = {"of_facility": facility, "first": first, "last": last}
    rows = records.execute(_READINGS, span) if of is None else records.execute(_OF_ONE, span | {"of_equipment": of})
    return [ReadingRow(row.temperature_id, row.equipment_id, row.day, row.session, row.tenths, row.taken_at) for row in rows]


def written(records: Connection, of: UUID, day: date) -> list[WrittenRow]:
    """Everything that was ever written for a day, with what was corrected."""
    rows = records.execute(_WRITTEN, {"of_equipment": of, "of_day": day}).all()
    replaced = {row.replaces for row in rows}
    return [
        WrittenRow(
            row.id, row.session, row.tenths, row.happened_at, row.recorded_at, row.by or "", row.reason,
            row.id not in replaced and row.tenths is not None,
        )
        for row in rows
    ]  # fmt: skip


def tag_days(records: Connection, facility: UUID, of: UUID, first: date, last: date) -> list[TagDay]:
    """What the Fridge-tag of one piece of equipment kept."""
    span = {"of_facility": facility, "of_equipment": of, "first": first, "last": last}
    return [_tag_row(row) for row in records.execute(_TAG_OF_ONE, span)]


def excursion_rows(records: Connection, facility: UUID, *, of: UUID | None = None) -> list[ExcursionRow]:
    """The newest first."""
    return [
        ExcursionRow(
            row.excursion_id, row.version, row.equipment_id, row.began_at, row.ended_at, row.lowest, row.highest, row.done,
            tuple(UUID(each) for each in row.batches), row.decision,
        )
        for row in records.execute(_EXCURSIONS, {"of_facility": facility})
        if of is None or row.equipment_id == of
    ]  # fmt: skip


def cold_state(records: Connection, facility: UUID, zone: str, now: datetime, *, post: UUID | None = None) -> ColdState:
    """What is to be seen to at one post or at all of them. Cheap enough for every minute: a week of readings by their key."""
    today = local_day(now, zone)
    limits, _ = limits_of(records, facility)
    kept = [row for row in equipment_rows(records, facility) if post in {None, row.post}]
    if not kept:
        return ColdState((), (), 0)
    by_equipment: defaultdict[UUID, list[ReadingRow]] = defaultdict(list)
    for each in readings(records, facility, today - LOOK_BACK, today):
        by_equipment[each.equipment].append(each)
    span = {"of_facility": facility, "first": today - LOOK_BACK, "last": today}
    tags: defaultdict[UUID, list[TagDay]] = defaultdict(list)
    for row in records.execute(_TAG_ALARMS, span):
        tags[row.equipment_id].append(_tag_row(row))
    told: defaultdict[UUID, list[ExcursionRow]] = defaultdict(list)
    for story in excursion_rows(records, facility):
        told[story.equipment].append(story)
    alarms: list[Alarm] = []
    for of in kept:
        alarms += _alarms(of, by_equipment[of.id], tags[of.id], told[of.id], limits, zone)
    missing = [
        Missing(of, session, today)
        for of in kept
        for session in sessions_missed(
            (each.session for each in by_equipment[of.id] if each.day == today), today, now, zone, limits
        )
    ]
    alarms.sort(key=lambda each: (each.day, each.at.timestamp() if each.at else 0.0), reverse=True)
    return ColdState(tuple(alarms), tuple(missing), len(kept))


def _alarms(
    of: EquipmentRow,
    read: Sequence[ReadingRow],
    tags: Sequence[TagDay],
    told: Sequence[ExcursionRow],
    limits: Limits,
    zone: str,
) -> Iterator[Alarm]:
    """Excursions that nobody has decided on; the newest reading out of range that no excursion tells of; every alarm of the tag
    that none tells of: one of that day, on that side and as far. It joins the one of that day that is still open."""
    bounds = (of.lowest, of.highest)
    for story in told:
        if story.decision == "open":
            hot = story.highest is not None and side(story.highest, *bounds) > 0
            far = story.highest if hot else story.lowest
            minutes = int((story.ended_at - story.began_at).total_seconds()) // 60 if story.ended_at else None
            meaning = judge_excursion(story.lowest, story.highest, minutes, bounds, limits).meaning
            day = local_day(story.began_at, zone)
            yield Alarm(of, "high" if hot else "low", far, day, story.began_at, meaning, story.id)
    for each in reversed(read):
        out = of.side(each.tenths or 0)
        if out and not any(_tells_of(story, each.taken_at) for story in told):
            low, high = (each.tenths, None) if out < 0 else (None, each.tenths)
            meaning = judge_excursion(low, high, None, bounds, limits).meaning
            yield Alarm(of, "low" if out < 0 else "high", each.tenths, each.day, each.taken_at, meaning, None)
            break
    for tag in tags:
        of_day = [story for story in told if _first_day(story, zone) <= tag.day <= _last_day(story, zone)]
        begun = next((story.id for story in of_day if story.decision == "open"), None)
        for kind, clock, minutes, tenths in (
            ("tag_low", tag.low_alarm, tag.low_minutes, tag.lowest), ("tag_high", tag.high_alarm, tag.high_minutes, tag.highest),
        ):  # fmt: skip
            if clock and not any(_tells_as_far(story, kind, tenths) for story in of_day):
                low, high = (tenths, None) if kind == "tag_low" else (None, tenths)
                meaning = judge_excursion(low, high, minutes, bounds, limits).meaning
                began = began_at(tag.day, clock, minutes, limits.freeze_minutes if high is None else limits.heat_minutes, zone)
                yield Alarm(of, kind, tenths, tag.day, began, meaning, begun, minutes)


def _tells_as_far(story: ExcursionRow, kind: str, tenths: int | None) -> bool:
    told = story.lowest if kind == "tag_low" else story.highest
    if told is None or tenths is None:
        return told is not None
    return told <= tenths if kind == "tag_low" else told >= tenths


def _tells_of(story: ExcursionRow, at: datetime) -> bool:
    return story.began_at <= at and (story.ended_at is None or at <= story.ended_at)


def _first_day(story: ExcursionRow, zone: str) -> date:
    return local_day(story.began_at, zone)


def _last_day(story: ExcursionRow, zone: str) -> date:
    return date.max if story.ended_at is None else local_day(story.ended_at, zone)


def _equipment(row: Row[Any]) -> EquipmentRow:
    return EquipmentRow(
        row.equipment_id, row.version, row.post_id, row.post_name, row.name, row.kind, row.serial, row.logger, row.keeper,
        row.lowest, row.highest, row.active,
    )  # fmt: skip


def _tag_row(row: Row[Any]) -> TagDay:
    return TagDay(
        row.day, row.lowest, row.highest, row.low_minutes, row.low_alarm, row.high_minutes, row.high_alarm
    )


def rebuilt(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """The derived tables of the cold chain as the facts alone say they must be."""
    for versioned in (equipments, cold_rules, excursions):
        yield versioned.current, versioned.derived(records)
    yield reading, _readings_by_facts(records)
    yield tag_day, tag_days_by_facts(records)


def _readings_by_facts(records: Connection) -> list[dict[str, Any]]:
    """The fact that no other one replaces. Two sites may both have read one morning: the greater id holds."""
    rows = records.execute(select(temperature).order_by(temperature.c.id)).mappings().all()
    before = {row["id"]: row["replaces"] for row in rows}
    replaced = set(before.values())
    found: dict[tuple[UUID, date, str], dict[str, Any]] = {}
    for row in rows:
        if row["id"] in replaced:
            continue
        first = row["id"]
        while before.get(first) is not None:
            first = before[first]
        slot = row["session"] if row["session"] != "extra" else str(first)
        found[row["equipment_id"], row["day"], slot] = {
            "equipment_id": row["equipment_id"], "day": row["day"], "slot": slot, "temperature_id": row["id"],
            "session": row["session"], "tenths": row["tenths"], "taken_at": row["happened_at"],
        }  # fmt: skip
    return list(found.values())
