"""Dates, numbers and NIKs as Indonesian paper and screens write them. Everything that is shown goes through here."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
NOTHING = "–"


def day_short(day: date | None) -> str:
    """12-06-1952"""
    return f"{day:%d-%m-%Y}" if day else NOTHING


def day_plain(day: date) -> str:
    """20 Desember 2021"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_long(day: date) -> str:
    """Senin, 20 Desember 2021"""
    return f"{DAYS[day.weekday()]}, {day_plain(day)}"


def birth_date(day: date | None, precision: str) -> str:
    """12-06-1952, 06-1952 or 1952, as far as the date is known ("day", "month", "year")."""
    return day_short(day)[{"day": 0, "month": 3, "year": 6}[precision] :] if day else NOTHING


def clock(moment: datetime, zone: tzinfo) -> str:
    """10.42, on the puskesmas' own clock."""
    return f"{moment.astimezone(zone):%H.%M}"


def number(value: int) -> str:
    """1.259.754 and -3."""
    return f"{value:,}".replace(",", ".")


def decimal(numerator: int, denominator: int, places: int) -> str:
    """A quotient with a comma, half rounded away from zero: 963.534 / 2.519.508 x 100 is 38,24. "–" over nothing."""
    if denominator == 0:
        return NOTHING
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    scaled = (abs(numerator) * 10**places * 2 + denominator) // (denominator * 2)
    whole, part = divmod(scaled, 10**places)
    text = number(whole) + (f",{part:0{places}d}" if places else "")
    return f"-{text}" if numerator < 0 and scaled else text


def degrees(tenths: int | None) -> str:
    """4,2 and -0,5 from tenths of a degree."""
    return NOTHING if tenths is None else decimal(tenths, 10, 1)


def percent(part: int, whole: int, places: int = 2) -> str:
    """38,24 %"""
    text = decimal(part * 100, whole, places)
    return text if text == NOTHING else f"{text} %"


def nik_grouped(nik: str) -> str:
    """3201 0152 0687 0003, for reading aloud on the screen; never for paper."""
    return " ".join(nik[at : at + 4] for at in range(0, len(nik), 4))
