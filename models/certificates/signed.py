"""A file that says one thing and whose signature counts, not the way it came: COSE_Sign1 (ES256) around CBOR.

Used for what travels by USB stick or chat between district and puskesmas. The kind of file stands inside the signed bytes,
so that a list of one kind can never be passed off as another.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from models.certificates import cbor
from models.certificates.keys import SigningKey, kid_of
from models.errors import Refused

_ALG, _KID, _ES256, _SIGN1 = 1, 4, -7, 18
_MARK: Final = b"PVL1"
MOST_PACKED: Final = 8 * 1024 * 1024
MOST_BYTES: Final = 32 * 1024 * 1024
_MOST_ITEMS: Final = 60_000
_LAST_SECOND: Final = 253_402_300_799


def seal_file(kind: str, content: Mapping[str, Any], key: SigningKey) -> bytes:
    """The bytes of a signed file of `kind`. `content` holds CBOR values under text keys; moments are whole seconds."""
    payload = cbor2.dumps({"kind": kind, **content})
    protected = cbor2.dumps({_ALG: _ES256, _KID: key.kid})
    private = serialization.load_der_private_key(key.private, None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("a P-256 key")
    r, s = decode_dss_signature(private.sign(_signed(protected, payload), ec.ECDSA(hashes.SHA256())))
    message = cbor2.CBORTag(_SIGN1, [protected, {}, payload, r.to_bytes(32, "big") + s.to_bytes(32, "big")])
    return _MARK + zlib.compress(cbor2.dumps(message), 9)


def signer_of(data: bytes) -> bytes:
    """The kid that a file names, unchecked: to look up whose certificate to open it with."""
    protected, _, _ = _parts(data)
    return _kid(protected)


def open_file(data: bytes, kind: str, certificate: bytes) -> dict[str, Any]:
    """What a file of `kind` says, when the holder of `certificate` (DER) signed it.

    Refused: "list.not_a_list" for other bytes, "list.damaged" where it is cut off or changed on the way, "list.other_signer",
    "list.signature", "list.other_kind".
    """
    protected, payload, signature = _parts(data)
    if _kid(protected) != kid_of(certificate):
        raise Refused("list.other_signer")
    key = x509.load_der_x509_certificate(certificate).public_key()
    r, s = (int.from_bytes(signature[at : at + 32], "big") for at in (0, 32))
    try:
        if not isinstance(key, ec.EllipticCurvePublicKey) or len(signature) != 64:
            raise InvalidSignature
        key.verify(encode_dss_signature(r, s), _signed(protected, payload), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        raise Refused("list.signature") from None
    try:
        content = cbor.loads(payload, most_items=_MOST_ITEMS)
    except cbor.Malformed:
        raise Refused("list.damaged") from None
    if not isinstance(content, dict) or content.pop("kind", None) != kind:
        raise Refused("list.other_kind")
    return content


def seconds(moment: datetime) -> int:
    """A moment as files write it."""
    return int(moment.timestamp())


def moment_of(value: Any) -> datetime:
    """A moment read from a file; Refused("list.damaged") for what no calendar holds."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _LAST_SECOND:
        raise Refused("list.damaged")
    return datetime.fromtimestamp(value, UTC)


def count_of(value: Any) -> int:
    """A sequence number read from a file, from 1."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise Refused("list.damaged")
    return value


def _signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _kid(protected: bytes) -> bytes:
    try:
        match cbor.loads(protected):
            case {1: -7, 4: bytes(kid)}:
                return kid
    except cbor.Malformed:
        pass
    raise Refused("list.damaged")


def _parts(data: bytes) -> tuple[bytes, bytes, bytes]:
    if not data.startswith(_MARK):
        raise Refused("list.not_a_list")
    if len(data) > MOST_PACKED:
        raise Refused("list.damaged")
    inflater = zlib.decompressobj()
    try:
        message = inflater.decompress(data[len(_MARK) :], MOST_BYTES + 1)
        if len(message) > MOST_BYTES or not inflater.eof or inflater.unused_data:
            raise Refused("list.damaged")
        match cbor.loads(message, tags=((_SIGN1,),)):
            case [bytes(protected), dict(), bytes(payload), bytes(signature)]:
                return protected, payload, signature
    except (zlib.error, cbor.Malformed):
        pass
    raise Refused("list.damaged")
