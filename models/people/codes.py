"""The code of somebody without a NIK. Never sixteen digits: it cannot be taken for a NIK."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: without I, L, O and U


def code_of(recipient: UUID) -> str:
    """Six signs from the random end of an id: two people of one facility share them once in a thousand million."""
    return "".join(_SIGNS[recipient.int >> shift & 31] for shift in range(25, -1, -5))


def temporary_code(facility_code: str, code: str) -> str:
    """The code as it is shown and printed: "TMP-P6112090101-7K3Q9M"."""
    return f"TMP-{facility_code}-{code}"


def typed_code(text: str) -> str | None:
    """The six signs in a typed or pasted temporary code, with or without the facility; None if it is no such code."""
    found = re.fullmatch(r"TMP-(?:[A-Z0-9-]+-)?([0-9A-Z]{6})", re.sub(r"\s", "", text).upper())
    return found[1].translate(str.maketrans("ILO", "110")) if found else None
