"""Text to payload: whether a certificate is genuine, strictly and without internet.

Bytes from strangers are bounded before anything is built from them, and the health claims are read only after the
signature held. Signing goes through another library (cwt), so that one mistake cannot hide on both sides.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from models.certificates import base45, cbor, schema

MOST_CHARACTERS = 4_296  # what the largest QR holds
MOST_BYTES = 16_384
SKEW = timedelta(minutes=5)
LAST_SECOND = 253_402_300_799  # 31-12-9999, where datetime ends

ES256, PS256 = -7, -37
COSE_SIGN1 = 18
_ALG, _CRIT, _KID = 1, 2, 4
_EXP, _IAT = 4, 6
# test, vaccination, recovery; the second arc was in the first editions of the specification and in early keys
_USES = {f"1.3.6.1.4.1.{arc}.{number}": use for arc in ("1847.2021.1", "0.1847.2021.1")
         for number, use in ((1, "t"), (2, "v"), (3, "r"))}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A signer we believe. `der` is an X.509 certificate or a SubjectPublicKeyInfo; `uses` among "v", "t", "r"
    (vaccination, test, recovery), empty means any. A certificate's own key usage narrows them further."""

    kid: bytes
    der: bytes
    uses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` is "certificate.ok" or the code of the first thing found wrong (`gui/messages/certificates.py`).

    `certificate` is the signed eu_dcc_v1 and is there only when the signature held, even if something else is wrong:
    an expired certificate can still be shown. Nothing here says whether it was revoked.
    """

    valid: bool
    reason: str
    certificate: Mapping[str, Any] | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    kid: bytes = b""


@dataclass(frozen=True, slots=True)
class _Message:
    protected: bytes
    payload: bytes
    signature: bytes
    alg: int
    kid: bytes


@dataclass(frozen=True, slots=True)
class _Signer:
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    uses: frozenset[str]
    not_after: datetime | None  # where it begins needs no look: an honest signature is younger, and has its own time


class _Wrong(Exception):
    """The first thing that does not hold; never leaves this module."""


def verify(text: str, trust: Sequence[TrustedKey], at: datetime) -> Verdict:
    """Judge the text of a QR against the signers we believe, as of `at` (a moment without zone counts as UTC).

    Never raises, whatever `text` is. The text is taken as it stands: a scanner's line end is the caller's to strip.
    """
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    try:
        message = _opened(text)
        signers = _signers(message, trust)
    except _Wrong as wrong:
        return Verdict(False, wrong.args[0])
    return _judged(message, signers, at)


def _opened(text: str) -> _Message:
    if not text.startswith("HC1:"):
        raise _Wrong("certificate.not_hc1")
    if len(text) > MOST_CHARACTERS:
        raise _Wrong("certificate.too_long")
    try:
        packed = base45.decode(text[4:])
    except ValueError:
        raise _Wrong("certificate.base45") from None
    try:
        parts = cbor.loads(_inflated(packed), tag=COSE_SIGN1).value
    except cbor.Malformed:
        raise _Wrong("certificate.cose") from None
    return _message(parts)


def _inflated(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(packed, MOST_BYTES + 1)
    except zlib.error:
        raise _Wrong("certificate.zlib") from None
    if len(data) > MOST_BYTES or not inflater.eof or inflater.unused_data:
        raise _Wrong("certificate.zlib")
    return data


def _message(parts: Any) -> _Message:
    match parts:
        case [bytes(protected), dict(loose), bytes(payload), bytes(signature)]:
            pass
        case _:
            raise _Wrong("certificate.cose")
    try:
        headers = cbor.loads(protected) if protected else {}
    except cbor.Malformed:
        raise _Wrong("certificate.cose") from None
    if not isinstance(headers, dict):
        raise _Wrong("certificate.cose")
    if _CRIT in headers or _CRIT in loose:
        raise _Wrong("certificate.crit")  # we understand no critical extension
    alg = headers.get(_ALG)  # only here is it signed
    if not isinstance(alg, int) or alg not in (ES256, PS256):
        raise _Wrong("certificate.alg")
    kid = headers[_KID] if _KID in headers else loose.get(_KID)
    if not isinstance(kid, bytes) or not kid:
        raise _Wrong("certificate.kid")
    return _Message(protected, payload, signature, alg, kid)


def _signers(message: _Message, trust: Sequence[TrustedKey]) -> list[_Signer]:
    """Every believed key that made this signature: a kid is short, and two keys may share one."""
    named = [key for key in trust if key.kid == message.kid]
    if not named:
        raise _Wrong("certificate.signer_unknown")
    signed = cbor2.dumps(["Signature1", message.protected, b"", message.payload])
    found: list[_Signer] = []
    for trusted in named:
        signer = _loaded(trusted.der, trusted.uses)
        if signer and _signature_holds(signer.key, message, signed):
            found.append(signer)
    if not found:
        raise _Wrong("certificate.signature")
    return found


def _signature_holds(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, message: _Message, signed: bytes) -> bool:
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            if message.alg != ES256 or len(message.signature) != 64:
                return False
            r, s = (int.from_bytes(message.signature[at : at + 32], "big") for at in (0, 32))
            key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
        else:
            if message.alg != PS256:
                return False
            key.verify(message.signature, signed, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=512)
def _loaded(der: bytes, uses: frozenset[str]) -> _Signer | None:
    """None for what is no key we take: only P-256 and RSA from 2,048 to 8,192 bits."""
    not_after = None
    try:
        try:
            certificate = x509.load_der_x509_certificate(der)
        except ValueError:
            key = serialization.load_der_public_key(der)
        else:
            key = certificate.public_key()
            not_after = certificate.not_valid_after_utc
            uses = _narrowed(uses, _written_uses(certificate))
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.DuplicateExtension):
        return None
    if isinstance(key, ec.EllipticCurvePublicKey):
        good = isinstance(key.curve, ec.SECP256R1)
    elif isinstance(key, rsa.RSAPublicKey):
        good = 2_048 <= key.key_size <= 8_192
    else:
        return None
    return _Signer(key, uses or frozenset("vtr"), not_after) if good else None


def _narrowed(believed: frozenset[str], written: frozenset[str]) -> frozenset[str]:
    """What both allow; a name that is no use at all where they contradict, for empty means any."""
    if believed and written:
        return believed & written or frozenset({"none"})
    return believed or written


def _written_uses(certificate: x509.Certificate) -> frozenset[str]:
    """A certificate that names none of the three is good for all, as the specification has it."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(_USES[oid.dotted_string] for oid in usage if oid.dotted_string in _USES)


def _judged(message: _Message, signers: list[_Signer], at: datetime) -> Verdict:
    """The signature held; now times, schema, and whether one of the signers may say such a thing."""
    try:
        claims = cbor.loads(message.payload)
    except cbor.Malformed:
        claims = None
    match claims:
        case {-260: {1: certificate}}:  # hcert, eu_dcc_v1
            issued, expires = _moment(claims.get(_IAT)), _moment(claims.get(_EXP))
        case _:
            return Verdict(False, "certificate.claims", kid=message.kid)
    if issued is None or expires is None or issued > expires:
        return Verdict(False, "certificate.times", kid=message.kid)
    group = schema.group_of(certificate)
    if group is None:
        return Verdict(False, "certificate.schema", kid=message.kid)
    allowed = [signer for signer in signers if group in signer.uses]
    if not allowed:
        reason = "certificate.signer_use"
    elif issued > at + SKEW:
        reason = "certificate.clock"
    elif expires < at:
        reason = "certificate.expired"
    elif all(signer.not_after is not None and signer.not_after < at for signer in allowed):
        reason = "certificate.signer_expired"
    else:
        reason = "certificate.ok"
    return Verdict(reason == "certificate.ok", reason, certificate, issued, expires, message.kid)


def _moment(seconds: Any) -> datetime | None:
    """A whole number of seconds that a calendar holds; a float may be NaN or endless and is none."""
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 < seconds <= LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, UTC)
