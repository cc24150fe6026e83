"""A list of NIKs that an aid programme asks about in writing: what can be answered row by row, and what must not be guessed.

The answer says what is recorded here and judges nobody: who is not recorded may be vaccinated elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from models.errors import Refused
from models.overview.aid.cells import Cell, Line, letters
from models.people.nik import Nik

DAILY_LISTS: Final = 3
MOST_ROWS: Final = 5_000
"""As shipped; a puskesmas may set its own."""
_HEADED: Final = frozenset(
    {"nik", "nonik", "nomornik", "nikktp", "noktp", "nomorktp", "noktpnik", "nikpenerima", "nonikktp", "nomorindukkependudukan",
     "noindukkependudukan", "indukkependudukan"}
)  # fmt: skip
_HEAD_WITHIN: Final = 20
_EXPONENT: Final = re.compile(r"[+-]?\d+(?:[.,]\d*)?[eE][+-]?\d+", re.ASCII)
_DECIMAL: Final = re.compile(r"\d+[.,]0*", re.ASCII)
_LONG_NUMBER: Final = re.compile(r"(?:\d[ .-]?){16}", re.ASCII)

State = Literal["recorded", "unrecorded", "disputed", "unread"]


@dataclass(frozen=True, slots=True)
class AidRequest:
    """The written request: who asks, the number and date of the letter, what for."""

    agency: str
    number: str
    dated: date
    purpose: str


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One row. `nik` is empty where it cannot be read, with the code of the reason in `fault` (`count` digits for "nik.length");
    `same_as` is the row that named it first."""

    line: Line
    nik: str
    fault: str = ""
    count: int = 0
    same_as: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class AidList:
    """A list with its column of NIKs. `head` are the lines above the rows, the last of them with the titles."""

    head: tuple[Line, ...]
    rows: tuple[Asked, ...]
    column: int

    def niks(self) -> list[str]:
        """Each NIK once, in the order of the list."""
        return list(dict.fromkeys(each.nik for each in self.rows if each.nik))

    @property
    def width(self) -> int:
        """How many columns the widest line has."""
        return max((len(line.cells) for line in (*self.head, *(each.line for each in self.rows))), default=0)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a list may be, and how many may be answered on one day. `version` 0 are the shipped ones."""

    rows: int = MOST_ROWS
    lists: int = DAILY_LISTS
    version: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one row: "unread" rows were not looked up. `doses` are the numbers of the doses that count."""

    state: State
    doses: tuple[int, ...] = ()


def columns_of(lines: Sequence[Line]) -> list[tuple[int, str]]:
    """Every column with its letter and the first thing that stands in it, to be chosen from."""
    wide = max((len(line.cells) for line in lines), default=0)
    firsts = (next((line.cell(at).text for line in lines if line.cell(at).text.strip()), "") for at in range(wide))
    return [(at, f"{letters(at)}: {first.strip()[:40]}") for at, first in enumerate(firsts)]


def headed(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Line and column of the one title that means NIK; None where there is none, or two on a line."""
    for at, line in enumerate(lines[:_HEAD_WITHIN]):
        found = [column for column, cell in enumerate(line.cells) if re.sub(r"[^a-z]", "", cell.text.lower()) in _HEADED]
        if found:
            return (at, found[0]) if len(found) == 1 else None
    return None


def asked_in(lines: Sequence[Line], column: int) -> AidList:
    """Each row below the titles judged; a first line without a digit in that column are titles."""
    head = headed(lines)
    if head is not None and head[1] == column:
        start = head[0] + 1
    else:
        start = int(bool(lines) and not any(sign.isdecimal() for sign in lines[0].cell(column).text))
    first: dict[str, int] = {}
    rows = []
    for line in lines[start:]:
        try:
            nik = nik_in(line.cell(column)).digits
        except Refused as refused:
            count = refused.details.get("count", 0)
            rows.append(Asked(line, "", refused.code, count if isinstance(count, int) else 0))
            continue
        same = first.setdefault(nik, line.row)
        rows.append(Asked(line, nik, same_as=None if same == line.row else same))
    return AidList(tuple(lines[:start]), tuple(rows), column)


def nik_in(cell: Cell) -> Nik:
    """The NIK in a cell. What a spreadsheet may have turned into a number is refused, for its last digits are lost and the
    nearest NIK is somebody else's: "aid.nik_number", "aid.nik_exponent", "aid.nik_decimal", and "aid.nik_rounded" for one that
    ends in zero in a csv; "aid.nik_empty" for nothing. A text cell, a leading apostrophe and ="…" are taken for what they say.
    """
    text, kind = cell.text.strip(), cell.kind
    if text.startswith("'") or (text.startswith('="') and text.endswith('"')):
        text, kind = text.lstrip("='").rstrip('"').lstrip('"'), "text"
    if _EXPONENT.fullmatch(text):
        raise Refused("aid.nik_exponent")
    if _DECIMAL.fullmatch(text):
        raise Refused("aid.nik_decimal")
    if kind == "number":
        raise Refused("aid.nik_number")
    if not text.strip(" .-–"):
        raise Refused("aid.nik_empty")
    found = Nik.parse(text)
    if kind == "loose" and found.digits.endswith("0"):
        raise Refused("aid.nik_rounded")
    return found


def check_request(asked: AidRequest, today: date) -> AidRequest:
    """The request in proper form. Refused, with the field: "aid.agency", "aid.number", "aid.dated", "aid.purpose", and
    "aid.nik_in_words" where a NIK was typed, for these words stay in the books."""
    agency, number, purpose = (" ".join(each.split()) for each in (asked.agency, asked.number, asked.purpose))
    for name, text, least in (("agency", agency, 3), ("number", number, 3), ("purpose", purpose, 10)):
        if len(text) < least:
            raise Refused(f"aid.{name}", field=name)
        if _LONG_NUMBER.search(text):
            raise Refused("aid.nik_in_words", field=name)
    if asked.dated > today:
        raise Refused("aid.dated", field="dated")
    return AidRequest(agency[:120], number[:100], asked.dated, purpose[:300])


def answers(asked: AidList, found: Mapping[str, Answer]) -> list[Answer]:
    """One answer a row. `found` has those NIKs that are in the records."""
    nothing = Answer("unrecorded")
    return [found.get(row.nik, nothing) if row.nik else Answer("unread") for row in asked.rows]
