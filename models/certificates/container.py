"""A text in the container family of HC1 (COSE_Sign1, zlib, base45): taken apart inside bounds, and its signature checked.

Bytes from strangers are bounded before anything is built from them. What the payload means is another file's.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from models.certificates import base45, cbor

HC1 = "HC1:"
MOST_CHARACTERS = 4_296  # what the largest QR holds
MOST_BYTES = 16_384
LAST_SECOND = 253_402_300_799  # 31-12-9999, where datetime ends

ES256, PS256 = -7, -37
COSE_SIGN1 = 18
_CWT = 61
# RFC 8392 lets the tag of a token stand before that of the signature, and Spain wrote neither. The kind of message is inside
# what is signed ("Signature1"), so that nothing else can pass for one.
_WRAPPINGS = ((COSE_SIGN1,), (_CWT, COSE_SIGN1), ())
_ALG, _CRIT, _KID = 1, 2, 4
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
class Message:
    """A COSE_Sign1 as it was written: `payload` is believed only after `signers_of`."""

    protected: bytes
    payload: bytes
    signature: bytes
    alg: int
    kid: bytes


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody believed who made a signature."""

    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey
    uses: frozenset[str]
    not_after: datetime | None  # where it begins needs no look: an honest signature is younger, and has its own time
    der: bytes  # as it is believed: a certificate, or a key alone


class Wrong(Exception):
    """The first thing that does not hold, by its code; callers turn it into their verdict."""


def opened(text: str, prefix: str = HC1) -> Message:
    """Take the text apart; the payload is still bytes, for nothing in it is believed yet."""
    if not isinstance(text, str) or not text.startswith(prefix):
        raise Wrong("certificate.not_hc1")
    if len(text) > MOST_CHARACTERS:
        raise Wrong("certificate.too_long")
    try:
        packed = base45.decode(text.removeprefix(prefix))
    except ValueError:
        raise Wrong("certificate.base45") from None
    try:
        parts = cbor.loads(_inflated(packed), tags=_WRAPPINGS)
    except cbor.Malformed:
        raise Wrong("certificate.cose") from None
    return _message(parts)


def _inflated(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(packed, MOST_BYTES + 1)
    except zlib.error:
        raise Wrong("certificate.zlib") from None
    if len(data) > MOST_BYTES or not inflater.eof or inflater.unused_data:
        raise Wrong("certificate.zlib")
    return data


def _message(parts: Any) -> Message:
    match parts:
        case [bytes(protected), dict(loose), bytes(payload), bytes(signature)]:
            pass
        case _:
            raise Wrong("certificate.cose")
    try:
        headers = cbor.loads(protected) if protected else {}
    except cbor.Malformed:
        raise Wrong("certificate.cose") from None
    if not isinstance(headers, dict):
        raise Wrong("certificate.cose")
    if _CRIT in headers or _CRIT in loose:
        raise Wrong("certificate.crit")  # we understand no critical extension
    alg = headers.get(_ALG)  # only here is it signed
    if not isinstance(alg, int) or alg not in (ES256, PS256):
        raise Wrong("certificate.alg")
    kid = headers[_KID] if _KID in headers else loose.get(_KID)
    if not isinstance(kid, bytes) or not kid:
        raise Wrong("certificate.kid")
    return Message(protected, payload, signature, alg, kid)


def signers_of(message: Message, trust: Sequence[TrustedKey]) -> list[Signer]:
    """Every believed key that made this signature: a kid is short, and two keys may share one."""
    named = [key for key in trust if key.kid == message.kid]
    if not named:
        raise Wrong("certificate.signer_unknown")
    signed = cbor2.dumps(["Signature1", message.protected, b"", message.payload])
    found: list[Signer] = []
    for trusted in named:
        signer = _loaded(trusted.der, trusted.uses)
        if signer and _signature_holds(signer.key, message, signed):
            found.append(signer)
    if not found:
        raise Wrong("certificate.signature")
    return found


def _signature_holds(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, message: Message, signed: bytes) -> bool:
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
def _loaded(der: bytes, uses: frozenset[str]) -> Signer | None:
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
    return Signer(key, uses or frozenset("vtr"), not_after, der) if good else None


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


def moment_of(seconds: Any) -> datetime | None:
    """Seconds that a calendar holds. RFC 8392 lets a number have a fraction, and some countries write one; one that is NaN or
    endless fails the comparison like one that is too large."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, UTC)
