"""Payload and key to text: CWT in COSE_Sign1, zlib, base45, the letters HC1: in front."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta
from typing import Any

import cbor2
from cryptography.hazmat.primitives import serialization

from models.certificates import base45, cbor
from models.certificates.keys import SigningKey
from models.certificates.payload import EU_DCC, HCERT, CertificateFacts, certificate_map, claims
from models.errors import Refused

PREFIX = "HC1:"
ES256 = -7
ALG, KID = 1, 4

# a second desk's clock may stand a little behind the one that made the key
CLOCK_SKEW = timedelta(minutes=5)


def issue(facts: CertificateFacts, key: SigningKey, *, uvci: str, issued_at: datetime) -> str:
    """The text of the QR, alphanumeric only, about 560 characters.

    `issued_at` is the real moment, whatever day the records work on. Refused after the key's six months and when the
    clock stands before the key was made.
    """
    if issued_at < key.not_before - CLOCK_SKEW:
        raise Refused("certificate.clock_behind", field="issued_at")
    if issued_at > key.signs_until:
        raise Refused("certificate.key_ended", ended=key.signs_until.date())
    return text_of(claims(certificate_map(facts, uvci), max(issued_at, key.not_before), key.not_after), key)


def text_of(content: dict[int, object], key: SigningKey, prefix: str = PREFIX) -> str:
    """Any CWT claims, signed and wrapped for a QR."""
    import cwt  # late: it costs 100 ms, and most sessions print nothing in their first minute

    loaded = serialization.load_der_private_key(key.private, None)
    pem = loaded.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    signed = cwt.COSE.new().encode_and_sign(
        cbor2.dumps(content),
        cwt.COSEKey.from_pem(pem, alg="ES256", kid=key.kid),
        protected={ALG: ES256, KID: key.kid},
        unprotected={},
    )
    if not isinstance(signed, bytes):
        raise TypeError("COSE as bytes")
    return prefix + base45.encode(zlib.compress(signed, 9))


def said(text: str) -> dict[str, Any]:
    """The eu_dcc_v1 of a text that this program issued itself, unchecked: to compare with what it would say now."""
    message = cbor.loads(zlib.decompress(base45.decode(text.removeprefix(PREFIX))), tags=((18,),))
    content: dict[str, Any] = cbor.loads(message[2])[HCERT][EU_DCC]
    return content
