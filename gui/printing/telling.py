"""What becomes of a paper that somebody has just sent off, said on the page where they did it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject

from gui.page import Page
from gui.parts import Kind
from gui.printing.jobs import JobState
from gui.printing.queue import job_words

_KINDS: Final[dict[JobState, Kind]] = {"waiting": "ask", "printing": "calm", "printed": "good", "failed": "stop"}


class Telling(QObject):
    """Follows one paper at a time until it is out, or until the page says something else."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._job: UUID | None = None
        self._said = ""
        page.desk.printing.changed.connect(self._tell)

    def follow(self, job: UUID) -> None:
        """It was given to the queue just now."""
        self._job, self._said = job, ""
        self._tell()

    def _tell(self) -> None:
        job = self._page.desk.printing.job(self._job) if self._job else None
        if job is None or (self._said and self._said != self._shown()):
            self._job = None
            return
        waits = job.state == "waiting" and not job.code  # its turn is in a moment
        self._page.say("calm" if waits else _KINDS[job.state], job.title, job_words(job))
        self._said = self._shown()
        if not job.is_open:
            self._job = None

    def _shown(self) -> str:
        return "" if self._page.banner.isHidden() else self._page.banner.words()
