"""When a frozen batch was thawed, all of it or a part. From that day it keeps its days at 2–8 °C (Moderna 30, Pfizer 31)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from models.errors import Refused
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.asking import require_reason
from models.stock.batches import MOST_VIALS, known_product, thawing_fits
from models.stock.ledger_actions import batch_row, move
from models.stock.tables import batch as batch_table
from models.stock.tables import batch_key, batch_statuses, batch_thaws
from models.vaccines.catalogue import Catalogue

_NUMBERS: Final = select(batch_key.c.number).where(
    batch_key.c.facility_id == bindparam("of_facility"), batch_key.c.product == bindparam("of_product")
)
_CONTENT: Final = ("product", "expiry", "doses_per_vial", "ul_per_dose")


@action(needs="stock.correct", changes={"stock"})
def set_thawed(
    entry: OpenEntry, *, catalogue: Catalogue, batch: UUID, thawed_on: date | None, today: date, reason: str
) -> UUID:
    """All that is left of a batch was thawed on `thawed_on`, or a wrong day is put right; None: it is frozen still. Refused:
    a vaccine that is not kept frozen, a day to come."""
    require_reason(reason)
    found = batch_row(entry, batch)
    thawing_fits(known_product(catalogue, found.product, even_unused=True), thawed_on, today)
    return batch_thaws.set(entry, batch_id=batch, thawed_on=thawed_on, reason=reason.strip()[:300])


@action(needs="stock.correct", changes={"stock"})
def thaw_part(
    entry: OpenEntry, *, catalogue: Catalogue, batch: UUID, post: UUID, vials: int, thawed_on: date, today: date, reason: str
) -> UUID:
    """`vials` of a frozen batch at `post` were thawed, the rest stays frozen; return the batch that the thawed ones are now.

    The part is a batch of its own, "FG1234" becomes "FG1234-2": picking, the clock of the fridge and the paper all go by
    batch, and a box that leaves for a post must carry its own day. The receipt asks for the same ending where a second box
    comes with another day. Its vials pass through the place "thawed" without a supplier or a use, so that the vaccine as a
    whole neither gains nor loses any. The other way, a day per shelf, would mix both parts in one refrigerator.
    """
    require_reason(reason)
    if type(vials) is not int or not 1 <= vials <= MOST_VIALS:
        raise Refused("stock.vials", field="vials", most=MOST_VIALS)
    found = batch_row(entry, batch)
    thawing_fits(known_product(catalogue, found.product, even_unused=True), thawed_on, today)
    if found.thawed_on is not None:
        raise Refused("batch.thawed_before", field="batch", number=found.number, day=found.thawed_on)
    number = _next_number(entry, found)
    key: dict[str, Any] = {name: getattr(found, name) for name in _CONTENT} | {"number": number}
    part = entry.add(batch_table, donor=found.donor, thawed_on=thawed_on, **key)
    entry.records.execute(insert(batch_key), key | {"facility_id": entry.facility, "batch_id": part})
    if found.vvm is not None:
        status = {name: getattr(found, name) for name in ("vvm", "held", "frozen", "extended_to", "letter")}
        batch_statuses.set(entry, batch_id=part, reason=reason.strip()[:300], **status)
    place, words = places.place_of(post), reason.strip()[:300]
    move(entry, batch=batch, source=place, target=places.THAWED, vials=vials, kind="thawed", reason=words, document=number)
    move(entry, batch=part, source=places.THAWED, target=place, vials=vials, kind="thawed", reason=words, document=found.number)
    return part


def _next_number(entry: OpenEntry, found: Any) -> str:
    """FG1234-2, FG1234-3 ..."""
    taken = set(entry.records.execute(_NUMBERS, {"of_facility": entry.facility, "of_product": found.product}).scalars())
    stem = found.number[:36]
    taken_at = [int(tail[1]) for each in taken if (tail := re.fullmatch(re.escape(stem) + r"-(\d{1,3})", each))]
    return f"{stem}-{max([1, *taken_at]) + 1}"
