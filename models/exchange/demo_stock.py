"""The demo's fridges, read twice a day, and the shelf of its warehouse, counted once a month."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from models.exchange.demo import DemoDesk
from models.records.perform import OpenEntry, action
from models.stock.cold.actions import EquipmentDraft, record_temperature, set_equipment
from models.stock.counts.actions import count_batch, finish_count, start_count
from models.stock.discards.discard import Witness

_FRIDGES: Final = (("GUDANG", "Kulkas vaksin 1"), ("GUDANG", "Kulkas vaksin 2"), ("INDUK", "Kulkas pelayanan"))
_LOWEST, _HIGHEST = 20, 80
_COUNTED_BEFORE: Final = 5
"""The count was so many days before the demo's today."""


class DemoShelves:
    """What is done beside the days of service. Its random numbers are its own: the people who come stay the same."""

    def __init__(self, desk: DemoDesk) -> None:
        self._desk = desk
        self._dice = random.Random(desk.plan.seed + 1)  # noqa: S311 - invented degrees, no secrets
        before = desk.at(desk.begin - timedelta(days=1), 11)
        drafts = [EquipmentDraft(desk.posts[post].id, name, "fridge", _LOWEST, _HIGHEST) for post, name in _FRIDGES]
        self._fridges = [desk.do(set_equipment, before, draft=draft) for draft in drafts]

    def end_day(self, day: date) -> None:
        """Read the fridges, in the morning alone on the demo's today; count the warehouse on its day."""
        desk, today = self._desk, day == self._desk.plan.today
        sessions = {"morning": desk.at(day, 7, 40)} | ({} if today else {"afternoon": desk.at(day, 14, 10)})
        degrees = [{name: self._dice.randint(34, 62) for name in sessions} for _ in self._fridges]
        if day == desk.plan.today - timedelta(days=12):
            degrees[0]["afternoon"] = 93  # the door was left open: the one reading that is red on the card
        written = desk.at(day, 9, 45) if today else desk.at(day, 15, 20)
        desk.do(read_fridges, written, day=day, fridges=self._fridges, degrees=degrees, moments=sessions)
        if day == desk.plan.today - timedelta(days=_COUNTED_BEFORE):
            held: dict[UUID, int] = {}
            for shelf in desk.shelves["GUDANG"]:
                held[shelf.batch] = held.get(shelf.batch, 0) + shelf.vials
            desk.do(count_shelf, desk.at(day, 15, 40), post=desk.posts["GUDANG"].id, held=held)


@action(needs="cold.enter", changes={"cold"})
def read_fridges(
    entry: OpenEntry, *, day: date, fridges: Sequence[UUID], degrees: Sequence[Mapping[str, int]], moments: Mapping[str, datetime]
) -> int:
    """A day's readings from the paper on the door, in one entry; how many there were."""
    for fridge, read in zip(fridges, degrees, strict=True):
        for session, tenths in read.items():
            record_temperature(
                entry, equipment_id=fridge, day=day, session=session, tenths=tenths, taken_at=moments[session],
                confirmed=frozenset({"cold.far"}), reason="Data demo",
            )  # fmt: skip
    return sum(map(len, degrees))


@action(needs="stock.correct", changes={"stock"})
def count_shelf(entry: OpenEntry, *, post: UUID, held: Mapping[UUID, int]) -> UUID:
    """A count that finds what the book says."""
    count = start_count(entry, post=post, note="Hitung bulanan")
    for batch, vials in held.items():
        if vials:
            count_batch(entry, count=count, batch=batch, vials=vials)
    maria, dewi = Witness("apt. Maria Lim", "Pengelola vaksin"), Witness("Bd. Dewi Kartika", "Koordinator imunisasi")
    return finish_count(entry, count=count, seen={}, reasons={}, counter=maria, witness=dewi)
