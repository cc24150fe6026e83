"""A count is begun, filled by as many people as like to, and finished into differences; or it leaves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update

from models.errors import Confirm, Refused
from models.places.queries import post as post_row
from models.records.base import upsert
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.asking import Asking, require_reason
from models.stock.batches import check_receipt, known_product, tidy_number
from models.stock.counts.count import COUNTED, Figure, check_figure, check_reasons
from models.stock.counts.queries import figures
from models.stock.counts.tables import (
    count_figure,
    count_state,
    stock_count,
    stock_count_end,
    stock_count_line,
    stock_count_result,
)
from models.stock.discards.discard import NOBODY, Witness
from models.stock.ledger_actions import CLOCKS_DIFFER, batch_row, move
from models.stock.tables import balance, batch_key, movement
from models.stock.tables import batch as batch_table
from models.vaccines.catalogue import Catalogue

_OPEN: Final = select(count_state).where(count_state.c.open_post == bindparam("of_post"))
_STATE: Final = select(count_state).where(count_state.c.count_id == bindparam("of_count")).with_for_update()
_FIGURE: Final = select(count_figure).where(
    count_figure.c.count_id == bindparam("of_count"), count_figure.c.batch_id == bindparam("of_batch")
)
_FORGET_ONE: Final = delete(count_figure).where(
    count_figure.c.count_id == bindparam("of_count"), count_figure.c.batch_id == bindparam("of_batch")
)
_FORGET: Final = delete(count_figure).where(count_figure.c.count_id == bindparam("of_count"))
_END: Final = (
    update(count_state)
    .where(count_state.c.count_id == bindparam("of_count"))
    .values(state=bindparam("outcome"), ended_at=bindparam("at"), open_post=None)
)
_SAME_NUMBER: Final = select(batch_key).where(
    batch_key.c.facility_id == bindparam("of_facility"),
    batch_key.c.product == bindparam("of_product"),
    batch_key.c.number == bindparam("of_number"),
)
_NEWEST: Final = select(balance.c.last_at).where(
    balance.c.place == bindparam("of_place"), balance.c.batch_id == bindparam("of_batch")
)
_COUNTED: Final = select(count_figure.c.batch_id).where(count_figure.c.count_id == bindparam("of_count"))
# A line dated back meanwhile would change the book of a figure that has been compared with it.
_BOOK: Final = (
    select(balance.c.batch_id)
    .where(balance.c.place == bindparam("of_place"), or_(balance.c.vials > 0, balance.c.batch_id.in_(_COUNTED)))
    .order_by(balance.c.batch_id)
    .with_for_update()
)
_MOVED: Final = (
    select(movement)
    .join(stock_count_result, stock_count_result.c.movement_id == movement.c.id)
    .where(stock_count_result.c.count_id == bindparam("of_count"))
    .order_by(movement.c.batch_id)
)


@action(needs="stock.count", changes={"stock"})
def start_count(entry: OpenEntry, *, post: UUID, note: str = "") -> UUID:
    """Begin to count the closed vials at a post; return the count. Refused: a post that is not ours, one being counted."""
    at = post_row(entry.records, post)
    if at is None or at.facility != entry.facility:
        raise Refused("stock.no_post", field="post")
    open_one = entry.records.execute(_OPEN, {"of_post": post}).first()
    if open_one is not None:
        raise Refused("count.open_already", field="post", at=open_one.started_at)
    count = entry.add(stock_count, post_id=post, note=note.strip()[:300])
    state = {"count_id": count, "facility_id": entry.facility, "post_id": post, "open_post": post, "state": "counting",
             "started_at": entry.now, "ended_at": None}  # fmt: skip
    entry.records.execute(insert(count_state), state)
    return count


@action(needs="stock.count", changes={"stock"})
def count_batch(
    entry: OpenEntry, *, count: UUID, batch: UUID, vials: int | None, confirmed: frozenset[str] = frozenset()
) -> UUID:
    """Write down how many closed vials of a batch lie there now; None takes the figure back. The newest figure counts.
    Asked: when somebody else has counted this batch."""
    state = _counting(entry, count)
    batch_row(entry, batch)
    if vials is not None:
        check_figure(vials)
    before = entry.records.execute(_FIGURE, {"of_count": count, "of_batch": batch}).one_or_none()
    if before is not None and before.account != entry.account and "count.counted_already" not in confirmed:
        raise Confirm("count.counted_already", at=before.counted_at, vials=before.vials)
    at = _moment(entry, places.place_of(state.post_id), batch)
    line = entry.add(stock_count_line, happened_at=at, count_id=count, batch_id=batch, vials=vials)
    if vials is None:
        entry.records.execute(_FORGET_ONE, {"of_count": count, "of_batch": batch})
    else:
        row = {"count_id": count, "batch_id": batch, "vials": vials, "counted_at": at, "account": entry.account}
        upsert(entry.records, count_figure, ("count_id", "batch_id"), row)
    return line


@action(needs="stock.count", changes={"stock"})
def count_found(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    today: date,
    count: UUID,
    product: str,
    number: str,
    expiry: date,
    doses_per_vial: int,
    ul_per_dose: int,
    vials: int,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Vials of a batch that the book of this place does not name. Return the batch: the known one when product, number
    (in one spelling), expiry and content agree, else a new one. Asked: the same number with another expiry or content."""
    _counting(entry, count)
    known_product(catalogue, product, even_unused=True)
    number = tidy_number(number)
    check_receipt(expiry, vials, doses_per_vial, ul_per_dose, "", None, today)
    key: dict[str, Any] = {"product": product, "number": number, "expiry": expiry, "doses_per_vial": doses_per_vial,
           "ul_per_dose": ul_per_dose}  # fmt: skip
    of = {"of_facility": entry.facility, "of_product": product, "of_number": number}
    same = entry.records.execute(_SAME_NUMBER, of).mappings().all()
    found: UUID | None = next((row["batch_id"] for row in same if all(row[name] == key[name] for name in key)), None)
    if found is None:
        if same:
            asks = Asking(confirmed, reason)
            asks.ask("batch.differs", number=number, expiry=same[0]["expiry"], doses=same[0]["doses_per_vial"])
        found = entry.add(batch_table, donor="", **key)
        entry.records.execute(insert(batch_key), key | {"facility_id": entry.facility, "batch_id": found})
    count_batch(entry, count=count, batch=found, vials=vials, confirmed=confirmed)
    return found


