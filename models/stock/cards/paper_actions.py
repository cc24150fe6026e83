"""What deliveries and boxes have in common: the shelf, the clock and the numbers of papers; used by their actions alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update

from models.errors import Refused
from models.places.queries import post as post_row
from models.places.tables import facility
from models.places.zones import local_day
from models.records.perform import OpenEntry
from models.stock import places
from models.stock.deliveries.receipts import Questions
from models.stock.deliveries.tables import document_key
from models.stock.tables import movement

_SLACK: Final = timedelta(minutes=10)
"""By so much the clocks of two desks may differ without a word."""
_LAST: Final = select(func.max(movement.c.happened_at)).where(movement.c.facility_id == bindparam("of_facility"))
_ZONE: Final = select(facility.c.zone).where(facility.c.facility == bindparam("of_facility"))
_USED: Final = (
    update(document_key)
    .where(
        document_key.c.facility_id == bindparam("of_facility"),
        document_key.c.kind == bindparam("of_kind"),
        document_key.c.document == bindparam("of_document"),
    )
    .values(uses=document_key.c.uses + 1)
)


def shelf_of_post(entry: OpenEntry, post: UUID, field: str) -> str:
    """The ledger place of a post that vials may come to. Refused: not ours, or no longer in use."""
    found = post_row(entry.records, post)
    if found is None or found.facility != entry.facility or not found.active:
        raise Refused("stock.no_post", field=field)
    return places.place_of(post)


def clock_question(entry: OpenEntry, questions: Questions) -> None:
    """Asked when vials were moved "later than now": the clock of this PC was set back, or another one runs ahead."""
    last = entry.records.execute(_LAST, {"of_facility": entry.facility}).scalar_one_or_none()
    if last is not None and last > entry.now + _SLACK:
        questions.note("stock.clock_back", day=day_of(entry, last), time=last, today=day_of(entry, entry.now), now=entry.now)


def day_of(entry: OpenEntry, moment: datetime) -> date:
    """The facility's own day."""
    return local_day(moment, entry.records.execute(_ZONE, {"of_facility": entry.facility}).scalar_one_or_none() or "WIB")


def count_use(entry: OpenEntry, kind: str, document: str) -> None:
    """Count one more paper with this number, and hold its row until the entry is saved."""
    key = {"of_facility": entry.facility, "of_kind": kind, "of_document": document}
    if not entry.records.execute(_USED, key).rowcount:
        # Where nothing was there to lock, the second of two desks fails here and comes again.
        row = {"facility_id": entry.facility, "kind": kind, "document": document, "uses": 1}
        entry.records.execute(insert(document_key), row)
