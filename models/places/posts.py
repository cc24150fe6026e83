"""What a facility, a post and a day's roster may look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from models.errors import Refused

KINDS: Final = ("warehouse", "centre", "village_post", "mobile_team", "home_visit", "institution")
LONGEST: Final = 100


def is_desa(code: str) -> bool:
    """Whether `code` has the form of a dotted desa code; the shipped list may be older than a new desa."""
    return re.fullmatch(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{4}", code) is not None


def tidy_line(text: str, field: str) -> str:
    """One line with single spaces. Refused: nothing ("places.empty"), more than 100 signs ("places.long")."""
    kept = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc"} or sign.isspace())
    line = " ".join(unicodedata.normalize("NFC", kept).split())
    if not line:
        raise Refused("places.empty", field=field)
    if len(line) > LONGEST:
        raise Refused("places.long", field=field, count=len(line), limit=LONGEST)
    return line


def tidy_code(text: str, field: str = "code", longest: int = 12) -> str:
    """A short code in capitals: letters, digits and dashes between them, two signs or more."""
    code = re.sub(r"\s", "", text).upper()
    if not (re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", code) and 2 <= len(code) <= longest):
        raise Refused("places.code", field=field, limit=longest)
    return code


def tidy_nip(text: str, field: str) -> str:
    """The number of a civil servant: eighteen digits, typed with or without spaces."""
    nip = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"[0-9]{18}", nip):
        raise Refused("places.nip", field=field, count=len(nip))
    return nip


def tidy_call_number(text: str, field: str) -> str:
    """Where people call: one number or several, as people write them, with a mobile's, an area's or none before it ("119"), and
    an extension. Refused: what nobody can dial ("places.call_number")."""
    line = tidy_line(text, field)
    numbers = re.split(r"\s*(?:[/,;]|\batau\b|\bext\b\.?|\bpes\b\.?)\s*", line, flags=re.IGNORECASE)
    for at, number in enumerate(numbers):
        digits = re.sub(r"[\s().-]", "", number)
        least = 3 if at == 0 else 1  # an extension may be short
        if not re.fullmatch(r"\+?[0-9]+", digits) or not least <= len(digits.lstrip("+")) <= 15:
            raise Refused("places.call_number", field=field)
    return line


def tidy_roster(names: Iterable[str]) -> list[str]:
    """The vaccinators of a day, each once, in the order given; empty lines fall away."""
    return list(dict.fromkeys(tidy_line(name, "roster") for name in names if name.strip()))
