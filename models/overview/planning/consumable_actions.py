"""Consumables are received, sent, written off and counted; what was used is never typed, it follows from the doses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import bindparam, select

from models.errors import Refused
from models.overview.planning.consumable_queries import JUST_AFTER, held_consumables
from models.places.queries import facility as facility_row
from models.places.queries import post as post_row
from models.records.perform import OpenEntry, action
from models.stock.asking import Asking, require_reason
from models.stock.planning.consumable_queries import items_of
from models.stock.planning.consumables import COUNTED, COUNTS, DISCARDED, MOST, RECEIVED, REVERSAL, SENT
from models.stock.planning.tables import consumable_items, consumable_movement
from models.vaccines.catalogue import Catalogue

KINDS: Final = (RECEIVED, SENT, DISCARDED, COUNTED)
_LINE: Final = select(consumable_movement).where(
    consumable_movement.c.id == bindparam("of_line"), consumable_movement.c.facility_id == bindparam("of_facility")
)
_MIRROR: Final = select(consumable_movement.c.id).where(consumable_movement.c.reverses == bindparam("of_line"))


@action(needs="stock.correct", changes={"stock"})
def set_consumable(
    entry: OpenEntry, *, code: str, name: str, unit: str, counts: str, per: int, in_use: bool = True, reason: str = ""
) -> UUID:
    """Change an item, or add one under a new code. One piece goes with each `per` of what it is counted by."""
    words, unit = " ".join(name.split())[:60], " ".join(unit.split())[:20]
    if not words:
        raise Refused("consumable.name", field="name")
    if not unit:
        raise Refused("consumable.unit", field="unit")
    if counts not in COUNTS:
        raise Refused("consumable.counts", field="counts")
    if type(per) is not int or not 1 <= per <= MOST:
        raise Refused("consumable.pieces", field="per", most=MOST)
    return consumable_items.set(
        entry, reason=reason, item_id=uuid5(entry.facility, code), code=code[:24], name=words, unit=unit, counts=counts, per=per,
        in_use=in_use,
    )  # fmt: skip


@action(needs="stock.receive", changes={"stock"})
def record_consumables(
    entry: OpenEntry, *, catalogue: Catalogue, post: UUID, kind: str, pieces: Mapping[str, int], target: UUID | None = None,
    party: str = "", document: str = "", at: datetime | None = None, confirmed: frozenset[str] = frozenset(), reason: str = "",
) -> list[UUID]:  # fmt: skip
    """Several items in one go, by code: "received" from `party`, "sent" to the post `target`, "discarded" with a reason, or
    "counted". What comes from a shelf that by the book has less is asked about, for the book may be what is wrong."""
    require_pieces(pieces, least=0 if kind == COUNTED else 1)
    if kind not in KINDS:
        raise Refused("consumable.kind", field="kind")
    for place, name in ((post, "post"), (target, "target")):
        _require_post(entry, place, name, wanted=name == "post" or kind == SENT)
    if kind == SENT and target == post:
        raise Refused("stock.same_place", field="target")
    if kind == DISCARDED:
        require_reason(reason)
    known = items_of(entry.records, entry.facility)
    if any(code not in known for code in pieces):
        raise Refused("consumable.unknown", field="item")
    if kind in (SENT, DISCARDED):
        ask_shelf(entry, catalogue, post, pieces, Asking(confirmed, reason))
    return [
        entry.add(
            consumable_movement, happened_at=at, post_id=post, item=code, kind=kind, pieces=count,
            target_id=target if kind == SENT else None, party=" ".join(party.split())[:100],
            document=" ".join(document.split())[:100], reason=reason.strip()[:300],
        )
        for code, count in pieces.items()
    ]  # fmt: skip


@action(needs="stock.correct", changes={"stock"})
def take_back_consumables(entry: OpenEntry, *, lines: list[UUID], reason: str) -> int:
    """Mirror lines against what was written wrongly; each line once."""
    require_reason(reason)
    for line in lines:
        found = entry.records.execute(_LINE, {"of_line": line, "of_facility": entry.facility}).one_or_none()
        if found is None or found.kind == REVERSAL:
            raise Refused("consumable.no_line", field="lines")
        if entry.records.execute(_MIRROR, {"of_line": line}).first() is not None:
            raise Refused("consumable.taken_back", field="lines")
        entry.add(
            consumable_movement, post_id=found.post_id, item=found.item, kind=REVERSAL, pieces=found.pieces,
            target_id=found.target_id, party="", document=found.document, reason=reason.strip()[:300], reverses=line,
        )  # fmt: skip
    return len(lines)


def require_pieces(pieces: Mapping[str, int], least: int = 1) -> None:
    """Refused("consumable.pieces") with the item as its field, ("consumable.nothing") for none at all."""
    if not pieces:
        raise Refused("consumable.nothing", field="pieces")
    for code, count in pieces.items():
        if type(count) is not int or not least <= count <= MOST:
            raise Refused("consumable.pieces", field=code, most=MOST)


def _require_post(entry: OpenEntry, place: UUID | None, name: str, *, wanted: bool) -> None:
    if not wanted and place is None:
        return
    found = post_row(entry.records, place) if place is not None else None
    if found is None or found.facility != entry.facility:
        raise Refused("stock.no_post", field=name)


def ask_shelf(entry: OpenEntry, catalogue: Catalogue, post: UUID, pieces: Mapping[str, int], asks: Asking) -> None:
    """Ask about what the book says is not on the shelf of `post`."""
    if not pieces:
        return
    own = facility_row(entry.records, entry.facility)
    if own is None:
        raise Refused("visits.not_set_up")
    held = held_consumables(entry.records, catalogue, entry.facility, own.zone, entry.now, entry.now + JUST_AFTER)
    there = {each.item.code: each.account for each in held if each.post == post}
    for code, count in pieces.items():
        has = there[code].closing if code in there and there[code].tracked else 0
        if count > has:
            item = items_of(entry.records, entry.facility)[code]
            asks.ask("consumable.more_than_book", item=item.name, have=has, want=count)
