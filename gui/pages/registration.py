"""Pendaftaran: the registration desk by itself."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout

from gui.counters.registration import RegistrationCounter
from gui.desk import Desk
from gui.page import Page


class RegistrationPage(Page):
    """One counter, which fills the page."""

    topics: ClassVar[frozenset[str]] = frozenset({"visits", "doses", "stock", "people", "place"})
    help: ClassVar[str] = "pendaftaran"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.counter = RegistrationCounter(self)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.counter)

    def begin(self) -> None:
        """The cursor waits where the work is."""
        self.counter.begin()

    def refresh(self) -> None:
        """Read anew what is shown."""
        self.counter.refresh()

    def draft(self) -> dict[str, Any] | None:
        """The form, half filled."""
        return self.counter.draft()

    def restore(self, draft: dict[str, Any]) -> None:
        """The form as it was left."""
        self.counter.restore(draft)

    def scanned(self, text: str) -> bool:
        """Into the first field."""
        return self.counter.scanned(text)
