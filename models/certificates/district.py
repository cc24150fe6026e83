"""The district's own folder: its key under a passphrase, whom it certified, what was taken back, the numbers of its lists.

It holds no health records and is meant for a PC or a stick that never goes online. The file is written anew as a whole, and
the one before it stays beside it.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.certificates.authority import certify, make_authority, read_request, who
from models.certificates.keys import SigningKey, kid_of, public_key_of, signing_key, signs_until
from models.certificates.lists import ListedSigner, read_reported, sign_revocation_list, sign_trust_list
from models.certificates.signed import signer_of
from models.errors import Refused, Unavailable
from models.places.regions import Regions

_FILE: Final = "kabupaten.json"
_VERSION: Final = 1
_STRETCH: Final = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 2}
SHORTEST_PASSPHRASE: Final = 12


@dataclass(frozen=True, slots=True)
class CertifiedSigner:
    """A key the district certified. `revoked_from` and `why` are set when it was taken back, by this certificate or by
    another one of the same public key."""

    certificate: bytes
    code: str
    name: str
    certified_at: datetime
    revoked_from: datetime | None = None
    why: str = ""

    @property
    def kid(self) -> bytes:
        """As in the certificates that it signs."""
        return kid_of(self.certificate)

    @property
    def public_key(self) -> bytes:
        """The key itself (SubjectPublicKeyInfo): what a thief has, whatever certificates there are of it."""
        return public_key_of(self.certificate)


class District:
    """The folder `path`. Everything but signing works without the passphrase."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        """Whether a district was set up here."""
        return (self.path / _FILE).exists()

    def create(self, code: str, name: str, passphrase: str, now: datetime, regions: Regions) -> bytes:
        """Make the authority; its certificate (DER). `code` is that of a kabupaten or kota, with or without its dot:
        Refused("district.code"). An existing one is never overwritten: Refused("district.exists")."""
        if self.exists():
            raise Refused("district.exists")
        code = _district_code(code, regions)
        if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
            raise Refused("district.passphrase_short", field="passphrase", least=SHORTEST_PASSPHRASE)
        if not name.strip():
            raise Refused("signer.no_name", field="name")
        key = make_authority(code, name.strip(), now)
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        sealed = nonce + AESGCM(_stretched(passphrase, salt, _STRETCH)).encrypt(nonce, key.private, key.der)
        self._write(
            {"version": _VERSION, "certificate": _text(key.der), "salt": _text(salt), "stretch": _STRETCH, "key": _text(sealed),
             "sequences": {"trust": 0, "revocation": 0}, "signers": [], "revoked": {}}
        )  # fmt: skip
        return key.der

    def certificate(self) -> bytes:
        """The authority's certificate (DER), for every puskesmas and counter to pin."""
        return _bytes(self._read()["certificate"])

    def is_outside(self, code: str) -> bool:
        """Whether the code of a facility is one of another kabupaten, as far as a code says: after its letters come the four
        digits of its kabupaten, which in a few provinces differ between two registers."""
        own = "".join(sign for sign in self.code() if sign.isdigit())
        digits = "".join(sign for sign in code if sign.isdigit())
        return len(digits) >= len(own) and not digits.startswith(own)

    def code(self) -> str:
        """Of the kabupaten, as it was made."""
        return who(x509.load_der_x509_certificate(self.certificate()).subject)[0]

    def unlock(self, passphrase: str) -> SigningKey:
        """The key itself, for as long as the caller keeps it; Refused("district.passphrase") for a wrong passphrase."""
        content = self._read()
        der, sealed = _bytes(content["certificate"]), _bytes(content["key"])
        stretched = _stretched(passphrase, _bytes(content["salt"]), content["stretch"])
        try:
            return signing_key(der, AESGCM(stretched).decrypt(sealed[:12], sealed[12:], der))
        except InvalidTag as fault:
            raise Refused("district.passphrase", field="passphrase") from fault

    def signers(self) -> list[CertifiedSigner]:
        """All keys ever certified, the newest first."""
        return _signers(self._read())[::-1]

    def certified(self, request: bytes, now: datetime) -> CertifiedSigner | None:
        """The answer that the key of `request` has already and that still signs: it is given again, for one key has one answer.

        Refused: "district.key_taken_back" (whoever has a stolen key can still ask with it), "district.key_of_other" for a key
        that was certified for another facility, and as `read_request`.
        """
        asked = read_request(request)
        public = public_key_of(asked)
        known = [each for each in self.signers() if each.public_key == public]
        if not known:
            return None
        newest = known[0]
        if newest.revoked_from is not None:
            raise Refused("district.key_taken_back", field="file", day=newest.revoked_from.date(), why=newest.why)
        if (newest.code, newest.name) != who(asked.subject):
            raise Refused("district.key_of_other", field="file", name=newest.name, facility=newest.code)
        return newest if signs_until(x509.load_der_x509_certificate(newest.certificate)) > now else None

    def certify(self, request: bytes, key: SigningKey, now: datetime) -> bytes:
        """Certify a puskesmas' key and note it, or give the answer that it has already; the certificate (DER). Whose it is was
        compared by two people beforehand. Refused as `certified`."""
        earlier = self.certified(request, now)
        if earlier is not None:
            return earlier.certificate
        content = self._read()
        der = certify(request, key, now)
        code, name = who(x509.load_der_x509_certificate(der).subject)
        content["signers"].append({"certificate": _text(der), "code": code, "name": name, "at": now.isoformat()})
        self._write(content)
        return der

    def take_back(self, kid: bytes, since: datetime, why: str) -> None:
        """A key was lost or stolen: nothing it signed, under whichever of its certificates, is believed any more once the next
        trust list is taken in."""
        if not why.strip():
            raise Refused("district.why", field="reason")
        content = self._read()
        found = [each for each in content["signers"] if kid_of(_bytes(each["certificate"])) == kid]
        if not found:
            raise Refused("district.no_such_signer", field="kid")
        for each in found:
            each.setdefault("revoked_from", since.isoformat())
            each.setdefault("why", why.strip()[:300])
        self._write(content)

    def add_reported(self, report: bytes) -> int:
        """Take in what a puskesmas revoked; how many were new. Twice changes nothing.

        Refused: "district.not_a_report" for another file, also one of the district's own lists; "district.no_such_signer" for a
        report signed by nobody certified here, and for one signed with a key that was taken back.
        """
        content = self._read()
        try:
            kid = signer_of(report)
        except Refused as refused:
            raise Refused("district.not_a_report", field="report") if refused.code == "list.not_a_list" else refused from None
        if kid == kid_of(_bytes(content["certificate"])):
            raise Refused("district.not_a_report", field="report")
        signer = next((each for each in _signers(content) if each.kid == kid), None)
        if signer is None or signer.revoked_from is not None:
            raise Refused("district.no_such_signer", field="report")
        _, hashes = read_reported(report, signer.certificate)
        known = content["revoked"].setdefault(kid.hex(), [])
        new = {each.hex() for each in hashes}.difference(known)
        known.extend(sorted(new))
        self._write(content)
        return len(new)

    def revoked(self) -> list[bytes]:
        """The hashes of all certificates that puskesmas took back."""
        return sorted({bytes.fromhex(each) for hashes in self._read()["revoked"].values() for each in hashes})

    def trust_list(self, key: SigningKey, now: datetime) -> bytes:
        """The next trust list; its number is used up even if the file is never sent."""
        content, sequence = self._next("trust")
        signers = [ListedSigner(each.certificate, each.revoked_from) for each in _signers(content)]
        live = [each for each in signers if signing_key(each.certificate, b"").not_after > now]
        return sign_trust_list(live, key, sequence=sequence, now=now)

    def revocation_list(self, key: SigningKey, now: datetime) -> bytes:
        """The next revocation list."""
        _, sequence = self._next("revocation")
        return sign_revocation_list(self.revoked(), key, sequence=sequence, now=now)

    def jwks(self) -> dict[str, Any]:
        """The keys believed now as a JSON Web Key Set (RFC 7517), for other programs that verify HC1."""
        return {"keys": [_jwk(each.certificate) for each in self.signers() if each.revoked_from is None]}

    def _next(self, kind: str) -> tuple[dict[str, Any], int]:
        content = self._read()
        content["sequences"][kind] += 1
        self._write(content)
        return content, int(content["sequences"][kind])

    def _read(self) -> dict[str, Any]:
        try:
            content: dict[str, Any] = json.loads((self.path / _FILE).read_text("utf-8"))
        except FileNotFoundError:
            raise Refused("district.missing") from None
        except OSError as fault:
            raise Unavailable("records.cannot_read") from fault
        except ValueError as fault:
            raise Unavailable("district.damaged") from fault
        if content.get("version") != _VERSION:
            raise Unavailable("district.damaged")
        return content

    def _write(self, content: dict[str, Any]) -> None:
        file, draft = self.path / _FILE, self.path / f"{_FILE}.new"
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(content, out, indent=1)
                out.flush()
                os.fsync(out.fileno())
            if file.exists():
                shutil.copyfile(file, self.path / f"{_FILE}.old")
            draft.replace(file)
        except OSError as fault:
            raise Unavailable("records.cannot_write") from fault


