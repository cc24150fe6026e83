"""A day as people type it, outside the date of birth."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from models.errors import Refused
from models.people.birth import parse_birth

_AHEAD: Final = timedelta(days=366)


def past_day(text: str, today: date) -> date:
    """A day up to `today`. Refused: "screen.date" where it is none, "screen.day_ahead" where it has yet to come."""
    day = coming_day(text, today)
    if day > today:
        raise Refused("screen.day_ahead")
    return day


def coming_day(text: str, today: date) -> date:
    """The same, up to a year ahead of `today`; "screen.no_such_day" for one that no calendar has."""
    try:
        read = parse_birth(text, today + _AHEAD)
    except Refused as problem:
        raise Refused("screen.no_such_day" if problem.code == "birth.impossible" else "screen.date") from problem
    if read.precision != "day":
        raise Refused("screen.date")
    return read.date
