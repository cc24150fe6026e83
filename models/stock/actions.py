"""Write-offs without a cause, the status of a batch, and the door to what comes in and goes out. Opened vials have their own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from models.errors import Refused
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.asking import require_reason
from models.stock.batches import MOST_VIALS, VVM
from models.stock.deliveries.box_actions import answer_transfer, send_vials
from models.stock.deliveries.delivery_actions import receive_batch, reverse_receipt
from models.stock.ledger_actions import batch_row, move
from models.stock.tables import batch_statuses

__all__ = ["answer_transfer", "receive_batch", "remove_vials", "reverse_receipt", "send_vials", "set_batch_status"]


@action(needs="stock.correct", changes={"stock"})
def remove_vials(entry: OpenEntry, *, batch: UUID, post: UUID, vials: int, to: str, reason: str, document: str = "") -> UUID:
    """Write off intact vials: `to` is "discarded", "destroyed", "difference" or "other_facility"."""
    if to not in {places.DISCARDED, places.DESTROYED, places.DIFFERENCE, places.OTHER_FACILITY}:
        raise Refused("stock.no_such_place", field="to")
    require_reason(reason)
    if type(vials) is not int or not 1 <= vials <= MOST_VIALS:
        raise Refused("stock.vials", field="vials", most=MOST_VIALS)
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
