"""What became of the content of opened vials within a day, for any day, also when a vial lives over midnight.

carried over + opened + overfill = injected + lost + left + still open. Injected are the doses of the day, so that the account
agrees with groups and desas; what a vial still holds at midnight is carried into the next day instead of being a difference on
both. A loss written after its vial was closed (a dose that was never injected) went with the vial, on the day of the closing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Row, select

from models.doses.queries import HAS_DRAWN
from models.doses.tables import dose
from models.stock.tables import vial_closed, vial_loss, vial_state

Span = tuple[datetime, datetime]


@dataclass
class Content:
    """One batch, in microlitres; `full` and `half` are numbers of injections."""

    carried_ul: int = 0
    content_ul: int = 0
    overfill_ul: int = 0
    injected_ul: int = 0
    left_ul: int = 0
    still_open_ul: int = 0
    full: int = 0
    half: int = 0
    lost: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, vial: VialDay, span: Span) -> None:
        """Put one vial into the account; nothing when it was closed before the span or opened after it."""
        start, end = span
        if vial.opened_at >= end or (vial.closed_at is not None and vial.closed_at < start):
            return
        if vial.opened_at < start:
            self.carried_ul += max(0, vial.content_ul - vial.out_before)
        else:
            self.content_ul += vial.content_ul
        self.overfill_ul += vial.overfill(vial.out_before + vial.out_within) - vial.overfill(vial.out_before)
        self.injected_ul += vial.injected_ul
        self.full += vial.full
        self.half += vial.half
        for kind, volume in vial.lost.items():
            self.lost[kind] += volume
        if vial.closed_at is not None and vial.closed_at < end:
            self.left_ul += vial.left_ul
        else:
            self.still_open_ul += max(0, vial.content_ul - vial.out_before - vial.out_within)


@dataclass
class VialDay:
    """One vial: what went out of it before the span and within it; `left_ul` is what was written down at its closing."""

    batch: UUID
    opened_at: datetime
    closed_at: datetime | None
    content_ul: int
    left_ul: int = 0
    out_before: int = 0
    injected_ul: int = 0
    full: int = 0
    half: int = 0
    lost: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def out_within(self) -> int:
        """Injected and lost within the span."""
        return self.injected_ul + sum(self.lost.values())

    def overfill(self, out: int) -> int:
        """What had come out beyond the printed content when `out` had come out in all."""
        return max(0, out - self.content_ul)

    def lost_at(self, happened: datetime) -> datetime:
        """When a loss counts: while the vial was in use."""
        happened = max(happened, self.opened_at)
        return happened if self.closed_at is None else min(happened, self.closed_at)

    def dose(self, at: datetime, volume_ul: int, *, half: bool, span: Span) -> None:
        """A dose that drew from this vial; one after the span does not matter yet."""
        if at < span[0]:
            self.out_before += volume_ul
        elif at < span[1]:
            self.injected_ul += volume_ul
            self.full += not half
            self.half += half

    def loss(self, at: datetime, kind: str, volume_ul: int, *, span: Span) -> None:
        """A loss written down for this vial."""
        at = self.lost_at(at)
        if at < span[0]:
            self.out_before += volume_ul
        elif at < span[1]:
            self.lost[kind] += volume_ul


def contents(records: Connection, facility_id: UUID, post_id: UUID | None, span: Span) -> dict[UUID, Content]:
    """The account of every batch of which a vial was in use in the span."""
    # From the states, not the openings: a vial that went back on the shelf whole was never opened.
    in_use = sa.and_(
        vial_state.c.facility_id == facility_id,
        vial_state.c.opened_at < span[1],
        sa.or_(vial_state.c.closed_at.is_(None), vial_state.c.closed_at >= span[0]),
    )
    if post_id is not None:
        in_use = sa.and_(in_use, vial_state.c.post_id == post_id)
    vials = {
        row.vial_id: VialDay(row.batch_id, row.opened_at, row.closed_at, row.content_ul)
        for row in records.execute(select(vial_state).where(in_use))
    }
    for each in _of_vials(records, dose, dose.c.half, dose.c.volume_ul, in_use, HAS_DRAWN):
        vials[each.vial_id].dose(each.happened_at, each.volume_ul, half=each.half, span=span)
    for each in _of_vials(records, vial_loss, vial_loss.c.kind, vial_loss.c.volume_ul, in_use):
        vials[each.vial_id].loss(each.happened_at, each.kind, each.volume_ul, span=span)
    # A dose typed in for a closed vial writes its closing anew, with less left: the least holds.
    least = sa.func.min(vial_closed.c.left_ul).label("left_ul")
    closings = select(vial_closed.c.vial_id, least).join(vial_state, vial_state.c.vial_id == vial_closed.c.vial_id)
    for vial_id, left_ul in records.execute(closings.where(in_use).group_by(vial_closed.c.vial_id)):
        vials[vial_id].left_ul = int(left_ul)
    return added_up(vials.values(), span)


def added_up(vials: Iterable[VialDay], span: Span) -> dict[UUID, Content]:
    """Vials by batch."""
    found: defaultdict[UUID, Content] = defaultdict(Content)
    for vial in vials:
        found[vial.batch].add(vial, span)
    return dict(found)


def _of_vials(
    records: Connection, table: sa.Table, kind: sa.Column[object], volume: sa.Column[int], *where: sa.ColumnElement[bool]
) -> Iterable[Row[Any]]:
    statement = select(table.c.vial_id, table.c.happened_at, kind, volume)
    return records.execute(statement.join(vial_state, vial_state.c.vial_id == table.c.vial_id).where(*where))
