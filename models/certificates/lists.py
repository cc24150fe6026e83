"""The district's two lists: whose signatures are believed, and which certificates were taken back.

Both are signed by the district's authority, carry a sequence number that may only rise, and say until when they are fresh.
A revoked certificate stands there as the first 8 bytes of the SHA-256 of its number: the number is random, so the list tells
nothing, and with 3.9 million certificates the expected number of wrong refusals is 4e-9.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from models.certificates.checking import TrustedKey
from models.certificates.keys import SigningKey, kid_of
from models.certificates.signed import count_of, moment_of, open_file, seal_file, seconds
from models.errors import Refused

TRUST: Final = "trust"
REVOCATION: Final = "revocation"
REPORTED: Final = "reported"
FRESH: Final = timedelta(days=45)
"""How long a list is fresh. Older ones are still used: an honest resident is not refused because a counter's list is old."""
PREFIX_BYTES: Final = 8
HASH_BYTES: Final = 16
_MOST_SIGNERS: Final = 5_000


@dataclass(frozen=True, slots=True)
class ListedSigner:
    """A certificate of the district's signers. `revoked_from` is set when its key was lost or stolen: nothing it signed is
    believed any more, for a thief writes the date he likes."""

    certificate: bytes
    revoked_from: datetime | None = None

    @property
    def kid(self) -> bytes:
        """As in the certificates that it signs."""
        return kid_of(self.certificate)


@dataclass(frozen=True, slots=True)
class TrustList:
    """Whose signatures are believed."""

    sequence: int
    issued_at: datetime
    fresh_until: datetime
    signers: tuple[ListedSigner, ...]

    def trusted(self) -> list[TrustedKey]:
        """For `verify`: also those taken back, so that their slips are named for what they are."""
        return [TrustedKey(signer.kid, signer.certificate, frozenset("v")) for signer in self.signers]


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Which certificates were taken back; `prefixes` are sorted, 8 bytes each, one after the other."""

    sequence: int
    issued_at: datetime
    fresh_until: datetime
    prefixes: bytes

    def __contains__(self, uvci: str) -> bool:
        """Whether a certificate's number is on the list: a binary search in the bytes as they came."""
        wanted = prefix_of(uvci)
        at = bisect_left(range(len(self)), wanted, key=self._at)
        return at < len(self) and self._at(at) == wanted

    def __len__(self) -> int:
        return len(self.prefixes) // PREFIX_BYTES

    def _at(self, number: int) -> bytes:
        return self.prefixes[number * PREFIX_BYTES : (number + 1) * PREFIX_BYTES]


def hash_of(uvci: str) -> bytes:
    """The first 16 bytes of the SHA-256 of a number, as the EU's lists of the type UCI have it."""
    return hashlib.sha256(uvci.encode()).digest()[:HASH_BYTES]


def prefix_of(uvci: str) -> bytes:
    """What stands for a certificate's number in the list."""
    return hash_of(uvci)[:PREFIX_BYTES]


def sign_trust_list(signers: Iterable[ListedSigner], authority: SigningKey, *, sequence: int, now: datetime) -> bytes:
    """The file that goes to every puskesmas and counter, about 550 bytes a signer."""
    listed: list[dict[str, Any]] = [
        {"cert": each.certificate} | ({} if each.revoked_from is None else {"revoked_from": seconds(each.revoked_from)})
        for each in signers
    ]
    return seal_file(TRUST, _head(sequence, now) | {"dsc": listed}, authority)


def sign_revocation_list(hashes: Iterable[bytes], authority: SigningKey, *, sequence: int, now: datetime) -> bytes:
    """The file of what was taken back, from hashes of at least 8 bytes; 8 bytes a certificate."""
    prefixes = b"".join(sorted({each[:PREFIX_BYTES] for each in hashes}))
    return seal_file(REVOCATION, _head(sequence, now) | {"prefixes": prefixes}, authority)


def sign_reported(uvcis: Iterable[str], key: SigningKey, now: datetime) -> bytes:
    """What a puskesmas took back, for the district to add to its list: hashes alone, signed with the puskesmas' own key."""
    hashes = b"".join(sorted({hash_of(each) for each in uvcis}))
    return seal_file(REPORTED, {"v": 1, "iat": seconds(now), "hashes": hashes}, key)


def read_reported(data: bytes, signer: bytes) -> tuple[datetime, list[bytes]]:
    """When a puskesmas wrote its report, and the hashes in it; refusals as `open_file`'s."""
    content = open_file(data, REPORTED, signer)
    hashes = content.get("hashes")
    if content.get("v") != 1 or not isinstance(hashes, bytes) or len(hashes) % HASH_BYTES:
        raise Refused("list.damaged")
    return moment_of(content.get("iat")), [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


def read_trust_list(data: bytes, authority: bytes) -> TrustList:
    """A trust list that `authority` (DER) signed; refusals as `open_file`'s."""
    content = open_file(data, TRUST, authority)
    listed = content.get("dsc")
    if not isinstance(listed, list) or len(listed) > _MOST_SIGNERS:
        raise Refused("list.damaged")
    return TrustList(*_read_head(content), tuple(_signer(each) for each in listed))


def read_revocation_list(data: bytes, authority: bytes) -> RevocationList:
    """A revocation list that `authority` (DER) signed; refusals as `open_file`'s."""
    content = open_file(data, REVOCATION, authority)
    prefixes = content.get("prefixes")
    if not isinstance(prefixes, bytes) or len(prefixes) % PREFIX_BYTES:
        raise Refused("list.damaged")
    found = RevocationList(*_read_head(content), prefixes)
    if any(found._at(at) >= found._at(at + 1) for at in range(len(found) - 1)):
        raise Refused("list.damaged")  # a search in what is not sorted would overlook some
    return found


def _head(sequence: int, now: datetime) -> dict[str, Any]:
    return {"v": 1, "seq": sequence, "iat": seconds(now), "exp": seconds(now + FRESH)}


def _read_head(content: dict[str, Any]) -> tuple[int, datetime, datetime]:
    if content.get("v") != 1:
        raise Refused("list.newer")
    issued, until = moment_of(content.get("iat")), moment_of(content.get("exp"))
    if until < issued:
        raise Refused("list.damaged")
    return count_of(content.get("seq")), issued, until


def _signer(content: Any) -> ListedSigner:
    match content:
        case {"cert": bytes(certificate)}:
            since = content.get("revoked_from")
            return ListedSigner(certificate, None if since is None else moment_of(since))
    raise Refused("list.damaged")
