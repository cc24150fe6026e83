"""Closed vials are written off, wrongly or rightly, and boxes come back from outreach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, insert, select, update

from models.errors import Refused
from models.places.queries import post as post_row
from models.records.base import upsert
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.asking import Asking, require_reason
from models.stock.batches import known_product, usable_until
from models.stock.discards.discard import BROKEN, MISSING, OUTREACH, Returned, check_cause, check_vials
from models.stock.discards.tables import discard_state, returned_shelf
from models.stock.ledger_actions import batch_row, move
from models.stock.tables import balance, movement
from models.vaccines.catalogue import Catalogue

_STATE: Final = select(discard_state).where(discard_state.c.movement_id == bindparam("of_discard")).with_for_update()
_SET_STATE: Final = (
    update(discard_state)
    .where(discard_state.c.movement_id == bindparam("of_discard"))
    .values(state=bindparam("new_state"), destruction_id=bindparam("of_destruction"))
)
_LINE: Final = select(movement).where(movement.c.id == bindparam("of_movement"))
_BACK: Final = movement.alias("back")
_MIRRORS: Final = select(movement.c.id).where(movement.c.reverses == bindparam("of_movement"))
_RETURNS: Final = (
    select(movement.c.happened_at, movement.c.vials)
    .where(
        movement.c.batch_id == bindparam("of_batch"),
        movement.c.target == bindparam("of_place"),
        movement.c.kind == "back",
        ~exists().where(_BACK.c.reverses == movement.c.id),
    )
    .order_by(movement.c.happened_at.desc(), movement.c.id.desc())
    .limit(1)
)
_HAS: Final = select(balance.c.vials).where(balance.c.place == bindparam("of_place"), balance.c.batch_id == bindparam("of_batch"))
_FORGET_RETURN: Final = delete(returned_shelf).where(
    returned_shelf.c.post_id == bindparam("of_post"), returned_shelf.c.batch_id == bindparam("of_batch")
)
_LAST_RETURN: Final = select(returned_shelf.c.returned_at).where(
    returned_shelf.c.post_id == bindparam("of_post"), returned_shelf.c.batch_id == bindparam("of_batch")
)


@action(needs="stock.correct", changes={"stock"})
def discard_vials(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    today: date,
    post: UUID,
    batch: UUID,
    vials: int,
    cause: str,
    note: str = "",
    at: datetime | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Write off closed vials from the shelf of `post`; they wait there to be destroyed, unless they are "missing". Return
    the movement. Asked: "expired" for a batch that is not."""
    check_cause(cause, note)
    check_vials(vials)
    found = batch_row(entry, batch)
    if cause == "expired":
        known = known_product(catalogue, found.product, even_unused=True)
        until = usable_until(found.expiry, found.extended_to, found.thawed_on, known.cold_days)
        if until >= today:
            Asking(confirmed, reason).ask("discard.not_expired", number=found.number, until=until)
    words = "; ".join(each for each in (note.strip(), reason.strip()) if each)
    return set_aside(entry, batch=batch, post=post, vials=vials, cause=cause, note=words, at=at)


def set_aside(
    entry: OpenEntry, *, batch: UUID, post: UUID, vials: int, cause: str, note: str = "", at: datetime | None = None, **more: Any
) -> UUID:
    """Part of an action that found vials on the shelf of `post` unfit: write the movement and let them wait for their
    destruction. `more` are further columns of the movement."""
    at_post = post_row(entry.records, post)
    if at_post is None or at_post.facility != entry.facility:
        raise Refused("stock.no_post", field="post")
    target = places.DIFFERENCE if cause == MISSING else places.DISCARDED
    line = move(
        entry, batch=batch, source=places.place_of(post), target=target, vials=vials, kind="discard", at=at, cause=cause,
        reason=note.strip()[:300], **more,
    )  # fmt: skip
    state = {"movement_id": line, "facility_id": entry.facility, "post_id": post, "batch_id": batch, "vials": vials,
             "cause": cause, "discarded_at": _moment(entry, line), "destruction_id": None,
             "state": "missing" if cause == MISSING else "waiting"}  # fmt: skip
    entry.records.execute(insert(discard_state), state)
    return line


@action(needs="stock.correct", changes={"stock"})
def take_back_discard(entry: OpenEntry, *, discard: UUID, reason: str) -> UUID:
    """A wrong write-off: the vials are on their shelf again. Return the mirror. Refused once they are destroyed, or when
    another desk was faster."""
    require_reason(reason)
    state = entry.records.execute(_STATE, {"of_discard": discard}).one_or_none()
    if state is None or state.facility_id != entry.facility:
        raise Refused("discard.unknown", field="discard")
    if state.state not in ("waiting", "missing"):
        raise Refused("discard.destroyed" if state.state == "destroyed" else "discard.taken_back", field="discard")
    wrong = entry.records.execute(_LINE, {"of_movement": discard}).one()
    mirror = move(
        entry, batch=wrong.batch_id, source=wrong.target, target=wrong.source, vials=wrong.vials, kind="reversal",
        document=wrong.document, reason=reason.strip()[:300], reverses=discard, cause=wrong.cause,
    )  # fmt: skip
    set_state(entry, discard, "taken_back")
    return mirror


