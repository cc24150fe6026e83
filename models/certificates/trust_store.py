"""What a counter believes, as files in one small folder: the pinned authority, its two newest lists, the newest moment seen.

Nothing in it is secret and nothing tells who was checked. The same folder serves a puskesmas and a counter without records.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from models.certificates.authority import fingerprint
from models.certificates.checking import TrustedKey
from models.certificates.keys import public_key_of
from models.certificates.lists import REVOCATION, TRUST, RevocationList, TrustList, read_revocation_list, read_trust_list
from models.errors import Refused, Unavailable

_AUTHORITY: Final = "authority.der"
_SEEN: Final = "seen.json"
_FILES: Final = {TRUST: "trust.pvl", REVOCATION: "revocation.pvl"}
_AHEAD: Final = timedelta(days=2)
"""A list signed further ahead of this clock than zones and careless clocks explain: one of the two clocks is wrong."""
MOST_FILE: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed at one moment. `newest` is the newest signed moment seen: a clock behind it is slow."""

    authority: bytes | None = None
    trust: TrustList | None = None
    revocation: RevocationList | None = None
    newest: datetime | None = None

    def trusted(self) -> list[TrustedKey]:
        """The signers of the trust list, for `verify`."""
        return self.trust.trusted() if self.trust else []

    def key_revoked(self, kid: bytes) -> bool:
        """Whether the district took this signer back."""
        return kid in self.keys_taken_back()

    def taken_back(self, certificate: bytes) -> datetime | None:
        """Since when nothing is believed that was signed with the key of this certificate (DER), under whichever certificate
        of that key it was taken back; None as long as it is not."""
        signers = self.trust.signers if self.trust else ()
        since = [(signer.certificate, signer.revoked_from) for signer in signers if signer.revoked_from is not None]
        mine = public_key_of(certificate)
        return min((day for other, day in since if public_key_of(other) == mine), default=None)

    def keys_taken_back(self) -> frozenset[bytes]:
        """The kids of all signers that the district took back."""
        signers = self.trust.signers if self.trust else ()
        return frozenset(signer.kid for signer in signers if signer.revoked_from is not None)

    def public_keys_taken_back(self) -> frozenset[bytes]:
        """Their public keys: nobody asks with one of these again."""
        signers = self.trust.signers if self.trust else ()
        return frozenset(public_key_of(signer.certificate) for signer in signers if signer.revoked_from is not None)

    def clock(self, now: datetime) -> datetime:
        """The later of this PC's clock and the newest signed moment seen."""
        return max(now, self.newest) if self.newest else now

    def age(self, now: datetime) -> timedelta | None:
        """How old the older of the two lists is; None while one is missing."""
        if self.trust is None or self.revocation is None:
            return None
        return max(self.clock(now) - min(self.trust.issued_at, self.revocation.issued_at), timedelta())

    def is_old(self, now: datetime) -> bool:
        """Whether a list is missing or past the day until which it counts as fresh."""
        at = self.clock(now)
        return any(each is None or each.fresh_until < at for each in (self.trust, self.revocation))


