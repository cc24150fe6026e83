"""The list of tasks: all that the stock page knows about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.language import tr
from gui.page import Page
from gui.pages.stock.book import BookTask
from gui.pages.stock.incoming import IncomingTask
from gui.pages.stock.receive import ReceiveTask
from gui.pages.stock.send import SendTask
from gui.pages.stock.task import Task


@dataclass(frozen=True)
class Entry:
    """A task with its button on the overview, shown to accounts with `right`. `name` is for drafts and for other tasks; `short`
    stands on the button where the window has no room for the title, with the same Alt letter."""

    name: str
    title: str
    key: str
    right: str
    build: Callable[[Page], Task]
    short: str = ""


def tasks() -> tuple[Entry, ...]:
    """In the order of the keys."""
    return (
        Entry("receive", tr("&Terima"), "F2", "stock.receive", ReceiveTask),
        Entry("send", tr("&Kirim"), "F3", "stock.send", SendTask),
        Entry("incoming", tr("Kiriman &masuk"), "F4", "stock.confirm", IncomingTask, tr("&Masuk")),
        Entry("book", tr("K&artu stok"), "F7", "stock.view", BookTask, tr("K&artu")),
    )
