"""What a GS1 code on a box says: product, batch, expiry (GS1 General Specifications, sections 3 and 7.8).

Element strings of DataMatrix, GS1-128 and QR as scanners send them, the same written with brackets for people, and an EAN-13
alone. A value of variable length ends at FNC1, which scanners send as GS (0x1D) or as a sign that no value may hold.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from models.errors import Refused

GS: Final = "\x1d"
_SYMBOLOGY: Final = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_ELEMENTS: Final = re.compile(r"^\](?:C1|e\d|d2|Q3|J1)")
"""What scanners send before element strings; before an EAN or ITF-14 they send another."""
_WRITTEN_GS: Final = re.compile(r"<GS>|\{GS\}|\[GS\]|<FNC1>|\{FNC1\}|\\x1[dD]|\^\]|[\u241d\u001d|~^#@`$\\ ]")
_BRACKETS: Final = re.compile(r"\((\d{2,4})\)([^()]*)")
_VALUE: Final = re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+""")
"""Table 7.11-1: what a value may be made of. All else, as far as scanners send it, stands for FNC1."""
_FIXED: Final = {
    "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, "11": 6, "12": 6, "13": 6, "14": 6, "15": 6, "16": 6, "17": 6,
    "18": 6, "19": 6, "20": 2, "31": 6, "32": 6, "33": 6, "34": 6, "35": 6, "36": 6, "41": 13,
}  # fmt: skip
"""By the first two digits: signs after the identifier. These alone need no FNC1 behind them (figure 7.8.5-2)."""
_MOST: Final = {"10": 20, "21": 20, "22": 20, "30": 8, "37": 8, "90": 30, "240": 30, "241": 30, "250": 30, "251": 30}
_THREE: Final = frozenset({"23", "24", "25", "40", "41", "42", "71"})
_FOUR: Final = frozenset({"31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81", "82"})
"""Beginnings of identifiers of three and four digits."""
_NUMERIC: Final = frozenset({*_FIXED, "30", "37"})
_DATES: Final = frozenset({"11", "13", "15", "17"})
_LOST: Final = re.compile(r"(?:01\d{14}|(?:11|17)\d{6})")


@dataclass(frozen=True, slots=True)
class Label:
    """`item` is what names the product: the GTIN in 14 digits or, where a code has none, "90:" and the permit number of AI 90
    (BPOM's 2D barcode); "" if neither. `count` is AI 30 or 37, else None. With `lost_separator` the scanner swallowed FNC1:
    where the batch number ends is not known, so `number` is empty and what came after it is not read."""

    item: str
    number: str
    expiry: date | None
    serial: str
    count: int | None
    made_on: date | None
    lost_separator: bool
    elements: tuple[tuple[str, str], ...]

    @property
    def gtin(self) -> str:
        """14 digits or nothing."""
        return "" if self.item.startswith("90:") else self.item


def read_label(text: str, today: date) -> Label:
    """Read a scanned or typed code. Refused("gs1.…", field="label"): not such a code, a wrong check digit, a value that is too
    short or too long, a day that no calendar has, one identifier with two values."""
    text = text.strip(" \t\r\n")
    plain = _SYMBOLOGY.sub("", text)
    if not _ELEMENTS.match(text) and plain.isascii() and plain.isdigit() and len(plain) in {12, 13, 14}:
        return Label(_gtin(plain), "", None, "", None, None, False, (("01", plain.zfill(14)),))
    pairs = tuple(_bracketed(plain) if plain.startswith("(") else _elements(plain))
    found: dict[str, str] = {}
    for identifier, value in pairs:
        if found.setdefault(identifier, value) != value:
            raise Refused("gs1.twice", field="label", identifier=identifier)
    lost = _has_lost_separator(found, GS in _WRITTEN_GS.sub(GS, plain).strip(GS) or plain.startswith("("))
    trade = found.get("01") or found.get("02")  # 02: of what is inside a carton
    permit = found.get("90", "").upper()
    item = _gtin(trade) if trade else f"90:{permit}" if permit else ""
    days = {identifier: read_day(found[identifier], today) for identifier in _DATES & found.keys()}
    count = found.get("37") or found.get("30")
    return Label(
        item, "" if lost else found.get("10", ""), days.get("17"), found.get("21", ""), int(count) if count else None,
        days.get("11"), lost, pairs,
    )  # fmt: skip


