"""Everything the desks know of somebody, read in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.doses.desk_queries import visit_today
from models.doses.queries import DoseRow, QueueRow, doses_of, valid_history
from models.people.queries import RecipientRow, recipient
from models.people.twin_queries import TwinRow, twins
from models.vaccines.schedule import GivenDose


@dataclass(frozen=True)
class Folder:
    """The person, their doses, the visit of today if there is one, and others who look the same."""

    row: RecipientRow
    doses: tuple[DoseRow, ...]
    history: tuple[GivenDose, ...]
    visit: QueueRow | None
    twins: tuple[TwinRow, ...] = ()


def read_folder(
    records: Any, person: UUID, post: UUID | None, day: date, *, alike: bool = False, anywhere: bool = False
) -> Folder | None:
    """The folder of one person; the newest visit of the day at `post`, ended or not, or `anywhere`. `alike` looks for
    twins too.

    What it reads does not grow with the queue.
    """
    row = recipient(records, person)
    if row is None:
        return None
    visit = visit_today(records, row.id, None if anywhere else post, day) if post or anywhere else None
    doses, history = tuple(doses_of(records, row.id)), tuple(valid_history(records, row.id))
    others = tuple(twins(records, row.person, without=row.id)) if alike else ()
    return Folder(row, doses, history, visit, others)
