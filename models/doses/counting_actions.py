"""What counts is written anew for people whose records were joined or parted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select

from models.doses.joining_queries import counted_rows, recorded_doses
from models.doses.tables import dose, valid_dose, visit_step
from models.people.queries import main_of, records_of

_FORGET: Final = delete(valid_dose).where(valid_dose.c.recipient_id == bindparam("of_recipient"))
_RECORD: Final = select(visit_step.c.recipient_id).where(
    visit_step.c.visit_id == bindparam("of_visit"), visit_step.c.position == 1
)

_RECORD_OF_DOSE: Final = select(dose.c.recipient_id).where(dose.c.id == bindparam("of_dose"))


def recount(records: Connection, people: Iterable[UUID]) -> None:
    """Count the doses of these people anew, all of whose records the caller has locked; who no longer leads has none."""
    for person in people:
        records.execute(_FORGET, {"of_recipient": person})
        if main_of(records, person) != person:
            continue
        behind = dict.fromkeys(records_of(records, person), person)
        rows = counted_rows(behind, recorded_doses(records, behind))
        if rows:
            records.execute(insert(valid_dose), rows)


def record_of_visit(records: Connection, visit: UUID) -> UUID:
    """The record with which a visit began: where its dose belongs, should the joined records be parted again."""
    record: UUID = records.execute(_RECORD, {"of_visit": visit}).scalar_one()
    return record


def record_of_dose(records: Connection, dose_id: UUID) -> UUID:
    """The record for which a dose was written down; another one may lead now."""
    record: UUID = records.execute(_RECORD_OF_DOSE, {"of_dose": dose_id}).scalar_one()
    return record
