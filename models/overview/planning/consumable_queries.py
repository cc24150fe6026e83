"""Consumables at posts: what there is of which item, what the doses used up, and what a box of vaccine should take along."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, select

from models.doses.queries import HAS_DRAWN, never_injected
from models.doses.tables import dose
from models.places.zones import day_bounds, local_day
from models.stock.deliveries.tables import box_line
from models.stock.planning.consumable_queries import items_of
from models.stock.planning.consumables import COUNTED, RECEIVED, REVERSAL, Account, Event, Item, Used, account, needed
from models.stock.planning.tables import consumable_movement
from models.stock.tables import transfer_answer, vial_state
from models.vaccines.catalogue import Catalogue

JUST_AFTER: Final = timedelta(microseconds=1)
"""An account up to now ends so much later: what was written this very moment is in it."""
_LINES: Final = (
    select(consumable_movement)
    .where(consumable_movement.c.facility_id == bindparam("of_facility"), consumable_movement.c.happened_at < bindparam("end"))
    .order_by(consumable_movement.c.happened_at, consumable_movement.c.id)
)
_ACCEPTED: Final = sa.case((transfer_answer.c.answer.in_(("refused", "taken_back")), None), else_=transfer_answer.c.happened_at)
_BOXES_ANSWERED: Final = (
    select(box_line.c.box_id, sa.func.min(_ACCEPTED).label("came"), sa.func.min(transfer_answer.c.happened_at).label("at"))
    .join(transfer_answer, transfer_answer.c.transfer_id == box_line.c.transfer_id)
    .where(box_line.c.box_id.in_(bindparam("of_boxes", expanding=True)))
    .group_by(box_line.c.box_id)
)
_DRAWN: Final = sa.and_(
    dose.c.facility_id == bindparam("of_facility"), dose.c.day.between(bindparam("first"), bindparam("last")),
    dose.c.vial_id.is_not(None), dose.c.replaces.is_(None),
)  # fmt: skip
# From the index alone, whatever the doses hold; what was never injected is then taken off, for those are few.
_BY_DAY: Final = (
    select(dose.c.post_id, dose.c.day, dose.c.half, sa.func.count().label("doses"))
    .where(_DRAWN)
    .group_by(dose.c.day, dose.c.post_id, dose.c.half)
)
_NOT_INJECTED: Final = never_injected()
_THESE: Final = select(dose.c.facility_id, dose.c.post_id, dose.c.day, dose.c.half).where(
    dose.c.id.in_(bindparam("of_doses", expanding=True)), dose.c.vial_id.is_not(None), dose.c.replaces.is_(None)
)
_ONE_BY_ONE: Final = select(dose.c.post_id, dose.c.day, dose.c.half, dose.c.happened_at).where(
    _DRAWN, HAS_DRAWN, dose.c.happened_at < bindparam("end"), dose.c.day.in_(bindparam("of_days", expanding=True))
)
_OPENED: Final = select(vial_state.c.post_id, vial_state.c.opened_at).where(
    vial_state.c.facility_id == bindparam("of_facility"), vial_state.c.opened_at >= bindparam("since"),
    vial_state.c.opened_at < bindparam("end"), vial_state.c.product.in_(bindparam("of_products", expanding=True)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """The account of one item at one post."""

    post: UUID
    account: Account

    @property
    def item(self) -> Item:
        """Of what."""
        return self.account.item


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was written, the newest first on screens; `taken_back` when a mirror line stands against it."""

    id: UUID
    at: datetime
    post: UUID
    item: str
    kind: str
    pieces: int
    target: UUID | None
    party: str
    document: str
    reason: str
    taken_back: bool


def held_consumables(
    records: Connection, catalogue: Catalogue, facility: UUID, zone: str, start: datetime, end: datetime
) -> list[Held]:
    """The account of every item at every post that has any or used any, over [start, end). Items no longer in use are left out
    where nothing is left of them. Reads the doses since the last count of whatever is oldest, no further."""
    items = items_of(records, facility)
    events = _events(records, facility, end)
    since = min((_since(lines, start) for lines in events.values()), default=start)
    uses = _uses(records, catalogue, facility, zone, since, end, events)
    posts = {post for post, _ in events} | set(uses)
    found = []
    for post in sorted(posts, key=str):
        for item in items.values():
            known = account(item, events.get((post, item.code), ()), uses.get(post, ()), start, end)
            if known.tracked or (known.used and item.in_use):
                found.append(Held(post, known))
    return found


def consumable_lines(records: Connection, facility: UUID, now: datetime, *, limit: int = 200) -> list[Line]:
    """What was written last, newest first."""
    rows = records.execute(_LINES, {"of_facility": facility, "end": now + JUST_AFTER}).all()
    back = {row.reverses for row in rows if row.reverses is not None}
    lines = [
        Line(
            row.id, row.happened_at, row.post_id, row.item, row.kind, row.pieces, row.target_id, row.party, row.document,
            row.reason, row.id in back,
        )
        for row in rows if row.kind != REVERSAL
    ]  # fmt: skip
    return lines[::-1][:limit]


