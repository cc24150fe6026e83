"""Which days were closed, when and by whom; and what stood on their recaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, select

from models.errors import Refused
from models.overview.facts_json import from_json
from models.overview.recap_facts import RecapFacts
from models.overview.tables import day_closed
from models.places.queries import facility
from models.places.zones import day_bounds
from models.records.entries import from_kept
from models.stock.tables import vial_state


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """One closing: the recap as it was signed. `heads` are the last entries of each site that were counted in it."""

    id: UUID
    facility: UUID
    post: UUID | None
    day: date
    version: int
    closed_at: datetime
    reason: str
    heads: Mapping[UUID, int]
    facts: RecapFacts

    def counted(self, site: UUID, seq: int) -> bool:
        """Whether an entry was there when the day was closed."""
        return seq <= self.heads.get(site, 0)


def closed_days(records: Connection, facility_id: UUID, post_id: UUID | None, day: date) -> list[ClosedDay]:
    """All versions of a day at one post or, without `post_id`, of all posts together; the newest first."""
    return _found(records, facility_id, _at(post_id), day_closed.c.day == day)


def closed_day(records: Connection, closing: UUID) -> ClosedDay:
    """One closing; Refused when there is none."""
    row = records.execute(select(day_closed).where(day_closed.c.id == closing)).mappings().one_or_none()
    if row is None:
        raise Refused("day.not_closed", field="closing")
    return _closed(row)


def last_closed_before(records: Connection, facility_id: UUID, post_id: UUID | None, day: date) -> ClosedDay | None:
    """The newest closing of the newest earlier day that was closed."""
    newest = select(sa.func.max(day_closed.c.day)).where(
        day_closed.c.facility_id == facility_id, _at(post_id), day_closed.c.day < day
    )
    found = _found(records, facility_id, _at(post_id), day_closed.c.day == newest.scalar_subquery())
    return found[0] if found else None


def posts_closed(records: Connection, facility_id: UUID, day: date) -> dict[UUID, int]:
    """The posts whose day was closed on their own, with their newest version."""
    statement = (
        select(day_closed.c.post_id, sa.func.max(day_closed.c.version))
        .where(day_closed.c.facility_id == facility_id, day_closed.c.day == day, day_closed.c.post_id.is_not(None))
        .group_by(day_closed.c.post_id)
    )
    return {post: int(version) for post, version in records.execute(statement)}


def vials_in_use(records: Connection, facility_id: UUID, post_id: UUID | None, day: date) -> int:
    """How many vials that were opened until the end of `day` are open still, at one post or at all."""
    of = facility(records, facility_id)
    statement = select(sa.func.count()).where(vial_state.c.facility_id == facility_id, vial_state.c.closed_at.is_(None))
    if of is not None:
        statement = statement.where(vial_state.c.opened_at < day_bounds(day, of.zone)[1])
    if post_id is not None:
        statement = statement.where(vial_state.c.post_id == post_id)
    return int(records.execute(statement.select_from(vial_state)).scalar_one())


def _at(post_id: UUID | None) -> sa.ColumnElement[bool]:
    return day_closed.c.post_id.is_(None) if post_id is None else day_closed.c.post_id == post_id


def _found(records: Connection, facility_id: UUID, *where: sa.ColumnElement[bool]) -> list[ClosedDay]:
    statement = select(day_closed).where(day_closed.c.facility_id == facility_id, *where)
    # Two laptops may each have closed a day before they were merged: then the later one is the newer.
    newest = (day_closed.c.version.desc(), day_closed.c.happened_at.desc(), day_closed.c.id.desc())
    return [_closed(row) for row in records.execute(statement.order_by(*newest)).mappings()]


def _closed(row: sa.RowMapping) -> ClosedDay:
    facts = from_json(row["format"], row["facts"])
    return ClosedDay(
        id=row["id"],
        facility=row["facility_id"],
        post=row["post_id"],
        day=row["day"],
        version=row["version"],
        closed_at=row["happened_at"],
        reason=row["reason"],
        heads=from_kept(row["heads"]),
        facts=facts,
    )
