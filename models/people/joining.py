"""Two records of one person: which record leads, and what has to be asked before they are joined."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from models.errors import Confirm
from models.people.person import PersonDraft


def leads(joins: Iterable[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """For each record that stands behind another, the one that leads; from pairs (main, other) in the order of their ids.

    A record that leads is not in the answer. Whoever follows `other` goes with it. A pair that is one person already, as two
    sites may send it, changes nothing, so there is never a circle.
    """
    behind: dict[UUID, UUID] = {}
    for main, other in joins:
        top, below = _lead(behind, main), _lead(behind, other)
        if top != below:
            behind[below] = top
    return {record: _lead(behind, record) for record in behind}


def _lead(behind: dict[UUID, UUID], record: UUID) -> UUID:
    while record in behind:
        record = behind[record]
    return record


def questions(main: PersonDraft, other: PersonDraft) -> list[Confirm]:
    """What speaks against two records being one person, to be answered with a reason: each has a NIK of its own, the dates of
    birth cannot be the same day, the sex differs. A name may differ in any way: it is why they are two records."""
    asked = []
    if main.nik is not None and other.nik is not None and main.nik != other.nik:
        asked.append(Confirm("joining.nik_differs"))
    if not main.birth.meets(other.birth):
        asked.append(Confirm("joining.birth_differs"))
    if main.sex != other.sex:
        asked.append(Confirm("joining.sex_differs"))
    return asked
