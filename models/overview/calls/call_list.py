"""Whom to call when doses in an open vial would be lost: people nearby who are due for just this vaccine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from models.people.birth import BirthDate

ANSWERS: Final = ("comes", "no", "unreached")
"""What came of a call: on the way, does not come, nobody answered."""
ELDERLY: Final = 60
_FEWEST, _MOST, _PER_DOSE = 6, 30, 3


@dataclass(frozen=True, slots=True, repr=False)
class Called:
    """One line of the list. `near` is 0 for the hamlet (dusun) in which today's visitors live, 1 for the post's desa, 2 for
    the rest of the working area; `dose` is the number that is due; `desa` a name. `answer` is "" until somebody called."""

    person: UUID
    name: str
    birth: BirthDate
    age: int
    sex: str
    phone: str
    desa: str
    dusun: str
    rt: str
    rw: str
    dose: int
    near: int
    answer: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class CallSheet:
    """A call list as shown and printed: no NIK, for paper with telephone numbers lies about."""

    id: UUID
    post: str
    facility: str
    day: date
    product: str
    doses: int
    lines: tuple[Called, ...]

    @property
    def coming(self) -> int:
        """How many said that they come."""
        return sum(line.answer == "comes" for line in self.lines)


def how_many(doses: int) -> int:
    """How many people to put on the list for so many doses: three for each, for not everybody answers or can come."""
    return max(_FEWEST, min(_MOST, doses * _PER_DOSE))


def at_risk(left_doses: int, waiting: int) -> int:
    """How many full doses nobody is there for."""
    return max(0, left_doses - waiting)
