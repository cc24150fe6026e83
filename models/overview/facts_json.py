"""Facts of a recap as JSON and back, without loss: what was signed must be read again in another year.

Written by the shape of the dataclasses. A field added later has a default, which an older closing then gets; a field may not
change its meaning under the same name. A change that cannot be read so gets the next number and a reader of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

from models.errors import Unavailable
from models.overview.recap_facts import RecapFacts
from models.places.zones import ZONES

FORMAT: Final = 1


def to_json(facts: RecapFacts) -> dict[str, Any]:
    """JSON values alone. The zone is kept by its name."""
    found = _plain(facts)
    del found["zone"]
    return dict(found)


def from_json(number: int, values: Mapping[str, Any]) -> RecapFacts:
    """What `to_json` wrote in format `number`; Unavailable("records.newer") for one that a newer program wrote."""
    if number > FORMAT:
        raise Unavailable("records.newer")
    facts: RecapFacts = _read(RecapFacts, {**values, "zone": ZONES[values["zone_name"]]})
    return facts


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_read(each, part) for each, part in zip(kinds, value, strict=True))
    if kind is bytes:
        return bytes.fromhex(value)
    if kind in {date, datetime}:
        return kind.fromisoformat(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _read(of, value[name]) for name, of in _hints(kind).items() if name in value})
    return value
