"""The account of each batch over some days: what there was, what came and went, and what was drawn from its vials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from models.stock.balance_queries import balances_before
from models.stock.places import DESTROYED, DIFFERENCE, DISCARDED, OPENED, OTHER_FACILITY, OUTSIDE, THAWED, place_of
from models.stock.tables import batch, movement, vial_state


@dataclass(frozen=True, slots=True)
class BatchDay:
    """The account of a batch over a span of time. Vials: opening + received - sent - opened - other = closing, where
    "other" is what was written off or reversed. Content of the vials opened in that span, as far as drawn by now:
    content = drawn + lost + left - overfill."""

    batch: UUID
    product: str
    number: str
    expiry: date
    doses_per_vial: int
    opening: int
    received: int
    sent: int
    opened: int
    other: int
    content_ul: int
    drawn_ul: int
    lost_ul: int
    overfill_ul: int
    doses: int

    @property
    def closing(self) -> int:
        """Intact vials at the end."""
        return self.opening + self.received - self.sent - self.opened - self.other

    @property
    def left_ul(self) -> int:
        """What is still in the vials opened, or went with them."""
        return self.content_ul + self.overfill_ul - self.drawn_ul - self.lost_ul


_SUMS: Final = (
    select(movement.c.batch_id, movement.c.source, movement.c.target, func.sum(movement.c.vials).label("vials"))
    .where(
        movement.c.facility_id == bindparam("of_facility"),
        movement.c.happened_at >= bindparam("start"),
        movement.c.happened_at < bindparam("end"),
    )
    .group_by(movement.c.batch_id, movement.c.source, movement.c.target)
)
_CONTENTS: Final = (
    select(
        vial_state.c.batch_id,
        vial_state.c.post_id,
        *(func.sum(vial_state.c[name]).label(name) for name in ("content_ul", "drawn_ul", "lost_ul", "overfill_ul", "doses")),
    )
    .where(
        vial_state.c.facility_id == bindparam("of_facility"),
        vial_state.c.opened_at >= bindparam("start"),
        vial_state.c.opened_at < bindparam("end"),
    )
    .group_by(vial_state.c.batch_id, vial_state.c.post_id)
)
_BATCHES: Final = select(batch).where(batch.c.facility_id == bindparam("of_facility"))


def batch_days(records: Connection, facility: UUID, post: UUID | None, day_start: datetime, day_end: datetime) -> list[BatchDay]:
    """The account of every batch with vials or movements, for one post or for the facility as a whole (where boxes
    between its posts are neither received nor sent), over [day_start, day_end)."""
    span = {"of_facility": facility, "start": day_start, "end": day_end}
    sums = records.execute(_SUMS, span).all()
    contents = [row for row in records.execute(_CONTENTS, span) if post is None or row.post_id == post]
    inside = _inside(post)
    accounts: dict[UUID, dict[str, int]] = {}
    for (place, of), vials in balances_before(records, facility, day_start).items():
        if inside(place):
            accounts.setdefault(of, dict.fromkeys(_COLUMNS, 0))["opening"] += vials
    for row in sums:
        source, target = inside(row.source), inside(row.target)
        if source == target:
            continue
        account = accounts.setdefault(row.batch_id, dict.fromkeys(_COLUMNS, 0))
        name, sign = _column(row.target if source else row.source, leaving=source)
        account[name] += sign * int(row.vials)
    for row in contents:
        account = accounts.setdefault(row.batch_id, dict.fromkeys(_COLUMNS, 0))
        for name in ("content_ul", "drawn_ul", "lost_ul", "overfill_ul", "doses"):
            account[name] += int(getattr(row, name))
    known = {row.id: row for row in records.execute(_BATCHES, {"of_facility": facility})}
    days = [
        BatchDay(id_, known[id_].product, known[id_].number, known[id_].expiry, known[id_].doses_per_vial, **account)
        for id_, account in accounts.items()
        if any(account.values())
    ]
    return sorted(days, key=lambda day: (day.product, day.expiry, day.number, day.batch))


_COLUMNS: Final = (
    "opening", "received", "sent", "opened", "other", "content_ul", "drawn_ul", "lost_ul", "overfill_ul", "doses",
)  # fmt: skip


def _inside(post: UUID | None) -> Any:
    """Whether a ledger place belongs to the account."""
    if post is not None:
        return place_of(post).__eq__
    return lambda place: place not in OUTSIDE


def _column(other: str, *, leaving: bool) -> tuple[str, int]:
    """Which figure a movement from or to `other` changes, and its sign."""
    # Neither received nor used: thawed vials pass to another batch, a count found some, a wrong write-off is back.
    if other in (THAWED, DIFFERENCE, DISCARDED, DESTROYED):
        return "other", 1 if leaving else -1
    if other == OPENED:
        return "opened", 1 if leaving else -1
    if not leaving:
        return "received", 1
    return ("sent" if other == OTHER_FACILITY or other not in OUTSIDE else "other"), 1