def _moment(entry: OpenEntry, line: UUID) -> datetime:
    """When a movement counts: where desks' clocks differ not always now."""
    return entry.records.execute(_LINE, {"of_movement": line}).one().happened_at  # type: ignore[no-any-return]


def set_state(entry: OpenEntry, discard: UUID, state: str, destruction: UUID | None = None) -> None:
    """What became of a write-off; its row is locked by whoever asks."""
    values = {"of_discard": discard, "new_state": state, "of_destruction": destruction}
    entry.records.execute(_SET_STATE, values)


@action(needs="stock.correct", changes={"stock"})
def return_vials(
    entry: OpenEntry,
    *,
    source: UUID,
    target: UUID,
    lines: Sequence[Returned],
    held: bool,
    document: str = "",
    note: str = "",
) -> list[UUID]:
    """A box comes back from outreach, all its batches at once. When the box `held` its temperature its intact vials go back
    on the shelf of `target` and are used first; when it did not they are written off as the team's. Broken vials are written
    off, those that are not there are a difference of the team, with a word about it in `note`. Return the movements."""
    if source == target:
        raise Refused("stock.same_place", field="target")
    wanted = [line for line in lines if (line.back, line.broken, line.missing) != (0, 0, 0)]
    if not wanted:
        raise Refused("back.nothing", field="lines")
    if not note.strip() and (not held or any(line.missing or line.broken for line in wanted)):
        raise Refused("back.note_missing", field="note")
    end = post_row(entry.records, target)
    if end is None or end.facility != entry.facility or not end.active:
        raise Refused("stock.no_post", field="target")
    done: list[UUID] = []
    for line in sorted(wanted, key=lambda line: str(line.batch)):  # or two desks would lock each other out
        for count, name in ((line.back, "back"), (line.broken, "broken"), (line.missing, "missing")):
            check_vials(count, name, least=0)
        _check_book(entry, line, source)
        lost = ((line.broken, BROKEN), (line.missing, MISSING), (0 if held else line.back, OUTREACH))
        for count, cause in lost:
            if count:
                done.append(
                    set_aside(
                        entry, batch=line.batch, post=source, vials=count, cause=cause, note=note,
                        document=document.strip()[:100],
                    )
                )  # fmt: skip
        if line.back and held:
            done.append(_bring_back(entry, line, source, target, document.strip()[:100], note))
    return done


@action(needs="stock.correct", changes={"stock"})
def take_back_return(entry: OpenEntry, *, lines: Sequence[UUID], reason: str) -> int:
    """A box entered wrongly: every movement that `return_vials` made is mirrored; the answer is how many. Refused: one that
    was taken back before, or whose vials have left the shelf or are destroyed."""
    require_reason(reason)
    for line in lines:
        wrong = entry.records.execute(_LINE, {"of_movement": line}).one_or_none()
        if wrong is None or wrong.facility_id != entry.facility or wrong.kind not in ("back", "discard"):
            raise Refused("back.unknown", field="lines")
        if wrong.kind == "discard":
            take_back_discard(entry, discard=line, reason=reason)
            continue
        move(
            entry, batch=wrong.batch_id, source=wrong.target, target=wrong.source, vials=wrong.vials, kind="reversal",
            document=wrong.document, reason=reason.strip()[:300], reverses=line,
        )  # fmt: skip
        # Looked up after the balance was taken: its row lock has made a second one wait until the first was saved.
        if len(entry.records.execute(_MIRRORS, {"of_movement": line}).all()) > 1:
            raise Refused("back.taken_back", field="lines")
        _return_before(entry, wrong.target, wrong.batch_id)
    return len(lines)


def _check_book(entry: OpenEntry, line: Returned, source: UUID) -> None:
    """Refused: more in all than the team had by the book."""
    number, came = batch_row(entry, line.batch).number, line.back + line.broken + line.missing
    have = entry.records.execute(_HAS, {"of_place": places.place_of(source), "of_batch": line.batch}).scalar_one_or_none() or 0
    if came > have:
        raise Refused("back.more_than_book", field="back", number=number, came=came, have=have)


def _return_before(entry: OpenEntry, place: str, batch: UUID) -> None:
    """What marks the shelf now: the return before the one that was taken back, or none."""
    key = {"of_post": places.post_of(place), "of_batch": batch}
    entry.records.execute(_FORGET_RETURN, key)
    last = entry.records.execute(_RETURNS, {"of_place": place, "of_batch": batch}).first()
    if last is not None:
        row = {"post_id": key["of_post"], "batch_id": batch, "returned_at": last.happened_at, "vials": last.vials}
        entry.records.execute(insert(returned_shelf), row)


def _bring_back(entry: OpenEntry, line: Returned, source: UUID, target: UUID, document: str, note: str) -> UUID:
    came = move(
        entry, batch=line.batch, source=places.place_of(source), target=places.place_of(target), vials=line.back, kind="back",
        document=document, reason=note.strip()[:300],
    )  # fmt: skip
    last = entry.records.execute(_LAST_RETURN, {"of_post": target, "of_batch": line.batch}).scalar_one_or_none()
    moment = _moment(entry, came)
    if last is None or last <= moment:
        shelf = {"post_id": target, "batch_id": line.batch, "returned_at": moment, "vials": line.back}
        upsert(entry.records, returned_shelf, ("post_id", "batch_id"), shelf)
    return came
