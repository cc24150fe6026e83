"""What the records say about the NIKs of a list, how large lists may be, and which were answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Table, bindparam, select

from models.doses.tables import valid_dose
from models.overview.aid.rows import AidRequest, Answer, Limits
from models.overview.tables import aid_check, aid_limit, aid_limits
from models.people.tables import joined, recipient
from models.places.zones import day_bounds
from models.records.entries import entry
from models.staff.tables import accounts

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class AidCheckRow:
    """A list that was answered: `rows` lines, `people` different NIKs, `recorded` of them with a dose."""

    at: datetime
    by: str
    request: AidRequest
    rows: int
    people: int
    recorded: int
    digest: str


_FOUND: Final = (
    select(recipient.c.nik, recipient.c.disputed, valid_dose.c.series, valid_dose.c.number)
    .select_from(
        recipient.outerjoin(joined, joined.c.recipient_id == recipient.c.recipient_id).outerjoin(
            valid_dose, valid_dose.c.recipient_id == sa.func.coalesce(joined.c.main_id, recipient.c.recipient_id)
        )
    )
    .where(recipient.c.nik.in_(bindparam("of_niks", expanding=True)), recipient.c.facility_id == bindparam("of_facility"))
    .order_by(recipient.c.nik, valid_dose.c.series, valid_dose.c.number)
)
_LIMITS: Final = select(aid_limit).where(aid_limit.c.limit_id == bindparam("of_facility"))
_TODAY: Final = (
    select(sa.func.count())
    .select_from(aid_check)
    .where(
        aid_check.c.facility_id == bindparam("of_facility"),
        aid_check.c.happened_at >= bindparam("since"),
        aid_check.c.happened_at < bindparam("end"),
    )
)
_ANSWERED: Final = (
    select(aid_check, accounts.current.c.name)
    .join(entry, entry.c.id == aid_check.c.entry_id)
    .outerjoin(accounts.current, accounts.current.c.account_id == entry.c.account)
    .where(aid_check.c.facility_id == bindparam("of_facility"))
    .order_by(aid_check.c.happened_at.desc(), aid_check.c.id.desc())
    .limit(bindparam("most"))
)


def answers_for(
    records: Connection, facility: UUID, niks: Sequence[str], step: Callable[[int, int], None] = lambda _done, _of: None
) -> dict[str, Answer]:
    """Those of `niks` that this puskesmas recorded with a dose that counts, or that two people claim. `step` may raise."""
    found: dict[str, Answer] = {}
    for start in range(0, len(niks), _AT_ONCE):
        step(start, len(niks))
        values = {"of_niks": list(niks[start : start + _AT_ONCE]), "of_facility": facility}
        for row in records.execute(_FOUND, values):
            before = found.get(row.nik)
            if row.disputed or (before is not None and before.state == "disputed"):
                found[row.nik] = Answer("disputed")
            elif row.number is not None:
                found[row.nik] = Answer("recorded", (*(before.doses if before else ()), row.number))
    step(len(niks), len(niks))
    return found


def limits_of(records: Connection, facility: UUID) -> Limits:
    """Those in force."""
    row = records.execute(_LIMITS, {"of_facility": facility}).one_or_none()
    return Limits(row.rows, row.lists, row.version) if row else Limits()


def answered_on(records: Connection, facility: UUID, day: date, zone: str) -> int:
    """How many lists were answered on a local day."""
    since, end = day_bounds(day, zone)
    return int(records.execute(_TODAY, {"of_facility": facility, "since": since, "end": end}).scalar_one())


def answered(records: Connection, facility: UUID, most: int = 100) -> list[AidCheckRow]:
    """The newest first."""
    return [
        AidCheckRow(
            row.happened_at, row.name or "", AidRequest(row.agency, row.number, row.dated, row.purpose), row.rows, row.people,
            row.recorded, row.digest,
        )
        for row in records.execute(_ANSWERED, {"of_facility": facility, "most": most})
    ]  # fmt: skip


def derived_rows(records: Connection) -> Iterator[tuple[Table, list[Mapping[str, Any]]]]:
    """The limits in force, rebuilt from facts."""
    yield aid_limit, list(aid_limits.derived(records))
