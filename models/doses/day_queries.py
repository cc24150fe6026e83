"""What the desks ask about their day: how many wait since when, who may go, who vaccinates, what was given, when to return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, select

from models.doses.queries import QueueRow, queue
from models.doses.tables import dose, visit_state, voided_dose
from models.doses.visits import ReturnDay, first_return, return_day
from models.people.queries import own_records
from models.places.queries import facility, next_service, post, service_day
from models.places.zones import day_bounds
from models.staff.queries import accounts_of
from models.staff.rights import rights_of


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many visits of the day stand at a step, and since when the one that has stood there longest."""

    count: int
    since: datetime


_COUNTS: Final = (
    select(visit_state.c.step, sa.func.count(), sa.func.min(visit_state.c.since))
    .where(visit_state.c.post_id == bindparam("of_post"), visit_state.c.day == bindparam("of_day"))
    .group_by(visit_state.c.step)
)

_INVALID: Final = (
    select(dose.c.product)
    .outerjoin(voided_dose, voided_dose.c.dose_id == dose.c.id)
    .where(
        dose.c.recipient_id.in_(own_records("of_recipient")),
        dose.c.day == bindparam("of_day"),
        dose.c.procedural_error,
        voided_dose.c.dose_id.is_(None),
    )
    .order_by(dose.c.happened_at)
)
_WAITING: Final = select(visit_state.c.visit_id).where(
    visit_state.c.recipient_id == bindparam("of_recipient"),
    visit_state.c.post_id == bindparam("of_post"),
    visit_state.c.day == bindparam("of_day"),
    visit_state.c.step.in_(("registered", "screened")),
)


def queue_counts(records: Connection, post_id: UUID, day: date) -> dict[str, StepCount]:
    """Per step of the day's visits at a post; a step where nobody stands is left out."""
    rows = records.execute(_COUNTS, {"of_post": post_id, "of_day": day})
    return {step: StepCount(int(count), since) for step, count, since in rows}


def observing(records: Connection, post_id: UUID, day: date) -> list[QueueRow]:
    """Who sits in observation at a post or was injected and should: whose time (`visit.observe_until`, 15 minutes after
    the injection, 30 after an allergy) ends first comes first."""
    rows = [row for row in queue(records, post_id, day) if row.visit.step in {"injected", "observed"}]
    return sorted(rows, key=lambda row: (row.visit.observe_until or row.visit.since, row.visit.queue_no))


def vaccinators(records: Connection, post_id: UUID, day: date) -> tuple[str, ...]:
    """Names to propose as the vaccinator, never to fill in unasked: the roster of the service day in its order, then the
    other accounts that may give doses and had not ended when the day began."""
    at = post(records, post_id)
    if at is None:
        return ()
    planned = service_day(records, at, day)
    place = facility(records, at.facility)
    begins = day_bounds(day, place.zone if place else "WIB")[0]
    known = (each for each in accounts_of(records, at.facility) if each.active(begins))
    names = [*(planned.roster if planned else ()), *sorted(each.name for each in known if "doses.give" in rights_of(each.roles))]
    proposed: dict[str, str] = {}
    for name in names:
        proposed.setdefault(name.casefold(), name)
    return tuple(proposed.values())


def invalid_on(records: Connection, recipient_id: UUID, day: date) -> list[str]:
    """The products that a person got on a day in doses that do not count (procedural errors), in order of time."""
    return list(records.execute(_INVALID, {"of_recipient": recipient_id, "of_day": day}).scalars())


def waiting_visit(records: Connection, recipient_id: UUID, post: UUID, day: date) -> UUID | None:
    """The visit of that day and post in which the person has not been injected yet."""
    values = {"of_recipient": recipient_id, "of_post": post, "of_day": day}
    return records.execute(_WAITING, values).scalar_one_or_none()


def propose_return(
    records: Connection, *, post: UUID, facility: UUID, until: date | None, today: date
) -> ReturnDay:
    """The day to propose to somebody who is put off: the first day of service at this post, else at another one, on or
    after `until` (None where no rule names a day) and after today; without one the first possible day itself."""
    planned = next_service(records, post, facility, first_return(until, today))
    return return_day(until, today, (planned.day, planned.post) if planned else None)
