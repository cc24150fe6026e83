"""Ctrl+U at registration: the neutral slip for somebody to whom nothing can be given today."""

from __future__ import annotations

import io
from typing import Final

from PySide6.QtCore import QObject

from gui.commands.demo_folder import WATERMARK
from gui.language import tr
from gui.page import Page
from gui.panels.identity import IdentityCard
from gui.printing.jobs import PaperKind
from gui.printing.telling import Telling
from gui.printing.transports import Roll
from models.overview.letter_facts import WaitingFacts
from models.overview.letters import waiting_of
from reports.waiting_slip import draw_waiting, draw_waiting_roll

_KEY: Final = "waiting slip"


class WaitingSlips(QObject):
    """Draws and queues the slip of whoever the card shows, on the paper that this PC uses for slips."""

    def __init__(self, page: Page, card: IdentityCard) -> None:
        super().__init__(page)
        self._page, self._card, self._telling = page, card, Telling(page)
        card.waits.connect(self._read)

    def _read(self) -> None:
        folder, desk = self._card.folder, self._page.desk
        if folder is not None and desk.place.post_id is not None:
            self._page.ask(
                waiting_of, folder.row.id, desk.place.post_id, desk.regions, desk.catalogue, today=desk.today,
                done=self._draw, key=_KEY,
            )  # fmt: skip

    def _draw(self, facts: WaitingFacts) -> None:
        desk, choices = self._page.desk, self._page.desk.printing.choices
        kind = choices.slip
        roll, watermark = (choices.roll if kind == "roll" else None), WATERMARK if desk.demo else None
        desk.work.draw(
            self, waiting_paper, facts, roll, watermark, done=lambda pdf: self._queue(kind, facts, pdf),
            fault=self._page.say_problem,
        )  # fmt: skip

    def _queue(self, kind: PaperKind, facts: WaitingFacts, pdf: bytes) -> None:
        title = tr("Slip tunggu {name}").format(name=facts.name)
        self._telling.follow(self._page.desk.printing.submit(kind, pdf, title, of_person=True))


def waiting_paper(facts: WaitingFacts, roll: Roll | None, watermark: str | None) -> bytes:
    """As PDF: for this roll, or on A6 for None."""
    out = io.BytesIO()
    if roll is None:
        draw_waiting(facts, out, watermark=watermark)
    else:
        draw_waiting_roll(facts, out, dpi=roll.dpi, dots=roll.dots, watermark=watermark)
    return out.getvalue()
