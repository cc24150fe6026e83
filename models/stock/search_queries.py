"""Papers and batches found by what somebody remembers of them: a number, a supplier, a receiver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, String, bindparam, cast, func, or_, select

from models.stock.document_queries import DocumentRow, find_documents
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
_LEFT: Final = (
    select(func.coalesce(func.sum(balance.c.vials), 0)).where(balance.c.batch_id == batch.c.id).correlate(batch).scalar_subquery()
)
_FOUND: Final = (
    select(batch, _LEFT.label("left"))
    .where(
        batch.c.facility_id == bindparam("of_facility"),
        or_(
            func.upper(batch.c.number).contains(_WORDS, escape="/"),
            func.upper(batch.c.donor).contains(_WORDS, escape="/"),
            func.upper(cast(batch.c.product, String)).contains(_WORDS, escape="/"),
        ),
    )
    .order_by(batch.c.happened_at.desc(), batch.c.id.desc())
    .limit(bindparam("most"))
)
_WHERE: Final = select(balance.c.place, balance.c.batch_id).where(
    balance.c.batch_id.in_(bindparam("batches", expanding=True)), balance.c.vials > 0
)


def find_batches(records: Connection, facility: UUID, text: str, *, limit: int = 100) -> list[BatchHit]:
    """Batches whose number, donor or vaccine has `text` in it, in capitals or not, without its spaces; the newest first, with
    the posts that still have some."""
    words = "".join(f"/{sign}" if sign in "%_/" else sign for sign in "".join(text.split()).upper())
    rows = records.execute(_FOUND, {"of_facility": facility, "words": words, "most": limit}).all()
    there: dict[UUID, list[UUID]] = {}
    for row in records.execute(_WHERE, {"batches": [row.id for row in rows]}):
        post = post_of(row.place)
        if post is not None:
            there.setdefault(row.batch_id, []).append(post)
    return [
        BatchHit(
            row.id, row.product, row.number, row.expiry, row.donor, int(row.left), row.happened_at, tuple(there.get(row.id, ()))
        )
        for row in rows
    ]


def find(records: Connection, facility: UUID, text: str, *, limit: int = 100) -> list[DocumentRow | BatchHit]:
    """Papers first, then batches; for no text the newest papers alone."""
    papers = find_documents(records, facility, text, limit=limit)
    return [*papers, *(find_batches(records, facility, text, limit=limit) if text.strip() else [])]
