"""Everything the records know of one person: what was ever known, joined, given, visited, and issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, select

from models.certificates.issuing import said
from models.certificates.tables import certificate, revocation
from models.doses.joining_queries import PastVisit, visits_of
from models.doses.queries import DoseRow, doses_of
from models.people.joining_queries import JoinRow, joins_of
from models.people.queries import RecipientRow, VersionRow, history, own_record, recipient, records_of
from models.places.queries import posts
from models.staff.queries import accounts_of

_ISSUED: Final = (
    select(
        certificate.c.dose_id,
        certificate.c.uvci,
        certificate.c.issued_at,
        certificate.c.text,
        exists().where(revocation.c.uvci == certificate.c.uvci).label("revoked"),
    )
    .where(certificate.c.dose_id.in_(bindparam("of_doses", expanding=True)))
    .order_by(certificate.c.issued_at, certificate.c.id)
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate of a dose. `says` is the dose number on it; `revoked` also when the dose was voided."""

    dose: DoseRow
    uvci: str
    issued_at: datetime
    says: int
    revoked: bool

    @property
    def outdated(self) -> bool:
        """Valid, but its dose has another number now: records were joined or parted since. A reprint issues it anew."""
        return not self.revoked and self.dose.valid and self.says != self.dose.number


@dataclass(frozen=True, slots=True, repr=False)
class PersonFile:
    """One person. `records` begins with the record that leads, `versions` are of each of them, oldest first; `accounts` and
    `posts` give names to ids."""

    row: RecipientRow
    records: tuple[RecipientRow, ...]
    versions: Mapping[UUID, tuple[VersionRow, ...]]
    joins: tuple[JoinRow, ...]
    doses: tuple[DoseRow, ...]
    visits: tuple[PastVisit, ...]
    issued: tuple[Issued, ...]
    accounts: Mapping[UUID, str]
    posts: Mapping[UUID, str]


def person_file(records: Connection, person: UUID, facility: UUID) -> PersonFile | None:
    """The file of whoever one of whose records is `person`, in one snapshot; what it reads does not grow with the others."""
    row = recipient(records, person)
    if row is None:
        return None
    own = records_of(records, row.id)
    doses = tuple(doses_of(records, row.id))
    return PersonFile(
        row=row,
        records=tuple(found for found in (own_record(records, each) for each in own) if found is not None),
        versions={each: tuple(history(records, each)) for each in own},
        joins=tuple(joins_of(records, row.id)),
        doses=doses,
        visits=tuple(visits_of(records, row.id)),
        issued=tuple(_issued(records, doses)),
        accounts={account.id: account.name for account in accounts_of(records, facility)},
        posts={post.id: post.name for post in posts(records, facility, with_inactive=True)},
    )


def _issued(records: Connection, doses: tuple[DoseRow, ...]) -> list[Issued]:
    by_id = {dose.id: dose for dose in doses}
    found = []
    for row in records.execute(_ISSUED, {"of_doses": list(by_id)}):
        dose = by_id[row.dose_id]
        says = int(said(row.text)["v"][0]["dn"])
        found.append(Issued(dose, row.uvci, row.issued_at, says, row.revoked or dose.voided is not None))
    return found
