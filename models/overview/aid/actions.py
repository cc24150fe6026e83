"""A list was answered: one fact in the books with who asked, what for and how many, and no NIK."""

from __future__ import annotations

import re
from uuid import UUID

from models.errors import Refused
from models.overview.aid.queries import answered_on, limits_of
from models.overview.aid.rows import AidRequest, check_request
from models.overview.tables import aid_check, aid_limits
from models.places.queries import facility
from models.places.tables import facilities
from models.places.zones import local_day
from models.records.perform import OpenEntry, action

_MOST_ROWS, _MOST_LISTS = 50_000, 100


@action(needs="aid.check", changes={"aid"})
def note_aid_check(entry: OpenEntry, *, asked: AidRequest, rows: int, people: int, recorded: int, digest: str) -> UUID:
    """Note a list before its answers are given away: `rows` lines with `people` different NIKs, `recorded` of them with a dose,
    `digest` the SHA-256 of the officer's file in hexadecimal.

    Refused: what `check_request` refuses, "aid.nothing", "aid.too_many_rows", "aid.too_many_today".
    """
    of = facility(entry.records, entry.facility)
    zone = of.zone if of else "WIB"
    today = local_day(entry.now, zone)
    request = check_request(asked, today)
    if not people or not re.fullmatch("[0-9a-f]{64}", digest):
        raise Refused("aid.nothing")
    # Two desks that answer the last list of the day at one time: the second waits here and then counts the first.
    entry.records.execute(facilities.current.select().where(facilities.current.c.facility == entry.facility).with_for_update())
    limits = limits_of(entry.records, entry.facility)
    if rows > limits.rows:
        raise Refused("aid.too_many_rows", most=limits.rows)
    if answered_on(entry.records, entry.facility, today, zone) >= limits.lists:
        raise Refused("aid.too_many_today", most=limits.lists)
    return entry.add(
        aid_check, agency=request.agency, number=request.number, dated=request.dated, purpose=request.purpose, rows=rows,
        people=people, recorded=recorded, digest=digest,
    )  # fmt: skip


@action(needs="facility.set", changes={"aid"})
def set_aid_limits(entry: OpenEntry, *, rows: int, lists: int, expected: int | None = None, reason: str = "") -> UUID:
    """How large a list may be and how many a day. Refused("aid.limits")."""
    if not (1 <= rows <= _MOST_ROWS and 0 <= lists <= _MOST_LISTS):
        raise Refused("aid.limits", field="rows", rows=_MOST_ROWS, lists=_MOST_LISTS)
    return aid_limits.set(entry, limit_id=entry.facility, rows=rows, lists=lists, expected=expected, reason=reason.strip()[:300])
