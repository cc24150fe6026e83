"""What was written off is destroyed before witnesses: from then on it is nowhere. Vaccine is property of the state (BMN): SE
HK.02.02/E/1552/2022 asks for a berita acara over unopened vials and opened ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import BindParameter, Row, bindparam, select, update

from models.errors import Refused
from models.places.queries import facility as facility_row
from models.places.zones import local_day
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.asking import Asking, require_reason
from models.stock.discards.actions import set_state
from models.stock.discards.discard import Witness, check_paper, check_people
from models.stock.discards.tables import (
    destruction,
    destruction_rest,
    destruction_undone,
    destruction_vials,
    discard_state,
)
from models.stock.ledger_actions import move
from models.stock.tables import WAITS, movement, vial_state

_WANTED: Final = (
    select(discard_state)
    .where(discard_state.c.movement_id.in_(bindparam("of_discards", expanding=True)))
    .order_by(discard_state.c.movement_id)
    .with_for_update()
)
_RESTS: Final = (
    select(vial_state)
    .where(
        vial_state.c.facility_id == bindparam("of_facility"),
        vial_state.c.closed_at <= bindparam("until"),
        vial_state.c.post_id.in_(bindparam("of_posts", expanding=True)),
        vial_state.c.batch_id.in_(bindparam("of_batches", expanding=True)),
        WAITS,
    )
    .order_by(vial_state.c.vial_id)
    .with_for_update()
)
_GONE: Final = (
    update(vial_state)
    .where(vial_state.c.vial_id == bindparam("of_vial"), vial_state.c.destruction_id.is_(None))
    .values(destruction_id=bindparam("of_destruction"))
)
_NUMBER: Final = select(destruction.c.id).where(
    destruction.c.facility_id == bindparam("of_facility"), destruction.c.number == bindparam("of_number")
)
_ONE: Final = select(destruction).where(destruction.c.id == bindparam("of_destruction"))
_OF: Final[BindParameter[Any]] = bindparam("of_destruction")
_UNDONE: Final = select(destruction_undone.c.id).where(destruction_undone.c.destruction_id == _OF)
_DESTROYED: Final = (
    select(discard_state)
    .where(discard_state.c.destruction_id == _OF, discard_state.c.state == "destroyed")
    .where(discard_state.c.facility_id == bindparam("of_facility"))
    .order_by(discard_state.c.movement_id)
    .with_for_update()
)
_MOVED: Final = (
    select(destruction_vials.c.discard_id, movement)
    .join(movement, movement.c.id == destruction_vials.c.movement_id)
    .where(destruction_vials.c.destruction_id == _OF)
    .order_by(movement.c.batch_id, movement.c.id)
)
_LISTED: Final = select(destruction_rest.c.vial_id).where(destruction_rest.c.destruction_id == _OF)
_FORGET: Final = (
    update(vial_state)
    .where(vial_state.c.vial_id.in_(_LISTED), vial_state.c.destruction_id == _OF)
    .values(destruction_id=None)
)


@action(needs="stock.correct", changes={"stock"})
def destroy(
    entry: OpenEntry,
    *,
    discards: Sequence[UUID],
    rests: Sequence[tuple[UUID, UUID]],
    rests_until: datetime,
    number: str,
    day: date,
    place: str,
    method: str,
    head: Witness,
    witnesses: Sequence[Witness],
    note: str = "",
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Destroy write-offs that wait, each as a whole, and all vials of the given (post, batch) that were opened and closed
    until `rests_until`, the moment of the list that was looked at. Return the destruction. Refused: nothing to destroy,
    something of it destroyed or taken back by another desk meanwhile. Asked: a number that a paper has already."""
    of = facility_row(entry.records, entry.facility)
    today = local_day(entry.now, of.zone if of else "WIB")
    number, place, method = (" ".join(text.split()) for text in (number, place, method))
    check_paper(number, place, method, day, today)
    head, signed = check_people(head, witnesses)
    wanted = entry.records.execute(_WANTED, {"of_discards": list(discards)}).all()
    if len(wanted) != len(set(discards)) or any(row.state != "waiting" or row.facility_id != entry.facility for row in wanted):
        raise Refused("destruction.gone", field="discards")
    rest_rows = _rests(entry, set(rests), rests_until)
    if not wanted and not rest_rows:
        raise Refused("destruction.gone" if rests else "destruction.nothing", field="discards")
    if entry.records.execute(_NUMBER, {"of_facility": entry.facility, "of_number": number[:60]}).first():
        Asking(confirmed, reason).ask("destruction.number_used", number=number)
    done = entry.add(
        destruction, number=number[:60], day=day, place=place[:120], method=method[:120], head=asdict(head),
        witnesses=[asdict(each) for each in signed], facility_name=of.name if of else "",
        note="; ".join(each for each in (note.strip(), reason.strip()) if each)[:300],
    )  # fmt: skip
    for row in sorted(wanted, key=lambda row: (str(row.batch_id), row.movement_id)):
        line = move(
            entry, batch=row.batch_id, source=places.DISCARDED, target=places.DESTROYED, vials=row.vials, kind="destroyed",
            document=number[:60], cause=row.cause,
        )  # fmt: skip
        entry.add(destruction_vials, destruction_id=done, discard_id=row.movement_id, movement_id=line)
        set_state(entry, row.movement_id, "destroyed", done)
    for row in rest_rows:
        left = row.content_ul + row.overfill_ul - row.drawn_ul - row.lost_ul
        entry.add(destruction_rest, destruction_id=done, vial_id=row.vial_id, left_ul=left)
    if rest_rows:
        entry.records.execute(_GONE, [{"of_vial": row.vial_id, "of_destruction": done} for row in rest_rows])
    return done


@action(needs="stock.correct", changes={"stock"})
def take_back_destruction(entry: OpenEntry, *, destruction: UUID, reason: str) -> UUID:
    """Entered wrongly: all of it waits again. Refused: unknown, taken back before."""
    require_reason(reason)
    key = {"of_destruction": destruction}
    row = entry.records.execute(_ONE, key).one_or_none()
    if row is None or row.facility_id != entry.facility:
        raise Refused("destruction.unknown", field="destruction")
    states = {each.movement_id for each in entry.records.execute(_DESTROYED, key | {"of_facility": entry.facility})}
    forgotten = entry.records.execute(_FORGET, key).rowcount
    if entry.records.execute(_UNDONE, key).first() or not (states or forgotten):
        raise Refused("destruction.taken_back", field="destruction")
    for line in entry.records.execute(_MOVED, key).all():
        move(
            entry, batch=line.batch_id, source=places.DESTROYED, target=places.DISCARDED, vials=line.vials, kind="reversal",
            document=line.document, reason=reason.strip()[:300], reverses=line.id, cause=line.cause,
        )  # fmt: skip
        set_state(entry, line.discard_id, "waiting")
    return entry.add(destruction_undone, destruction_id=destruction, reason=reason.strip()[:300])


def _rests(entry: OpenEntry, wanted: set[tuple[UUID, UUID]], until: datetime) -> list[Row[Any]]:
    """The vials of these (post, batch) that wait, locked: what another desk has just destroyed is not among them."""
    if not wanted:
        return []
    posts, batches = zip(*wanted, strict=True)
    asked = {"of_facility": entry.facility, "until": until, "of_posts": list(set(posts)), "of_batches": list(set(batches))}
    return [row for row in entry.records.execute(_RESTS, asked) if (row.post_id, row.batch_id) in wanted]
