"""Mobile numbers of Indonesia in one form."""

from __future__ import annotations

import re

from models.errors import Refused


def tidy_phone(text: str) -> str:
    """The number as "+628…": from 0812…, 62812…, +62812…, +62 0812… or 812…, with any spaces, dots, dashes, brackets.

    Refused: letters and other scripts' digits (`phone.letters`), what is no Indonesian mobile number
    (`phone.not_mobile`: they begin with 08), and fewer than 10 or more than 13 digits counted from that 0
    (`phone.length`).
    """
    digits = re.sub(r"[\s().\u200b-\u200f\u2010-\u2015\u202a-\u202e-]", "", text)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        raise Refused("phone.letters", field="phone")
    national = re.sub(r"^(?:\+62|0062|62|0)?0?", "", digits)
    if not national.startswith("8") or (digits.startswith("+") and not digits.startswith("+62")):
        raise Refused("phone.not_mobile", field="phone")
    if not 9 <= len(national) <= 12:
        raise Refused("phone.length", field="phone", count=len(national) + 1)
    return f"+62{national}"


def national(phone: str) -> str:
    """A tidy number as people say it: "0812-3456-7890"."""
    digits = "0" + phone.removeprefix("+62")
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)
