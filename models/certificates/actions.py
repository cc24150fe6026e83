"""Registering a signer, issuing a certificate for a dose, taking one back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.certificates.issuing import CLOCK_SKEW, issue, said
from models.certificates.keys import SigningKey, signing_key
from models.certificates.payload import CertificateFacts, certificate_map
from models.certificates.queries import certificate_of, is_revoked, last_issued_at
from models.certificates.tables import certificate, revocation, signer
from models.certificates.uvci import RANDOM_BYTES, make_uvci
from models.doses.tables import valid_dose, voided_dose
from models.errors import Refused
from models.records.perform import OpenEntry, action

_LOCKED_DOSE = select(valid_dose.c.dose_id).where(valid_dose.c.dose_id == bindparam("of_dose")).with_for_update()
_VOIDED = select(voided_dose.c.dose_id).where(voided_dose.c.dose_id == bindparam("of_dose"))
_KNOWN = select(signer.c.id).where(signer.c.kid == bindparam("of_kid"), signer.c.certificate == bindparam("of_der"))


@action(needs="slips.print", changes={"certificates"})
def register_signer(entry: OpenEntry, *, der: bytes) -> str:
    """Believe the signer with this certificate from now on; its kid in hexadecimal. Twice changes nothing."""
    key = signing_key(der, b"")
    if entry.records.execute(_KNOWN, {"of_kid": key.kid, "of_der": der}).first() is None:
        entry.add(signer, kid=key.kid, certificate=der, not_before=key.not_before, not_after=key.not_after)
    return key.kid.hex()


@action(needs="slips.print", changes={"certificates"})
def issue_certificate(
    entry: OpenEntry,
    *,
    dose: UUID,
    facts: CertificateFacts,
    key: SigningKey,
    issued_at: datetime,
    taken_back: frozenset[bytes] = frozenset(),
) -> str:
    """The text of the QR for `dose`; a reprint gets the same text.

    Where name, birth date or dose were corrected since, or its key is among those `taken_back` (kids), the old certificate is
    taken back and a new one issued.
    `issued_at` is the real moment, also where the records work on another day. Refused for a dose that does not count
    and when the clock stands before the key's last signature.
    """
    issued_at = issued_at.replace(microsecond=0)
    _must_count(entry.records, dose)
    earlier = certificate_of(entry.records, dose)
    if earlier is not None:
        stolen = earlier.kid in taken_back
        if not stolen and _told(said(earlier.text)) == _told(certificate_map(facts, earlier.uvci)):
            return earlier.text
        entry.add(revocation, uvci=earlier.uvci, reason="key" if stolen else "corrected")
    last = last_issued_at(entry.records, key.kid)
    if last is not None and issued_at < last - CLOCK_SKEW:
        raise Refused("certificate.clock_behind", field="issued_at")
    uvci = make_uvci(facts.facility_code, secrets.token_bytes(RANDOM_BYTES))
    text = issue(facts, key, uvci=uvci, issued_at=issued_at)
    entry.add(certificate, dose_id=dose, uvci=uvci, kid=key.kid, issued_at=issued_at, text=text)
    return text


@action(needs="slips.print", changes={"certificates"})
def issue_certificates(
    entry: OpenEntry,
    *,
    doses: Sequence[tuple[UUID, CertificateFacts]],
    key: SigningKey,
    issued_at: datetime,
    taken_back: frozenset[bytes] = frozenset(),
) -> list[str]:
    """The texts of the QRs of many doses, each as `issue_certificate` gives it: all of them, or none where one is refused."""
    return [
        issue_certificate(entry, dose=dose, facts=facts, key=key, issued_at=issued_at, taken_back=taken_back)
        for dose, facts in doses
    ]


@action(needs="doses.void", changes={"certificates"})
def revoke_certificate(entry: OpenEntry, *, uvci: str, reason: str) -> UUID | None:
    """Take one certificate back, by its number, which need not be of this database; None when it already was."""
    if is_revoked(entry.records, uvci):
        return None
    return entry.add(revocation, uvci=uvci, reason=reason)


def _must_count(records: Connection, dose: UUID) -> None:
    """Lock the dose, so that two desks cannot issue two certificates for it."""
    if records.execute(_LOCKED_DOSE, {"of_dose": dose}).first() is None:
        voided = records.execute(_VOIDED, {"of_dose": dose}).first() is not None
        raise Refused("certificate.dose_voided" if voided else "certificate.dose_not_valid", field="dose")


def _told(content: dict[str, Any]) -> dict[str, Any]:
    """What a certificate says about person and dose: without its number, and without the puskesmas' name, whose change
    must not take back every honest slip."""
    kept = [{key: value for key, value in one.items() if key not in ("ci", "is")} for one in content["v"]]
    return content | {"v": kept}
