"""Receipts, the status of batches, transfers and write-offs. Opened vials have their own actions in `opened`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, exists, insert, select, update

from models.errors import Refused
from models.places.queries import post as post_row
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.asking import Asking, require_reason
from models.stock.batches import MOST_VIALS, VVM, check_receipt, known_product, tidy_number
from models.stock.ledger_actions import batch_row, move
from models.stock.tables import batch as batch_table
from models.stock.tables import batch_key, batch_statuses, movement, transfer_answer, transfer_sent, transfer_state
from models.vaccines.catalogue import Catalogue

_SAME_NUMBER: Final = select(batch_key).where(
    batch_key.c.facility_id == bindparam("of_facility"),
    batch_key.c.product == bindparam("of_product"),
    batch_key.c.number == bindparam("of_number"),
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
_MOVEMENT: Final = select(movement).where(movement.c.id == bindparam("of_movement"))
_REVERSAL: Final = select(movement.c.id).where(movement.c.reverses == bindparam("of_movement"))
_TRANSFER: Final = select(transfer_state).where(transfer_state.c.transfer_id == bindparam("of_transfer")).with_for_update()
_ANSWERED: Final = (
    update(transfer_state).where(transfer_state.c.transfer_id == bindparam("of_transfer")).values(state=bindparam("answer"))
)


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
    another expiry or content, a vial size that the product does not come in, the same document and count received before.
    A VVM that is better than the batch's changes nothing."""
    known = known_product(catalogue, product)
    number = tidy_number(number)
    shelf = _shelf(entry, post, "post")
    check_receipt(expiry, vials, doses_per_vial, ul_per_dose, vvm, thawed_on, today)
    asks = Asking(confirmed, reason)
    if expiry < today:
        asks.ask("batch.expired", expiry=expiry)
    if known.vial_doses and doses_per_vial not in known.vial_doses:
        asks.ask("batch.vial_size", product=known.name, sizes=", ".join(map(str, known.vial_doses)))
    key: dict[str, Any] = {"product": product, "number": number, "expiry": expiry, "doses_per_vial": doses_per_vial,
           "ul_per_dose": ul_per_dose}  # fmt: skip
    of = {"of_facility": entry.facility, "of_product": product, "of_number": number}
    same = entry.records.execute(_SAME_NUMBER, of).mappings().all()
    batch = next((row["batch_id"] for row in same if all(row[name] == key[name] for name in key)), None)
    if batch is None:
        if same:
            asks.ask("batch.differs", expiry=same[0]["expiry"], doses=same[0]["doses_per_vial"])
        batch = entry.add(batch_table, happened_at=received_at, donor=donor.strip()[:100], thawed_on=thawed_on, **key)
        entry.records.execute(insert(batch_key), key | {"facility_id": entry.facility, "batch_id": batch})
    document = document.strip()[:100]
    again = {"of_batch": batch, "of_place": shelf, "of_document": document, "count": vials}
    if document and entry.records.execute(_SAME_RECEIPT, again).first():
        asks.ask("stock.received_already", document=document, vials=vials)
    found = batch_row(entry, batch)
    if found.thawed_on != thawed_on:
        raise Refused("batch.thawed_differs", field="thawed_on", number=number)
    if vvm > (found.vvm or ""):  # the worst box speaks for the batch; only `set_batch_status` says why it is better
        batch_statuses.set(
            entry, batch_id=batch, vvm=vvm, held=bool(found.held), frozen=bool(found.frozen),
            extended_to=found.extended_to, letter=found.letter or "",
        )  # fmt: skip
    move(
        entry, batch=batch, source=places.SUPPLIER, target=shelf, vials=vials, kind="receipt",
        at=received_at, document=document, supplier=supplier.strip()[:100], reason=reason.strip()[:300],
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
    mirror = move(
        entry, batch=wrong.batch_id, source=wrong.target, target=wrong.source, vials=wrong.vials, kind="reversal",
        document=wrong.document, supplier=wrong.supplier, reason=reason.strip()[:300], reverses=receipt,
    )  # fmt: skip
    # Looked up after the balance was taken: its row lock has made a second reversal wait until the first was saved.
    if len(entry.records.execute(_REVERSAL, {"of_movement": receipt}).all()) > 1:
        raise Refused("stock.reversed_already", field="receipt")
    return mirror


@action(needs="stock.correct", changes={"stock"})
def remove_vials(entry: OpenEntry, *, batch: UUID, post: UUID, vials: int, to: str, reason: str, document: str = "") -> UUID:
    """Write off intact vials: `to` is "discarded", "destroyed", "difference" or "other_facility"."""
    if to not in {places.DISCARDED, places.DESTROYED, places.DIFFERENCE, places.OTHER_FACILITY}:
        raise Refused("stock.no_such_place", field="to")
    require_reason(reason)
    _require_count(vials)
    batch_row(entry, batch)
    return move(
        entry, batch=batch, source=places.place_of(post), target=to, vials=vials, kind="removal",
        document=document.strip()[:100], reason=reason.strip()[:300],
    )  # fmt: skip


@action(needs="stock.correct", changes={"stock"})
def set_batch_status(
    entry: OpenEntry, *, batch: UUID, vvm: str, held: bool, frozen: bool, extended_to: date | None, letter: str, reason: str
) -> UUID:
    """What is known of a batch by now: VVM "A" to "D" or "", held back, frozen, expiry extended by a named letter."""
    found = batch_row(entry, batch)
    require_reason(reason)
    if vvm not in VVM:
        raise Refused("batch.vvm", field="vvm")
    if extended_to is not None and (extended_to <= found.expiry or not letter.strip()):
        raise Refused("batch.extension", field="extended_to", expiry=found.expiry)
    return batch_statuses.set(
        entry, batch_id=batch, vvm=vvm, held=held, frozen=frozen, extended_to=extended_to,
        letter=letter.strip()[:100], reason=reason.strip()[:300],
    )  # fmt: skip


@action(needs="stock.send", changes={"stock"})
def send_vials(
    entry: OpenEntry,
    *,
    batch: UUID,
    source: UUID,
    target: UUID,
    vials: int,
    document: str = "",
    sent_at: datetime | None = None,
) -> UUID:
    """Send intact vials from post to post; they are in transit until the receiving post answers. Return the transfer.
    Refused: a receiving post that is not ours or no longer in use; a closed post may still send back what it has."""
    _require_count(vials)
    batch_row(entry, batch)
    if source == target:
        raise Refused("stock.same_place", field="target")
    start, end = places.place_of(source), _shelf(entry, target, "target")
    values: dict[str, Any] = {"batch_id": batch, "source": start, "target": end, "vials": vials}
    document = document.strip()[:100]
    transfer = entry.add(transfer_sent, happened_at=sent_at, document=document, **values)
    move(
        entry, batch=batch, source=start, target=places.TRANSIT, vials=vials, kind="sent", at=sent_at,
        document=document, transfer_id=transfer,
    )  # fmt: skip
    state = {"transfer_id": transfer, "facility_id": entry.facility, "state": "sent", "sent_at": sent_at or entry.now}
    entry.records.execute(insert(transfer_state), values | state)
    return transfer


@action(needs="stock.confirm", changes={"stock"})
def answer_transfer(
    entry: OpenEntry,
    *,
    transfer: UUID,
    answer: str,
    vials: int | None = None,
    reason: str = "",
    received_at: datetime | None = None,
) -> UUID:
    """Answer a box once: "received" (all of it), "short" (`vials` arrived, fewer than sent; the rest goes to the
    differences, with a reason) or "refused" (all go back to the sender, with a reason)."""
    sent = entry.records.execute(_TRANSFER, {"of_transfer": transfer}).one_or_none()
    if sent is None or sent.facility_id != entry.facility:
        raise Refused("transfer.unknown", field="transfer")
    if sent.state != "sent":
        raise Refused("transfer.answered", field="transfer")
    arrived = {"received": sent.vials, "short": vials, "refused": 0}.get(answer)
    if arrived is None or (answer == "short" and not 0 <= arrived < sent.vials):
        raise Refused("transfer.short_count", field="vials", sent=sent.vials)
    if answer != "received":
        require_reason(reason)
    reason = reason.strip()[:300]
    found = entry.add(transfer_answer, happened_at=received_at, transfer_id=transfer, answer=answer, vials=arrived, reason=reason)
    rest = ("returned", sent.source) if answer == "refused" else ("missing", places.DIFFERENCE)
    for count, kind, target in ((arrived, "received", sent.target), (sent.vials - arrived, *rest)):
        if count:
            move(
                entry, batch=sent.batch_id, source=places.TRANSIT, target=target, vials=count, kind=kind,
                at=received_at, reason=reason, transfer_id=transfer,
            )  # fmt: skip
    entry.records.execute(_ANSWERED, {"of_transfer": transfer, "answer": answer})
    return found


def _shelf(entry: OpenEntry, post: UUID, field: str) -> str:
    """The ledger place of a post that vials may come to."""
    found = post_row(entry.records, post)
    if found is None or found.facility != entry.facility or not found.active:
        raise Refused("stock.no_post", field=field)
    return places.place_of(post)


def _require_count(vials: int) -> None:
    if type(vials) is not int or not 1 <= vials <= MOST_VIALS:
        raise Refused("stock.vials", field="vials", most=MOST_VIALS)