def goods_for(
    items: Mapping[str, Item], wanted: Mapping[UUID, Used], held: Iterable[Held], source: UUID
) -> tuple[dict[UUID, dict[str, int]], dict[str, int]]:
    """What should go along, by receiving post and item: what its doses will take less what it has, as far as the source, in the
    order of the posts, has it by the book; and by item how much is not there. What was never written down is not there."""
    there = {(each.post, each.item.code): each.account for each in held}
    left = {code: max(0, _closing(there.get((source, code))) or 0) for code in items}
    found: dict[UUID, dict[str, int]] = {}
    lacks: Counter[str] = Counter()
    for post, used in wanted.items():
        for code, count in needed(items.values(), used).items():
            lacking = max(0, count - max(0, _closing(there.get((post, code))) or 0))
            pieces = min(lacking, left[code])
            left[code] -= pieces
            lacks[code] += lacking - pieces
            if pieces:
                found.setdefault(post, {})[code] = pieces
    return found, {code: count for code, count in lacks.items() if count}


def _closing(known: Account | None) -> int | None:
    return known.closing if known is not None and known.tracked else None


def _events(records: Connection, facility: UUID, end: datetime) -> dict[tuple[UUID, str], list[Event]]:
    rows = records.execute(_LINES, {"of_facility": facility, "end": end}).all()
    back = {row.reverses for row in rows if row.reverses is not None}
    boxes = {row.box_id for row in rows if row.box_id is not None}
    answers = {row.box_id: row for row in records.execute(_BOXES_ANSWERED, {"of_boxes": list(boxes)})} if boxes else {}
    found: defaultdict[tuple[UUID, str], list[Event]] = defaultdict(list)
    for row in rows:
        if row.kind == REVERSAL or row.id in back:
            continue
        found[row.post_id, row.item].append(Event(row.happened_at, row.kind, row.pieces, row.target_id is not None))
        if row.target_id is None:
            continue
        post, at = row.target_id, row.happened_at
        if row.box_id is not None:  # on the way until somebody has said that the box came, or that it goes back
            answer = answers.get(row.box_id)
            if answer is None or (answer.came or answer.at) >= end:
                continue
            post, at = (row.target_id, answer.came) if answer.came else (row.post_id, answer.at)
        found[post, row.item].append(Event(at, RECEIVED, row.pieces, internal=True))
    return dict(found)


def _since(events: list[Event], start: datetime) -> datetime:
    """From where on the book must be added up: the last count before the span makes what was before that irrelevant."""
    counted = [event.at for event in events if event.kind == COUNTED and event.at < start]
    return min(start, max(counted) if counted else min(event.at for event in events))


def _uses(
    records: Connection, catalogue: Catalogue, facility: UUID, zone: str, since: datetime, end: datetime,
    events: Mapping[tuple[UUID, str], list[Event]],
) -> dict[UUID, list[tuple[datetime, Used]]]:  # fmt: skip
    """What was given, by post, in the order of moments: a day at a time at its end, but one by one on days with a count."""
    since = day_bounds(local_day(since, zone), zone)[0]
    first, last = local_day(since, zone), local_day(end - JUST_AFTER, zone)
    values: dict[str, Any] = {"of_facility": facility, "since": since, "end": end, "first": first, "last": last}
    counted = {
        (post, local_day(event.at, zone)) for (post, _), lines in events.items() for event in lines if event.kind == COUNTED
    }
    found: defaultdict[UUID, list[tuple[datetime, Used]]] = defaultdict(list)
    # Asked for one by one: as a subquery, SQLite would look at every dose for their sake.
    few = list(records.execute(_NOT_INJECTED).scalars())
    rows = records.execute(_THESE, {"of_doses": few}) if few else ()
    never = Counter((row.post_id, row.day, row.half) for row in rows if row.facility_id == facility)
    for row in records.execute(_BY_DAY, values):
        if (row.post_id, row.day) not in counted:
            doses = int(row.doses) - never[row.post_id, row.day, row.half]
            found[row.post_id].append((_end_of(row.day, zone, end), _used(row.half, doses)))
    days = sorted({day for _, day in counted})
    if days:
        for row in records.execute(_ONE_BY_ONE, values | {"of_days": days}):
            if (row.post_id, row.day) in counted:
                found[row.post_id].append((row.happened_at, _used(row.half, 1)))
    diluted = [id_ for id_, product in catalogue.products.items() if product.diluent]
    for row in records.execute(_OPENED, values | {"of_products": diluted}):
        found[row.post_id].append((row.opened_at, Used(diluted=1)))
    for lines in found.values():
        lines.sort(key=lambda line: line[0])
    return dict(found)


def _used(half: bool, doses: int) -> Used:
    return Used(half=doses) if half else Used(full=doses)


def _end_of(day: date, zone: str, end: datetime) -> datetime:
    """The last moment of a day, or of the span when it ends within the day."""
    return min(day_bounds(day, zone)[1], end) - JUST_AFTER
