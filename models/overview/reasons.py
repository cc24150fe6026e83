"""Reasons that people typed, fit for a paper that leaves the house: without names and long numbers, on one line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, select, union

from models.doses.tables import dose, visit_state
from models.people.names import fold_word, plain_words
from models.people.tables import joined, recipients
from models.records.base import Id

LONGEST: Final = 60
HIDDEN: Final = "…"
# A NIK, a phone number: six digits or more, whatever signs part them.
_NUMBER: Final = re.compile(r"\+?\d(?:[\W_]{0,3}\d){5,}")
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
# Whole, with no more digits hanging on it: a part of a phone number may look like one.
_DATE: Final = re.compile(rf"(?<!\d)(?<!\d[-./])({_DAY}([-./]){_MONTH}\2{_YEAR}|{_YEAR}-{_MONTH}-{_DAY})(?![-./]?\d)", re.ASCII)
_SHORT: Final = 3  # letters of a word that is too common to be taken for a name


def without_people(reason: str, names: Collection[str]) -> str:
    """`reason` with the words of `names` and every number of six digits or more hidden, cut to LONGEST letters.

    Names are compared as they sound, for a name typed in haste is seldom spelt as on the card.
    """
    known = {fold_word(word) for name in names for word in plain_words(name) if len(word) >= _SHORT}
    words = _without_numbers(reason).split()
    tidy = [HIDDEN if any(fold_word(part) in known for part in plain_words(word)) else word for word in words]
    kept = [word for at, word in enumerate(tidy) if word != HIDDEN or at == 0 or tidy[at - 1] != HIDDEN]
    line = " ".join(kept)
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + HIDDEN


def _without_numbers(reason: str) -> str:
    tidy, at = "", 0
    for date_ in _DATE.finditer(reason):
        tidy += _NUMBER.sub(HIDDEN, reason[at : date_.start()]) + date_[0]
        at = date_.end()
    return tidy + _NUMBER.sub(HIDDEN, reason[at:])


def people_of(records: Connection, facility_id: UUID, days: Iterable[date]) -> frozenset[str]:
    """Every name that everybody who had a visit or a dose on one of the days goes or went by, in all their records: those that
    a reason about them may name."""
    wanted = sorted(set(days))
    if not wanted:
        return frozenset()
    return frozenset(records.execute(_NAMES, {"of_facility": facility_id, "of_days": wanted}).scalars())


def _names() -> Select[Any]:
    there = union(
        *(
            select(table.c.recipient_id).where(
                table.c.facility_id == bindparam("of_facility", type_=Id), table.c.day.in_(bindparam("of_days", expanding=True))
            )
            for table in (visit_state, dose)
        )
    ).cte("there")
    main = func.coalesce(joined.c.main_id, there.c.recipient_id).label("recipient_id")
    leading = select(main).select_from(there.outerjoin(joined, joined.c.recipient_id == there.c.recipient_id)).cte("leading")
    behind = select(joined.c.recipient_id).join(leading, leading.c.recipient_id == joined.c.main_id)
    version = recipients.fact
    # `in_`, not a join: SQLite would go through the names of everybody.
    return select(version.c.name).where(version.c.recipient_id.in_(union(select(leading.c.recipient_id), behind))).distinct()


_NAMES: Final = _names()
