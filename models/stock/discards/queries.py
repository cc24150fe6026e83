"""What waits to be destroyed, what was destroyed, and what came back from outreach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Table, and_, bindparam, exists, func, select

from models.stock.discards.discard import MISSING, Witness
from models.stock.discards.tables import (
    destruction,
    destruction_rest,
    destruction_undone,
    destruction_vials,
    discard_state,
    returned_shelf,
)
from models.stock.places import place_of, post_of
from models.stock.tables import BATCH, WAITS, batch, batch_status, batch_thaw, movement, vial_state


@dataclass(frozen=True, slots=True)
class Discarded:
    """Closed vials that were written off together. `state`: waiting, missing, destroyed or taken_back. How long the batch keeps
    follows from `expiry`, `extended_to` and `thawed_on`."""

    movement: UUID
    post: UUID
    batch: UUID
    product: str
    number: str
    expiry: date
    vials: int
    doses_per_vial: int
    cause: str
    note: str
    at: datetime
    state: str
    extended_to: date | None = None
    thawed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rests:
    """Vials of a batch that were opened and closed at a post and are not destroyed: empty ones and those with a rest."""

    post: UUID
    batch: UUID
    product: str
    number: str
    expiry: date
    vials: int
    left_ul: int
    ul_per_dose: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Destruction:
    """A berita acara. `vials` are closed ones, `opened` opened ones; `undone` when it was taken back."""

    id: UUID
    number: str
    day: date
    place: str
    method: str
    head: Witness
    witnesses: tuple[Witness, ...]
    facility: str
    note: str
    recorded_at: datetime
    vials: int
    opened: int
    undone: bool


_OF_BATCH: Final = frozenset({"product", "number", "expiry", "doses_per_vial", "thawed_on"})
_DISCARDED: Final = (
    select(
        discard_state, *(column for column in BATCH if column.name in _OF_BATCH), movement.c.reason.label("note"),
        batch_status.c.extended_to,
    )
    .join(batch, batch.c.id == discard_state.c.batch_id)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
    .join(movement, movement.c.id == discard_state.c.movement_id)
    .order_by(batch.c.product, batch.c.number, discard_state.c.discarded_at, discard_state.c.movement_id)
)
_WAITING: Final = _DISCARDED.where(discard_state.c.facility_id == bindparam("of_facility"), discard_state.c.state == "waiting")
_OF_DESTRUCTION: Final = _DISCARDED.join(destruction_vials, destruction_vials.c.discard_id == discard_state.c.movement_id).where(
    destruction_vials.c.destruction_id == bindparam("of_destruction")
)
_LATELY: Final = _DISCARDED.where(
    discard_state.c.facility_id == bindparam("of_facility"), discard_state.c.discarded_at >= bindparam("since")
)
MOST_RESTS: Final = 20_000
"""More opened vials than a puskesmas destroys in a year, and still read at once."""
_LEFT: Final = vial_state.c.content_ul + vial_state.c.overfill_ul - vial_state.c.drawn_ul - vial_state.c.lost_ul
_GROUP: Final = (
    vial_state.c.post_id, vial_state.c.batch_id, vial_state.c.product, vial_state.c.ul_per_dose, batch.c.number, batch.c.expiry,
)  # fmt: skip
_OLDEST: Final = (
    select(vial_state, _LEFT.label("left_ul"))
    .where(vial_state.c.facility_id == bindparam("of_facility"), WAITS)
    .order_by(vial_state.c.closed_at)
    .limit(bindparam("most"))
    .subquery()
)
_OF_OLDEST: Final = (
    _OLDEST.c.post_id, _OLDEST.c.batch_id, _OLDEST.c.product, _OLDEST.c.ul_per_dose, batch.c.number, batch.c.expiry,
)  # fmt: skip
_RESTS: Final = (
    select(
        *_OF_OLDEST,
        func.count().label("vials"),
        func.sum(_OLDEST.c.left_ul).label("left_ul"),
        func.min(_OLDEST.c.closed_at).label("first"),
        func.max(_OLDEST.c.closed_at).label("last"),
    )
    .join(batch, batch.c.id == _OLDEST.c.batch_id)
    .group_by(*_OF_OLDEST)
    .order_by(_OLDEST.c.product, batch.c.number, _OLDEST.c.post_id)
)
_RESTS_OF_DESTRUCTION: Final = (
    select(
        *_GROUP,
        func.count().label("vials"),
        func.sum(destruction_rest.c.left_ul).label("left_ul"),
        func.min(vial_state.c.closed_at).label("first"),
        func.max(vial_state.c.closed_at).label("last"),
    )
    .join(vial_state, vial_state.c.vial_id == destruction_rest.c.vial_id)
    .join(batch, batch.c.id == vial_state.c.batch_id)
    .where(destruction_rest.c.destruction_id == bindparam("of_destruction"))
    .group_by(*_GROUP)
    .order_by(vial_state.c.product, batch.c.number, vial_state.c.post_id)
)
_VIALS_IN: Final = (
    select(func.coalesce(func.sum(movement.c.vials), 0))
    .join(destruction_vials, destruction_vials.c.movement_id == movement.c.id)
    .where(destruction_vials.c.destruction_id == destruction.c.id)
    .scalar_subquery()
)
_OPENED_IN: Final = (
    select(func.count()).select_from(destruction_rest).where(destruction_rest.c.destruction_id == destruction.c.id)
).scalar_subquery()
_DESTRUCTIONS: Final = (
    select(
        destruction,
        _VIALS_IN.label("vials"),
        _OPENED_IN.label("opened"),
        exists().where(destruction_undone.c.destruction_id == destruction.c.id).label("undone"),
    )
    .where(destruction.c.facility_id == bindparam("of_facility"))
    .order_by(destruction.c.day.desc(), destruction.c.id.desc())
)
_RETURNED: Final = (
    select(returned_shelf.c.post_id, returned_shelf.c.batch_id, returned_shelf.c.returned_at, returned_shelf.c.vials).where(
        returned_shelf.c.post_id.in_(bindparam("posts", expanding=True)),
        returned_shelf.c.batch_id.in_(bindparam("batches", expanding=True)),
    )
)
# Each line is at least one vial: after as many lines as vials came back all of them are gone, and the others are not read.
_LEAVING: Final = (
    select(movement.c.vials)
    .where(
        movement.c.batch_id == bindparam("of_batch"),
        movement.c.source == bindparam("of_place"),
        movement.c.happened_at > bindparam("since"),
    )
    .order_by(movement.c.happened_at)
    .limit(bindparam("most"))
)


def waiting_vials(records: Connection, facility: UUID, post: UUID | None = None) -> list[Discarded]:
    """Write-offs that are not destroyed yet, of one post or of all."""
    rows = records.execute(_WAITING, {"of_facility": facility})
    return [_discarded(row) for row in rows if post is None or row.post_id == post]


def discards_since(records: Connection, facility: UUID, since: datetime) -> list[Discarded]:
    """Write-offs in any state since a moment, the newest first: those among them that may be taken back."""
    found = [_discarded(row) for row in records.execute(_LATELY, {"of_facility": facility, "since": since})]
    return sorted(found, key=lambda each: (each.at, each.movement), reverse=True)


def waiting_rests(records: Connection, facility: UUID, post: UUID | None = None, *, most: int = MOST_RESTS) -> list[Rests]:
    """Opened and closed vials that are not destroyed yet, by post and batch. Where more than `most` wait, those that were closed
    first: none that was closed before the last of them is left out, so a paper over these destroys just these."""
    rows = records.execute(_RESTS, {"of_facility": facility, "most": most})
    return [_rests(row) for row in rows if post is None or row.post_id == post]


def destructions(records: Connection, facility: UUID) -> list[Destruction]:
    """Every berita acara, the newest first."""
    return [_destruction(row) for row in records.execute(_DESTRUCTIONS, {"of_facility": facility})]


def destroyed_in(records: Connection, destruction_id: UUID) -> tuple[list[Discarded], list[Rests]]:
    """What a berita acara lists."""
    key = {"of_destruction": destruction_id}
    return (
        [_discarded(row) for row in records.execute(_OF_DESTRUCTION, key)],
        [_rests(row) for row in records.execute(_RESTS_OF_DESTRUCTION, key)],
    )


def returned(records: Connection, shelves: Iterable[tuple[str, UUID]]) -> dict[tuple[UUID, UUID], datetime]:
    """When vials of a batch last came back to a post from outreach, as long as some of them can still be there: they are used
    before what never left. `shelves` are the places and batches that have any; what came back to others costs nothing."""
    there = {(post, of) for place, of in shelves if (post := post_of(place)) is not None}
    asked = {"posts": list({post for post, _ in there}), "batches": list({of for _, of in there})}
    found = {}
    for row in records.execute(_RETURNED, asked).all() if there else ():
        if (row.post_id, row.batch_id) in there:
            key = {"of_place": place_of(row.post_id), "of_batch": row.batch_id, "since": row.returned_at, "most": row.vials}
            if sum(records.execute(_LEAVING, key).scalars()) < row.vials:
                found[row.post_id, row.batch_id] = row.returned_at
    return found


def _discarded(row: Any) -> Discarded:
    return Discarded(
        row.movement_id, row.post_id, row.batch_id, row.product, row.number, row.expiry, row.vials, row.doses_per_vial,
        row.cause, row.note, row.discarded_at, row.state, row.extended_to, row.thawed_on,
    )  # fmt: skip


def _rests(row: Any) -> Rests:
    return Rests(
        row.post_id, row.batch_id, row.product, row.number, row.expiry, int(row.vials), int(row.left_ul), row.ul_per_dose,
        row.first, row.last,
    )  # fmt: skip


def _destruction(row: Any) -> Destruction:
    return Destruction(
        row.id, row.number, row.day, row.place, row.method, Witness(**row.head),
        tuple(Witness(**each) for each in row.witnesses), row.facility_name, row.note, row.happened_at, int(row.vials),
        int(row.opened), bool(row.undone),
    )  # fmt: skip


def destroyed_vials(records: Connection) -> dict[UUID, UUID]:
    """By facts alone: opened vials with the paper by which each was destroyed, unless that was taken back."""
    undone = select(destruction_undone.c.destruction_id)
    rows = records.execute(select(destruction_rest).where(destruction_rest.c.destruction_id.not_in(undone)))
    return {row.vial_id: row.destruction_id for row in rows}


def rebuilt(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """This part's derived tables as the facts alone say they must be."""
    undone = set(records.execute(select(destruction_undone.c.destruction_id)).scalars())
    yield discard_state, _states(records, undone)
    yield returned_shelf, _returned_shelves(records)


