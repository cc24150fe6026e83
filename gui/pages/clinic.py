"""Skrining & suntik: the clinic's table alone, for a post with several desks."""

from __future__ import annotations

from typing import ClassVar

from gui.counters.clinic import ClinicCounter
from gui.counters.page import CounterPage
from gui.desk import Desk
from gui.language import tr


class ClinicPage(CounterPage):
    """People come from the queue; nobody is registered here."""

    topics: ClassVar[frozenset[str]] = frozenset({"visits", "doses", "stock", "people", "posts", "place"})
    help: ClassVar[str] = "pelayanan"
    counter: ClinicCounter

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.counter = ClinicCounter(self)
        self.fill()

    def too_late(self) -> str:
        """A step or an injection is found with its person."""
        return tr("Buka orangnya dari antrean hari ini (Ctrl+T), lalu batalkan di sana, dengan alasannya.")
