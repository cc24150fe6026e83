"""Papers and batches found by what somebody remembers of them: a number, a supplier, a receiver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, String, bindparam, cast, func, or_, select

from models.stock.deliveries.queries import DocumentRow, as_written, find_documents
from models.stock.places import post_of
from models.stock.tables import balance, batch


@dataclass(frozen=True, slots=True)
class BatchHit:
    """A batch that was ever here, and how many intact vials of it are left anywhere."""

    id: UUID
    product: str
    number: str
    expiry: date
    donor: str
    vials: int
    at: datetime
    posts: tuple[UUID, ...] = ()


_WORDS: Final = bindparam("words", type_=String)
_FOUND: Final = (
    select(batch)
    .where(
        batch.c.facility_id == bindparam("of_facility"),
        or_(
            func.upper(batch.c.number).contains(_WORDS, escape="/"),
            func.upper(batch.c.donor).contains(bindparam("spaced", type_=String), escape="/"),
            func.upper(cast(batch.c.product, String)).contains(_WORDS, escape="/"),
        ),
    )
    .order_by(batch.c.happened_at.desc(), batch.c.id.desc())
    .limit(bindparam("most"))
)
_LEFT: Final = select(balance.c.place, balance.c.batch_id, balance.c.vials).where(
    balance.c.batch_id.in_(bindparam("batches", expanding=True)), balance.c.vials > 0
)


def find_batches(records: Connection, facility: UUID, text: str, *, limit: int = 100) -> list[BatchHit]:
    """Batches whose donor has `text` in it, or their number or vaccine without its spaces, in capitals or not; the newest first,
    with the posts that still have some."""
    words = text.split()
    asked = {"of_facility": facility, "words": as_written("".join(words)), "spaced": as_written(" ".join(words)), "most": limit}
    rows = records.execute(_FOUND, asked).all()
    there: dict[UUID, dict[str, int]] = {}
    # One pass over the balances: their key begins with the place, so a look for each batch would be a pass for each.
    for row in records.execute(_LEFT, {"batches": [row.id for row in rows]}):
        there.setdefault(row.batch_id, {})[row.place] = row.vials
    return [
        BatchHit(
            row.id, row.product, row.number, row.expiry, row.donor, sum(left.values()), row.happened_at,
            tuple(post for place in left if (post := post_of(place)) is not None),
        )
        for row in rows
        for left in [there.get(row.id, {})]
    ]  # fmt: skip


def find(records: Connection, facility: UUID, text: str, *, limit: int = 100) -> list[DocumentRow | BatchHit]:
    """Papers first, then batches; for no text the newest papers alone."""
    papers = find_documents(records, facility, text, limit=limit)
    return [*papers, *(find_batches(records, facility, text, limit=limit) if text.strip() else [])]