@action(needs="stock.correct", changes={"stock"})
def finish_count(
    entry: OpenEntry,
    *,
    count: UUID,
    seen: Mapping[UUID, int],
    reasons: Mapping[UUID, tuple[str, str]],
    counter: Witness,
    witness: Witness,
    confirmed: frozenset[str] = frozenset(),
) -> UUID:
    """Make the book agree with the shelf: a movement to or from the differences for each figure, dated when it was counted.

    `seen` are the differences that were looked at, by batch; Refused when one is another by now. `reasons` has a cause of
    `count.CAUSES` and a note for each. Asked: batches on the book that nobody counted, which stay as they are."""
    state = _counting(entry, count)
    entry.records.execute(_BOOK, {"of_count": count, "of_place": places.place_of(state.post_id)}).all()
    found = figures(entry.records, count, state.post_id)
    if not any(each.counted is not None for each in found):
        raise Refused("count.nothing", field="count")
    if {each.batch: each.difference for each in found if each.difference} != {k: v for k, v in seen.items() if v}:
        raise Refused("count.changed_meanwhile", field="count")
    check_reasons(found, reasons)
    open_ = sum(each.counted is None for each in found)
    if open_ and "count.not_counted" not in confirmed:
        raise Confirm("count.not_counted", count=open_)
    place = places.place_of(state.post_id)
    for each in sorted(found, key=lambda each: str(each.batch)):  # or two desks would lock each other out
        cause, note = reasons.get(each.batch, ("", "")) if each.difference else ("", "")
        line = _settle(entry, each, place, cause, note) if each.difference else None
        entry.add(
            stock_count_result, count_id=count, batch_id=each.batch, counted=each.counted, book=each.book,
            counted_at=each.counted_at, account=each.account, cause=cause, note=note.strip()[:300], movement_id=line,
        )  # fmt: skip
    return _end(entry, count, "finished", counter, witness, "")


