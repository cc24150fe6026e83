"""The signing key of this installation on disk: certificate in the clear, private key sealed under the database key."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from models.certificates.keys import SigningKey, make_signing_key, signing_key
from models.errors import Unavailable
from models.records.keys import Keys
from models.records.sharing import private_mode

PURPOSE = "signing"


def own_signing_key(path: Path, keys: Keys, *, facility_code: str, facility_name: str, real_now: datetime) -> SigningKey:
    """The key in the file at `path`; a new one is made when there is none, or when its six months of signing are over.

    The old certificate stays believed: it was registered in the records, and honest slips outlive their key.
    """
    kept = _read(path, keys)
    if kept is not None and kept.not_before <= real_now <= kept.signs_until:
        return kept
    made = make_signing_key(facility_code, facility_name, real_now)
    content = json.dumps({"certificate": made.der.hex(), "private": keys.seal(PURPOSE, made.private).hex()})
    draft = path.with_name(path.name + ".new")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, private_mode(path.parent))
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    return made


def _read(path: Path, keys: Keys) -> SigningKey | None:
    try:
        content = json.loads(path.read_text("utf-8"))
        return signing_key(bytes.fromhex(content["certificate"]), keys.unseal(PURPOSE, bytes.fromhex(content["private"])))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as fault:
        raise Unavailable("records.seal_broken") from fault