class TrustStore:
    """The folder `path`, made when something is first taken in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Believed:
        """Everything in it. Unavailable("trust.damaged") for a list that does not hold any more: it was changed on this disk."""
        authority = self._bytes(_AUTHORITY)
        if authority is None:
            return Believed()
        try:
            trust, revocation = self._bytes(_FILES[TRUST]), self._bytes(_FILES[REVOCATION])
            return Believed(
                authority,
                read_trust_list(trust, authority) if trust is not None else None,
                read_revocation_list(revocation, authority) if revocation is not None else None,
                self._seen()[1],
            )
        except (Refused, ValueError) as fault:
            raise Unavailable("trust.damaged") from fault

    def pin(self, certificate: bytes, confirmed: str, *, replace: bool = False) -> None:
        """Believe this authority (DER or PEM) from now on. `confirmed` is its fingerprint as it was read aloud, any case and
        spacing. Another authority takes its place only with `replace`, and then the lists of the old one go.

        Refused: "trust.not_an_authority", "trust.fingerprint", "trust.pinned".
        """
        der = read_authority(certificate)
        if _plain(confirmed) != _plain(fingerprint(der)):
            raise Refused("trust.fingerprint", field="confirmed")
        pinned = self._bytes(_AUTHORITY)
        if pinned == der:
            return
        if pinned is not None and not replace:
            raise Refused("trust.pinned", field="certificate")
        for name in (*_FILES.values(), _SEEN):
            self._remove(name)  # the old authority's lists first: with the new one they would read as damaged
        self._write(_AUTHORITY, der)

    def take_in(self, data: bytes, now: datetime) -> TrustList | RevocationList:
        """Keep a newer list of the pinned authority; the same one again changes nothing.

        Refused, besides what `open_file` refuses: "trust.no_authority", "list.rolled_back" (a list with a lower number than
        one seen), "list.same_number" (another list under a number already seen), "list.expired", "list.ahead".
        """
        authority = self._bytes(_AUTHORITY)
        if authority is None:
            raise Refused("trust.no_authority")
        found: TrustList | RevocationList
        try:
            found, kind = read_trust_list(data, authority), TRUST
        except Refused as refused:
            if refused.code != "list.other_kind":
                raise
            found, kind = read_revocation_list(data, authority), REVOCATION
        kept = self._bytes(_FILES[kind])
        sequences, newest = self._seen()
        seen = sequences.get(kind, 0)
        if kept == data:
            return found
        if found.sequence < seen:
            raise Refused("list.rolled_back", sequence=found.sequence, seen=seen)
        if found.sequence == seen and kept is not None:
            raise Refused("list.same_number", sequence=seen)
        if found.fresh_until < now:
            raise Refused("list.expired", until=found.fresh_until.date())
        if found.issued_at > now + _AHEAD:
            raise Refused("list.ahead", issued=found.issued_at.date())
        self._write(_FILES[kind], data)
        self._note(sequences | {kind: found.sequence}, max(found.issued_at, newest or found.issued_at))
        return found

    def _note(self, sequences: dict[str, int], newest: datetime) -> None:
        self._write(_SEEN, json.dumps({"sequences": sequences, "newest": newest.isoformat()}).encode())

    def _seen(self) -> tuple[dict[str, int], datetime | None]:
        """The highest number of each kind seen and the newest signed moment; what is lost comes back from the lists kept."""
        content = self._bytes(_SEEN)
        if content is None:
            return self._from_lists()
        try:
            found = json.loads(content)
            sequences = {str(kind): int(number) for kind, number in found["sequences"].items()}
            return sequences, datetime.fromisoformat(found["newest"])
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise Unavailable("trust.damaged") from fault

    def _from_lists(self) -> tuple[dict[str, int], datetime | None]:
        authority = self._bytes(_AUTHORITY)
        found: dict[str, TrustList | RevocationList] = {}
        for kind, read in ((TRUST, read_trust_list), (REVOCATION, read_revocation_list)):
            data = self._bytes(_FILES[kind])
            if authority is not None and data is not None:
                found[kind] = read(data, authority)
        newest = max((each.issued_at for each in found.values()), default=None)
        return {kind: each.sequence for kind, each in found.items()}, newest

    def _bytes(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise Unavailable("records.cannot_read") from fault

    def _write(self, name: str, data: bytes) -> None:
        """Complete or not at all."""
        draft = self.path / f"{name}.new"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with open(draft, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path / name)
        except OSError as fault:
            raise Unavailable("records.cannot_write") from fault

    def _remove(self, name: str) -> None:
        try:
            (self.path / name).unlink(missing_ok=True)
        except OSError as fault:
            raise Unavailable("records.cannot_write") from fault


def read_authority(data: bytes) -> bytes:
    """The DER of an authority's certificate given as DER or PEM; Refused("trust.not_an_authority") for anything else."""
    try:
        pem = data.lstrip().startswith(b"-----")
        certificate = x509.load_pem_x509_certificate(data) if pem else x509.load_der_x509_certificate(data)
        certificate.verify_directly_issued_by(certificate)
        if not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            raise ValueError("certifies nobody")
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound) as fault:
        raise Refused("trust.not_an_authority", field="certificate") from fault
    return certificate.public_bytes(Encoding.DER)


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()
