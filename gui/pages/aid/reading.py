"""What the page of lists asks off the screen's thread."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gui.commands.demo_folder import WATERMARK
from gui.language import tr
from gui.messages import sentence_of
from gui.work import Progress
from models.errors import Forbidden, Refused, Unavailable
from models.overview.aid.cells import Line
from models.overview.aid.queries import AidCheckRow, answered, answered_on, answers_for, limits_of
from models.overview.aid.rows import AidList, AidRequest, Asked, Limits, answers
from models.overview.aid.sheets import MOST_BYTES, read_sheet
from models.places.queries import FacilityRow
from models.places.zones import ZONES, local_day
from models.records.database import Database
from models.staff.queries import SignedIn
from reports.aid_list import AidAnswers, write_answers


@dataclass(frozen=True)
class Past:
    """What was answered, how many today, and the limits in force."""

    checks: Sequence[AidCheckRow]
    today: int
    limits: Limits


@dataclass(frozen=True, repr=False)
class OpenedList:
    """A file that was read."""

    path: Path
    digest: str
    lines: list[Line]


@dataclass(frozen=True, repr=False)
class Made:
    """A workbook that is given away only after its use is in the books."""

    content: bytes
    rows: int
    people: int
    recorded: int
    unread: int


def past(records: Any, facility: FacilityRow, now: datetime) -> Past:
    """For the list of what was answered."""
    day = local_day(now, facility.zone)
    return Past(
        answered(records, facility.id), answered_on(records, facility.id, day, facility.zone), limits_of(records, facility.id)
    )


def open_list(path: str, most_rows: int, progress: Progress) -> OpenedList:
    """Read the officer's file, with room for the lines above the rows."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Unavailable("records.cannot_read") from fault
    lines = read_sheet(data, most_rows + 20, progress.step)
    if not lines:
        raise Refused("aid.nothing")
    return OpenedList(Path(path), hashlib.sha256(data).hexdigest(), lines)


def notes(rows: Sequence[Asked]) -> list[str]:
    """What is the matter with each row, in words."""
    return [_note(row) for row in rows]


def _note(row: Asked) -> str:
    if row.fault:
        return sentence_of(row.fault, {"count": row.count})
    return tr("NIK sama dengan baris {row}.").format(row=row.same_as) if row.same_as else ""


def make(
    database: Database, actor: SignedIn, asked: AidList, request: AidRequest, facility: FacilityRow, now: datetime,
    progress: Progress, *, demo: bool,
) -> Made:  # fmt: skip
    """Look the list up and write the workbook in memory. Stopped, it leaves nothing."""
    with database.reading() as records:
        if not actor.may(records, "aid.check", now):
            raise Forbidden("staff.no_right", right="aid.check")
        found = answers_for(records, facility.id, asked.niks(), progress.step)
    said = answers(asked, found)
    facts = AidAnswers(asked, said, notes(asked.rows), request, facility.name, now, ZONES[facility.zone])
    out = io.BytesIO()
    write_answers(facts, out, watermark=WATERMARK if demo else None)
    progress.step(1, 1)
    recorded = sum(each.state == "recorded" for each in found.values())
    unread = sum(each.state == "unread" for each in said)
    return Made(out.getvalue(), len(asked.rows), len(asked.niks()), recorded, unread)
