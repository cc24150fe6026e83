"""What the task of the consumables shows, read in one snapshot, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gui.language import tr
from models.overview.planning.consumable_queries import Held, Line, consumable_lines, held_consumables
from models.places.queries import PostRow, posts
from models.places.zones import day_bounds, local_day
from models.stock.planning.consumable_queries import items_of
from models.stock.planning.consumables import COUNTED, DILUTED, DISCARDED, DOSE, FULL, HALF, RECEIVED, SENT, SYRINGES, Item
from models.vaccines.catalogue import Catalogue


@dataclass(frozen=True)
class Goods:
    """Posts in use, items, today's account of each item at each post, and what was written last."""

    posts: tuple[PostRow, ...]
    items: Mapping[str, Item]
    held: tuple[Held, ...]
    lines: tuple[Line, ...]


def read_goods(records: Any, catalogue: Catalogue, facility: UUID, zone: str, now: datetime) -> Goods:
    """Everything at once. Today goes on to its end, so that a paper typed in a moment ago is in it."""
    start, end = day_bounds(local_day(now, zone), zone)
    return Goods(
        tuple(posts(records, facility)), items_of(records, facility),
        tuple(held_consumables(records, catalogue, facility, zone, start, end)),
        tuple(consumable_lines(records, facility, end)),
    )  # fmt: skip


def kind_words() -> dict[str, str]:
    """What can be written down."""
    return {RECEIVED: tr("Terima"), SENT: tr("Kirim"), COUNTED: tr("Hitung fisik"), DISCARDED: tr("Buang")}


def counts_words() -> dict[str, str]:
    """What an item is counted by."""
    return {
        FULL: tr("dosis penuh"), HALF: tr("dosis separuh"), DOSE: tr("setiap dosis"), DILUTED: tr("vial yang diencerkan"),
        SYRINGES: tr("alat suntik (ADS dan spuit)"),
    }  # fmt: skip


def rule_words(item: Item) -> str:
    """1 buah untuk setiap 100 alat suntik"""
    words = counts_words()[item.counts]
    if item.per == 1:
        return tr("1 {unit} untuk 1 {what}").format(unit=item.unit, what=words.removeprefix("setiap "))
    return tr("1 {unit} untuk {per} {what}").format(unit=item.unit, per=item.per, what=words)