def _settle(entry: OpenEntry, figure: Figure, place: str, cause: str, note: str) -> UUID:
    more, fewer = (places.DIFFERENCE, place), (place, places.DIFFERENCE)
    source, target = more if figure.difference > 0 else fewer
    try:
        return move(
            entry, batch=figure.batch, source=source, target=target, vials=abs(figure.difference), kind=COUNTED,
            at=figure.counted_at, cause=cause, reason=note.strip()[:300],
        )  # fmt: skip
    except Refused as refused:
        if refused.code.startswith("stock.not_enough"):  # more went since than was found: one of both is wrong
            raise Refused("count.gone_since", field="count", number=figure.number) from None
        raise


@action(needs="stock.count", changes={"stock"})
def cancel_count(entry: OpenEntry, *, count: UUID, reason: str = "") -> UUID:
    """Give a count up: its figures change nothing and are shown no more."""
    _counting(entry, count)
    return _end(entry, count, "cancelled", NOBODY, NOBODY, reason)


@action(needs="stock.correct", changes={"stock"})
def take_back_count(entry: OpenEntry, *, count: UUID, reason: str) -> UUID:
    """A count finished wrongly: mirror lines undo its differences. Refused: not finished, taken back before, or vials that
    only the count had found are gone."""
    require_reason(reason)
    state = _row(entry, count)
    if state.state != "finished":
        raise Refused("count.not_finished", field="count")
    for line in entry.records.execute(_MOVED, {"of_count": count}).all():
        move(
            entry, batch=line.batch_id, source=line.target, target=line.source, vials=line.vials, kind="reversal",
            reason=reason.strip()[:300], reverses=line.id, cause=line.cause,
        )  # fmt: skip
    return _end(entry, count, "taken_back", NOBODY, NOBODY, reason)


def _moment(entry: OpenEntry, place: str, batch: UUID) -> datetime:
    """Now, but not before the newest line of the batch there: it was saved, so its vials are on or off the shelf already,
    though the clock of the desk that wrote it is a little ahead."""
    newest = entry.records.execute(_NEWEST, {"of_place": place, "of_batch": batch}).scalar_one_or_none()
    if newest is None or not entry.now < newest <= entry.now + CLOCKS_DIFFER:
        return entry.now
    entry.reach(newest)
    return newest  # type: ignore[no-any-return]


def _end(entry: OpenEntry, count: UUID, outcome: str, counter: Witness, witness: Witness, reason: str) -> UUID:
    end = entry.add(
        stock_count_end, count_id=count, outcome=outcome, counter=asdict(counter), witness=asdict(witness),
        reason=reason.strip()[:300],
    )  # fmt: skip
    entry.records.execute(_END, {"of_count": count, "outcome": outcome, "at": entry.now})
    entry.records.execute(_FORGET, {"of_count": count})
    return end


def _row(entry: OpenEntry, count: UUID) -> Row[Any]:
    row = entry.records.execute(_STATE, {"of_count": count}).one_or_none()
    if row is None or row.facility_id != entry.facility:
        raise Refused("count.unknown", field="count")
    return row


def _counting(entry: OpenEntry, count: UUID) -> Row[Any]:
    row = _row(entry, count)
    if row.state != "counting":
        raise Refused("count.ended", field="count")
    return row
