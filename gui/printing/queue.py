"""The queue of papers of one window. Nobody waits for it: a dead printer is a number in the head of the window."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from gui.language import tr
from gui.messages import sentence_of
from gui.parts import Kind
from gui.printing.choices import Choices
from gui.printing.jobs import Job, PaperKind, Spool
from gui.printing.transports import Following, Going, InDoubt, Outcome, Paper, Roll, Transport, transports
from gui.work import Progress, Stopped, Work
from models.errors import Problem, Unavailable
from models.records.base import new_id
from models.records.keys import Keys

PAUSES: Final = (5, 10, 20, 40, 80, 160, 300)
"""Seconds until a printer that did not take a paper is tried again, growing with each vain try."""
FOLLOW_EVERY: Final = 2.0


class Printing(QObject):
    """`changed` when the list or a state in it is another one, `found` when printers were looked for.

    Everything slow runs on lanes of its own.

    Papers of one printer come out in the order they were given. What surely was not printed is tried again by itself;
    what is in doubt waits for a person, so that nothing comes out twice behind anybody's back.
    """

    changed = Signal()
    found = Signal()

    def __init__(
        self, folder: Path, keys: Keys, settings: QSettings, ways: Mapping[str, Transport] | None = None, scale: float = 1.0
    ) -> None:
        """`folder` is the data folder; `scale` shortens the pauses."""
        super().__init__()
        self.choices = Choices(settings)
        self.ways = dict(ways) if ways is not None else transports()
        self.printers: list[str] = []
        self._spool = Spool(folder / "prints", keys)
        self._work = Work()
        self._scale = scale
        self._jobs: dict[UUID, Job] = {}
        self._kept: set[UUID] = set()  # those whose files are written
        self._held: set[UUID] = set()
        self._sending: tuple[UUID, Progress] | None = None
        self._vain: dict[str, tuple[int, float]] = {}  # by printer: tries in vain, and when to try again
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._send_next)
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.timeout.connect(self._follow)
        self._work.write(self, self._spool.load, datetime.now(UTC), done=self._loaded, fault=lambda _problem: None)

    def submit(self, kind: PaperKind, pdf: bytes, title: str, *, after: float = 0.0, of_person: bool = False) -> UUID:
        """Print `pdf` when the printer of this kind of paper can; returns at once.

        `title` is shown on this PC only, that of a paper `of_person` only to who may print such ones.

        `after` seconds, until when it can be cancelled without anybody having seen it. It is kept like the others: a
        program that is closed meanwhile prints it after the next start.
        """
        job = Job(new_id(), kind, title, datetime.now(UTC), of_person=of_person)
        if after:
            self._held.add(job.id)
            QTimer.singleShot(int(after * 1000), self, lambda: self._let_go(job.id))
        return self._add(job, pdf)

    def jobs(self) -> list[Job]:
        """All of them, newest first."""
        return sorted(self._jobs.values(), key=lambda job: (job.made, job.id), reverse=True)

    def job(self, id: UUID) -> Job | None:
        """One of them, as it stands."""
        return self._jobs.get(id)

    def retry(self, id: UUID) -> None:
        """Try now what waits or failed; a paper that was printed comes out once more, as a new job."""
        job = self._jobs.get(id)
        self._held.discard(id)
        if job is None or job.state == "printing" or id not in self._kept:
            return
        if job.state == "printed":
            self._work.write(self, self._spool.paper, job, done=lambda pdf: self._print_again(job, pdf), fault=self._ignore)
            return
        self._vain.clear()
        self._note(job.becomes(state="waiting", code="", sent=False))
        self._send_next()

    def try_now(self) -> None:
        """Somebody has been at the printer: what waits is sent at once. Nothing that is out already comes out again."""
        self._vain.clear()
        self._send_next()

    def cancel(self, id: UUID) -> None:
        """Do not print it. What the printer already has may still come out; it is taken out of the list all the same."""
        job = self._jobs.pop(id, None)
        self._held.discard(id)
        if job is None:
            return
        if self._sending and self._sending[0] == id:
            self._sending[1].stop()
        self._withdraw(job)
        self._kept.discard(id)
        self._work.write(self, self._spool.remove, job, done=self._ignore, fault=self._ignore)
        self.changed.emit()

    def choices_changed(self) -> None:
        """Another printer was chosen: what waits goes there at once."""
        self.try_now()
        self.changed.emit()

    def find_printers(self) -> None:
        """Look which printers there are; `found` when `printers` has their addresses."""
        self._work.read(self, addresses_of, self.ways, done=self._found, fault=self._ignore, key="printers")

    def summary(self) -> tuple[Kind, str]:
        """For the head of the window; an empty text when nothing has to be said."""
        failed = sum(job.state == "failed" for job in self._jobs.values())
        on_their_way = [job for job in self._jobs.values() if job.is_open and job.id not in self._held]
        under_way = len(on_their_way)
        # Tried in vain before: that it is being tried again is no good news yet.
        stuck = any(job.code or (job.tries and not job.ticket) for job in on_their_way)
        if failed:
            return "stop", tr("{count} cetakan perlu dilihat").format(count=failed)
        if stuck:
            return "ask", tr("{count} cetakan menunggu").format(count=under_way)
        return ("calm", tr("Mencetak {count}").format(count=under_way)) if under_way else ("calm", "")

    def close(self) -> None:
        """End the lanes. What waits is in its files and goes on at the next start."""
        for timer in (self._again, self._following):
            timer.stop()
        self._work.close()

    def _add(self, job: Job, pdf: bytes) -> UUID:
        self._jobs[job.id] = job
        self._work.write(self, self._spool.add, job, pdf, done=self._added, fault=lambda problem: self._lost(job, problem))
        self.changed.emit()
        return job.id

    def _added(self, job: Job) -> None:
        if job.id in self._jobs:
            self._kept.add(job.id)
            self._send_next()

    def _lost(self, job: Job, problem: Problem) -> None:
        if job.id in self._jobs:
            self._show(job.becomes(state="failed", code=problem.code))

    def _loaded(self, jobs: Sequence[Job]) -> None:
        self._jobs = {job.id: job for job in jobs} | self._jobs
        self._kept |= {job.id for job in jobs}
        self.changed.emit()
        self._send_next()
        self._follow_later()

    def _print_again(self, job: Job, pdf: bytes) -> None:
        self._add(Job(new_id(), job.kind, job.title, datetime.now(UTC), of_person=job.of_person), pdf)

    def _send_next(self) -> None:
        """The oldest that waits for a printer which is not known to be dead; none while one is being sent."""
        if self._sending:
            return
        now = time.monotonic()
        soonest = None
        for job in reversed(self.jobs()):
            if job.state != "waiting" or job.id not in self._kept or job.id in self._held:
                continue
            address = self.choices.address(job.kind)
            ready = self._vain.get(address, (0, 0.0))[1]
            if ready <= now:
                self._send(job, address)
                return
            soonest = min(ready, soonest or ready)
        if soonest is not None:
            self._again.start(max(int((soonest - now) * 1000), 1))

    def _let_go(self, id: UUID) -> None:
        """Held back long enough: in the queue like the others."""
        if id in self._held:
            self._held.discard(id)
            self.changed.emit()
            self._send_next()

    def _send(self, job: Job, address: str) -> None:
        progress = Progress()
        self._sending = (job.id, progress)
        self._show(job.becomes(state="printing", code=""))

        def going() -> None:
            progress.step(0, 0)

        self._work.draw(
            self, deliver, self._spool, self.ways, job, address, self.choices.roll, going, progress=progress,
            done=lambda after: self._sent(after, address), fault=lambda problem: self._broken(job, problem),
        )  # fmt: skip

    def _sent(self, job: Job, address: str) -> None:
        self._sending = None
        if job.state == "waiting":
            vain = min(self._vain.get(address, (0, 0.0))[0], len(PAUSES) - 1)
            self._vain[address] = (vain + 1, time.monotonic() + PAUSES[vain] * self._scale)
        else:
            self._vain.pop(address, None)
        if job.id in self._jobs:
            self._show(job)
        else:
            self._withdraw(job)  # cancelled while it was handed over
        self._follow_later()
        self._send_next()

    def _withdraw(self, job: Job) -> None:
        way = self.ways.get(job.printer.partition(":")[0])
        if job.ticket and job.is_open and isinstance(way, Following):
            self._work.read(self, way.withdraw, job.ticket, done=self._ignore, fault=self._ignore)

    def _broken(self, job: Job, problem: Problem) -> None:
        """A fault of this program or of the disk; it is not tried again by itself. A bug says not how far the paper had come."""
        self._sending = None
        if job.id in self._jobs:
            code = "print.in_doubt" if problem.code == "screen.bug" else problem.code
            self._note(replace(job, state="failed", code=code, revision=job.revision + 10))  # past what was noted meanwhile
        self._send_next()

    def _follow_later(self) -> None:
        if not self._following.isActive() and any(job.ticket and job.state == "printing" for job in self._jobs.values()):
            self._following.start(int(FOLLOW_EVERY * 1000 * self._scale))

    def _follow(self) -> None:
        handed = [job for job in self._jobs.values() if job.ticket and job.state == "printing"]
        if handed:
            self._work.read(self, look_after, self.ways, handed, done=self._followed, fault=self._ignore, key="follow")

    def _followed(self, found: Sequence[tuple[Job, Outcome]]) -> None:
        for before, outcome in found:
            job = self._jobs.get(before.id)
            if job is None or job.ticket != before.ticket:
                continue
            if outcome in {"under_way", "held"}:
                code = "print.held" if outcome == "held" else ""
                if code != job.code:
                    self._show(job.becomes(code=code))
            elif outcome == "failed":
                self._note(job.becomes(state="failed", code="print.aborted", ticket=""))
            else:
                self._note(job.becomes(state="printed", code="", sure=outcome == "printed", ended=datetime.now(UTC)))
        self._follow_later()

    def _found(self, printers: list[str]) -> None:
        self.printers = printers
        self.found.emit()

    def _show(self, job: Job) -> None:
        self._jobs[job.id] = job
        self.changed.emit()

    def _note(self, job: Job) -> None:
        self._show(job)
        self._work.write(self, self._spool.note, job, done=self._ignore, fault=self._ignore)

    def _ignore(self, _answer: object) -> None:
        """A note that could not be written costs a question after the next start, no more."""


def deliver(spool: Spool, ways: Mapping[str, Transport], job: Job, address: str, roll: Roll, going: Going) -> Job:
    """Send one paper and note what became of it; for the paper lane. A raised Problem is about its files, not the printer."""
    pdf = spool.paper(job)
    kind, _, rest = address.partition(":")
    try:
        if not address:
            kind, rest = "system", _usual(ways, job.kind)
        if kind not in ways:
            raise Unavailable("print.gone")
    except Unavailable as problem:
        return spool.note(job.becomes(state="waiting", code=problem.code, sent=False))
    job = spool.note(job.becomes(state="printing", code="", tries=job.tries + 1, sent=True, printer=f"{kind}:{rest}"))
    job = _handed_over(ways[kind], rest, Paper(job.kind, pdf, f"pos-vaksin-{job.id.hex[-8:]}", roll), job, going)
    try:
        return spool.note(job)
    except Unavailable:
        return job  # the disk is full, but what came out came out; after the next start it is asked about


def _handed_over(way: Transport, address: str, paper: Paper, job: Job, going: Going) -> Job:
    try:
        handed = way.send(address, paper, going)
    except Stopped:
        return job.becomes(state="failed", code="print.in_doubt")
    except InDoubt as problem:
        return job.becomes(state="failed", code=problem.code)
    except Unavailable as problem:
        return job.becomes(state="waiting", code=problem.code, sent=False)
    if handed.ticket:
        return job.becomes(ticket=handed.ticket)
    return job.becomes(state="printed", sure=handed.sure, file=handed.file, ended=datetime.now(UTC))


def look_after(ways: Mapping[str, Transport], jobs: Sequence[Job]) -> list[tuple[Job, Outcome]]:
    """What the system's queues say of papers they were given."""
    found: list[tuple[Job, Outcome]] = []
    for job in jobs:
        kind, _, address = job.printer.partition(":")
        way = ways.get(kind)
        found.append((job, way.follow(address, job.ticket) if isinstance(way, Following) else "unknown"))
    return found


def addresses_of(ways: Mapping[str, Transport]) -> list[str]:
    """What can be chosen, as addresses."""
    return [f"{kind}:{name}" for kind, way in ways.items() for name in way.printers()]


def _usual(ways: Mapping[str, Transport], kind: PaperKind) -> str:
    """Where nobody has chosen: the system's first printer; none for a roll, which an office printer would waste a sheet on."""
    found = ways["system"].printers() if "system" in ways and kind != "roll" else []
    if not found:
        raise Unavailable("print.no_printer")
    return found[0]


def job_words(job: Job) -> str:
    """One sentence: how it stands, and what can be done."""
    if job.code:
        return sentence_of(job.code, {})
    if job.state == "waiting":
        return tr("Menunggu giliran.")
    if job.state == "printing":
        return tr("Diterima antrean sistem, sedang dicetak.") if job.ticket else tr("Sedang dikirim ke pencetak.")
    if job.file:
        return tr("Disimpan sebagai PDF, tidak dicetak: {path}").format(path=job.file)
    if job.sure:
        return tr("Tercetak.")
    return tr("Sudah dikirim; pencetak tidak memberi kabar.")
