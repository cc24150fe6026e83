"""Equipment is set, temperatures are read and corrected, what a Fridge-tag kept is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, select

from models.errors import Refused
from models.places.posts import tidy_line
from models.places.queries import facility
from models.places.queries import post as post_row
from models.places.zones import ZONES, local_day
from models.records.base import upsert
from models.records.perform import OpenEntry, action
from models.stock.asking import Asking, require_reason
from models.stock.cold.fridge_tag import TagDay
from models.stock.cold.rules import (
    KINDS,
    SESSIONS,
    Limits,
    check_limits,
    check_possible,
    check_range,
    is_far,
    moment_of,
)
from models.stock.cold.tables import (
    cold_rules,
    equipment,
    equipments,
    reading,
    tag_day,
    tag_day_read,
    temperature,
)
from models.stock.cold.tag_queries import KeptDay, derived_day, kept_days, own_day

_EQUIPMENT: Final = select(equipment).where(
    equipment.c.equipment_id == bindparam("of_equipment"), equipment.c.facility_id == bindparam("of_facility")
)
_SAME_NAME: Final = select(equipment.c.equipment_id).where(
    equipment.c.post_id == bindparam("of_post"), equipment.c.name == bindparam("of_name"), equipment.c.active
)
_SAME_LOGGER: Final = select(equipment).where(
    equipment.c.facility_id == bindparam("of_facility"), equipment.c.logger == bindparam("of_logger")
)
_LOCKED: Final = select(equipment.c.version).where(equipment.c.equipment_id == bindparam("of_equipment")).with_for_update()
_SLOT: Final = select(reading).where(
    reading.c.equipment_id == bindparam("of_equipment"),
    reading.c.day == bindparam("of_day"),
    reading.c.slot == bindparam("of_slot"),
)
_OF_FACT: Final = (
    select(reading)
    .join(equipment, equipment.c.equipment_id == reading.c.equipment_id)
    .where(reading.c.temperature_id == bindparam("of_fact"), equipment.c.facility_id == bindparam("of_facility"))
)
_LATER: Final = temperature.alias("later")
_BEFORE: Final = (
    select(temperature.c.tenths).join(_LATER, _LATER.c.replaces == temperature.c.id).where(_LATER.c.id == bindparam("of_fact"))
)


@dataclass(frozen=True, slots=True)
class EquipmentDraft:
    """A fridge, freezer or cool box as typed. Range in tenths of a degree; `logger` is the serial number of its Fridge-tag."""

    post: UUID
    name: str
    kind: str
    lowest: int
    highest: int
    serial: str = ""
    logger: str = ""
    keeper: str = ""
    active: bool = True


@action(needs="cold.set", changes={"cold"})
def set_equipment(
    entry: OpenEntry, *, draft: EquipmentDraft, equipment_id: UUID | None = None, expected: int | None = None, reason: str = ""
) -> UUID:
    """Add a piece of equipment, or change it; out of use it stays on its old cards. Refused: a post that is not ours, a name
    that another piece in use has at the same post, a Fridge-tag that lies in another one."""
    at = post_row(entry.records, draft.post)
    if at is None or at.facility != entry.facility:
        raise Refused("stock.no_post", field="post")
    if draft.kind not in KINDS:
        raise Refused("cold.kind", field="kind")
    check_range(draft.lowest, draft.highest)
    name = tidy_line(draft.name, "name")[:60]
    same = {"of_post": draft.post, "of_name": name}
    if draft.active and any(each != equipment_id for each in entry.records.execute(_SAME_NAME, same).scalars()):
        raise Refused("cold.same_name", field="name", name=name)
    logger = "".join(draft.logger.split()).upper()[:40]
    if logger:
        holders = entry.records.execute(_SAME_LOGGER, {"of_facility": entry.facility, "of_logger": logger}).all()
        other = next((each for each in holders if each.equipment_id != equipment_id and each.active), None)
        if other is not None and draft.active:
            raise Refused("cold.same_logger", field="logger", name=other.name)
    return equipments.set(
        entry, expected=expected, reason=reason.strip()[:300], equipment_id=equipment_id, post_id=draft.post, name=name,
        kind=draft.kind, serial=" ".join(draft.serial.split())[:40], logger=logger,
        keeper=tidy_line(draft.keeper, "keeper") if draft.keeper.strip() else "",
        lowest=draft.lowest, highest=draft.highest, active=draft.active,
    )  # fmt: skip


@action(needs="cold.set", changes={"cold"})
def set_limits(entry: OpenEntry, *, limits: Limits, expected: int | None = None, reason: str = "") -> UUID:
    """By when readings are missed, and when an excursion counts, from now on at this facility."""
    check_limits(limits)
    return cold_rules.set(
        entry, expected=expected, reason=reason.strip()[:300], facility=entry.facility, morning_by=limits.morning_by,
        afternoon_by=limits.afternoon_by, freeze_tenths=limits.freeze_tenths, freeze_minutes=limits.freeze_minutes,
        heat_minutes=limits.heat_minutes,
    )  # fmt: skip


@action(needs="cold.enter", changes={"cold"})
def record_temperature(
    entry: OpenEntry,
    *,
    equipment_id: UUID,
    day: date,
    session: str,
    tenths: int,
    taken_at: datetime | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """One reading; return its fact. A second one of the same morning or afternoon is a correction of the first.

    Asked: far out of the range ("cold.far"), another value than was written ("cold.corrects"), an afternoon that has not begun
    ("cold.not_yet"). The same value again changes nothing. Refused: equipment out of use, a day to come.
    """
    found, zone = _in_use(entry, equipment_id)
    check_possible(tenths)
    if session not in SESSIONS:
        raise Refused("cold.session", field="session")
    today = local_day(entry.now, zone)
    if day > today:
        raise Refused("cold.day_ahead", field="day")
    asks = Asking(confirmed, reason)
    if is_far(tenths, found.lowest, found.highest):
        asks.ask("cold.far", degrees=_degrees(tenths), low=_degrees(found.lowest), high=_degrees(found.highest))
    before = _slot(entry, equipment_id, day, session) if session != "extra" else None
    if session == "afternoon" and day == today and entry.now.astimezone(ZONES[zone]).hour < 12:
        asks.ask("cold.not_yet")
    if before is not None and before.tenths == tenths:
        return UUID(str(before.temperature_id))
    if before is not None and before.tenths is not None:
        asks.ask("cold.corrects", before=_degrees(before.tenths), degrees=_degrees(tenths))
    when = taken_at or (before.taken_at if before is not None else moment_of(day, session, entry.now, zone))
    if local_day(when, zone) != day:
        raise Refused("cold.other_day", field="taken_at")
    return _write(
        entry, equipment_id, day, session, tenths, when, reason, replaces=before.temperature_id if before is not None else None
    )


@action(needs="cold.enter", changes={"cold"})
def correct_temperature(entry: OpenEntry, *, wrong: UUID, tenths: int | None, reason: str) -> UUID:
    """Another value for a reading, or None to strike it out; the first one stays in the records with who wrote it. Refused: a
    reading that was corrected since, no reason."""
    require_reason(reason)
    if tenths is not None:
        check_possible(tenths)
    row = entry.records.execute(_OF_FACT, {"of_fact": wrong, "of_facility": entry.facility}).one_or_none()
    if row is None:
        raise Refused("cold.corrected_since", field="wrong")
    _in_use(entry, row.equipment_id, even_retired=True)
    again = entry.records.execute(_OF_FACT, {"of_fact": wrong, "of_facility": entry.facility}).one_or_none()
    if again is None:  # another desk was faster: looked at again now that the equipment is locked
        raise Refused("cold.corrected_since", field="wrong")
    return _write(
        entry, row.equipment_id, row.day, row.session, tenths, row.taken_at, reason, replaces=wrong, slot=row.slot
    )


@action(needs="cold.enter", changes={"cold"})
def take_back_temperature(entry: OpenEntry, *, fact: UUID, reason: str) -> UUID:
    """A reading typed by mistake: what it corrected holds again or, where nothing stood there before, it is struck out."""
    before = entry.records.execute(_BEFORE, {"of_fact": fact}).one_or_none()
    return correct_temperature(entry, wrong=fact, tenths=before.tenths if before else None, reason=reason)


@action(needs="cold.enter", changes={"cold"})
def record_tag_days(
    entry: OpenEntry,
    *,
    equipment_id: UUID,
    days: Sequence[TagDay],
    serial: str = "",
    step: Callable[[int, int], None] = lambda _done, _of: None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> dict[str, int]:
    """Take in what a Fridge-tag kept, from its file (`serial`) or off its display; {"added", "changed", "same"} count days.

    A day that this tag has told already with the same values is left as it is, so a file may come twice; one that was not over
    when the last file was written gets its final values. What another tag told of the day stays beside it. A file makes its tag
    that of the equipment. Asked: another tag was that of the equipment ("tag.other_tag"). Refused: a day to come, a tag that
    belongs to another piece of equipment, a value off the display that differs from a known one without a reason.
    """
    found, zone = _in_use(entry, equipment_id)
    counts = {"added": 0, "changed": 0, "same": 0}
    if not days:
        return counts
    today = local_day(entry.now, zone)
    if max(each.day for each in days) > today:
        raise Refused("tag.day_ahead", field="days", day=max(each.day for each in days))
    for each in days:
        _check_tag_day(each)
    if serial:
        _belongs(entry, found, serial, Asking(confirmed, reason))
    told = kept_days(entry.records, equipment_id, min(each.day for each in days), max(each.day for each in days))
    whose = serial or found.logger
    for at, each in enumerate(days):
        step(at, len(days))
        kept = told.get(each.day, [])
        before = own_day(kept, whose)
        if before is not None and before.said == each:
            counts["same"] += 1
            continue
        if before is not None and not serial:
            require_reason(reason)
        fact = entry.add(
            tag_day_read, happened_at=moment_of(each.day, "extra", entry.now, zone), equipment_id=equipment_id, serial=whose,
            reason=reason.strip()[:300], replaces=before.fact if before is not None else None,
            **{name: getattr(each, name) for name in TagDay.__slots__},
        )  # fmt: skip
        row = derived_day([*(one for one in kept if one is not before), KeptDay(fact, whose, each)])
        upsert(entry.records, tag_day, ("equipment_id", "day"), row | {"equipment_id": equipment_id})
        counts["changed" if before is not None else "added"] += 1
    return counts


def _check_tag_day(day: TagDay) -> None:
    """Refused: minutes that no day has, a lowest above the highest, an impossible temperature."""
    if not (0 <= day.low_minutes <= 1500 and 0 <= day.high_minutes <= 1500):
        raise Refused("tag.minutes", field="low_minutes" if not 0 <= day.low_minutes <= 1500 else "high_minutes")
    for tenths in (day.lowest, day.highest):
        if tenths is not None:
            check_possible(tenths)
    if day.lowest is not None and day.highest is not None and day.lowest > day.highest:
        raise Refused("tag.order", field="lowest")


def _belongs(entry: OpenEntry, found: Row[Any], serial: str, asks: Asking) -> None:
    """The tag lies in this equipment from now on, unless another piece says that it lies there."""
    holders = entry.records.execute(_SAME_LOGGER, {"of_facility": entry.facility, "of_logger": serial}).all()
    other = next((each for each in holders if each.equipment_id != found.equipment_id and each.active), None)
    if other is not None:
        raise Refused("cold.same_logger", field="equipment", name=other.name)
    if found.logger not in ("", serial):
        asks.ask("tag.other_tag", name=found.name, before=found.logger, serial=serial)
    if found.logger != serial:
        values = {name: value for name, value in found._mapping.items() if name not in {"version", "facility_id"}}
        equipments.set(entry, reason="Fridge-tag", **(values | {"logger": serial}))


def _in_use(entry: OpenEntry, equipment_id: UUID, *, even_retired: bool = False) -> tuple[Row[Any], str]:
    """The equipment, locked against another desk, and the zone of the facility."""
    of = facility(entry.records, entry.facility)
    entry.records.execute(_LOCKED, {"of_equipment": equipment_id}).all()
    key = {"of_equipment": equipment_id, "of_facility": entry.facility}
    found = entry.records.execute(_EQUIPMENT, key).one_or_none()
    if found is None or of is None:
        raise Refused("cold.unknown", field="equipment")
    if not found.active and not even_retired:
        raise Refused("cold.retired", field="equipment", name=found.name)
    return found, of.zone


def _slot(entry: OpenEntry, equipment_id: UUID, day: date, slot: str) -> Row[Any] | None:
    key = {"of_equipment": equipment_id, "of_day": day, "of_slot": slot}
    return entry.records.execute(_SLOT, key).one_or_none()


def _write(
    entry: OpenEntry,
    equipment_id: UUID,
    day: date,
    session: str,
    tenths: int | None,
    when: datetime,
    reason: str,
    *,
    replaces: UUID | None,
    slot: str = "",
) -> UUID:
    fact = entry.add(
        temperature, happened_at=when, equipment_id=equipment_id, day=day, session=session, tenths=tenths,
        reason=reason.strip()[:300], replaces=replaces,
    )  # fmt: skip
    row = {
        "equipment_id": equipment_id, "day": day, "slot": slot or (session if session != "extra" else str(fact)),
        "temperature_id": fact, "session": session, "tenths": tenths, "taken_at": when,
    }  # fmt: skip
    upsert(entry.records, reading, ("equipment_id", "day", "slot"), row)
    return fact


def _degrees(tenths: int) -> str:
    """4,2 and -0,5: in the sentence of a question."""
    whole, part = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole},{part}"
