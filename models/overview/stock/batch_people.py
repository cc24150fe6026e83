"""Who received a batch: the list that a recall needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, select

from models.doses.tables import dose, voided_dose
from models.people.birth import BirthDate
from models.people.tables import joined, recipient
from models.stock.tables import movement


@dataclass(frozen=True, slots=True, repr=False)
class BatchPerson:
    """Somebody who was injected from the batch, with how to reach them; one line a dose."""

    recipient: UUID
    name: str
    birth: BirthDate
    sex: str
    phone: str
    desa: str | None
    dusun: str
    rt: str
    rw: str
    number: int
    day: date
    post: UUID | None
    batch: UUID


_ANEW: Final = dose.alias("anew")
# Voided as wrongly written, and nobody has said yet how it really was: somebody has it in their arm all the same.
_INJECTED: Final = sa.or_(
    voided_dose.c.dose_id.is_(None),
    sa.and_(
        voided_dose.c.injected.is_(True),
        # One value for each, for PostgreSQL would read all doses to answer an EXISTS inside an OR.
        select(_ANEW.c.id).where(_ANEW.c.replaces == dose.c.id).limit(1).scalar_subquery().is_(None),
    ),
)
# By the vials that were opened of the batch: doses are found by their vial, and there are few vials to a batch.
_FROM_THEM: Final = dose.c.vial_id.in_(
    select(movement.c.vial_id).where(
        movement.c.batch_id.in_(bindparam("of_batches", expanding=True)), movement.c.kind == "opened"
    )
)
_ROWS: Final = (
    select(
        recipient.c.recipient_id, recipient.c.name, recipient.c.birth_date, recipient.c.birth_precision, recipient.c.sex,
        recipient.c.phone, recipient.c.desa, recipient.c.dusun, recipient.c.rt, recipient.c.rw, dose.c.number, dose.c.day,
        dose.c.post_id, dose.c.batch_id,
    )
    .select_from(
        dose.outerjoin(joined, joined.c.recipient_id == dose.c.recipient_id)
        .join(recipient, recipient.c.recipient_id == sa.func.coalesce(joined.c.main_id, dose.c.recipient_id))
        .outerjoin(voided_dose, voided_dose.c.dose_id == dose.c.id)
    )
    .where(_FROM_THEM, _INJECTED)
    .order_by(recipient.c.desa, recipient.c.name, dose.c.day)
)  # fmt: skip
_COUNT: Final = (
    select(sa.func.count())
    .select_from(dose.outerjoin(voided_dose, voided_dose.c.dose_id == dose.c.id))
    .where(_FROM_THEM, _INJECTED)
)


def people_of_batches(records: Connection, batches: Iterable[UUID]) -> list[BatchPerson]:
    """Everybody who was injected from one of `batches`, by desa and name; what was voided as never injected, or written anew
    for somebody else, is not there. Open it through `open_batch_people`."""
    return [
        BatchPerson(
            row.recipient_id, row.name, BirthDate(row.birth_date, row.birth_precision), row.sex, row.phone or "", row.desa,
            row.dusun or "", row.rt or "", row.rw or "", row.number, row.day, row.post_id, row.batch_id,
        )
        for row in records.execute(_ROWS, {"of_batches": list(batches)})
    ]  # fmt: skip


def doses_of_batches(records: Connection, batches: Iterable[UUID]) -> int:
    """How many injections came from them, for whoever may not see the people."""
    return int(records.execute(_COUNT, {"of_batches": list(batches)}).scalar_one())
