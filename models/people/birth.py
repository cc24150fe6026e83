"""Dates of birth, also where only the month or the year is known, as with many old people."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from models.errors import Refused

Precision = Literal["day", "month", "year"]

OLDEST: Final = 120  # whole years; above it a person is asked whether the year is right

_NAMES: Final = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_MONTHS: Final = dict(zip(_NAMES, range(1, 13), strict=True)) | {
    "agt": 8, "ags": 8, "peb": 2, "nop": 11, "may": 5, "aug": 8, "oct": 10, "dec": 12,
}  # fmt: skip
_PRECISION: Final[dict[int, Precision]] = {1: "year", 2: "month", 3: "day"}


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A date of birth and how exactly it is known. `date` is the first day that it can be."""

    date: datetime.date
    precision: Precision = "day"

    @property
    def latest(self) -> datetime.date:
        """The last day that it can be."""
        if self.precision == "day":
            return self.date
        month = 12 if self.precision == "year" else self.date.month
        return datetime.date(self.date.year, month, monthrange(self.date.year, month)[1])

    def includes(self, day: datetime.date) -> bool:
        """Whether somebody with this date of birth can be born on `day`."""
        return self.date <= day <= self.latest

    def meets(self, other: BirthDate) -> bool:
        """Whether both can be the same day."""
        return self.date <= other.latest and other.date <= self.latest

    def age_on(self, day: datetime.date) -> int:
        """Whole years on `day`, in the most careful reading: where the date is not exact, the *youngest* possible.

        So nobody gets a dose too young. Born on 29 February, a year is full on 1 March. Negative before birth.
        """
        return _years(self.latest, day)

    def oldest_on(self, day: datetime.date) -> int:
        """Whole years on `day` if born on the first possible day: for what applies from an age on, such as the
        questions for people of 60 or more."""
        return _years(self.date, day)

    def very_old(self, today: datetime.date) -> bool:
        """Whether the date makes somebody more than 120 years old, which is asked about."""
        return self.age_on(today) > OLDEST


def _years(born: datetime.date, day: datetime.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def parse_birth(text: str, today: datetime.date) -> BirthDate:
    """Read a typed date of birth.

    `12061952`, `12-6-1952`, `12/6/1952`, `12.6.1952`, `12 Juni 1952` and `1952-06-12` are days, `6-1952` and
    `Juni 1952` months, `1952` a year. A year of two digits is taken where only one century is possible. Refused: what
    is no date (`birth.impossible`), cannot be read (`birth.unclear`), leaves the century open (`birth.year_digits`) or
    is after `today` (`birth.future`).
    """
    parts = [part for part in re.split(r"[\s./,\u2010-\u2015-]+", text.lower()) if part]
    if not parts:
        raise Refused("birth.empty", field="birth_date")
    if len(parts) == 1 and _is_number(parts[0], 8):
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) == 3 and _is_number(parts[0], 4):
        parts.reverse()
    if len(parts) > 3 or not _is_number(parts[-1], 4 if len(parts) == 1 else 2, 4):
        raise Refused("birth.unclear", field="birth_date")
    month = _month(parts[-2]) if len(parts) > 1 else 1
    if len(parts) == 3 and not _is_number(parts[0], 1, 2):
        raise Refused("birth.unclear", field="birth_date")
    day = int(parts[0]) if len(parts) == 3 else 1
    birth = BirthDate(_date(parts[-1], month, day, today), _PRECISION[len(parts)])
    if birth.date > today:
        raise Refused("birth.future", field="birth_date")
    return birth


def _is_number(text: str, *lengths: int) -> bool:
    """`isdecimal` alone would take the digits of other scripts."""
    return text.isascii() and text.isdecimal() and len(text) in lengths


def _month(text: str) -> int:
    if _is_number(text, 1, 2):
        return int(text)
    month = _MONTHS.get(text[:3]) if text.isalpha() else None
    if month is None:
        raise Refused("birth.unclear", field="birth_date")
    return month


def _date(year: str, month: int, day: int, today: datetime.date) -> datetime.date:
    years = (int(year),) if len(year) == 4 else (2000 + int(year), 1900 + int(year))
    dates = real_dates(years, month, day)
    if not dates:
        raise Refused("birth.impossible", field="birth_date")
    possible = dates if len(years) == 1 else [made for made in dates if made <= today]
    if len(possible) != 1:
        raise Refused("birth.year_digits", field="birth_date")
    return possible[0]


def real_dates(years: Iterable[int], month: int, day: int) -> list[datetime.date]:
    """That day of each year which has it: 2000 had a 29 February, 1900 had none."""
    found = []
    for year in years:
        with suppress(ValueError):
            found.append(datetime.date(year, month, day))
    return found
