"""What a counter asks off the screen's thread: plain functions of a folder of lists and, where there are any, of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from gui.commands.pictures import qr_texts
from models.certificates.issuing import PREFIX as CERTIFICATE
from models.certificates.judging import Judgement, judge
from models.certificates.letters import PREFIX as LETTER
from models.certificates.queries import is_revoked, trusted_keys
from models.certificates.trust_store import TrustStore
from models.errors import Refused


@dataclass(frozen=True)
class Seen:
    """A judgement, and the moment by which it was made."""

    found: Judgement
    at: datetime


def judged(texts: Sequence[str], lists: Path, now: datetime) -> list[Seen]:
    """At a counter without records."""
    believed = TrustStore(lists).read()
    return [Seen(judge(text, believed, now), now) for text in texts]


def judged_here(records: Any, texts: Sequence[str], lists: Path, now: datetime) -> list[Seen]:
    """In a puskesmas, whose own signers and revocations are known at once."""
    own, believed = trusted_keys(records), TrustStore(lists).read()
    back = partial(is_revoked, records)
    return [Seen(judge(text, believed, now, own=own, taken_back=back), now) for text in texts]


def texts_in(path: str) -> list[str]:
    """Every QR in a picture or PDF that looks like a certificate or a letter, each once; where none does, all that there are.

    Refused("command.no_qr") where there is none."""
    return ours_of(qr_texts(Path(path)))


def ours_of(texts: Sequence[str]) -> list[str]:
    """Of several QR those that are meant to be checked: a poster's beside the slip is not. Refused("command.no_qr") for none."""
    if not texts:
        raise Refused("command.no_qr", field="image")
    each = list(dict.fromkeys(texts))
    return [text for text in each if text.strip().upper().startswith((CERTIFICATE, LETTER))] or each
