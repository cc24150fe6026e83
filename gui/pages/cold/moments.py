"""A moment as people type it: a day and an hour, or the hour alone for today."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from gui.panels.days import past_day
from models.errors import Refused
from models.places.zones import ZONES

_CLOCK: Final = re.compile(r"(?:(.*\S)\s+)?([01]?[0-9]|2[0-3])[.:]?([0-5][0-9])", re.DOTALL)


def read_moment(text: str, today: date, zone: str) -> datetime:
    """`20-12-2021 12.05` or `12.05`, aware. Refused("cold.moment") for anything else, a day to come as everywhere."""
    found = _CLOCK.fullmatch(" ".join(text.split()))
    if found is None:
        raise Refused("cold.moment")
    day = past_day(found[1], today) if found[1] else today
    return datetime.combine(day, time(int(found[2]), int(found[3])), ZONES[zone])


def moment_text(moment: datetime, zone: str) -> str:
    """As `read_moment` takes it."""
    return f"{moment.astimezone(ZONES[zone]):%d-%m-%Y %H.%M}"


def read_clock(text: str) -> int:
    """Minutes after midnight of `9.00` or `15:30`. Refused("cold.hours") for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or found[1]:
        raise Refused("cold.hours")
    return int(found[2]) * 60 + int(found[3])


def clock_text(minutes: int) -> str:
    """09.00"""
    return f"{minutes // 60:02}.{minutes % 60:02}"


def read_minutes(text: str) -> int:
    """Minutes of `95` or `1.35`, as the card writes them (hours.minutes). Refused("tag.minutes") for anything else."""
    plain = text.strip() or "0"
    hours, _, rest = plain.replace(":", ".").replace(",", ".").rpartition(".")
    if not (rest.isascii() and rest.isdigit() and (not hours or (hours.isascii() and hours.isdigit() and int(rest) < 60))):
        raise Refused("tag.minutes")
    minutes = int(hours or 0) * 60 + int(rest)
    if minutes > 1440:
        raise Refused("tag.minutes")
    return minutes
