"""A vial is opened for the people who wait: asked when they are too few for it, never refused."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from models.doses.waiting_queries import demand
from models.errors import Confirm, Refused
from models.records.perform import OpenEntry, action
from models.stock.batches import known_product, shows_vvm
from models.stock.ledger_actions import batch_row
from models.stock.opened.actions import open_vial
from models.stock.vials import few_waiting
from models.vaccines.catalogue import Catalogue


@action(needs="vials.open", changes={"stock"})
def open_for_queue(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    today: date,
    post: UUID,
    station: str,
    batch: UUID,
    opened_at: datetime | None = None,
    diluted_at: datetime | None = None,
    vvm: str = "",
    opened_for: str = "",
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """`open_vial` at the table, with a look at the queue of this moment. Confirm("vial.few_waiting") when fewer people wait
    than the vial has doses, those still open at the post's tables counted first; it is answered with `opened_for`, one of
    OPENED_FOR ("other" with a reason). What was seen is kept with the vial. One that is said to have been opened before
    (`opened_at`) is not asked about: nobody knows who waited then. Refused: a vial that carries a VVM at which nobody
    looked."""
    found = batch_row(entry, batch)
    if not vvm and shows_vvm(known_product(catalogue, found.product, even_unused=True), found.vvm or ""):
        raise Refused("vial.vvm_missing", field="vvm", number=found.number)
    if opened_at is not None:
        return open_vial(
            entry, catalogue=catalogue, today=today, post=post, station=station, batch=batch, opened_at=opened_at,
            diluted_at=diluted_at, vvm=vvm, confirmed=confirmed, reason=reason,
        )  # fmt: skip
    seen = demand(entry.records, catalogue, post, found.product, today, entry.now)
    if not opened_for and "vial.few_waiting" in confirmed:
        opened_for = "other"
    if few_waiting(seen.waiting, seen.open_doses, found.doses_per_vial):
        if not opened_for:
            raise Confirm(
                "vial.few_waiting", waiting=seen.waiting, open_doses=seen.open_doses, doses=found.doses_per_vial
            )
        if opened_for == "other" and not reason.strip():
            raise Refused("stock.reason_missing", field="reason")
    return open_vial(
        entry, catalogue=catalogue, today=today, post=post, station=station, batch=batch, diluted_at=diluted_at, vvm=vvm,
        waiting=seen.waiting, open_doses=seen.open_doses, opened_for=opened_for, confirmed=confirmed, reason=reason,
    )  # fmt: skip
