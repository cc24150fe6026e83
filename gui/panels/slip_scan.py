"""The scan of an earlier slip in the first field: a proposal of whom to look for, once the signature holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models.certificates.checking import verify
from models.certificates.queries import trusted_keys


def read_slip(records: Any, text: str, at: datetime) -> str:
    """The name on a slip signed by a key known here, or nothing."""
    verdict = verify(text.strip().upper(), trusted_keys(records), at)
    if verdict.certificate is None:
        return ""
    return str(verdict.certificate.get("nam", {}).get("fn", ""))
