"""Which doses have a certificate, which wait for one, and which must be printed anew: of a day, or of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, exists, select

from models.certificates.issuing import said
from models.certificates.payload import birth_text, fitted, has_eu_code
from models.certificates.tables import certificate, revocation
from models.doses.queries import DoseRow, doses_of, doses_on
from models.doses.tables import valid_dose
from models.people.tables import recipient
from models.places.queries import posts
from models.vaccines.catalogue import Catalogue
from models.vaccines.schedule import GivenDose, eu_numbers

NONE, ISSUED, OUTDATED, REVOKED, REPLACED = "none", "issued", "outdated", "revoked", "replaced"
"""Not printed yet; in force; in force, but a name, a birth date or a number was corrected since; taken back, by itself or with
its dose; its dose was written anew, and the new one has, or gets, a certificate of its own."""

_ISSUED: Final = (
    select(
        certificate.c.dose_id, certificate.c.uvci, certificate.c.issued_at, certificate.c.text, certificate.c.kid,
        exists().where(revocation.c.uvci == certificate.c.uvci).label("revoked"),
    )
    .where(certificate.c.dose_id.in_(bindparam("of_doses", expanding=True)))
    .order_by(certificate.c.issued_at, certificate.c.id)
)  # fmt: skip
_PEOPLE: Final = select(recipient.c.recipient_id, recipient.c.name, recipient.c.birth_date, recipient.c.birth_precision).where(
    recipient.c.recipient_id.in_(bindparam("of_people", expanding=True))
)
_HISTORY: Final = (
    select(valid_dose)
    .where(valid_dose.c.recipient_id.in_(bindparam("of_people", expanding=True)))
    .order_by(valid_dose.c.day, valid_dose.c.series, valid_dose.c.number)
)


@dataclass(frozen=True, slots=True)
class DoseCertificate:
    """A dose and how its certificate stands. `uvci` is the newest number, `before` those it replaced, which are revoked.

    `can_print` when a certificate can be issued or printed again; `has_eu_code` False: other verifiers do not know the product.
    """

    dose: DoseRow
    name: str = field(repr=False)
    birth_date: date
    birth_precision: str
    post: str
    state: str
    uvci: str
    issued_at: datetime | None
    before: tuple[str, ...]
    has_eu_code: bool

    @property
    def can_print(self) -> bool:
        """A dose that does not count has no certificate."""
        return self.dose.valid


def certificates_on(
    records: Connection, catalogue: Catalogue, facility: UUID, day: date, post: UUID | None = None,
    taken_back: frozenset[bytes] = frozenset(),
) -> list[DoseCertificate]:  # fmt: skip
    """The doses given here on a day, in order of time. What does not count and never had a certificate is left out. What was
    signed with a key `taken_back` (kids) is revoked."""
    return _lines(records, catalogue, facility, doses_on(records, facility, day, post=post), taken_back)


def certificates_of_person(
    records: Connection, catalogue: Catalogue, facility: UUID, person: UUID, taken_back: frozenset[bytes] = frozenset()
) -> list[DoseCertificate]:
    """The same for everything that one person was given here."""
    own = [row for row in doses_of(records, person) if row.elsewhere is None]
    return _lines(records, catalogue, facility, own, taken_back)


def _lines(
    records: Connection, catalogue: Catalogue, facility: UUID, doses: Sequence[DoseRow], taken_back: frozenset[bytes]
) -> list[DoseCertificate]:
    issued: dict[UUID, list[Any]] = {}
    for row in records.execute(_ISSUED, {"of_doses": [dose.id for dose in doses]}):
        issued.setdefault(row.dose_id, []).append(row)
    ids = list({dose.recipient for dose in doses})
    people = {row.recipient_id: row for row in records.execute(_PEOPLE, {"of_people": ids})}
    history: dict[UUID, list[GivenDose]] = {}
    for row in records.execute(_HISTORY, {"of_people": ids}):
        history.setdefault(row.recipient_id, []).append(GivenDose(row.product, row.day, row.series, row.number))
    names = {row.id: row.name for row in posts(records, facility, with_inactive=True)}
    found = []
    for dose in doses:
        own, person = issued.get(dose.id, []), people.get(dose.recipient)
        if person is None or not (dose.valid or own):
            continue
        newest = next((row for row in reversed(own) if not row.revoked), own[-1] if own else None)
        found.append(
            DoseCertificate(
                dose=dose,
                name=person.name,
                birth_date=person.birth_date,
                birth_precision=person.birth_precision,
                post=names.get(dose.post, "") if dose.post else "",
                state=_state(dose, newest, person, catalogue, history.get(dose.recipient, []), taken_back),
                uvci=newest.uvci if newest else "",
                issued_at=newest.issued_at if newest else None,
                before=tuple(row.uvci for row in own if row is not newest),
                has_eu_code=has_eu_code(dose.product),
            )
        )
    return found


def _state(
    dose: DoseRow, newest: Any, person: Any, catalogue: Catalogue, history: Sequence[GivenDose], taken_back: frozenset[bytes]
) -> str:
    if not dose.valid:
        return REPLACED if dose.rewritten else REVOKED
    if newest is None:
        return NONE
    if newest.revoked or newest.kid in taken_back:
        return REVOKED
    return ISSUED if _still(newest.text, dose, person, catalogue, history) else OUTDATED


def _still(text: str, dose: DoseRow, person: Any, catalogue: Catalogue, history: Sequence[GivenDose]) -> bool:
    """Whether a certificate says what a reprint would say now."""
    content: Mapping[str, Any] = said(text)
    shot = content["v"][0]
    given = GivenDose(dose.product, dose.day, dose.series, dose.number)
    return (
        content["nam"]["fn"] == fitted(person.name)
        and content["dob"] == birth_text(person.birth_date, person.birth_precision)
        and (shot["dn"], shot["sd"]) == eu_numbers(catalogue, history, given)
        and shot["dt"] == dose.day.isoformat()
    )
