"""The doses of people who may have several records: counted together, and as they would be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from models.doses.counting import Clash, Counted, Recorded, clashes, count_doses
from models.doses.tables import OPEN_STEPS, dose, dose_void, visit_state
from models.people.queries import main_of, records_of
from models.people.tables import same_person
from models.records.entries import entry, from_kept, later_than
from models.vaccines.schedule import GivenDose

_RECORDED: Final = select(
    dose.c.id, dose.c.recipient_id, dose.c.day, dose.c.product, dose.c.series, dose.c.number, dose.c.vial_id.is_not(None)
).where(
    dose.c.procedural_error.is_(False),
    dose.c.id.not_in(select(dose_void.c.dose_id)),
)
_OF: Final = _RECORDED.where(dose.c.recipient_id.in_(bindparam("of_records", expanding=True)))
_VISITS: Final = (
    select(
        visit_state.c.visit_id, visit_state.c.post_id, visit_state.c.day, visit_state.c.queue_no, visit_state.c.step,
        visit_state.c.since,
    )
    .where(visit_state.c.recipient_id == bindparam("of_recipient"))
    .order_by(visit_state.c.day, visit_state.c.since)
)  # fmt: skip
_HEADS: Final = select(same_person.c.heads).where(same_person.c.id == bindparam("of_join"))
_RECORDED_FOR: Final = (
    select(func.count())
    .select_from(dose)
    .join(entry, entry.c.id == dose.c.entry_id)
    .where(dose.c.recipient_id.in_(bindparam("of_records", expanding=True)))
)
_WAITING: Final = (
    select(visit_state.c.recipient_id, visit_state.c.day, visit_state.c.queue_no)
    .where(
        visit_state.c.recipient_id.in_(bindparam("of_people", expanding=True)), visit_state.c.step.in_(OPEN_STEPS)
    )
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One visit of a person, wherever and whenever; `step` is where it ended or stands."""

    id: UUID
    post: UUID
    day: date
    queue_no: int
    step: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """Two people as one: `counted` is their common history, `clashes` what stands in the way of it or is asked."""

    counted: tuple[Counted, ...]
    clashes: tuple[Clash, ...]


def recorded_doses(records: Connection, of: Iterable[UUID] | None = None) -> list[Recorded]:
    """The doses that can count, of these records or of everybody."""
    rows = records.execute(_RECORDED) if of is None else records.execute(_OF, {"of_records": list(of)})
    return [Recorded(*row) for row in rows]


def together(records: Connection, one: UUID, other: UUID) -> Together:
    """What the history of two people would be if they were one."""
    mine, theirs = (recorded_doses(records, records_of(records, main_of(records, each))) for each in (one, other))
    return Together(tuple(count_doses([*mine, *theirs])), tuple(clashes(mine, theirs)))


def without_papers(records: Connection, person: UUID, product: str, day: date) -> list[GivenDose]:
    """The doses that count, but for what papers say of this product and day: what the injection itself is judged by."""
    recorded = recorded_doses(records, records_of(records, person))
    rest = [each for each in recorded if each.here or (each.product, each.day) != (product, day)]
    return [GivenDose(each.dose.product, each.dose.day, each.series, each.number) for each in count_doses(rest)]


def visits_of(records: Connection, person: UUID) -> list[PastVisit]:
    """Every visit of a person, by day; of all their records, when `person` is the one that leads."""
    return [PastVisit(*row) for row in records.execute(_VISITS, {"of_recipient": person})]


def open_visits(records: Connection, people: Iterable[UUID]) -> list[tuple[UUID, date, int]]:
    """Person, day and queue number of their open visits, locked until the transaction ends."""
    return [(row[0], row[1], row[2]) for row in records.execute(_WAITING, {"of_people": list(people)})]


def since_join(records: Connection, of: Iterable[UUID], join: UUID) -> int:
    """How many doses were recorded for these records since they were joined."""
    last = from_kept(records.execute(_HEADS, {"of_join": join}).scalar_one())
    return int(records.execute(_RECORDED_FOR.where(later_than(last)), {"of_records": list(of)}).scalar_one())


def counted_rows(behind: Mapping[UUID, UUID], doses: Iterable[Recorded]) -> list[dict[str, Any]]:
    """The rows of `valid_dose`: what `doses` are for the people whose records stand `behind` others."""
    people: dict[UUID, list[Recorded]] = {}
    for each in doses:
        people.setdefault(behind.get(each.record, each.record), []).append(each)
    return [
        {
            "recipient_id": person, "series": each.series, "number": each.number, "dose_id": each.dose.id,
            "product": each.dose.product, "day": each.dose.day,
        }
        for person, own in people.items()
        for each in count_doses(own)
    ]  # fmt: skip
