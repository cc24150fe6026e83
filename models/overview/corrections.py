"""What a recap says about earlier days: everything recorded since they were closed or, where nobody closed them, later."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, select

from models.doses.tables import dose, dose_void
from models.overview.queries import ClosedDay, closed_days, last_closed_before
from models.overview.reasons import people_of, without_people
from models.overview.recap_facts import Correction
from models.places.zones import day_bounds, local_day
from models.records.entries import entry
from models.vaccines.catalogue import Catalogue

_FAR: Final = timedelta(days=7)
"""Days that nobody closed are corrected this long after the last closing: where days are seldom closed, their lists would
grow without end, and their own recaps can still be made. A closed day is corrected whenever its place closes next."""
_CLOCKS: Final = timedelta(hours=1)
"""By how much the clocks of two desks may differ."""


def corrections(
    records: Connection, facility_id: UUID, post_id: UUID | None, day: date, zone: str, catalogue: Catalogue
) -> tuple[Correction, ...]:
    """Doses and voids that came too late for the recap of their own day, and the day's own injections that were taken back
    as wrongly written. Each stands on the next recap after it was recorded, and on no other.

    Late is what was recorded after its day was closed, or on a later day where it was not. What the recap before this one
    has told already is left out.
    """
    start, end = day_bounds(day, zone)
    before = last_closed_before(records, facility_id, post_id, day)
    near = before if before is not None and before.day >= day - _FAR else None
    closings: dict[date, ClosedDay | None] = {}
    found: defaultdict[tuple[date, str, str, int, str], int] = defaultdict(int)
    rows = _rows(records, facility_id, post_id, day, _recorded(before, near, start, end))
    names = people_of(records, facility_id, {row.day for row in rows if row.reason})
    for row in rows:
        told_by = near
        if row.day < day:
            if row.day not in closings:
                closings[row.day] = next(iter(closed_days(records, facility_id, post_id, row.day)), None)
            closing = closings[row.day]
            late = local_day(row.recorded_at, zone) > row.day if closing is None else not closing.counted(row.site, row.site_seq)
            if not late:
                continue
            told_by = near if closing is None else before
        if not _fresh(row, told_by, start, zone):
            continue
        product = catalogue.products.get(row.product)
        reason = without_people(row.reason, names)
        found[(row.day, row.kind, product.name if product else row.product, row.number, reason)] += 1
    return tuple(
        Correction(day_, kind, product_, number, count, reason)
        for (day_, kind, product_, number, reason), count in sorted(found.items())
    )


def _fresh(row: Any, before: ClosedDay | None, start: datetime, zone: str) -> bool:
    """Whether the recap before this one has not told it yet."""
    if before is None:
        return bool(row.recorded_at >= start)
    told = before.counted(row.site, row.site_seq) and row.recorded_at < day_bounds(before.day, zone)[1]
    return not told


def _recorded(before: ClosedDay | None, near: ClosedDay | None, start: datetime, end: datetime) -> sa.ColumnElement[bool]:
    """Recorded since the recap before; of what is long ago only what belongs to a day that may have been closed by then."""
    since = start if before is None else min(start, before.closed_at - _CLOCKS)
    within = sa.and_(entry.c.recorded_at >= since, entry.c.recorded_at < end)
    if before is None or before is near:
        return within
    return sa.and_(within, sa.or_(entry.c.recorded_at >= start, dose.c.day <= before.day))


def _rows(records: Connection, facility_id: UUID, post_id: UUID | None, day: date, recorded: sa.ColumnElement[bool]) -> list[Any]:
    mine = sa.and_(dose.c.facility_id == facility_id, dose.c.elsewhere.is_(None))
    if post_id is not None:
        mine = sa.and_(mine, dose.c.post_id == post_id)
    where = (entry.c.site, entry.c.site_seq, entry.c.recorded_at)
    late = (
        select(dose.c.day, sa.literal("added").label("kind"), dose.c.product, dose.c.number, dose.c.reason, *where)
        .join(entry, entry.c.id == dose.c.entry_id)
        .where(mine, recorded, dose.c.day < day)
    )
    kind = sa.case((dose_void.c.injected.is_(True), "injected"), else_="not_injected").label("kind")
    voided = (
        select(dose.c.day, kind, dose.c.product, dose.c.number, dose_void.c.reason, *where)
        .join(dose, dose.c.id == dose_void.c.dose_id)
        .join(entry, entry.c.id == dose_void.c.entry_id)
        .where(mine, recorded, sa.or_(dose.c.day < day, sa.and_(dose.c.day == day, dose_void.c.injected.is_(True))))
    )
    return [*records.execute(late), *records.execute(voided)]
