"""The demo's consumables: what came, went to the posts and was counted, typed in from its papers when the days are over.

Above the demo's other days, for what there must be at a post follows from the doses that were given there.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from models.exchange.demo import SERVICE, SERVICE_DAYS, ZONE, DemoDesk
from models.overview.planning.consumable_actions import record_consumables
from models.overview.planning.consumable_queries import held_consumables
from models.stock.planning.consumables import COUNTED, DISCARDED, RECEIVED, SENT, SHIPPED

_STORE: Final = "GUDANG"
_PACK: Final = {"safety_box": 5, "nacl": 10}
_USUAL_PACK: Final = 100
_COUNTED_BEFORE: Final = 5
"""Days before the demo's today, like the count of its vials."""
_MISSING: Final = 20


def supply_goods(desk: DemoDesk) -> None:
    """After `fill`: each post got half of what it needed before the first day and half in the middle, a pack more than it used;
    the warehouse received it all, and its count found fewer swabs than the book."""
    now = desk.at(desk.plan.today, 9, 55)
    begun = desk.at(desk.begin - timedelta(days=1), 11, 30)
    sent: dict[str, dict[str, int]] = {code: {} for code in SERVICE}
    left: dict[str, int] = {}
    for code, used in _used(desk, begun).items():
        sent[code] = {item.code: _packs(item.code, used.get(item.code, 0)) for item in SHIPPED if used.get(item.code)}
    for item in SHIPPED:
        total = sum(goods.get(item.code, 0) for goods in sent.values())
        left[item.code] = _packs(item.code, total // 2)
    store = desk.posts[_STORE].id
    came = {item: count + 2 * sum(goods.get(item, 0) for goods in sent.values()) for item, count in left.items()}
    desk.do(
        record_consumables, now, catalogue=desk.catalogue, post=store, kind=RECEIVED, pieces=came, at=begun - timedelta(hours=1),
        party="Dinkes Kabupaten Kubu Raya", document="443/1188/Yankes",
    )  # fmt: skip
    for at in (begun, desk.at(desk.begin + timedelta(days=SERVICE_DAYS // 2), 7)):
        for code, pieces in sent.items():
            if pieces:
                desk.do(
                    record_consumables, now, catalogue=desk.catalogue, post=store, kind=SENT, pieces=pieces,
                    target=desk.posts[code].id, at=at,
                )  # fmt: skip
    counted = desk.at(desk.plan.today - timedelta(days=_COUNTED_BEFORE), 15, 40)
    broken = {"ads_05": 6}
    desk.do(
        record_consumables, now, catalogue=desk.catalogue, post=store, kind=DISCARDED, pieces=broken,
        at=counted - timedelta(days=1), reason="Kemasan sobek",
    )  # fmt: skip
    found = {item: count - broken.get(item, 0) - _MISSING * (item == "swab") for item, count in left.items()}
    desk.do(
        record_consumables, now, catalogue=desk.catalogue, post=store, kind=COUNTED, pieces=found, at=counted,
        reason="Hitung bulanan",
    )  # fmt: skip


def _used(desk: DemoDesk, begun: datetime) -> dict[str, dict[str, int]]:
    """Pieces by post and item that the doses of all days took."""
    codes: dict[UUID, str] = {row.id: code for code, row in desk.posts.items()}
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    with desk.database.reading() as records:
        facility = desk.posts[_STORE].facility
        for held in held_consumables(records, desk.catalogue, facility, ZONE, begun, desk.at(desk.plan.today, 9, 55)):
            found[codes[held.post]][held.item.code] = held.account.used
    return found


def _packs(item: str, pieces: int) -> int:
    """Half of what was used in whole packs, one at least."""
    pack = _PACK.get(item, _USUAL_PACK)
    return (pieces // 2 // pack + 1) * pack
