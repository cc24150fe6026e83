"""Whole numbers and degrees as people type them."""

from __future__ import annotations

import re
from typing import Final

from models.errors import Refused

_WHOLE: Final = re.compile(r"\d{1,6}|\d{1,3}(?:[. ]\d{3})+")
_DEGREES: Final = re.compile(r"([-−–]?)(\d{1,2})(?:[.,](\d))?\s*(?:°?\s*C)?", re.IGNORECASE)


def whole_number(text: str) -> str:
    """A positive whole number; dots and spaces only between thousands, so that 1.5 is never read as 15."""
    number = whole_or_none(text)
    if number == "0":
        raise Refused("screen.number")
    return number


def whole_or_none(text: str) -> str:
    """The same from 0 on."""
    plain = text.strip()
    if not (plain.isascii() and _WHOLE.fullmatch(plain)) or len(plain) > 7:
        raise Refused("screen.number")
    return str(int(re.sub(r"[. ]", "", plain)))


def tidy_degrees(text: str) -> str:
    """4,5 from 4.5 or 4,5 °C; nothing stays nothing."""
    return degrees_words(tenths_of(text)) if text.strip() else ""


def tenths_of(text: str) -> int | None:
    """Tenths of a degree, None for nothing typed. Refused: what is no temperature."""
    if not text.strip():
        return None
    found = _DEGREES.fullmatch(text.strip())
    if found is None:
        raise Refused("delivery.temperature", field="temperature_tenths")
    tenths = int(found[2]) * 10 + int(found[3] or 0)
    return -tenths if found[1] else tenths


def degrees_words(tenths: int | None) -> str:
    """4,5 or −18."""
    if tenths is None:
        return ""
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}" + (f",{rest}" if rest else "")
