"""The database key and its wraps: one owner-only file beside the records.

The key is 32 random bytes. The file holds a versioned list of wraps, each of which gives the key back on its own: *file* (a
secret in the same file: whoever may read the file may open the records, which keeps a stolen database file or copy closed) and
*recovery* (the code printed at set-up, stretched with Argon2id). A copy of the records travels with the recovery wrap alone.
A lost code and a lost file together mean lost records: there is no third way in.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.errors import Refused, Unavailable
from models.records.base import new_id
from models.records.sharing import private_mode

VERSION = 1
_WRAPS = {"file": ("secret", "blob"), "recovery": ("salt", "blob")}  # what each kind holds in hexadecimal
_STRETCH = {"time_cost": 3, "memory_cost": 64 * 1024, "parallelism": 2}


@dataclass(frozen=True)
class Keys:
    """What one installation needs to open its records: `site` names it in every entry, `server` is a PostgreSQL URL or None."""

    site: UUID
    key: bytes = field(repr=False)
    server: str | None = field(default=None, repr=False)  # it holds a password

    def seal(self, purpose: str, secret: bytes) -> bytes:
        """Encrypt `secret` under a key of its own for `purpose` (such as "signing"): 12 bytes of nonce, then AES-GCM."""
        nonce = os.urandom(12)
        return nonce + AESGCM(self._key_for(purpose)).encrypt(nonce, secret, purpose.encode())

    def unseal(self, purpose: str, sealed: bytes) -> bytes:
        """Give back what `seal` took; Unavailable when it was changed or belongs to another installation."""
        try:
            return AESGCM(self._key_for(purpose)).decrypt(sealed[:12], sealed[12:], purpose.encode())
        except (InvalidTag, ValueError) as fault:
            raise Unavailable("records.seal_broken") from fault

    def _key_for(self, purpose: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"pos-vaksin {purpose}".encode()).derive(self.key)


def new_recovery_code() -> str:
    """160 random bits as eight groups of four (A-Z, 2-7), to be printed and typed back before the first person is saved."""
    letters = base64.b32encode(secrets.token_bytes(20)).decode()
    return "-".join(letters[at : at + 4] for at in range(0, 32, 4))


def read_recovery_code(typed: str) -> bytes:
    """The 20 bytes behind a code as people type it: any case, spaces or dashes, 0/1/8 for O/I/B. Refused otherwise."""
    letters = "".join(ch for ch in typed.upper() if ch.isalnum()).translate(str.maketrans("018", "OIB"))
    if len(letters) != 32:
        raise Refused("records.recovery_length", field="recovery", count=len(letters))
    try:
        return base64.b32decode(letters)
    except ValueError as fault:
        raise Refused("records.recovery_letters", field="recovery") from fault


def create(path: Path, recovery_code: str, *, server: str | None = None) -> Keys:
    """Make a new installation's key file at `path` (mode 0600). An existing file is never overwritten."""
    keys = Keys(site=new_id(), key=secrets.token_bytes(32), server=server)
    secret = secrets.token_bytes(32)
    salt = secrets.token_bytes(16)
    wraps = [
        {"kind": "file", "secret": secret.hex(), "blob": _wrap(secret, keys.key)},
        {
            "kind": "recovery",
            "salt": salt.hex(),
            **_STRETCH,
            "blob": _wrap(_stretch(read_recovery_code(recovery_code), salt, _STRETCH), keys.key),
        },
    ]
    _write(path, {"version": VERSION, "site": keys.site.hex, "server": server, "wraps": wraps})
    return keys


def load(path: Path) -> Keys:
    """Open the installation's keys by the file's own secret."""
    content = _read(path)
    for wrap in content["wraps"]:
        if wrap["kind"] == "file":
            return _keys(content, _unwrap(bytes.fromhex(wrap["secret"]), wrap["blob"]))
    raise Refused("records.recovery_needed")


def recover(path: Path, recovery_code: str) -> Keys:
    """Open the keys by the printed code: Refused("records.recovery_wrong") when it is not the one of this file."""
    content = _read(path)
    code = read_recovery_code(recovery_code)
    for wrap in content["wraps"]:
        if wrap["kind"] == "recovery":
            try:
                return _keys(content, _unwrap(_stretch(code, bytes.fromhex(wrap["salt"]), wrap), wrap["blob"]))
            except Unavailable as fault:
                raise Refused("records.recovery_wrong", field="recovery") from fault
    raise Unavailable("records.keys_broken")


def copy_for_recovery(source: Path, target: Path) -> None:
    """Write the key file that travels with a copy: the recovery wrap alone, so the copy opens only with the printed code."""
    content = _read(source)
    content["wraps"] = [wrap for wrap in content["wraps"] if wrap["kind"] == "recovery"]
    content["server"] = None
    _write(target, content, replace_existing=True)


def adopt(source: Path, target: Path, recovery_code: str) -> Keys:
    """Make a key file for a restored copy: the same key, but always a new site, so that no two installations count alike."""
    content = _read(source)
    keys = replace(recover(source, recovery_code), site=new_id(), server=None)
    secret = secrets.token_bytes(32)
    wraps = [wrap for wrap in content["wraps"] if wrap["kind"] == "recovery"]
    wraps.append({"kind": "file", "secret": secret.hex(), "blob": _wrap(secret, keys.key)})
    _write(target, {"version": VERSION, "site": keys.site.hex, "server": None, "wraps": wraps})
    return keys


def _keys(content: dict[str, Any], key: bytes) -> Keys:
    return Keys(site=UUID(content["site"]), key=key, server=content.get("server"))


def _stretch(secret: bytes, salt: bytes, cost: dict[str, Any]) -> bytes:
    return hash_secret_raw(
        secret,
        salt,
        time_cost=int(cost["time_cost"]),
        memory_cost=int(cost["memory_cost"]),
        parallelism=int(cost["parallelism"]),
        hash_len=32,
        type=Type.ID,
    )


def _wrap(secret: bytes, key: bytes) -> str:
    nonce = os.urandom(12)
    return (nonce + AESGCM(secret).encrypt(nonce, key, None)).hex()


def _unwrap(secret: bytes, blob: str) -> bytes:
    try:
        raw = bytes.fromhex(blob)
        return AESGCM(secret).decrypt(raw[:12], raw[12:], None)
    except (InvalidTag, ValueError) as fault:
        raise Unavailable("records.keys_broken") from fault


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
        version = int(content["version"])
    except PermissionError as fault:
        raise Unavailable("records.keys_of_other_user") from fault
    except OSError as fault:
        raise Unavailable("records.keys_missing") from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise Unavailable("records.keys_broken") from fault
    if version > VERSION:  # before looking at anything else: a newer file may be built otherwise
        raise Unavailable("records.newer")
    try:
        UUID(content["site"])
        for wrap in content["wraps"]:
            for name in _WRAPS.get(wrap["kind"], ()):
                bytes.fromhex(wrap[name])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Unavailable("records.keys_broken") from fault
    return dict(content)


def _write(path: Path, content: dict[str, Any], *, replace_existing: bool = False) -> None:
    """Write owner-only and complete or not at all: a half-written key file would be a lost database."""
    draft = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not replace_existing:
            raise Refused("records.keys_exist")
        draft.unlink(missing_ok=True)  # left by a power cut, perhaps readable by others
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private_mode(path.parent))
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(content, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
