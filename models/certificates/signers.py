"""The signing keys of this installation on disk: certificates in the clear, private keys sealed under the database key.

A key that the district certified goes before one that this installation made for itself; a new key takes over without a gap,
for the one before it goes on signing until the district's answer is taken in. A key that the district took back signs nothing:
the lists that lie beside the file are asked whenever a key is handed out.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from models.certificates.authority import read_request, require_certified, who
from models.certificates.keys import SigningKey, holds, make_request, make_signing_key, public_key_of, signing_key
from models.certificates.trust_store import Believed, TrustStore
from models.errors import Refused, Unavailable
from models.records.keys import Keys
from models.records.sharing import private_mode

PURPOSE: Final = "signing"
WARNED: Final = timedelta(days=30)
"""How long before a key stops signing its successor should be asked for."""


@dataclass(frozen=True, slots=True)
class SignerState:
    """What an administrator should know: the key that signs, whether the district certified it, a request under way (PEM)."""

    kid: bytes | None
    certified: bool
    signs_until: datetime | None
    request: bytes | None
    lapsed: datetime | None = None
    """When the district's last key stopped signing, while one of our own, or none, signs in its place."""
    taken_back: datetime | None = None
    """Since when the key `kid` is taken back by the district: nothing is signed until the answer to a new request is here."""

    def is_ending(self, now: datetime) -> bool:
        """Whether a successor should be asked for now."""
        return self.signs_until is not None and self.signs_until - now < WARNED


