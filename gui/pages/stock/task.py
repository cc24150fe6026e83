"""What a task of the stock page is: it takes the whole body while it is open and goes back to the overview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.page import Page


@dataclass(frozen=True)
class At:
    """The row the cursor was on: a batch at a post, a batch anywhere, a box on the way (`transfer`), or nothing at all."""

    post: UUID | None = None
    batch: UUID | None = None
    transfer: UUID | None = None


class Task(QWidget):
    """One task. It is built when it is first opened and kept, with what was typed into it.

    It asks, acts, says and offers undo through `page`; F9 is its next step or saves, Esc goes back one step and, from the
    first one, emits `left`. Each of its buttons carries its own key.
    """

    help: ClassVar[str] = ""
    """The chapter that F1 opens here, where the page's own does not speak of it."""
    left = Signal()
    """Back to the overview."""
    opens = Signal(str, object)
    """On to another task: its name in `tasks()` and an `At`."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk

    def begin(self, at: At) -> None:
        """It is opened: the cursor goes where the work starts. `refresh` follows at once."""

    def refresh(self) -> None:
        """Read anew what is shown: right after `begin`, and whenever a topic of the page changed while it is open."""

    def draft(self) -> dict[str, Any] | None:
        """What was typed and is not saved yet, as JSON values; None when there is nothing."""
        return None

    def restore(self, draft: dict[str, Any]) -> None:
        """Put back what `draft` once gave, as far as it still holds."""

    def scanned(self, text: str) -> bool:  # noqa: ARG002 - for tasks that take scans
        """A scan while it is open; False when it belongs into the field it landed in."""
        return False
