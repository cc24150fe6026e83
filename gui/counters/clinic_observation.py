"""The end of the observation: many at once, one alone, or one with a complaint."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from gui.language import tr
from gui.page import Page
from gui.panels.doses import DosesPanel
from gui.panels.observation import ObservationPanel, may_go
from models.doses.actions import finish
from models.doses.complaint_actions import note_complaint
from models.doses.queries import QueueRow
from models.doses.step_actions import finish_observation


class Observation(QObject):
    """Carries out on `page` what the list of those who sit there and the history of one of them ask for."""

    def __init__(self, page: Page, panel: ObservationPanel, doses: DosesPanel) -> None:
        super().__init__(page)
        self._page = page
        doses.finish.connect(lambda rows: self._finish(rows, doses.back.emit))
        doses.complain.connect(self._complain)
        panel.finish.connect(self._finish)
        panel.complain.connect(self._complain)

    def _finish(self, rows: Sequence[QueueRow], then: Callable[[], object] | None = None) -> None:
        now = self._page.desk.now
        if not rows:
            return
        if len(rows) == 1 and not may_go(rows[0], now):
            # Before its time only by somebody who says so and why.
            self._page.act(finish, visit=rows[0].visit.id, asks=True, done=lambda _nothing: self._finished(rows, then))
            return
        visits = [row.visit.id for row in rows]
        self._page.act(finish_observation, visits=visits, done=lambda _count: self._finished(rows, then))

    def _finished(self, rows: Sequence[QueueRow], then: Callable[[], object] | None) -> None:
        if then is not None:
            then()
        who = rows[0].name if len(rows) == 1 else tr("{count} orang").format(count=len(rows))
        self._page.say("good", tr("Selesai observasi: {who}").format(who=who))

    def _complain(self, row: QueueRow) -> None:
        def saved(_nothing: None) -> None:
            self._page.unlock()
            self._page.say("ask", tr("Keluhan dicatat: {name} tetap dalam observasi.").format(name=row.name))

        self._page.ask_reason(
            tr("Keluhan: {name}").format(name=row.name),
            tr("Tulis keluhannya dan sejak kapan. Orangnya tetap dalam observasi sampai dinyatakan selesai."),
            lambda text, _way: self._page.act(note_complaint, visit=row.visit.id, complaint=text, done=saved),
            what=tr("Keluhan"),
        )