class SignerFile:
    """The file `path`; `keys` open what is sealed in it. The district's lists lie beside it, in the folder "trust"."""

    def __init__(self, path: Path, keys: Keys) -> None:
        self.path = path
        self._keys = keys
        self._lists = TrustStore(path.with_name("trust"))

    def signing(self, now: datetime) -> SigningKey | None:
        """The key that signs at `now`: of the district's the one taken in last, else our own; None when all have ended.

        Refused("signer.taken_back") where the district took its key back: one of our own in its place would sign what no
        counter knows, and nobody would ask for the next.
        """
        found, since = self._chosen(self._kept(), self._lists.read(), now)
        if since is not None:
            raise Refused("signer.taken_back", day=since.date())
        return found

    def own(self, facility_code: str, facility_name: str, now: datetime) -> SigningKey:
        """The key that signs at `now`; one of our own is made when there is none, so that nobody leaves without a slip.

        Certificates of ended keys stay believed: they are registered in the records, and honest slips outlive their key.
        """
        found = self.signing(now)
        if found is None:
            found = make_signing_key(facility_code, facility_name, now)
            self._keep(found, self._read())
        return found

    def state(self, now: datetime) -> SignerState:
        """How things stand."""
        kept, believed, pending = self._kept(), self._lists.read(), self._read().get("pending")
        found, since = self._chosen(kept, believed, now)
        request = pending["request"].encode() if pending else None
        if request is not None and public_key_of(read_request(request)) in believed.public_keys_taken_back():
            request = None  # its answer would be refused: another has to be made
        ended = [key.signs_until for key in kept if not _is_own(key.der) and key.signs_until < now]
        if found is None:
            return SignerState(None, False, None, request, max(ended, default=None))
        certified = not _is_own(found.der)
        return SignerState(
            found.kid, certified, found.signs_until, request, None if certified else max(ended, default=None), since
        )

    def request(self, facility_code: str, facility_name: str, desk: str, taken_back: frozenset[bytes] = frozenset()) -> bytes:
        """The request (PEM) to be carried to the district. One that is still unanswered is given again, as long as it is about
        the same facility and its key is not among the public keys `taken_back`: the private key must be here when the answer
        comes."""
        content = self._read()
        pending = content.get("pending")
        if pending:
            asked = read_request(pending["request"].encode())
            ours = who(asked.subject) == (facility_code[:64], facility_name[:64])
            if ours and public_key_of(asked) not in taken_back:
                return str(pending["request"]).encode()
        request, private = make_request(facility_code, facility_name, desk)
        content["pending"] = {"request": request.decode(), "private": self._keys.seal(PURPOSE, private).hex()}
        self._write(content)
        return request

    def knows(self, certificate: bytes) -> bool:
        """Whether this answer (DER or PEM) was taken in before."""
        der = read_certificate(certificate)
        return any(bytes.fromhex(each["certificate"]) == der for each in self._read()["keys"])

    def accept(self, certificate: bytes, authority: bytes, now: datetime) -> SigningKey:
        """Take in the district's answer (DER or PEM) to our request: from now on this key signs.

        Refused: "signer.not_a_certificate", "signer.is_authority", "signer.no_request", "signer.other_key",
        "signer.not_certified", "signer.ended"; "signer.taken_back" also for one taken in before.
        """
        der = read_certificate(certificate)
        if der == authority:
            raise Refused("signer.is_authority", field="certificate")
        if (since := self._lists.read().taken_back(der)) is not None:
            raise Refused("signer.taken_back", field="certificate", day=since.date())
        content = self._read()
        if any(bytes.fromhex(each["certificate"]) == der for each in content["keys"]):
            return signing_key(der, self._private_of(content, der))
        pending = content.get("pending")
        if not pending:
            raise Refused("signer.no_request")
        private = self._keys.unseal(PURPOSE, bytes.fromhex(pending["private"]))
        if not holds(der, private):
            raise Refused("signer.other_key")
        require_certified(der, authority)
        made = signing_key(der, private)
        if not made.not_before - timedelta(days=1) <= now <= made.signs_until:
            raise Refused("signer.ended", since=made.not_before.date(), until=made.signs_until.date())
        content["pending"] = None
        self._keep(made, content)  # one write: a power cut leaves the request or the key, never neither
        return made

    @staticmethod
    def _chosen(kept: list[SigningKey], believed: Believed, now: datetime) -> tuple[SigningKey | None, datetime | None]:
        """The key whose turn it is, and since when the district took it back. The one before it does not step in: it lay on
        the same disk, and its end would come without a new request."""
        usable = [key for key in kept if key.not_before <= now <= key.signs_until]
        # The file's order is that of taking in; a district whose clock was put right may date a successor before a stolen key.
        found = max(reversed(usable), key=lambda key: not _is_own(key.der), default=None)
        return found, believed.taken_back(found.der) if found is not None else None

    def _kept(self) -> list[SigningKey]:
        try:
            return [
                signing_key(bytes.fromhex(each["certificate"]), self._keys.unseal(PURPOSE, bytes.fromhex(each["private"])))
                for each in self._read()["keys"]
            ]
        except (ValueError, KeyError) as fault:
            raise Unavailable("records.seal_broken") from fault

    def _private_of(self, content: dict[str, Any], der: bytes) -> bytes:
        sealed = next(each["private"] for each in content["keys"] if bytes.fromhex(each["certificate"]) == der)
        return self._keys.unseal(PURPOSE, bytes.fromhex(sealed))

    def _keep(self, key: SigningKey, content: dict[str, Any]) -> None:
        content["keys"].append({"certificate": key.der.hex(), "private": self._keys.seal(PURPOSE, key.private).hex()})
        self._write(content)

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {"keys": [], "pending": None}
        except (OSError, ValueError) as fault:
            raise Unavailable("records.seal_broken") from fault
        if not isinstance(content, dict):
            raise Unavailable("records.seal_broken")
        return content if "keys" in content else {"keys": [content], "pending": None}  # the first versions knew one key

    def _write(self, content: dict[str, Any]) -> None:
        draft = self.path.with_name(self.path.name + ".new")
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, private_mode(self.path.parent))
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(content, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        except OSError as fault:
            raise Unavailable("records.cannot_write") from fault


def read_certificate(data: bytes) -> bytes:
    """The DER of a signer's certificate given as DER or PEM; Refused("signer.not_a_certificate") for anything else."""
    try:
        pem = data.lstrip().startswith(b"-----")
        certificate = x509.load_pem_x509_certificate(data) if pem else x509.load_der_x509_certificate(data)
    except ValueError as fault:
        raise Refused("signer.not_a_certificate", field="certificate") from fault
    return certificate.public_bytes(Encoding.DER)


def _is_own(der: bytes) -> bool:
    """Whether an installation signed this certificate for itself."""
    certificate = x509.load_der_x509_certificate(der)
    return certificate.issuer == certificate.subject
