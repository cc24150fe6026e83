"""Whether a map is an eu_dcc_v1 as ehn-dcc-schema 1.3.x describes it, with exactly one entry.

Fields the schema does not name are let pass, as the schema does. Where it says "optional", null and an empty list
count as absent: some issuers write every field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

Check = Callable[[Any], bool]

GROUPS = ("v", "t", "r")


def _text(most: int | None = None, pattern: str = "") -> Check:
    form = re.compile(pattern, re.ASCII | re.DOTALL) if pattern else None

    def check(value: Any) -> bool:
        return (
            isinstance(value, str)
            and (most is None or len(value) <= most)
            and (form is None or form.fullmatch(value) is not None)
        )

    return check


def _optional(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _day(value: Any) -> bool:
    """A date of the calendar. Germany, Poland, Singapore and others write a moment of that day."""
    if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII)):
        return _moment(value)
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _moment(value: Any) -> bool:
    if not (isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d", value, re.ASCII)):
        return False
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


def _count(value: Any) -> bool:
    """From 1. JSON knows no difference between 3 and 3.0, and Ireland writes the latter."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 1 and value % 1 == 0


def _birth_date(value: Any) -> bool:
    """A whole date must be one of the calendar; a month or a year alone is what some people know, and 00 what they do not."""
    if not (isinstance(value, str) and re.fullmatch(r"(?:(?:19|20)\d\d(?:-\d\d){0,2})?", value, re.ASCII)):
        return False
    _, month, day = map(int, [*value.split("-"), "0", "0"][:3]) if value else (0, 0, 0)
    return _day(value) if month and day else month <= 12 and day <= 31


_ENTRY: dict[str, Check] = {
    "tg": _text(),
    "co": _text(pattern=r".*[A-Z].*"),
    "is": _text(80),
    "ci": _text(80),
}
_FIELDS: dict[str, dict[str, Check]] = {
    "v": _ENTRY | {"vp": _text(), "mp": _text(), "ma": _text(), "dn": _count, "sd": _count, "dt": _day},
    "t": _ENTRY
    | {
        "tt": _text(),
        "sc": _moment,
        "tr": _text(),
        "nm": _optional(_text(80)),
        "ma": _optional(_text()),
        "tc": _optional(_text(80)),
    },
    "r": _ENTRY | {"fr": _day, "df": _day, "du": _day},
}
_PLAIN = _optional(_text(80))
_MACHINE_READABLE = _optional(_text(80, "[A-Z<]*"))


def _name_fits(name: Any) -> bool:
    if not isinstance(name, Mapping):
        return False
    return (
        (name.get("fnt") is not None or name.get("gnt") is not None)
        and all(_PLAIN(name.get(key)) for key in ("fn", "gn"))
        and all(_MACHINE_READABLE(name.get(key)) for key in ("fnt", "gnt"))
    )


def group_of(certificate: Any) -> str | None:
    """ "v" (vaccination), "t" (test) or "r" (recovery) when `certificate` fits the schema, otherwise None."""
    if not isinstance(certificate, Mapping):
        return None
    filled = [group for group in GROUPS if certificate.get(group) not in (None, [])]
    if len(filled) != 1:
        return None
    entries = certificate[filled[0]]
    if not (isinstance(entries, list) and len(entries) == 1 and isinstance(entries[0], Mapping)):
        return None
    fits = (
        _text(pattern=r"\d+\.\d+\.\d+")(certificate.get("ver"))
        and _name_fits(certificate.get("nam"))
        and _birth_date(certificate.get("dob"))
        and all(check(entries[0].get(key)) for key, check in _FIELDS[filled[0]].items())
    )
    return filled[0] if fits else None
