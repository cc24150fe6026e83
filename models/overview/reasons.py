"""Reasons that people typed, fit for a paper that leaves the house: without names and long numbers, on one line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, select

from models.doses.tables import dose, visit_state
from models.people.names import fold_word, plain_words
from models.people.tables import recipient

LONGEST: Final = 60
HIDDEN: Final = "…"
# A NIK, a phone number: six digits or more, but not a date.
_NUMBER: Final = re.compile(r"(?<![-./\d])(?!\d{1,2}[-./]\d{1,2}[-./]\d{4}\b)\+?\d(?:[ .\-]?\d){5,}")
_SHORT: Final = 3  # letters of a word that is too common to be taken for a name


def without_people(reason: str, names: Collection[str]) -> str:
    """`reason` with the words of `names` and every number of six digits or more hidden, cut to LONGEST letters.

    Names are compared as they sound, for a name typed in haste is seldom spelt as on the card.
    """
    known = {fold_word(word) for name in names for word in plain_words(name) if len(word) >= _SHORT}
    words = _NUMBER.sub(HIDDEN, reason).split()
    tidy = [HIDDEN if any(fold_word(part) in known for part in plain_words(word)) else word for word in words]
    kept = [word for at, word in enumerate(tidy) if word != HIDDEN or at == 0 or tidy[at - 1] != HIDDEN]
    line = " ".join(kept)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + HIDDEN


def people_of(records: Connection, facility_id: UUID, days: Iterable[date]) -> frozenset[str]:
    """The names of everybody who had a visit or a dose on one of the days: those that a reason about them may name."""
    wanted = sorted(set(days))
    if not wanted:
        return frozenset()
    found: set[str] = set()
    for table in (visit_state, dose):
        statement = select(recipient.c.name).join(table, table.c.recipient_id == recipient.c.recipient_id).distinct()
        found.update(records.execute(statement.where(table.c.facility_id == facility_id, table.c.day.in_(wanted))).scalars())
    return frozenset(found)
