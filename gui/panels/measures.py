"""What is measured before an injection, as people type it: temperature and blood pressure."""

from __future__ import annotations

import re

from models.doses.screening import Measures, check_measures
from models.errors import Refused


def tenths(text: str) -> int | None:
    """Tenths of a degree from "36,6", "36.6", "366" or "36"."""
    found = re.fullmatch(r"([0-9]{2})(?:[.,]?([0-9]))?", text.strip(), re.ASCII)
    return int(found[1]) * 10 + int(found[2] or 0) if found else None


def degrees(value: int | None) -> str:
    """36,6, or nothing."""
    return "" if value is None else f"{value // 10},{value % 10}"


def pressures(text: str) -> tuple[int, int] | None:
    """Two numbers of two or three digits with anything between them, "120/80" or "120 80"; or without, as they come off the
    keypad, where the digits can mean only one plausible pair: "13080" is 130/80, "9060" 90/60, "180110" 180/110."""
    found = re.fullmatch(r"\s*([0-9]{2,3})\s*[/ .,-]+\s*([0-9]{2,3})\s*", text, re.ASCII)
    if found:
        return int(found[1]), int(found[2])
    run = re.fullmatch(r"\s*([0-9]{4,6})\s*", text, re.ASCII)
    if run is None:
        return None
    upper, lower = run[1][: -(len(run[1]) // 2)], run[1][-(len(run[1]) // 2) :]
    pair = int(upper), int(lower)
    try:
        check_measures(Measures(systolic=pair[0], diastolic=pair[1]))
    except Refused:
        return None
    return pair


def pressure_words(upper: int | None, lower: int | None) -> str:
    """120/80, or nothing."""
    return f"{upper}/{lower}" if upper is not None and lower is not None else ""


def tidy_temperature(text: str) -> str:
    """The temperature in its proper form. Refused: nothing, or what is none."""
    found = tenths(text)
    if found is None:
        raise Refused("screening.temperature_missing" if not text.strip() else "screening.temperature")
    return degrees(found)


def tidy_pressure(text: str) -> str:
    """The pressure in its proper form. Refused: nothing, or what is none."""
    found = pressures(text)
    if found is None:
        if text.strip():
            raise Refused("screening.pressure", least=50, most=300)
        raise Refused("screening.pressure_missing")
    return pressure_words(*found)
