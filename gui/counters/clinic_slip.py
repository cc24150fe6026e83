"""A slip goes to the printer while the next person is already sitting down."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import QObject

from gui.commands.demo_folder import WATERMARK
from gui.language import tr
from gui.page import Page
from gui.printing.slips import slip_paper
from models.overview.slip_facts import SlipFacts
from models.overview.slips import SlipDesk, slip_of


class SlipPrinter(QObject):
    """Signs, draws and queues the slip of a dose; what goes wrong is said on the page and stops nobody."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def print(self, dose: UUID, title: str) -> None:
        """Returns at once; `title` names the paper in the list of this PC."""
        desk = self._page.desk
        slips = SlipDesk(desk.keys, desk.folder.signer, desk.regions, desk.catalogue)
        desk.work.write(
            self, slip_of, desk.database, desk.actor, slips, dose, now=desk.now, real_now=datetime.now(UTC),
            done=lambda facts: self._draw(facts, title), fault=self._page.say_problem, changes={"certificates"},
        )  # fmt: skip

    def _draw(self, facts: SlipFacts, title: str) -> None:
        desk, choices = self._page.desk, self._page.desk.printing.choices
        kind = choices.slip
        desk.work.draw(
            self, slip_paper, facts, choices.roll if kind == "roll" else None, WATERMARK if desk.demo else None,
            done=lambda pdf: self._queue(pdf, title),
            fault=self._page.say_problem,
        )  # fmt: skip

    def _queue(self, pdf: bytes, title: str) -> None:
        printing = self._page.desk.printing
        printing.submit(printing.choices.slip, pdf, tr("Slip {title}").format(title=title))
