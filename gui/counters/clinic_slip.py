"""A slip goes to the printer while the next person is already sitting down."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import QObject

from gui.commands.demo_folder import WATERMARK
from gui.language import tr
from gui.page import Page
from gui.printing.jobs import PaperKind
from gui.printing.slips import slip_paper
from gui.printing.telling import Telling
from models.errors import Problem
from models.overview.slip_facts import SlipFacts
from models.overview.slips import SlipDesk, slip_of


class SlipPrinter(QObject):
    """Signs, draws and queues the slip of a dose; what goes wrong is said on the page and stops nobody."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._telling = page, Telling(page)
        self._jobs: dict[UUID, UUID] = {}  # by dose
        self._due: dict[UUID, float] = {}  # doses whose slip is being prepared, and how long it is to be held back
        self._taken_back: set[UUID] = set()

    def print(self, dose: UUID, title: str, *, after: float = 0.0) -> None:
        """Returns at once; `title` names the paper in the list of this PC. `after` as in Printing.submit.

        A slip that is on its way already does not come out twice; one that was held back goes now. What becomes of a slip
        that is not held back is said on the page: somebody has asked for it and waits.
        """
        desk = self._page.desk
        job = desk.printing.job(self._jobs[dose]) if dose in self._jobs else None
        if dose in self._due:
            self._due[dose] = after
        elif job is not None and job.is_open:
            desk.printing.retry(job.id)
            self._telling.follow(job.id)
        else:
            self._due[dose] = after
            slips = SlipDesk(desk.keys, desk.folder.signer, desk.regions, desk.catalogue)
            desk.work.write(
                self, slip_of, desk.database, desk.actor, slips, dose, now=desk.now, real_now=datetime.now(UTC),
                done=lambda facts: self._draw(dose, facts, title), fault=lambda problem: self._failed(dose, problem),
                changes={"certificates"},
            )  # fmt: skip

    def take_back(self, dose: UUID) -> None:
        """The injection never was: its slip does not come out."""
        self._taken_back.add(dose)
        job = self._page.desk.printing.job(self._jobs[dose]) if dose in self._jobs else None
        if job is not None and job.is_open:
            self._page.desk.printing.cancel(job.id)

    def _draw(self, dose: UUID, facts: SlipFacts, title: str) -> None:
        desk, choices = self._page.desk, self._page.desk.printing.choices
        kind = choices.slip
        desk.work.draw(
            self, slip_paper, facts, choices.roll if kind == "roll" else None, WATERMARK if desk.demo else None,
            done=lambda pdf: self._queue(dose, kind, pdf, title), fault=lambda problem: self._failed(dose, problem),
        )  # fmt: skip

    def _queue(self, dose: UUID, kind: PaperKind, pdf: bytes, title: str) -> None:
        after = self._due.pop(dose, 0.0)
        if dose not in self._taken_back:
            words = tr("Slip {title}").format(title=title)
            self._jobs[dose] = self._page.desk.printing.submit(kind, pdf, words, after=after, of_person=True)
            if not after:
                self._telling.follow(self._jobs[dose])

    def _failed(self, dose: UUID, problem: Problem) -> None:
        self._due.pop(dose, None)
        if dose not in self._taken_back:
            self._page.say_problem(problem)
