"""The book of a batch, read by the index on batch and moment: it costs what the batch has lines, whatever else there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, or_, select

from models.errors import Refused
from models.places.queries import facility, posts
from models.places.regions import Regions
from models.places.zones import ZONES, day_bounds
from models.records.entries import entry
from models.staff.tables import account
from models.stock.balance_queries import batch_before
from models.stock.batches import usable_until
from models.stock.cards.book import BookFacts, BookLine, Card, with_rests
from models.stock.places import OUTSIDE, TRANSIT, place_of
from models.stock.tables import BATCH, batch, batch_status, batch_thaw, movement, transfer_sent, vial_state
from models.vaccines.catalogue import Catalogue

_BACK: Final = movement.alias("back")
_LINES: Final = (
    select(
        movement,
        account.c.name.label("who"),
        transfer_sent.c.source.label("sent_from"),
        transfer_sent.c.target.label("sent_to"),
        func.coalesce(transfer_sent.c.document, "").label("sent_with"),
        select(_BACK.c.id).where(_BACK.c.reverses == movement.c.id).exists().label("taken_back"),
        vial_state.c.station,
        vial_state.c.doses,
        vial_state.c.closed_at,
        vial_state.c.ul_per_dose,
        (vial_state.c.content_ul + vial_state.c.overfill_ul - vial_state.c.drawn_ul - vial_state.c.lost_ul).label("left_ul"),
    )
    .join(entry, entry.c.id == movement.c.entry_id)
    .outerjoin(account, account.c.account_id == entry.c.account)
    .outerjoin(transfer_sent, transfer_sent.c.id == movement.c.transfer_id)
    .outerjoin(vial_state, vial_state.c.vial_id == movement.c.vial_id)
    .where(
        movement.c.batch_id == bindparam("of_batch"),
        movement.c.happened_at >= bindparam("start"),
        movement.c.happened_at < bindparam("end"),
    )
)
_TOUCHES: Final = or_(movement.c.source == bindparam("of_place"), movement.c.target == bindparam("of_place"))
_LINES_AT: Final = _LINES.where(_TOUCHES)
_NEWEST: Final = (movement.c.happened_at.desc(), movement.c.id.desc())
_NEW: Final = _LINES.order_by(*_NEWEST).limit(bindparam("most"))
_NEW_AT: Final = _LINES_AT.order_by(*_NEWEST).limit(bindparam("most"))
_NAMES: Final = (
    select(batch.c.id, batch.c.product, batch.c.number, batch.c.expiry)
    .where(batch.c.facility_id == bindparam("of_facility"))
    .order_by(batch.c.happened_at.desc(), batch.c.id)
    .limit(1000)
)
_BATCHES: Final = (
    select(*BATCH, batch_status.c.extended_to)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
    .where(batch.c.facility_id == bindparam("of_facility"))
    .order_by(batch.c.expiry, batch.c.number, batch.c.id)
)
_ONE: Final = _BATCHES.where(batch.c.id == bindparam("of_batch"))
_OF_PRODUCT: Final = _BATCHES.where(batch.c.product == bindparam("of_product"))


@dataclass(frozen=True, slots=True)
class BatchName:
    """What a batch is chosen by."""

    id: UUID
    product: str
    number: str
    expiry: date


def batch_names(records: Connection, facility_id: UUID) -> list[BatchName]:
    """The newest thousand batches, that which came last in front: older ones are found by their number."""
    rows = records.execute(_NAMES, {"of_facility": facility_id})
    return [BatchName(row.id, row.product, row.number, row.expiry) for row in rows]


def card(
    records: Connection,
    catalogue: Catalogue,
    facility_id: UUID,
    batch_id: UUID,
    post: UUID | None,
    start: datetime,
    end: datetime,
    *,
    newest: int | None = None,
) -> Card | None:
    """The card of one batch over [start, end), at one post or at all together; None where the facility has no such batch. With
    `newest` only so many of its last lines, which costs a cursor that runs down a list no more in a busy month."""
    row = records.execute(_ONE, {"of_facility": facility_id, "of_batch": batch_id}).one_or_none()
    return _card(records, catalogue, row, post, start, end, newest) if row else None


def book_facts(
    records: Connection,
    *,
    catalogue: Catalogue,
    regions: Regions,
    facility_id: UUID,
    post_id: UUID | None,
    first: date,
    last: date,
    taken_at: datetime,
    batch_id: UUID | None = None,
    product: str = "",
) -> BookFacts:
    """The card of `batch_id` or, without it, of every batch of `product` that was there or moved in the days [first, last]."""
    of = facility(records, facility_id)
    if of is None:
        raise Refused("visits.not_set_up")
    known = posts(records, facility_id, with_inactive=True)
    key: dict[str, Any] = {"of_facility": facility_id}
    if batch_id is not None:
        rows = records.execute(_ONE, key | {"of_batch": batch_id}).all()
    else:
        rows = records.execute(_OF_PRODUCT, key | {"of_product": product}).all()
    start, end = day_bounds(first, of.zone)[0], day_bounds(last, of.zone)[1]
    cards = [_card(records, catalogue, row, post_id, start, end) for row in rows]
    return BookFacts(
        facility=of.name,
        facility_code=of.code,
        place=regions.path(of.kecamatan),
        post=next((each.name for each in known if each.id == post_id), ""),
        first=first,
        last=last,
        zone=ZONES[of.zone],
        taken_at=taken_at,
        cards=tuple(each for each in cards if batch_id is not None or each.opening or each.lines),
        names=tuple((place_of(each.id), each.name) for each in known),
    )


def _card(
    records: Connection,
    catalogue: Catalogue,
    row: Any,
    post: UUID | None,
    start: datetime,
    end: datetime,
    newest: int | None = None,
) -> Card:
    key: dict[str, Any] = {"of_batch": row.id, "start": start, "end": end}
    place = None if post is None else place_of(post)
    if place is not None:
        key["of_place"] = place
    if newest is None:
        found = records.execute(_LINES if place is None else _LINES_AT, key).all()
    else:
        found = records.execute(_NEW if place is None else _NEW_AT, key | {"most": newest + 1}).all()
    cut = newest is not None and len(found) > newest
    lines = [_line(each, place) for each in (found[:newest] if cut else found)]
    if cut:  # what is left at the end, without what these lines brought
        opening = batch_before(records, row.facility_id, row.id, end, place) - sum(line.into - line.out for line in lines)
    else:
        opening = batch_before(records, row.facility_id, row.id, start, place)
    # Within one moment what came in stands before what went out, as the ledger counts it.
    lines.sort(key=lambda line: (line.at, line.out > 0, line.id))
    known = catalogue.products.get(row.product)
    return Card(
        batch=row.id,
        product=row.product,
        product_name=known.name if known else row.product,
        number=row.number,
        expiry=row.expiry,
        usable_until=usable_until(row.expiry, row.extended_to, row.thawed_on, known.cold_days if known else None),
        doses_per_vial=row.doses_per_vial,
        donor=row.donor,
        opening=opening,
        lines=with_rests(opening, lines),
        cut=cut,
    )


def _line(row: Row[Any], place: str | None) -> BookLine:
    into, out = _sides(row.source, row.target, place)
    return BookLine(
        id=row.id,
        at=row.happened_at,
        kind=row.kind,
        other=_other(row, into, place),
        into=row.vials * into,
        out=row.vials * out,
        rest=0,
        who=row.who or "",
        supplier=row.supplier,
        document=row.document or row.sent_with,
        reason=row.reason,
        cause=row.cause or "",
        inside=0 if into or out else row.vials,
        reverses=row.reverses,
        reversed=bool(row.taken_back),
        station=row.station or "",
        doses=row.doses or 0,
        left=max(row.left_ul, 0) // row.ul_per_dose if row.ul_per_dose else 0,
        closed=row.station is None or row.closed_at is not None,
    )


def _sides(source: str, target: str, place: str | None) -> tuple[int, int]:
    """1 for each side of the account that a movement touches: (into, out of)."""
    if place is not None:
        return int(target == place), int(source == place)
    into, out = target not in OUTSIDE, source not in OUTSIDE
    return int(into and not out), int(out and not into)


def _other(row: Row[Any], into: int, place: str | None) -> str:
    """Who is on the other side; behind a box on the way stands the post that sent it or that it goes to."""
    other: str = row.source if into else row.target
    if other == TRANSIT and row.sent_from is not None:
        ends: Sequence[str] = (row.sent_to, row.sent_from)
        return next((end for end in ends if end != place), TRANSIT) if place is not None else row.sent_to
    if place is None and row.source == TRANSIT and row.target not in OUTSIDE:
        return str(row.target)
    return other
