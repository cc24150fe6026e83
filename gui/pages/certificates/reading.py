"""What the page of certificates asks, and what it has drawn: plain functions for the lanes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from gui.paper import save_paper
from gui.printing.slips import write_certificates
from models.certificates.trust_store import TrustStore
from models.doses.queries import dose_row
from models.errors import Refused
from models.overview.certificate_states import OUTDATED, REVOKED, DoseCertificate, certificates_of_person, certificates_on
from models.overview.slips import SlipDesk, people_of
from models.places.queries import PostRow, posts
from models.records.database import Database
from models.records.perform import Actor


@dataclass(frozen=True, slots=True)
class Wanted:
    """The doses of a `day`, of one post or of all; or all of a `person`, whenever they were."""

    day: date
    post: UUID | None
    person: UUID | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The list, in one snapshot with the posts that can be chosen."""

    wanted: Wanted
    lines: Sequence[DoseCertificate]
    posts: Sequence[PostRow]


def read_lines(records: Any, desk: SlipDesk, facility: UUID, wanted: Wanted) -> Shown:
    """Everything of the page."""
    taken_back = TrustStore(desk.lists).read().keys_taken_back()
    if wanted.person is not None:
        lines = certificates_of_person(records, desk.catalogue, facility, wanted.person, taken_back)
    else:
        lines = certificates_on(records, desk.catalogue, facility, wanted.day, wanted.post, taken_back)
    return Shown(wanted, lines, posts(records, facility, with_inactive=True))


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be drawn: these doses on this paper."""

    doses: tuple[UUID, ...]
    paper: str
    dpi: int
    now: datetime
    real_now: datetime
    watermark: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """The PDF, how many slips, cards or people are in it, and where it was saved, if it was."""

    pdf: bytes
    count: int
    path: Path | None = None


def preview(database: Database, actor: Actor, desk: SlipDesk, job: Job) -> Made:
    """The paper to be looked at. Whoever looks takes nothing back: Refused("certificate.would_reissue") where this paper would
    replace a certificate that somebody may carry, or one that was taken back."""
    (dose,) = job.doses
    taken_back = TrustStore(desk.lists).read().keys_taken_back()
    with database.reading() as records:
        wanted = set(people_of(records, job.doses)[0]) if job.paper == "a4" else {dose}
        person = dose_row(records, dose).recipient
        lines = certificates_of_person(records, desk.catalogue, actor.facility, person, taken_back)
    old = [line.uvci for line in lines if line.dose.id in wanted and line.can_print and line.state in {OUTDATED, REVOKED}]
    if old:
        raise Refused("certificate.would_reissue", field="dose", numbers=", ".join(old))
    return make(database, actor, desk, job)


def make(
    database: Database, actor: Actor, desk: SlipDesk, job: Job, name: str = "",
    step: Callable[[int, int], None] = lambda _done, _of: None,
) -> Made:  # fmt: skip
    """Sign what is not signed yet and draw everything; with a `name`, save it among the documents too. Nothing is saved
    before all of it is there."""
    out = io.BytesIO()
    count = write_certificates(
        database, actor, desk, job.doses, job.paper, out, dpi=job.dpi, now=job.now, real_now=job.real_now,
        watermark=job.watermark, step=step,
    )  # fmt: skip
    pdf = out.getvalue()
    return Made(pdf, count, save_paper(pdf, name) if name else None)
