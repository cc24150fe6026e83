"""Which number stands on a vial: a part that was thawed on a day of its own has a book-keeping name besides."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.stock.tables import BATCH, batch, batch_key, batch_thaw

_BATCH: Final = (
    select(*BATCH)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
    .where(batch.c.id == bindparam("of_batch"))
)
_KNOWN: Final = select(batch_key.c.batch_id).where(
    batch_key.c.facility_id == bindparam("of_facility"),
    batch_key.c.product == bindparam("of_product"),
    batch_key.c.number == bindparam("of_number"),
)
_PART: Final = re.compile(r"(.+)-[0-9]{1,3}")


def printed_number(records: Connection, batch_id: UUID) -> str:
    """The number on the label: of "940915-2", thawed apart from the rest of 940915, it is 940915. A maker's own "2107-12" stays
    as it is, for there is no 2107 beside it or it was never thawed. An unknown batch has none."""
    row = records.execute(_BATCH, {"of_batch": batch_id}).one_or_none()
    if row is None:
        return ""
    part = _PART.fullmatch(row.number) if row.thawed_on is not None else None
    if part is None:
        return str(row.number)
    values = {"of_facility": row.facility_id, "of_product": row.product, "of_number": part[1]}
    return part[1] if records.execute(_KNOWN, values).first() is not None else str(row.number)
