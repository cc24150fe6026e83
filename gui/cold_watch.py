"""Looks every minute whether a temperature was not read or is out of range, for the chip in the head: no dialog, no sound."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from gui.cold_words import alarm_words, missing_words, state_chip
from gui.desk import Desk
from gui.parts import Kind
from models.stock.cold.queries import ColdState, cold_state

_EVERY = 60_000
_TOPICS = frozenset({"cold", "stock", "posts"})


class ColdWatch(QObject):
    """Calls `told(words, kind, whole)`: a few words for a chip, nothing where all is well, and what exactly is the matter.

    Who sets the equipment up sees all of it, a vaccinator that of the post where they work.
    """

    def __init__(self, desk: Desk, told: Callable[[str, Kind, str], None]) -> None:
        super().__init__()
        self._desk, self._told = desk, told
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        if desk.may("cold.enter"):
            desk.work.changed.connect(self._changed)
            desk.place.moved.connect(self.look)
            self._timer.start()

    def look(self) -> None:
        """Ask the records; what cannot be asked now is asked a minute later."""
        desk = self._desk
        if desk.may("cold.enter"):
            post = None if desk.may("cold.set") else desk.place.post_id
            desk.ask(
                self, cold_state, desk.facility.id, desk.facility.zone, desk.now, post=post, done=self._show,
                fault=lambda _problem: None, key="cold",
            )  # fmt: skip

    def _changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.look()

    def _show(self, state: ColdState) -> None:
        words, kind = state_chip(state)
        whole = [alarm_words(each, self._desk.facility.zone) for each in state.alarms]
        if state.missing:
            whole.append(missing_words(state.missing))
        self._told(words, kind, "\n".join(whole))
