"""A page that one counter fills: what happens to the page happens to the counter."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from gui.counters.clinic import ClinicCounter
from gui.counters.registration import RegistrationCounter
from gui.page import Page


class CounterPage(Page):
    """Subclasses make `counter`, then `fill` the page with it."""

    counter: ClinicCounter | RegistrationCounter

    def fill(self) -> None:
        """The whole page for `counter`."""
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.counter)

    def refresh(self) -> None:
        """Read anew what is shown."""
        self.counter.refresh()

    def begin(self) -> None:
        """The cursor waits where the work is."""
        self.counter.begin()

    def draft(self) -> dict[str, Any] | None:
        """What is half filled in."""
        return self.counter.draft()

    def restore(self, draft: dict[str, Any]) -> None:
        """As it was left."""
        self.counter.restore(draft)

    def scanned(self, text: str) -> bool:
        """Somebody's slip or NIK."""
        return self.counter.scanned(text)
