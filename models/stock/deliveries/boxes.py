"""A box that leaves: its lines, its number on paper, and how it is answered where it arrives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from models.errors import Refused
from models.stock.asking import require_reason
from models.stock.batches import MOST_VIALS

MOST_LINES: Final = 60
LATE_AFTER: Final = timedelta(hours=24)
"""So long a box may be on its way before it is pointed out, unless a puskesmas says otherwise: a day reaches every post of
a kecamatan by boat."""
MOST_HOURS: Final = 720
_NUMBER: Final = re.compile(r"(\d{1,6})/SBBK/(.+)/(\d{4})")


@dataclass(frozen=True, slots=True)
class BoxLine:
    """So many intact vials of a batch."""

    batch: UUID
    vials: int


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What was found in the box of one transfer: intact and broken vials. What is missing, or broken, has a reason."""

    transfer: UUID
    vials: int
    damaged: int = 0
    reason: str = ""


def paper_number(number: int, post: str, year: int) -> str:
    """The number of an SBBK of our own: counted per place and year. `post` is the place's code."""
    return f"{number:03}/SBBK/{post}/{year}"


def counted(document: str, post: str, year: int) -> int:
    """Which number of the place's own row this is; 0 for a paper that is numbered otherwise."""
    found = _NUMBER.fullmatch(document.strip().upper())
    return int(found[1]) if found and found[2] == post.upper() and int(found[3]) == year else 0


def check_lines(lines: Sequence[BoxLine]) -> None:
    """Refused: no line or too many, a count that is no whole number from 1 to 100,000, one batch on two lines."""
    if not 1 <= len(lines) <= MOST_LINES:
        raise Refused("box.no_lines", field="lines", most=MOST_LINES)
    seen: set[UUID] = set()
    for at, line in enumerate(lines):
        if type(line.vials) is not int or not 1 <= line.vials <= MOST_VIALS:
            raise Refused("stock.vials", field=f"lines.{at}.vials", most=MOST_VIALS)
        if line.batch in seen:
            raise Refused("box.batch_twice", field=f"lines.{at}.batch")
        seen.add(line.batch)


def check_answer(answer: LineAnswer, sent: int) -> None:
    """Refused: counts that are no whole numbers or more than were sent; fewer intact ones than sent without a reason."""
    for name in ("vials", "damaged"):
        count = getattr(answer, name)
        if type(count) is not int or count < 0:
            raise Refused("transfer.counted", field=name, sent=sent)
    if answer.vials + answer.damaged > sent:
        raise Refused("transfer.more_than_sent", field="vials", sent=sent)
    if answer.vials < sent:
        require_reason(answer.reason)
