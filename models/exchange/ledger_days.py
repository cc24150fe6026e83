"""The days and moments of another system's ledger, in every way of writing them that has one meaning.

Day first, unless the file is said to put the month first. Read as well: names of months in English and Indonesian, AM and PM, an
offset or the name of a zone behind the time, and the day numbers of spreadsheets. A year needs four digits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from models.errors import Refused
from models.places.zones import ZONES

_FIRST_YEAR: Final = 1990
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januari", "feb february februari peb", "mar march maret mrt", "apr april", "may mei", "jun june juni",
            "jul july juli", "aug august agustus agu ags agt", "sep sept september", "oct october okt oktober",
            "nov november nop", "dec december des desember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_CLOCK: Final = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?:\s*[AP]\.?M\.?)?"
_DATE: Final = re.compile(
    r"(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4})"
    r"|(?P<y3>\d{4})(?P<m3>\d{2})(?P<d3>\d{2})"
    r"|(?P<d4>\d{1,2})[ -]?(?P<m4>[A-Z]{3,9})\.?,?[ -]?(?P<y4>\d{4})|(?P<m5>[A-Z]{3,9})\.? (?P<d5>\d{1,2}),? (?P<y5>\d{4}))"
    rf"(?:[T ]+(?P<time>{_CLOCK})\s*(?P<zone>Z|UTC|GMT|WITA|WIT|WIB|[+-]\d{{2}}(?::?\d{{2}})?)?)?",
    re.ASCII | re.IGNORECASE,
)
_TIME: Final = re.compile(
    r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?(?:\s*(?P<half>[AP])\.?M\.?)?",
    re.ASCII | re.IGNORECASE,
)
_SERIAL: Final = re.compile(r"(?P<day>[3-6]\d{4})(?:[.,](?P<part>\d{1,12}))?", re.ASCII)
"""A day as spreadsheets count them, from the end of 1899; with a fraction for the time."""
_SERIAL_DAY: Final = date(1899, 12, 30)
_FIRST_DAY: Final = date(1, 1, 2)
_BEGIN: Final = datetime.combine(_FIRST_DAY, time(), UTC)


@dataclass(frozen=True)
class Reading:
    """How a file is to be read where it does not say so itself: `place` and `unit` ("vials" or "doses") of its lines, the zone
    of its clock, the moment after which nothing can have happened, its own words for kinds, spelled as `ledger_words.plain` does,
    and whether 12/31/2021 is meant by its dates."""

    zone: timezone
    now: datetime
    place: str = ""
    unit: str = "vials"
    kinds: Mapping[str, str] = field(default_factory=dict)
    month_first: bool = False


def told_day(number: int, cells: Mapping[str, str], how: Reading) -> tuple[date, datetime | None, bool]:
    """The local day, the moment where one is told, and whether that day is another one than the day that is written."""
    written = _serial(cells["date"])
    found = _DATE.fullmatch(written)
    if found is None:
        raise Refused("ledger.date" if written else "ledger.date_missing", line=number, text=cells["date"][:30])
    day = _calendar_day(number, found, how)
    clock = cells.get("time") or found["time"]
    if not clock:
        if day > how.now.astimezone(how.zone).date():
            raise Refused("ledger.future", line=number, day=day)
        return day, None, False
    zone = how.zone if cells.get("time") else _zone_of(found, how)
    moment = datetime.combine(day, _clock(number, clock), zone).astimezone(UTC)
    if moment > how.now:
        raise Refused("ledger.future", line=number, day=day)
    local = moment.astimezone(how.zone).date()
    return local, moment, local != day


def noon(day: date, how: Reading) -> datetime:
    """What is known by its day alone happened at noon; on this very day before now, or it would lie in the future."""
    return min(datetime.combine(day, time(12), how.zone).astimezone(UTC), how.now - timedelta(seconds=1))


def told_sequence(text: str, how: Reading) -> tuple[int, int, str]:
    """What a column of sequence says, as it is sorted: numbers, then moments or times of day, then any other text."""
    if text.isascii() and text.isdigit() and len(text) < 16:
        return 0, int(text), ""
    found = _DATE.fullmatch(text)
    try:
        if found is not None:
            clock = _clock(0, found["time"]) if found["time"] else time()
            moment = datetime.combine(_calendar_day(0, found, how), clock, _zone_of(found, how))
            return 1, (moment - _BEGIN) // timedelta(microseconds=1), ""
        if _TIME.fullmatch(text):
            return 1, (datetime.combine(_FIRST_DAY, _clock(0, text), UTC) - _BEGIN) // timedelta(microseconds=1), ""
    except Refused:
        pass  # as text: a column of sequence orders lines and refuses none
    return 2, 0, text


def told_expiry(number: int, text: str, how: Reading) -> date | None:
    """The last day of use; a month alone means its last day, as on a label."""
    if not text:
        return None
    found = _DATE.fullmatch(_serial(text))
    if found is not None:
        return _calendar_day(number, found, how)
    month = re.fullmatch(
        r"(?:(?P<m>\d{1,2})[-/](?P<y>\d{4})|(?P<y2>\d{4})[-/](?P<m2>\d{1,2})|(?P<m3>[A-Z]{3,9})\.?[ -]?(?P<y3>\d{4}))",
        text, re.ASCII | re.IGNORECASE,
    )  # fmt: skip
    of = _month(month["m"] or month["m2"] or month["m3"]) if month else 0
    if month is None or not 1 <= of <= 12:
        raise Refused("ledger.expiry", line=number, text=text[:30])
    year = int(month["y"] or month["y2"] or month["y3"])
    return date(year + of // 12, of % 12 + 1, 1) - timedelta(days=1)


def _serial(text: str) -> str:
    """The day number of a spreadsheet as a date and time; any other text as it is."""
    found = _SERIAL.fullmatch(text)
    if found is None:
        return text
    day = (_SERIAL_DAY + timedelta(days=int(found["day"]))).isoformat()
    if not found["part"]:
        return day
    seconds = round(int(found["part"]) * 86_400 / 10 ** len(found["part"]))
    return f"{day} {min(seconds, 86_399) // 3600:02}:{min(seconds, 86_399) // 60 % 60:02}:{min(seconds, 86_399) % 60:02}"


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.get(text.casefold(), 0)


def _zone_of(found: re.Match[str], how: Reading) -> timezone:
    """The zone that a date-time names, Z, WIB, +07 or +07:00; else that of the book."""
    said = (found["zone"] or "").upper()
    if not said:
        return how.zone
    if said in ZONES:
        return ZONES[said]
    if said in {"Z", "UTC", "GMT"}:
        return UTC
    sign = -1 if said[0] == "-" else 1
    digits = said[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0)))


def _calendar_day(number: int, found: re.Match[str], how: Reading) -> date:
    """The day; what would be one with day and month exchanged is refused in words of its own."""
    parts = [next(found[f"{name}{way}"] for way in ("", 2, 3, 4, 5) if found[f"{name}{way}"]) for name in "ymd"]
    year, month, day = int(parts[0]), _month(parts[1]), int(parts[2])
    exchanged = bool(found["d2"])
    if exchanged and how.month_first:
        month, day = day, month
    try:
        known = date(year, month, day)
    except ValueError:
        if exchanged and 1 <= day <= 12 < month <= 31:
            raise Refused(
                "ledger.date_month_first" if how.month_first else "ledger.date_day_first", line=number, text=found[0][:30]
            ) from None
        raise Refused("ledger.date", line=number, text=found[0][:30]) from None
    if known.year < _FIRST_YEAR:
        raise Refused("ledger.date", line=number, text=found[0][:30])
    return known


def _clock(number: int, text: str) -> time:
    found = _TIME.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        hour = int(found["h"])
        if found["half"]:
            if not 1 <= hour <= 12:
                raise ValueError
            hour = hour % 12 + (12 if found["half"].upper() == "P" else 0)
        fraction = int((found["f"] or "").ljust(6, "0")[:6])
        return time(hour, int(found["m"]), int(found["s"] or 0), fraction)
    except ValueError:
        raise Refused("ledger.time", line=number, text=text[:20]) from None
