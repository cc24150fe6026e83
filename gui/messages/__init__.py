"""One Indonesian sentence per code, a file per subject."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from string import Formatter

from gui.language import tr
from models.errors import Problem
from models.places.zones import ZONES
from reports import formats


@cache
def all_sentences() -> dict[str, str]:
    """Code to sentence with its places for details, from every file of this folder."""
    found: dict[str, str] = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        found |= importlib.import_module(f"{__name__}.{module}").sentences()
    return found


def sentence(problem: Problem, zone: str = "WIB") -> str:
    """What a person reads: what is wrong and how to mend it. Times are shown as the clocks of `zone` show them."""
    return sentence_of(problem.code, problem.details, zone)


def sentence_of(code: str, details: Mapping[str, object], zone: str = "WIB") -> str:
    """The sentence of a code that was not raised, such as a note of a judgement. One that nobody wrote is shown as a code."""
    text = all_sentences().get(code)
    if text is None:
        return tr("Tidak dapat dilakukan ({code}). Periksa isian, lalu coba lagi.").format(code=code)
    places = {name for _, name, _, _ in Formatter().parse(text) if name}
    return text.format(**{name: _shown(name, details.get(name, "…"), zone) for name in places})


def _shown(name: str, value: object, zone: str) -> str:
    """Dates and numbers as they are written here, microlitres as millilitres; all else as it is. Of several things, each."""
    if isinstance(value, tuple):
        return ", ".join(_shown(name, each, zone) for each in value)
    if isinstance(value, datetime):
        return formats.clock(value, ZONES[zone])
    if isinstance(value, date):
        return formats.day_short(value)
    if isinstance(value, bool):
        return tr("ya") if value else tr("tidak")
    if isinstance(value, int):
        return formats.decimal(value, 1000, 2) if name.endswith("_ul") else formats.number(value)
    return str(value)
