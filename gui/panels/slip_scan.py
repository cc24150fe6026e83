"""The scan of an earlier slip in the first field: whom it is of, once the signature holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from models.certificates.checking import verify
from models.certificates.queries import holder_of, trusted_keys


@dataclass(frozen=True)
class SlipOf:
    """`person` where the slip was issued here; else the `name` to look for."""

    name: str = field(repr=False)
    person: UUID | None


def read_slip(records: Any, text: str, at: datetime) -> SlipOf | None:
    """Whose slip it is, signed by a key known here; None for one that is not believed."""
    verdict = verify(text.strip().upper(), trusted_keys(records), at)
    if verdict.certificate is None:
        return None
    shots = verdict.certificate.get("v") or [{}]
    return SlipOf(str(verdict.certificate.get("nam", {}).get("fn", "")), holder_of(records, str(shots[0].get("ci", ""))))
