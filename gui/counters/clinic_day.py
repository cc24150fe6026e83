"""What the clinic's table sees of its post's day, and in which order people are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from models.doses.complaint_queries import complaints
from models.doses.day_queries import vaccinators
from models.doses.desk_queries import QueueDay, last_used, queue_day, visit_today
from models.doses.queries import QueueRow, queue
from models.people.search_queries import search
from models.places.queries import facility as facility_row
from models.places.zones import day_bounds
from models.stock.queries import BatchBalance, OpenVial, balances, closed_vials, first_to_use, open_vials

STEPS: Final[dict[str, tuple[str, ...]]] = {
    "both": ("screened", "registered"),
    "screen": ("registered",),
    "inject": ("screened",),
}
"""The steps from which each kind of table calls people, the nearer to the injection first."""


@dataclass(frozen=True)
class ClinicDay:
    """Queue, open vials, shelf (what is to be used first on top), complaints and vaccinators of one post, in one snapshot;
    `closed` are the vials closed today, for an injection written down late, `used` when each open one was last drawn from."""

    queue: QueueDay
    vials: Sequence[OpenVial]
    shelf: Sequence[BatchBalance]
    complaints: Mapping[UUID, str]
    roster: tuple[str, ...]
    closed: Sequence[OpenVial] = ()
    used: Mapping[UUID, datetime] = field(default_factory=dict)


def read_clinic_day(records: Any, facility: UUID, catalogue: Any, post: UUID, day: date, *, stock: bool) -> ClinicDay:
    """The day of one post; without `stock` for desks that see no vials."""
    seen = queue_day(records, post, day)
    notes, roster = complaints(records, post, day), vaccinators(records, post, day)
    if not stock:
        return ClinicDay(seen, (), (), notes, roster)
    shelf = first_to_use(balances(records, catalogue, facility, day, post=post))
    own = facility_row(records, facility)
    start, end = day_bounds(day, own.zone if own else "WIB")
    closed = closed_vials(records, post, start, end, catalogue=catalogue)
    opened = open_vials(records, post, catalogue=catalogue)
    return ClinicDay(seen, opened, shelf, notes, roster, closed, last_used(records, (vial.vial for vial in opened)))


def calling_order(
    waiting: Sequence[QueueRow], steps: Sequence[str], skipped: Mapping[UUID, int], now: datetime
) -> list[QueueRow]:
    """Who can be called from `steps`, in that order: whoever was called in vain waits behind the others, a pressure that may
    be measured again comes at its time, and else the lowest number first."""

    def turn(row: QueueRow) -> tuple[int, int, bool, int]:
        visit = row.visit
        return skipped.get(visit.id, 0), steps.index(visit.step), visit.repeat_from is None, visit.queue_no

    ready = (row for row in waiting if row.visit.step in steps)
    return sorted((row for row in ready if row.visit.repeat_from is None or row.visit.repeat_from <= now), key=turn)


def find_today(records: Any, text: str, post: UUID, day: date) -> list[QueueRow]:
    """Visits of this day at a post whose queue number is `text`, or whose person `text` can mean."""
    typed = text.strip()
    if re.fullmatch(r"[0-9]{1,4}", typed, re.ASCII):
        return [row for row in queue(records, post, day) if row.visit.queue_no == int(typed) and row.visit.step != "cancelled"]
    found = (visit_today(records, person.id, post, day) for person in search(records, typed, limit=50))
    return [row for row in found if row is not None]
