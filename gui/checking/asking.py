"""What a counter asks off the screen's thread: plain functions of a folder of lists and, where there are any, of records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gui.commands.pictures import qr_texts
from models.certificates.judging import Judgement, judge
from models.certificates.letters import PREFIX
from models.certificates.queries import is_revoked, trusted_keys
from models.certificates.trust_store import TrustStore
from models.errors import Refused


@dataclass(frozen=True)
class Seen:
    """A judgement, and the moment by which it was made."""

    found: Judgement
    at: datetime


def judged(text: str, lists: Path, now: datetime) -> Seen:
    """At a counter without records."""
    return Seen(judge(text, TrustStore(lists).read(), now), now)


def judged_here(records: Any, text: str, lists: Path, now: datetime) -> Seen:
    """In a puskesmas, whose own signers and revocations are known at once."""
    own = trusted_keys(records)
    return Seen(judge(text, TrustStore(lists).read(), now, own=own, taken_back=lambda uvci: is_revoked(records, uvci)), now)


def text_in(path: str) -> str:
    """The QR in a picture or PDF: the first that looks like a certificate or a letter, else the first of all.

    Refused("command.no_qr") where there is none."""
    texts = qr_texts(Path(path))
    if not texts:
        raise Refused("command.no_qr", field="image")
    return next((text for text in texts if text.startswith(("HC1:", PREFIX))), texts[0])
