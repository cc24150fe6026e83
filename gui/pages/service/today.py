"""What stands beside the person at one post today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.doses.desk_queries import QueueDay, queue_day
from models.stock.queries import BatchBalance, OpenVial, balances, open_vials


@dataclass(frozen=True)
class Today:
    """Queue, open vials and shelf, in one snapshot."""

    queue: QueueDay
    vials: Sequence[OpenVial]
    shelf: Sequence[BatchBalance]


def read_today(records: Any, facility: UUID, catalogue: Any, post: UUID, day: date, *, stock: bool) -> Today:
    """The day of one post; without `stock` for desks that see no vials."""
    rows = queue_day(records, post, day)
    if not stock:
        return Today(rows, (), ())
    return Today(rows, open_vials(records, post), balances(records, catalogue, facility, day, post=post))
