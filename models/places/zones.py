"""The three time zones of Indonesia and which local day a moment belongs to.

Fixed offsets by name: Indonesia keeps no summer time and has not moved a zone since 1988, and a fresh Windows PC has
no zone database.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

ZONES: Final[dict[str, timezone]] = {
    "WIB": timezone(timedelta(hours=7), "WIB"),
    "WITA": timezone(timedelta(hours=8), "WITA"),
    "WIT": timezone(timedelta(hours=9), "WIT"),
}

# Keppres 41/1987: WITA is Bali, Nusa Tenggara, Sulawesi, South, East and North Kalimantan; WIT is Maluku and Papua.
_WITA: Final = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})


def local_day(moment: datetime, zone: str) -> date:
    """The day on the wall calendar of `zone` ("WIB", "WITA", "WIT") at an aware moment."""
    if moment.tzinfo is None:
        raise TypeError("a moment needs a time zone")
    return moment.astimezone(ZONES[zone]).date()


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The UTC moments at which a local day begins (inclusive) and ends (exclusive)."""
    begin = datetime.combine(day, time.min, ZONES[zone]).astimezone(UTC)
    return begin, begin + timedelta(days=1)


def zone_of(code: str) -> str:
    """The zone of a region by its dotted code, to be offered when a facility is set up."""
    province = code[:2]
    if province in _WITA:
        return "WITA"
    return "WIT" if province[:1] in {"8", "9"} else "WIB"
