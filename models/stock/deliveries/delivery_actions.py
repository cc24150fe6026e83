"""Vials come in: a whole delivery with its paper, or one batch alone; and a wrong entry is taken back by its mirror image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, exists, func, insert, select

from models.errors import Refused
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.asking import Asking, require_reason
from models.stock.batch_status_actions import note_worse
from models.stock.cards.paper_actions import clock_question, count_use, day_of, shelf_of_post
from models.stock.deliveries.receipts import (
    MOST_LINES,
    ORIGINS,
    BatchLabel,
    DeliveryLine,
    Questions,
    at_line,
    code_id,
    judge_line,
    judge_temperature,
    tidy_line,
)
from models.stock.deliveries.tables import delivery as delivery_table
from models.stock.deliveries.tables import delivery_line, label_code, label_codes
from models.stock.discards.actions import set_aside, take_back_discard
from models.stock.discards.discard import BROKEN
from models.stock.ledger_actions import batch_row, move
from models.stock.tables import batch as batch_table
from models.stock.tables import batch_key, movement
from models.vaccines.catalogue import Catalogue, Product

_LABELS: Final = select(batch_key).where(
    batch_key.c.facility_id == bindparam("of_facility"), batch_key.c.product == bindparam("of_product")
)
_BACK: Final = movement.alias("back")
_REVERSED: Final = exists().where(_BACK.c.reverses == movement.c.id)
_SAME_RECEIPT: Final = select(movement.c.happened_at).where(
    movement.c.batch_id == bindparam("of_batch"),
    movement.c.target == bindparam("of_place"),
    movement.c.document == bindparam("of_document"),
    movement.c.vials == bindparam("count"),
    movement.c.kind == "receipt",
    ~_REVERSED,
)
_SAME_PAPER: Final = (
    select(func.max(delivery_table.c.happened_at))
    .join(delivery_line, delivery_line.c.delivery_id == delivery_table.c.id)
    .join(movement, movement.c.id == delivery_line.c.movement_id)
    .where(
        delivery_table.c.facility_id == bindparam("of_facility"),
        func.upper(delivery_table.c.document) == bindparam("of_document"),
        ~_REVERSED,
    )
)
_MOVEMENT: Final = select(movement).where(movement.c.id == bindparam("of_movement"))
_REVERSAL: Final = select(movement.c.id).where(movement.c.reverses == bindparam("of_movement"))
_LINES: Final = (
    select(delivery_line, _REVERSED.label("is_reversed"))
    .join(movement, movement.c.id == delivery_line.c.movement_id)
    .where(delivery_line.c.delivery_id == bindparam("of_delivery"), delivery_line.c.facility_id == bindparam("of_facility"))
    .order_by(delivery_line.c.id)
)
_MEANING: Final = select(label_code).where(label_code.c.label_code_id == bindparam("of_code"))


@dataclass(frozen=True, slots=True)
class _Known:
    """A line that was looked at: its batch, if there is one already."""

    line: DeliveryLine
    product: Product
    batch: UUID | None


@action(needs="stock.receive", changes={"stock"})
def receive_delivery(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    today: date,
    post: UUID,
    document: str,
    lines: Sequence[DeliveryLine],
    supplier: str = "",
    donor: str = "",
    origin: str = "supplier",
    temperature_tenths: int | None = None,
    note: str = "",
    received_at: datetime | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Put all batches of a delivery on the shelf of `post`, or none; return the delivery.

    Broken vials come in with the others and are written off at once, so that the paper and the shelf both add up. `origin`
    "other_facility": they come back from, or are lent by, another puskesmas. Refused as by `receive_batch`, with the field
    "lines.<index>.<name>", and one batch on two lines. Asked besides what `receive_batch` asks, each question once for all
    lines, with the field it is about: no number of the paper, no sender, no temperature, a paper received before, a count that
    is not that of the paper, a temperature out of range, a clock that was set back. What is answered about some lines stands on
    their cards alone."""
    shelf = shelf_of_post(entry, post, "post")
    if origin not in ORIGINS:
        raise Refused("stock.no_such_place", field="origin")
    if not 1 <= len(lines) <= MOST_LINES:
        raise Refused("delivery.no_lines", field="lines", most=MOST_LINES)
    document, supplier, donor = (" ".join(text.split())[:100] for text in (document, supplier, donor))
    questions = Questions()
    clock_question(entry, questions)
    known = _look_at_all(entry, catalogue, lines, today, questions)
    judge_temperature(temperature_tenths, [each.product for each in known], questions)
    _look_at_paper(entry, document, questions)
    if origin == "supplier" and not supplier:
        questions.note("delivery.no_supplier", "supplier")
    _look_at_codes(entry, catalogue, known, questions)
    asks = Asking(confirmed, reason)
    questions.ask(asks)
    reason = reason.strip()[:300]
    made = entry.add(
        delivery_table, happened_at=received_at, place=shelf, origin=origin, document=document, supplier=supplier,
        donor=donor, temperature_tenths=temperature_tenths, note=note.strip()[:300], asked=list(asks.answered), reason=reason,
    )  # fmt: skip
    source = places.OTHER_FACILITY if origin == "other_facility" else places.SUPPLIER
    for at, each in enumerate(known):
        with at_line(at):
            batch = each.batch or _new_batch(entry, each.line, donor, received_at)
            came = _shelve(entry, batch, each.line, source, shelf, at=received_at, document=document, supplier=supplier,
                           reason=questions.reason_of(at, reason))  # fmt: skip
            broken = None
            if each.line.damaged:
                broken = set_aside(
                    entry, batch=batch, post=post, vials=each.line.damaged, cause=BROKEN, note=each.line.damage,
                    at=received_at, document=document,
                )  # fmt: skip
            stated = each.line.came if each.line.stated is None else each.line.stated
            entry.add(
                delivery_line, happened_at=received_at, delivery_id=made, batch_id=batch, movement_id=came,
                damage_id=broken, stated=stated, vials=each.line.vials, damaged=each.line.damaged, damage=each.line.damage,
                vvm=each.line.vvm,
            )  # fmt: skip
    _remember_codes(entry, known, reason)
    return made


