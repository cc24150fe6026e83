"""Which consumables there are, and what lies in a box beside its vials."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.stock.planning.consumables import SENT, SHIPPED, Item
from models.stock.planning.tables import consumable_item, consumable_movement

_ITEMS: Final = (
    select(consumable_item).where(consumable_item.c.facility_id == bindparam("of_facility")).order_by(consumable_item.c.code)
)
_IN_BOX: Final = (
    select(consumable_movement.c.item, consumable_movement.c.pieces)
    .where(consumable_movement.c.box_id == bindparam("of_box"), consumable_movement.c.kind == SENT)
    .order_by(consumable_movement.c.id)
)


def items_of(records: Connection, facility: UUID) -> dict[str, Item]:
    """All items by code: the shipped ones as they were changed here, then those added."""
    found = {item.code: item for item in SHIPPED}
    for row in records.execute(_ITEMS, {"of_facility": facility}):
        found[row.code] = Item(row.code, row.name, row.unit, row.counts, row.per, row.in_use)
    return found


def goods_in_box(records: Connection, facility: UUID, box: UUID) -> tuple[tuple[str, int, str], ...]:
    """Name, pieces and unit of what travels with a box."""
    rows = records.execute(_IN_BOX, {"of_box": box}).all()
    items = items_of(records, facility) if rows else {}
    return tuple((items[row.item].name, row.pieces, items[row.item].unit) for row in rows if row.item in items)
