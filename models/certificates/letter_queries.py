"""The doctors' letters that were issued, and who signed the last ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, select

from models.certificates.tables import letter, revocation

_TAKEN_BACK: Final = exists().where(revocation.c.uvci == letter.c.number)
_OF_VISIT: Final = (
    select(letter)
    .where(letter.c.visit_id == bindparam("of_visit"), ~_TAKEN_BACK)
    .order_by(letter.c.issued_at.desc(), letter.c.id.desc())
    .limit(1)
)
_NEWEST: Final = (
    select(letter.c.doctor, letter.c.sip)
    .where(letter.c.facility_id == bindparam("of_facility"))
    .order_by(letter.c.issued_at.desc(), letter.c.id.desc())
    .limit(200)
)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as it was issued for the step `position` of a visit; `until` None is "until reviewed"."""

    visit: UUID
    position: int
    kind: str
    doctor: str
    sip: str
    until: date | None
    number: str
    kid: bytes
    issued_at: datetime
    text: str = field(repr=False)


def letter_of(records: Connection, visit: UUID) -> LetterRow | None:
    """The newest letter of a visit that was not taken back, or None; that the visit may have gone on is not looked at here."""
    row: Any = records.execute(_OF_VISIT, {"of_visit": visit}).one_or_none()
    if row is None:
        return None
    return LetterRow(
        row.visit_id, row.position, row.kind, row.doctor, row.sip, row.until, row.number, row.kid, row.issued_at, row.text
    )


def doctors(records: Connection, facility: UUID) -> dict[str, str]:
    """Doctor to SIP as the newest letters had them, the last one first: to be proposed, never filled in unasked."""
    found: dict[str, str] = {}
    for row in records.execute(_NEWEST, {"of_facility": facility}):
        found.setdefault(row.doctor, row.sip)
    return found
