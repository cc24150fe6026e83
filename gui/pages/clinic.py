"""Skrining & suntik: the clinic's table alone, for a post with several desks."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout

from gui.counters.clinic import ClinicCounter
from gui.desk import Desk
from gui.page import Page


class ClinicPage(Page):
    """People come from the queue; nobody is registered here."""

    topics: ClassVar[frozenset[str]] = frozenset({"visits", "doses", "stock", "people", "posts", "place"})
    help: ClassVar[str] = "pelayanan"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.counter = ClinicCounter(self)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.counter)

    def refresh(self) -> None:
        """The day as it is now."""
        self.counter.refresh()

    def begin(self) -> None:
        """The cursor waits where the work starts."""
        self.counter.begin()

    def draft(self) -> dict[str, Any] | None:
        """What is half filled in."""
        return self.counter.draft()

    def restore(self, draft: dict[str, Any]) -> None:
        """Back at the table."""
        self.counter.restore(draft)

    def scanned(self, text: str) -> bool:
        """Somebody's slip or NIK."""
        return self.counter.scanned(text)
