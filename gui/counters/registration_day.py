"""What the registration desk looks at besides the person: the queue, the vaccines of this post, where people here live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.doses.desk_queries import QueueDay, Residence, queue_day, residences
from models.stock.queries import balances, first_to_use, open_vials


@dataclass(frozen=True)
class DeskDay:
    """One snapshot. `products` are those that can be injected here now, the opened ones first."""

    queue: QueueDay
    products: Sequence[str]
    homes: Sequence[Residence]


def read_day(records: Any, facility: UUID, catalogue: Any, regions: Any, post: UUID, day: date, now: datetime) -> DeskDay:
    """The day of one post."""
    opened = [
        vial.product
        for vial in open_vials(records, post)
        if not vial.stopped and (vial.discard_at is None or vial.discard_at > now)
    ]
    found = first_to_use(balances(records, catalogue, facility, day, post=post))
    shelf = [each.product for each in found if not each.unusable and each.vials]
    homes = residences(records, post, day)
    for home in homes:
        regions.children(home.kecamatan)  # unpacks the names of a province once, here and not under somebody's fingers
    return DeskDay(queue_day(records, post, day), tuple(dict.fromkeys([*opened, *shelf])), homes)
