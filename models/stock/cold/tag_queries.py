"""What each Fridge-tag that ever lay in a piece of equipment says of a day, and what they say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.stock.cold.fridge_tag import TagDay, together
from models.stock.cold.tables import tag_day_read

_LATER: Final = tag_day_read.alias("later")
_HOLDS: Final = (
    select(tag_day_read)
    .where(~select(_LATER.c.id).where(_LATER.c.replaces == tag_day_read.c.id).exists())
    .order_by(tag_day_read.c.id)
)
_OF_ONE: Final = _HOLDS.where(
    tag_day_read.c.equipment_id == bindparam("of_equipment"), tag_day_read.c.day.between(bindparam("first"), bindparam("last"))
)


@dataclass(frozen=True, slots=True)
class KeptDay:
    """What one tag says of a day, by the fact that holds now; `serial` is empty where nobody knew whose display was read."""

    fact: UUID
    serial: str
    said: TagDay


def kept_days(records: Connection, equipment: UUID, first: date, last: date) -> dict[date, list[KeptDay]]:
    """By day, one of each tag."""
    rows = records.execute(_OF_ONE, {"of_equipment": equipment, "first": first, "last": last})
    found: defaultdict[date, list[KeptDay]] = defaultdict(list)
    for row in rows.mappings():
        others = [each for each in found[row["day"]] if each.serial != row["serial"]]
        found[row["day"]] = [*others, _kept(row)]
    return dict(found)


def own_day(kept: Iterable[KeptDay], serial: str) -> KeptDay | None:
    """The one that what this tag says now takes the place of: its own, else one of no known tag where no other tag spoke."""
    held = list(kept)
    own = next((each for each in held if each.serial == serial), None)
    return own or (held[0] if len(held) == 1 and not held[0].serial else None)


def derived_day(kept: Sequence[KeptDay]) -> dict[str, Any]:
    """The values of `tag_day`: the worst of what the tags say, under the newest of their facts."""
    said = together([each.said for each in kept])
    values = {name: getattr(said, name) for name in TagDay.__slots__}
    return values | {"tag_day_read_id": max(kept, key=lambda each: each.fact.int).fact}


def tag_days_by_facts(records: Connection) -> list[dict[str, Any]]:
    """The rows of `tag_day`. Two sites may both have taken in one day of a tag: the greater id holds."""
    found: defaultdict[tuple[UUID, date], dict[str, KeptDay]] = defaultdict(dict)
    for row in records.execute(_HOLDS).mappings():
        found[row["equipment_id"], row["day"]][row["serial"]] = _kept(row)
    return [{"equipment_id": of} | derived_day(list(kept.values())) for (of, _day), kept in found.items()]


def _kept(row: Mapping[Any, Any]) -> KeptDay:
    return KeptDay(row["id"], row["serial"], TagDay(**{name: row[name] for name in TagDay.__slots__}))
