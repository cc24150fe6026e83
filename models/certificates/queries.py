"""Whom this database believes, what was issued for a dose, and what is revoked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, exists, func, or_, select

from models.certificates.checking import TrustedKey
from models.certificates.tables import certificate, letter, revocation, signer
from models.doses.tables import dose, visit_state, voided_dose


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as it was issued; `text` is what the QR holds."""

    dose: UUID
    uvci: str
    kid: bytes
    issued_at: datetime
    text: str


_TAKEN_BACK = exists().where(revocation.c.uvci == certificate.c.uvci)
_VOIDED = exists().where(voided_dose.c.dose_id == certificate.c.dose_id)
_GONE_ON = exists().where(visit_state.c.visit_id == letter.c.visit_id, visit_state.c.position != letter.c.position)
_OF_DOSE = (
    select(certificate)
    .where(certificate.c.dose_id == bindparam("of_dose"), ~_TAKEN_BACK)
    .order_by(certificate.c.issued_at.desc(), certificate.c.id.desc())
    .limit(1)
)
_REVOKED_ONE = select(
    or_(
        exists().where(revocation.c.uvci == bindparam("of_uvci")),
        exists().where(certificate.c.uvci == bindparam("of_uvci"), voided_dose.c.dose_id == certificate.c.dose_id),
        exists().where(
            letter.c.number == bindparam("of_uvci"),
            visit_state.c.visit_id == letter.c.visit_id,
            visit_state.c.position != letter.c.position,
        ),
    )
)
_HOLDER = (
    select(dose.c.recipient_id)
    .join(certificate, certificate.c.dose_id == dose.c.id)
    .where(certificate.c.uvci == bindparam("of_uvci"))
    .limit(1)
)
_LAST_OF_KEY = select(func.max(certificate.c.issued_at)).where(certificate.c.kid == bindparam("of_kid"))


def trusted_keys(records: Connection) -> list[TrustedKey]:
    """Every signer registered here, for vaccination only; also those that no longer sign, for their slips live on."""
    rows = records.execute(select(signer.c.kid, signer.c.certificate).order_by(signer.c.id)).all()
    return [TrustedKey(kid, der, frozenset("v")) for kid, der in dict.fromkeys((row.kid, row.certificate) for row in rows)]


def certificate_of(records: Connection, dose: UUID) -> CertificateRow | None:
    """The newest certificate of a dose that was not taken back, or None. A voided dose is not looked at here."""
    row = records.execute(_OF_DOSE, {"of_dose": dose}).one_or_none()
    return CertificateRow(row.dose_id, row.uvci, row.kid, row.issued_at, row.text) if row else None


def holder_of(records: Connection, uvci: str) -> UUID | None:
    """Who the dose of a certificate issued here belongs to, as it was recorded; None for one of another puskesmas."""
    found: UUID | None = records.execute(_HOLDER, {"of_uvci": uvci}).scalars().first()
    return found


def is_revoked(records: Connection, uvci: str) -> bool:
    """Taken back by itself, or its dose was voided; a letter also when its visit has gone on. A number unknown here is not
    revoked."""
    return bool(records.execute(_REVOKED_ONE, {"of_uvci": uvci}).scalar_one())


def revoked(records: Connection) -> frozenset[str]:
    """All revoked numbers: those taken back, those of voided doses, and letters whose visit has gone on."""
    taken_back = records.execute(select(revocation.c.uvci)).scalars()
    voided = records.execute(select(certificate.c.uvci).where(_VOIDED)).scalars()
    gone_on = records.execute(select(letter.c.number).where(_GONE_ON)).scalars()
    return frozenset((*taken_back, *voided, *gone_on))


def last_issued_at(records: Connection, kid: bytes) -> datetime | None:
    """The newest signed time of a key: a clock behind it is wrong."""
    moment: datetime | None = records.execute(_LAST_OF_KEY, {"of_kid": kid}).scalar_one()
    return moment


def derived_rows(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:  # noqa: ARG001 - as every subject has it
    """None: everything of this subject is a fact."""
    yield from ()