def read_day(value: str, today: date) -> date:
    """YYMMDD; day 00 is the last of the month. The century is the one that puts the year within 49 years back and 50 ahead of
    `today` (General Specifications 7.12)."""
    short, month, day = int(value[:2]), int(value[2:4]), int(value[4:])
    ahead = short - today.year % 100
    century = today.year - today.year % 100 + (-100 if ahead >= 51 else 100 if ahead <= -50 else 0)
    year = century + short
    if not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        raise Refused("gs1.day", field="label", value=value)
    return date(year, month, day or monthrange(year, month)[1])


def check_digit(digits: str) -> int:
    """The digit that belongs behind `digits`: weights 3 and 1 from the right, up to the next ten."""
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits)))
    return -total % 10


def _gtin(digits: str) -> str:
    if check_digit(digits[:-1]) != int(digits[-1]):
        raise Refused("gs1.check_digit", field="label", gtin=digits, right=check_digit(digits[:-1]))
    return digits.zfill(14)


def _bracketed(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for part in _BRACKETS.finditer(text):
        if part.start() != at:
            break
        at = part.end()
        yield part[1], _checked(part[1], part[2].strip())
    if at != len(text) or not at:
        raise Refused("gs1.unreadable", field="label")


def _elements(text: str) -> Iterator[tuple[str, str]]:
    """Each identifier with its value, FNC1 where it must be and where it need not."""
    rest = _WRITTEN_GS.sub(GS, text).strip(GS)
    if not rest:
        raise Refused("gs1.unreadable", field="label")
    while rest:
        length = _identifier_length(rest)
        identifier, rest = rest[:length], rest[length:]
        fixed = _FIXED.get(identifier[:2])
        end = fixed if fixed is not None else rest.find(GS) if GS in rest else len(rest)
        yield identifier, _checked(identifier, rest[:end])
        rest = rest[end:].lstrip(GS)


def _identifier_length(text: str) -> int:
    first = text[:2]
    if not (len(first) == 2 and first.isascii() and first.isdigit()):
        raise Refused("gs1.unreadable", field="label")
    if first in _THREE:
        length = 3
    elif first in _FOUR:
        length = 4
    elif first in _FIXED or first in _MOST or first[0] == "9":
        length = 2
    else:
        raise Refused("gs1.unreadable", field="label")
    if not (text[:length].isascii() and text[:length].isdigit() and len(text) > length):
        raise Refused("gs1.short", field="label", identifier=text[:length])
    return length


def _checked(identifier: str, value: str) -> str:
    fixed = _FIXED.get(identifier[:2])
    if not value or (fixed is not None and len(value) < fixed):
        raise Refused("gs1.short", field="label", identifier=identifier)
    most = fixed or _MOST.get(identifier, 90)
    if len(value) > most and identifier not in {"10", "21"}:  # those two are what a lost separator makes too long
        raise Refused("gs1.long", field="label", identifier=identifier)
    numeric = identifier[:2] in _NUMERIC
    if not _VALUE.fullmatch(value) or (numeric and not (value.isascii() and value.isdigit())):
        raise Refused("gs1.sign", field="label", identifier=identifier)
    return value


def _has_lost_separator(found: dict[str, str], separated: bool) -> bool:
    """A batch number longer than any, or one that ends in the expiry or the GTIN that is missing elsewhere."""
    for identifier in ("10", "21"):
        value = found.get(identifier, "")
        if len(value) > _MOST[identifier]:
            return True
        if identifier == "10" and not separated:
            tail = next((part[0] for part in _LOST.finditer(value) if part.start() and part[0][:2] not in found), "")
            if tail and (tail[:2] != "01" or check_digit(tail[2:-1]) == int(tail[-1])):
                return True
    return False
