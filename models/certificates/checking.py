"""Text to payload: whether a certificate is genuine, strictly and without internet.

The health claims are read only after the signature held. Signing goes through another library (cwt), so that one mistake
cannot hide on both sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from models.certificates import cbor, schema
from models.certificates.container import Message, Signer, TrustedKey, Wrong, moment_of, opened, signers_of

__all__ = ["TrustedKey", "Verdict", "verify"]

SKEW = timedelta(minutes=5)
_DAY = timedelta(days=1)  # the farthest that a calendar on earth is ahead
_EXP, _NBF, _IAT = 4, 5, 6
_FIELD_DEPTH = 5
"""How deep the fields of an entry lie: claims, hcert, eu_dcc_v1, the list, the entry."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is "certificate.ok" or the code of the first thing found wrong (`gui/messages/certificates.py`).

    `certificate` is the signed eu_dcc_v1 and is there only when the signature held, even if something else is wrong:
    an expired certificate can still be shown. Nothing here says whether it was revoked. `signer` is who signed it, as believed:
    the DER of a certificate or of a key.
    """

    valid: bool
    reason: str
    certificate: Mapping[str, Any] | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    kid: bytes = b""
    signer: bytes = b""


def verify(text: str, trust: Sequence[TrustedKey], at: datetime) -> Verdict:
    """Judge the text of a QR against the signers we believe, as of `at` (a moment without zone counts as UTC).

    Never raises, whatever `text` is. The text is taken as it stands: a scanner's line end is the caller's to strip.
    """
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        message = opened(text)
        signers = signers_of(message, trust)
    except Wrong as wrong:
        return Verdict(False, wrong.args[0])
    return _judged(message, signers, at)


def _judged(message: Message, signers: list[Signer], at: datetime) -> Verdict:
    """The signature held; now times, schema, and whether one of the signers may say such a thing."""
    try:
        claims = cbor.loads(message.payload, dates_at=_FIELD_DEPTH)
    except cbor.Malformed:
        claims = None
    match claims:
        case {-260: {1: certificate}}:  # hcert, eu_dcc_v1
            issued, expires = moment_of(claims.get(_IAT)), moment_of(claims.get(_EXP))
            begins = moment_of(claims[_NBF]) if _NBF in claims else issued
        case _:
            return Verdict(False, "certificate.claims", kid=message.kid)
    if issued is None or begins is None or expires is None or max(issued, begins) > expires:
        return Verdict(False, "certificate.times", kid=message.kid)
    group = schema.group_of(certificate)
    if group is None or certificate["dob"] > (issued + _DAY).date().isoformat():  # nobody is born after it
        return Verdict(False, "certificate.schema", kid=message.kid)
    allowed = [signer for signer in signers if group in signer.uses]
    if not allowed:
        reason = "certificate.signer_use"
    elif max(issued, begins) - SKEW > at:
        reason = "certificate.clock"
    elif expires < at:
        reason = "certificate.expired"
    elif all(signer.not_after is not None and signer.not_after < at for signer in allowed):
        reason = "certificate.signer_expired"
    else:
        reason = "certificate.ok"
    signer = (allowed or signers)[0].der
    return Verdict(reason == "certificate.ok", reason, certificate, issued, expires, message.kid, signer)
