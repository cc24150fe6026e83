"""What a desk of a post looks at all day: its queue, somebody's visit of today, where people here live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, select

from models.doses.day_queries import StepCount, queue_counts
from models.doses.queries import QUEUE_ROWS, QueueRow, queue_row
from models.doses.tables import OPEN_STEPS, dose, visit_state, visit_step
from models.people.tables import recipient
from models.records.entries import entry
from models.staff.tables import account
from models.stock.tables import vial_handed

_AT_POST: Final = QUEUE_ROWS.where(visit_state.c.post_id == bindparam("of_post"), visit_state.c.day == bindparam("of_day"))
_WAITING: Final = _AT_POST.where(visit_state.c.step.in_(OPEN_STEPS)).order_by(visit_state.c.queue_no)
_ENDED: Final = (
    _AT_POST.where(visit_state.c.step.not_in(OPEN_STEPS)).order_by(visit_state.c.since.desc()).limit(bindparam("most"))
)
_TODAY: Final = QUEUE_ROWS.where(
    visit_state.c.recipient_id == bindparam("of_recipient"),
    visit_state.c.day == bindparam("of_day"),
    visit_state.c.step != "cancelled",
).order_by(visit_state.c.step.in_(OPEN_STEPS).desc(), visit_state.c.since.desc())
_TODAY_HERE: Final = _TODAY.where(visit_state.c.post_id == bindparam("of_post"))
_VIALS: Final[sa.BindParameter[Any]] = bindparam("of_vials", expanding=True)
_DRAWN: Final = select(dose.c.vial_id, sa.func.max(dose.c.happened_at)).where(dose.c.vial_id.in_(_VIALS)).group_by(dose.c.vial_id)
_HANDED: Final = (
    select(vial_handed.c.vial_id, sa.func.max(vial_handed.c.happened_at))
    .where(vial_handed.c.vial_id.in_(_VIALS))
    .group_by(vial_handed.c.vial_id)
)
_NEWEST: Final = (
    select(visit_step.c.step, visit_step.c.reason, visit_step.c.until, visit_step.c.happened_at, account.c.name)
    .join(entry, entry.c.id == visit_step.c.entry_id)
    .outerjoin(account, account.c.account_id == entry.c.account)
    .where(visit_step.c.visit_id == bindparam("of_visit"))
    .order_by(visit_step.c.position.desc())
    .limit(1)
)
_RESIDENCES: Final = (
    select(recipient.c.kecamatan, recipient.c.desa, recipient.c.rt, recipient.c.rw)
    .join(visit_state, visit_state.c.recipient_id == recipient.c.recipient_id)
    .where(
        visit_state.c.post_id == bindparam("of_post"),
        visit_state.c.day <= bindparam("of_day"),
        visit_state.c.step != "cancelled",
        recipient.c.desa.is_not(None),
    )
    .order_by(visit_state.c.day.desc(), visit_state.c.queue_no.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True)
class QueueDay:
    """A post's day: those who wait by number, the newest of those who are done, and how many stand at each step."""

    waiting: tuple[QueueRow, ...]
    ended: tuple[QueueRow, ...]
    counts: dict[str, StepCount]


@dataclass(frozen=True, slots=True)
class StepRow:
    """The newest step of a visit: `reason` in words, or codes of a card with commas between them, `by` the name of the account
    that wrote it."""

    step: str
    reason: str
    until: date | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Residence:
    """Where people who came here live, as dotted codes; `count` is how many of the newest visitors do."""

    kecamatan: str
    desa: str
    rt: str | None
    rw: str | None
    count: int


def queue_day(records: Connection, post: UUID, day: date, *, ended: int = 100) -> QueueDay:
    """The day of a post in one snapshot; at most `ended` of the visits that are over, however many there were."""
    values = {"of_post": post, "of_day": day}
    waiting = tuple(queue_row(row) for row in records.execute(_WAITING, values))
    newest = tuple(queue_row(row) for row in records.execute(_ENDED, values | {"most": ended}))
    return QueueDay(waiting, newest, queue_counts(records, post, day))


def visit_today(records: Connection, person: UUID, post: UUID | None, day: date) -> QueueRow | None:
    """Somebody's visit of a day that was not taken back: the one that is going on, else the newest; without a `post`
    wherever it is. `person` is the record that leads."""
    values: dict[str, Any] = {"of_recipient": person, "of_day": day}
    found = records.execute(_TODAY, values) if post is None else records.execute(_TODAY_HERE, values | {"of_post": post})
    row = found.first()
    return None if row is None else queue_row(row)


def newest_step(records: Connection, visit: UUID) -> StepRow | None:
    """How a visit came to stand where it stands; None where there is no such visit."""
    row = records.execute(_NEWEST, {"of_visit": visit}).one_or_none()
    return None if row is None else StepRow(row.step, row.reason, row.until, row.happened_at, row.name or "")


def last_used(records: Connection, vials: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these vials was last drawn from or taken over by another table; one to which neither happened is left out."""
    found: dict[UUID, datetime] = {}
    asked = {"of_vials": list(vials)}
    for statement in (_DRAWN, _HANDED) if asked["of_vials"] else ():
        for vial, at in records.execute(statement, asked):
            found[vial] = max(at, found.get(vial, at))
    return found


def residences(records: Connection, post: UUID, day: date, *, among: int = 200, most: int = 6) -> tuple[Residence, ...]:
    """Where the newest `among` visitors of a post live: the last one's place first, then the most frequent ones."""
    return rank(tuple(row) for row in records.execute(_RESIDENCES, {"of_post": post, "of_day": day, "most": among}))[:most]


def rank(homes: Iterable[tuple[str | None, str, str | None, str | None]]) -> tuple[Residence, ...]:
    """Places (kecamatan, desa, RT, RW) given newest first: the newest, then by how often; ties keep their order."""
    counts = Counter(homes)
    if not counts:
        return ()
    newest = next(iter(counts))
    often = sorted(counts, key=lambda home: (home != newest, -counts[home]))
    return tuple(Residence(home[0] or home[1][:8], *home[1:], counts[home]) for home in often)