def _jwk(certificate: bytes) -> dict[str, Any]:
    """One P-256 key; `kid` is base64 as in the EU's lists, the certificate travels along as x5c."""
    public = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        raise TypeError("a P-256 key")
    point = public.public_numbers()
    x, y = (base64.urlsafe_b64encode(each.to_bytes(32, "big")).rstrip(b"=").decode() for each in (point.x, point.y))
    kid = base64.b64encode(kid_of(certificate)).decode()
    return {"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": kid, "x": x, "y": y, "x5c": [_text(certificate)]}


def _district_code(text: str, regions: Regions) -> str:
    code = text.strip().replace(".", "")
    if not (len(code) == 4 and code.isascii() and code.isdigit() and f"{code[:2]}.{code[2:]}" in regions):
        raise Refused("district.code", field="code")
    return code


def _signers(content: dict[str, Any]) -> list[CertifiedSigner]:
    """All of them, the oldest first. A key is taken back with all its certificates: folders from before one key had one answer
    may hold several, of which one alone was taken back."""
    signers = [_signer(each) for each in content["signers"]]
    lost = {each.public_key: each for each in reversed(signers) if each.revoked_from is not None}
    return [
        replace(each, revoked_from=of.revoked_from, why=of.why) if (of := lost.get(each.public_key)) else each for each in signers
    ]


def _signer(content: dict[str, Any]) -> CertifiedSigner:
    since = content.get("revoked_from")
    return CertifiedSigner(
        _bytes(content["certificate"]), content["code"], content["name"], datetime.fromisoformat(content["at"]),
        datetime.fromisoformat(since) if since else None, content.get("why", ""),
    )  # fmt: skip


def _stretched(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    words = " ".join(passphrase.split())  # a line break of the paper on which it stands is a space
    return hash_secret_raw(words.encode(), salt, hash_len=32, type=Type.ID, **cost)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