def _states(records: Connection, undone: set[UUID]) -> list[dict[str, Any]]:
    destroyed = {
        row.discard_id: row.destruction_id
        for row in records.execute(select(destruction_vials))
        if row.destruction_id not in undone
    }
    back = movement.alias("back")
    lines = select(movement, back.c.id.label("mirror")).outerjoin(
        back, and_(back.c.reverses == movement.c.id, back.c.kind == "reversal")
    )
    rows = []
    for row in records.execute(lines.where(movement.c.kind == "discard")):
        state = "taken_back" if row.mirror else "destroyed" if row.id in destroyed else "waiting"
        if state == "waiting" and row.cause == MISSING:
            state = MISSING
        rows.append(
            {"movement_id": row.id, "facility_id": row.facility_id, "post_id": post_of(row.source), "batch_id": row.batch_id,
             "vials": row.vials, "cause": row.cause, "discarded_at": row.happened_at, "state": state,
             "destruction_id": destroyed.get(row.id)}
        )  # fmt: skip
    return rows


def _returned_shelves(records: Connection) -> list[dict[str, Any]]:
    newest: dict[tuple[str, UUID], dict[str, Any]] = {}
    back = movement.alias("back")
    kept = (movement.c.kind == "back") & ~exists().where(back.c.reverses == movement.c.id)
    lines = select(movement).where(kept).order_by(movement.c.happened_at, movement.c.id)
    for row in records.execute(lines):
        newest[row.target, row.batch_id] = {
            "post_id": post_of(row.target), "batch_id": row.batch_id, "returned_at": row.happened_at, "vials": row.vials,
        }  # fmt: skip
    return list(newest.values())
