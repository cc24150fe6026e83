"""What the page of keys does off the screen's thread: in the folder of this PC, not in the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gui.checking.lists import read_file
from gui.commands.output import write_paper
from models.certificates.keys import SigningKey
from models.certificates.lists import sign_reported
from models.certificates.queries import revoked
from models.certificates.signers import SignerFile, SignerState
from models.certificates.trust_store import Believed, TrustStore
from models.errors import Refused
from models.places.queries import FacilityRow


@dataclass(frozen=True)
class Shown:
    """The key that signs here, and whom this PC believes, at one moment."""

    state: SignerState
    believed: Believed
    at: datetime


def look(signer: SignerFile, store: TrustStore, now: datetime) -> Shown:
    """How things stand."""
    return Shown(signer.state(now), store.read(), now)


def save_request(signer: SignerFile, of: FacilityRow, desk: str, path: Path) -> None:
    """Make the request, or the same one again, and write it for the district."""
    write_paper(path, signer.request(of.code, of.name, desk))


def take_answer(signer: SignerFile, store: TrustStore, path: str, now: datetime) -> SigningKey:
    """The district's answer; its authority must be pinned here already."""
    authority = store.read().authority
    if authority is None:
        raise Refused("trust.no_authority")
    return signer.accept(read_file(path), authority, now)


def save_report(records: Any, signer: SignerFile, path: Path, now: datetime) -> int:
    """Write what was taken back here for the district; how many numbers."""
    key = signer.signing(now)
    if key is None:
        raise Refused("signer.none")
    numbers = revoked(records)
    write_paper(path, sign_reported(numbers, key, now))
    return len(numbers)
