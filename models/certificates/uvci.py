"""The number of a certificate: 80 random bits, so that it tells nothing about the person and a list of them neither.

Form of the EU's UVCI annex 2, option 1: URN:UVCI:01:<country>:<issuer>/<opaque>#<check character>.
"""

from __future__ import annotations

import base64
import re

from models.errors import Refused

RANDOM_BYTES = 10

_CODE_POINTS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:"


def make_uvci(facility_code: str, random: bytes) -> str:
    """`random` is 10 bytes from the system's source; `facility_code` is capitals and digits, at most 30."""
    if len(random) != RANDOM_BYTES:
        raise ValueError("80 random bits")
    if not re.fullmatch("[A-Z0-9]{1,30}", facility_code):
        raise Refused("certificate.facility_code", field="facility_code")
    stem = f"URN:UVCI:01:ID:{facility_code}/{base64.b32encode(random).decode('ascii')}"
    return f"{stem}#{check_character(stem)}"


def check_character(stem: str) -> str:
    """Luhn mod N over the whole number without `#`, in the 38 code points of the EU's reference."""
    size = len(_CODE_POINTS)
    total = 0
    for place, character in enumerate(reversed(stem)):
        addend = _CODE_POINTS.index(character) * (1 if place % 2 else 2)
        total += addend // size + addend % size
    return _CODE_POINTS[-total % size]


def facility_of(number: str) -> str:
    """The code of the facility that a number of our form names as its issuer; nothing for other forms."""
    found = re.match("URN:UVCI:01:ID:([A-Z0-9]{1,30})/", number)
    return found[1] if found else ""


def is_uvci(text: str) -> bool:
    """A number of our form whose check character fits; for what a person types from paper."""
    stem, hash_sign, check = text.partition("#")
    return (
        bool(hash_sign)
        and re.fullmatch("URN:UVCI:01:ID:[A-Z0-9]{1,30}/[A-Z2-7]{16}", stem) is not None
        and check == check_character(stem)
    )