@action(needs="stock.receive", changes={"stock"})
def receive_batch(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    today: date,
    post: UUID,
    product: str,
    number: str,
    expiry: date,
    vials: int,
    doses_per_vial: int,
    ul_per_dose: int,
    document: str = "",
    supplier: str = "",
    donor: str = "",
    thawed_on: date | None = None,
    vvm: str = "",
    received_at: datetime | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Put `vials` intact vials on the shelf of `post`; return the batch, which is the known one when product, number
    (in one spelling), expiry and content agree. Refused: a known batch with another day of thawing, for its boxes keep
    differently long; a post that is not ours or no longer in use. Asked: an expiry already past, the same number with
    another expiry or content, one that is spelled nearly the same, a vial size that the product does not come in, the same
    document and count received before. A VVM that is better than the batch's changes nothing."""
    line = DeliveryLine(product, number, expiry, vials, doses_per_vial, ul_per_dose, vvm=vvm, thawed_on=thawed_on)
    shelf = shelf_of_post(entry, post, "post")
    questions = Questions()
    each = _look_at(entry, catalogue, line, today, questions)
    asks = Asking(confirmed, reason)
    questions.ask(asks)
    batch = each.batch or _new_batch(entry, each.line, donor.strip()[:100], received_at)
    document = document.strip()[:100]
    again = {"of_batch": batch, "of_place": shelf, "of_document": document, "count": vials}
    if document and entry.records.execute(_SAME_RECEIPT, again).first():
        asks.ask("stock.received_already", document=document, vials=vials)
    _shelve(
        entry, batch, each.line, places.SUPPLIER, shelf, at=received_at, document=document, supplier=supplier.strip()[:100],
        reason=reason.strip()[:300],
    )  # fmt: skip
    return batch


@action(needs="stock.correct", changes={"stock"})
def reverse_receipt(entry: OpenEntry, *, receipt: UUID, reason: str) -> UUID:
    """Take a wrong receipt back by its mirror image; return the new movement. Refused: not a receipt, reversed before,
    or vials of it have left the shelf."""
    require_reason(reason)
    wrong = entry.records.execute(_MOVEMENT, {"of_movement": receipt}).one_or_none()
    if wrong is None or wrong.kind != "receipt" or wrong.facility_id != entry.facility:
        raise Refused("stock.not_a_receipt", field="receipt")
    try:
        mirror = move(
            entry, batch=wrong.batch_id, source=wrong.target, target=wrong.source, vials=wrong.vials, kind="reversal",
            document=wrong.document, supplier=wrong.supplier, reason=reason.strip()[:300], reverses=receipt,
        )  # fmt: skip
    except Refused as refusal:
        if refusal.code != "stock.not_enough":
            raise
        number, have = batch_row(entry, wrong.batch_id).number, refusal.details["have"]
        raise Refused("delivery.gone_on", field="receipt", number=number, came=wrong.vials, have=have) from refusal
    # Looked up after the balance was taken: its row lock has made a second reversal wait until the first was saved.
    if len(entry.records.execute(_REVERSAL, {"of_movement": receipt}).all()) > 1:
        raise Refused("stock.reversed_already", field="receipt")
    return mirror


@action(needs="stock.correct", changes={"stock"})
def reverse_delivery(entry: OpenEntry, *, delivery: UUID, reason: str, lines: Sequence[UUID] | None = None) -> int:
    """Take back a delivery that was typed wrong, or only some of its `lines`; return how many. Refused: none of them is left,
    or vials of one have left the shelf or were destroyed."""
    require_reason(reason)
    found = entry.records.execute(_LINES, {"of_delivery": delivery, "of_facility": entry.facility}).all()
    if not found or (lines is not None and not set(lines) <= {line.id for line in found}):
        raise Refused("delivery.unknown", field="delivery")
    left = [line for line in found if not line.is_reversed and (lines is None or line.id in lines)]
    if not left:
        raise Refused("stock.reversed_already", field="delivery")
    for line in left:
        if line.damage_id is not None:
            take_back_discard(entry, discard=line.damage_id, reason=reason)
        reverse_receipt(entry, receipt=line.movement_id, reason=reason)
    return len(left)


def _look_at_all(
    entry: OpenEntry, catalogue: Catalogue, lines: Sequence[DeliveryLine], today: date, questions: Questions
) -> list[_Known]:
    known: list[_Known] = []
    seen: set[tuple[str, BatchLabel]] = set()
    for at, line in enumerate(lines):
        questions.line = at
        with at_line(at):
            each = _look_at(entry, catalogue, line, today, questions)
            key = (each.line.product, _label(each.line))
            if key in seen:
                raise Refused("delivery.line_twice", field="number", number=each.line.number)
            seen.add(key)
            known.append(each)
    questions.line = None
    return known


def _look_at(entry: OpenEntry, catalogue: Catalogue, line: DeliveryLine, today: date, questions: Questions) -> _Known:
    line, product = tidy_line(catalogue, line, today)
    rows = entry.records.execute(_LABELS, {"of_facility": entry.facility, "of_product": product.id}).all()
    labels = {BatchLabel(row.number, row.expiry, row.doses_per_vial, row.ul_per_dose): row.batch_id for row in rows}
    found = judge_line(line, product, tuple(labels), today, questions)
    batch = labels[found] if found else None
    if batch is not None and batch_row(entry, batch).thawed_on != line.thawed_on:
        raise Refused("batch.thawed_differs", field="thawed_on", number=line.number)
    return _Known(line, product, batch)


def _label(line: DeliveryLine) -> BatchLabel:
    return BatchLabel(line.number, line.expiry, line.doses_per_vial, line.ul_per_dose)


def _look_at_paper(entry: OpenEntry, document: str, questions: Questions) -> None:
    if not document:
        questions.note("delivery.no_document", "document")
        return
    paper = document.upper()
    count_use(entry, "delivery", paper)
    before = entry.records.execute(_SAME_PAPER, {"of_facility": entry.facility, "of_document": paper}).scalar_one_or_none()
    if before is not None:
        questions.note("delivery.received_already", "document", document=document, day=day_of(entry, before))


def _look_at_codes(entry: OpenEntry, catalogue: Catalogue, known: Sequence[_Known], questions: Questions) -> None:
    for questions.line, each in enumerate(known):
        row = _meaning(entry, each.line.code)
        if row is not None and (row.product, row.doses_per_vial) != (each.line.product, each.line.doses_per_vial):
            meant = catalogue.products.get(row.product)
            name = meant.name if meant else row.product
            questions.note("delivery.other_meaning", "product", product=name, doses=row.doses_per_vial)
    questions.line = None


def _remember_codes(entry: OpenEntry, known: Sequence[_Known], reason: str) -> None:
    for each in known:
        line, row = each.line, _meaning(entry, each.line.code)
        if line.code and (row is None or (row.product, row.doses_per_vial) != (line.product, line.doses_per_vial)):
            label_codes.set(
                entry, label_code_id=code_id(entry.facility, line.code), code=line.code, product=line.product,
                doses_per_vial=line.doses_per_vial, reason=reason,
            )  # fmt: skip


def _meaning(entry: OpenEntry, code: str) -> Any:
    if not code:
        return None
    return entry.records.execute(_MEANING, {"of_code": code_id(entry.facility, code)}).one_or_none()


def _new_batch(entry: OpenEntry, line: DeliveryLine, donor: str, received_at: datetime | None) -> UUID:
    key: dict[str, Any] = {"product": line.product, "number": line.number, "expiry": line.expiry,
           "doses_per_vial": line.doses_per_vial, "ul_per_dose": line.ul_per_dose}  # fmt: skip
    batch = entry.add(batch_table, happened_at=received_at, donor=donor, thawed_on=line.thawed_on, **key)
    entry.records.execute(insert(batch_key), key | {"facility_id": entry.facility, "batch_id": batch})
    return batch


def _shelve(
    entry: OpenEntry, batch: UUID, line: DeliveryLine, source: str, shelf: str, *, at: datetime | None, **texts: str
) -> UUID:
    if line.vvm:  # the worst box speaks for the batch; only `note_vvm` says why it is better
        note_worse(entry, batch, "", vvm=line.vvm)
    return move(entry, batch=batch, source=source, target=shelf, vials=line.came, kind="receipt", at=at, **texts)
