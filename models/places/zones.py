"""The three time zones of Indonesia and which local day a moment belongs to.

Fixed offsets by name: Indonesia keeps no summer time and has not moved a zone since 1988, and a fresh Windows PC has
no zone database.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

ZONES: Final[dict[str, timezone]] = {
    "WIB": timezone(timedelta(hours=7), "WIB"),
    "WITA": timezone(timedelta(hours=8), "WITA"),
    "WIT": timezone(timedelta(hours=9), "WIT"),
}

# Keppres 41/1987: WITA is Bali, Nusa Tenggara, Sulawesi, South, East and North Kalimantan; WIT is Maluku and Papua.
_WITA: Final = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})


_HOURS: Final = re.compile(r"(?:UTC)?([+-])(\d{1,2})(?::?00)?", re.ASCII | re.IGNORECASE)


def clock_of(name: str) -> timezone | None:
    """The clock of a ledger that may have been kept elsewhere: one of the three, UTC, or whole hours from it such as +02. Its
    own name is the one that is kept. None where it names none of these."""
    known = name.strip().upper()
    if known in {"UTC", "GMT", "Z"}:
        return timezone(timedelta(0), "UTC")
    found = _HOURS.fullmatch(known)
    if found is None or int(found[2]) > 14:
        return ZONES.get(known)
    hours = int(found[1] + found[2])
    return timezone(timedelta(hours=hours), f"{hours:+03}") if hours else timezone(timedelta(0), "UTC")


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
