"""Certificates made by hand, byte by byte where needed, so that each can be wrong in exactly one way."""

from __future__ import annotations

import zlib
from copy import deepcopy
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from models.certificates import TrustedKey, Verdict, base45, verify
from models.certificates.issuing import issue
from models.certificates.keys import SigningKey, make_signing_key
from models.certificates.payload import CertificateFacts

MADE = datetime(2026, 11, 1, 1, tzinfo=UTC)
ISSUED = datetime(2026, 11, 20, 3, tzinfo=UTC)
AT = datetime(2026, 12, 1, 3, tzinfo=UTC)
KID = b"12345678"
UVCI = "URN:UVCI:01:ID:3201010101/GEZDGNBVGY3TQOJQ#A"

FACTS = CertificateFacts(
    name="Siti Nur Hidayati Rahmawati",
    birth="1987-04-12",
    product="coronavac",
    product_name="CoronaVac (Sinovac)",
    maker="Sinovac Life Sciences",
    number=3,
    series=3,
    day=date(2026, 11, 20),
    facility="Puskesmas Sukamaju",
    facility_code="3201010101",
)

CERTIFICATE: dict[str, Any] = {
    "ver": "1.3.0",
    "nam": {"fn": "Siti Nur Hidayati Rahmawati", "fnt": "SITI<NUR<HIDAYATI<RAHMAWATI"},
    "dob": "1987-04-12",
    "v": [
        {
            "tg": "840539006",
            "vp": "1157024006",
            "mp": "CoronaVac",
            "ma": "Sinovac-Biotech",
            "dn": 3,
            "sd": 3,
            "dt": "2026-11-20",
            "co": "ID",
            "is": "Puskesmas Sukamaju",
            "ci": UVCI,
        }
    ],
}


@cache
def signer() -> SigningKey:
    return make_signing_key("3201010101", "Puskesmas Sukamaju", MADE)


@cache
def plain_key() -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(0x5EED, ec.SECP256R1())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def spki(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def trusted(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None, uses: str = "") -> TrustedKey:
    return TrustedKey(KID, spki(key or plain_key()), frozenset(uses))


def certificate(**entry: Any) -> dict[str, Any]:
    """The good certificate with fields of its one vaccination changed."""
    made = deepcopy(CERTIFICATE)
    made["v"][0] |= entry
    return made


def claims(content: Any = None, **times: Any) -> dict[Any, Any]:
    iat, exp = int(ISSUED.timestamp()), int(datetime(2028, 11, 20, tzinfo=UTC).timestamp())
    made = {1: "ID", 4: exp, 6: iat, -260: {1: CERTIFICATE if content is None else content}}
    made |= {{"exp": 4, "nbf": 5, "iat": 6}[name]: value for name, value in times.items()}
    return {key: value for key, value in made.items() if value is not ...}


def signature(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, protected: bytes, payload: bytes, context: str = "Signature1"
) -> bytes:
    signed = cbor2.dumps([context, protected, b"", payload])
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(signed, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def cose(
    payload: bytes | dict[Any, Any] | None = None,
    *,
    protected: bytes | dict[Any, Any] | None = None,
    loose: dict[Any, Any] | None = None,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | None = None,
    context: str = "Signature1",
) -> list[Any]:
    payload = claims() if payload is None else payload
    payload = payload if isinstance(payload, bytes) else cbor2.dumps(payload)
    protected = {1: -7, 4: KID} if protected is None else protected
    protected = protected if isinstance(protected, bytes) else cbor2.dumps(protected)
    return [protected, loose or {}, payload, signature(key or plain_key(), protected, payload, context)]


def packed(message: bytes, prefix: str = "HC1:") -> str:
    return prefix + base45.encode(zlib.compress(message, 9))


def text(parts: list[Any] | None = None, tag: int | None = 18) -> str:
    parts = cose() if parts is None else parts
    return packed(cbor2.dumps(parts if tag is None else cbor2.CBORTag(tag, parts)))


def judged(made: str, *trust: TrustedKey, at: datetime = AT) -> Verdict:
    return verify(made, trust or (trusted(),), at)


def reason(made: str, *trust: TrustedKey, at: datetime = AT) -> str:
    verdict = judged(made, *trust, at=at)
    assert verdict.valid == (verdict.reason == "certificate.ok")
    return verdict.reason


def issued() -> str:
    return issue(FACTS, signer(), uvci=UVCI, issued_at=ISSUED)


def own() -> TrustedKey:
    return TrustedKey(signer().kid, signer().der, frozenset("v"))
