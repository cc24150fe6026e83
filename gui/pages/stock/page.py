"""The stock page: the overview, and above it the task that is open."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.pages.stock.overview import Overview
from gui.pages.stock.task import At, Task
from gui.pages.stock.tasks import tasks


class StockPage(Page):
    """It hosts; what there is, the overview says, and what is done, the tasks do."""

    topics: ClassVar[frozenset[str]] = frozenset({"stock", "doses", "posts", "cold"})
    help: ClassVar[str] = "stok"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._entries = {entry.name: entry for entry in tasks() if desk.may(entry.right)}
        self._built: dict[str, Task] = {}
        self.overview = Overview(self, tuple(self._entries.values()))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.overview)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.stack)
        self.overview.opens.connect(self.open_task)

    def too_late(self) -> str:
        """Letters have their list; what else was written down is taken back where it stands."""
        return tr("Surat: F8, pilih suratnya, F10. Yang lain dibatalkan di tempatnya, dengan alasannya.")

    @property
    def task(self) -> Task | None:
        """The open one."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Task) else None

    def built(self, name: str) -> Task:
        """A task of `tasks()`, built at its first use."""
        if name not in self._built:
            task = self._built[name] = self._entries[name].build(self)
            task.left.connect(self._back)
            task.opens.connect(self.open_task)
            self.stack.addWidget(task)
        return self._built[name]

    def open_task(self, name: str, at: At) -> None:
        """Open a task; one that needs another right than this account has stays closed."""
        if name not in self._entries:
            return
        self.banner.hide()
        task = self.built(name)
        self.stack.setCurrentWidget(task)
        task.begin(at)
        task.refresh()

    def begin(self) -> None:
        """The list, unless a task is open: there the cursor is still where it was."""
        if self.task is None:
            self.overview.begin()

    def refresh(self) -> None:
        """The overview, which is there again at the press of a key, and the open task."""
        self.overview.refresh()
        if self.task is not None:
            self.task.refresh()

    def chapter(self) -> str:
        """That of the open task, if it has one of its own."""
        return (self.task.help if self.task is not None else "") or self.help

    def draft(self) -> dict[str, Any] | None:
        """What was typed into the tasks, and which of them is open."""
        kept = {name: draft for name, task in self._built.items() if (draft := task.draft())}
        if not kept:
            return None
        return {"open": next((name for name in kept if self._built[name] is self.task), ""), "tasks": kept}

    def restore(self, draft: dict[str, Any]) -> None:
        """Each task gets its own back, and the one that was open is open again."""
        for name, kept in draft.get("tasks", {}).items():
            if name in self._entries:
                self.built(name).restore(kept)
        self.open_task(draft.get("open", ""), At())

    def scanned(self, text: str) -> bool:
        """For the open task, else to find the batch on the shelves."""
        return self.overview.scanned(text) if self.task is None else self.task.scanned(text)

    def _back(self) -> None:
        self.stack.setCurrentWidget(self.overview)
        self.overview.begin()
