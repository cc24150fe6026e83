"""Pendaftaran: the registration desk by itself."""

from __future__ import annotations

from typing import ClassVar

from gui.counters.page import CounterPage
from gui.counters.registration import RegistrationCounter
from gui.desk import Desk
from gui.language import tr


class RegistrationPage(CounterPage):
    """Nobody is screened or injected here."""

    topics: ClassVar[frozenset[str]] = frozenset({"visits", "doses", "stock", "people", "place"})
    help: ClassVar[str] = "pendaftaran"
    counter: RegistrationCounter

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.counter = RegistrationCounter(self)
        self.fill()

    def too_late(self) -> str:
        """Who was put into the queue leaves it there."""
        return tr("Batalkan dari antrean hari ini: Ctrl+T, pilih barisnya, lalu Del.")
