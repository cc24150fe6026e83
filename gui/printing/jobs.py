"""One paper on its way, and the files that keep it while the printer is dead, the power gone or the program closed."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, get_args
from uuid import UUID

from models.errors import Unavailable
from models.records.keys import Keys
from models.records.sealed import Sealed

PaperKind = Literal["a4", "a6", "roll", "a5"]
"""Recap, slip, slip on a roll, sheet with the recovery code."""
JobState = Literal["waiting", "printing", "printed", "failed"]

KINDS: Final[tuple[PaperKind, ...]] = get_args(PaperKind)
KEPT_FOR = timedelta(days=1)
KEPT = 50
"""A printed paper can be printed again for a day, as long as it is among the newest fifty."""


@dataclass(frozen=True)
class Job:
    """`title` is what people call it and names somebody where it is `of_person`; it never leaves this PC.

    `sent` is set before the first byte goes to the printer, so that after a power cut nobody takes a paper for unprinted
    that may lie in the tray. `ticket` is the number under which the system's own queue has it, at the address `printer`.
    `code` says why it waits or failed. `sure` when the printer itself reported the paper as printed. `file` where it was saved
    instead of printed.
    """

    id: UUID
    kind: PaperKind
    title: str = field(repr=False)
    made: datetime
    state: JobState = "waiting"
    code: str = ""
    tries: int = 0
    sent: bool = False
    printer: str = ""
    ticket: str = ""
    sure: bool = False
    ended: datetime | None = None
    of_person: bool = False
    file: str = ""
    revision: int = 0

    def becomes(self, **changes: Any) -> Job:
        """The same job, one step on. Of two notes about one job the later step is the true one, whoever writes first."""
        return replace(self, revision=self.revision + 1, **changes)

    @property
    def is_open(self) -> bool:
        """Whether it still has to come out of a printer."""
        return self.state in {"waiting", "printing"}


class Spool:
    """A folder of sealed jobs, two files each: the paper, written once, and what became of it."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys
        self._lock = threading.Lock()  # the lane that sends and the lane that keeps both write notes
        self._written: dict[UUID, int] = {}

    def add(self, job: Job, pdf: bytes) -> Job:
        """Keep a new job; it exists once this has returned."""
        self._paper(job.id).write(pdf)
        return self.note(job)

    def note(self, job: Job) -> Job:
        """Keep what became of it, unless a later step is kept already or the job has been removed."""
        with self._lock:
            if job.revision > self._written.get(job.id, -1):
                self._note(job.id).write(_packed(job))
                self._written[job.id] = job.revision
        return job

    def paper(self, job: Job) -> bytes:
        """The PDF; Unavailable("print.paper_lost") when its file is gone or damaged."""
        pdf = self._paper(job.id).read()
        if pdf is None:
            raise Unavailable("print.paper_lost")
        return pdf

    def remove(self, job: Job) -> None:
        """Forget it. The note goes first: a paper without a note is swept away at the next start."""
        with self._lock:
            self._written[job.id] = sys.maxsize
            self._note(job.id).remove()
            self._paper(job.id).remove()

    def load(self, now: datetime) -> list[Job]:
        """All jobs, oldest first, as they stand after a start.

        What was being sent when the program ended is in doubt and is not sent again by itself. Old printed ones, files
        without their other half and files that are not ours are swept away; what failed stays until somebody looks at it.
        """
        locked: set[str] = set()
        found = sorted(self._notes(locked), key=lambda job: (job.made, job.id))
        printed = [job for job in found if job.state == "printed"]
        gone = {job.id for at, job in enumerate(printed) if now - job.made > KEPT_FOR or at < len(printed) - KEPT}
        kept = locked | {job.id.hex for job in found if job.id not in gone}
        for path in [*self._folder.glob("*.paper"), *self._folder.glob("*.job"), *self._folder.glob("*.new")]:
            if path.stem not in kept:
                path.unlink(missing_ok=True)
        return [self._after_start(job) for job in found if job.id not in gone]

    def _after_start(self, job: Job) -> Job:
        if job.state == "printing" and not job.ticket:
            state: JobState = "failed" if job.sent else "waiting"
            return self.note(job.becomes(state=state, code="print.in_doubt" if job.sent else "", sent=False))
        return job

    def _notes(self, locked: set[str]) -> Iterator[Job]:
        """`locked` gets the names of those that another user of this PC keeps to itself, or another program just now."""
        for path in self._folder.glob("*.job"):
            try:
                id = UUID(path.stem)
            except ValueError:
                continue
            note = self._note(id)
            content = note.read()
            if note.fault == "records.cannot_read":
                locked.add(path.stem)
            if content is not None and self._paper(id).path.exists():
                yield _unpacked(content)

    def _note(self, id: UUID) -> Sealed:
        return Sealed(self._folder / f"{id.hex}.job", self._keys, f"print job {id.hex}")

    def _paper(self, id: UUID) -> Sealed:
        return Sealed(self._folder / f"{id.hex}.paper", self._keys, f"print paper {id.hex}")


def _packed(job: Job) -> bytes:
    values = asdict(job) | {"id": job.id.hex, "made": job.made.isoformat(), "ended": job.ended.isoformat() if job.ended else ""}
    return json.dumps(values).encode()


def _unpacked(content: bytes) -> Job:
    """Values that a newer program added are left out."""
    values: dict[str, Any] = {name: value for name, value in json.loads(content).items() if name in Job.__dataclass_fields__}
    values["id"] = UUID(values["id"])
    values["made"] = datetime.fromisoformat(values["made"]).astimezone(UTC)
    values["ended"] = datetime.fromisoformat(values["ended"]) if values["ended"] else None
    return Job(**values)
