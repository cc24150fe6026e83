"""The list of tasks: all that the stock page knows about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.language import tr
from gui.page import Page
from gui.pages.stock.back import BackTask
from gui.pages.stock.batch import BatchTask
from gui.pages.stock.book import BookTask
from gui.pages.stock.consumables import ConsumablesTask
from gui.pages.stock.count import CountTask
from gui.pages.stock.discard import DiscardTask
from gui.pages.stock.incoming import IncomingTask
from gui.pages.stock.receive import ReceiveTask
from gui.pages.stock.report import ReportTask
from gui.pages.stock.search import SearchTask
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
        Entry("discard", tr("&Buang / musnahkan"), "F5", "stock.correct", DiscardTask, tr("&Buang")),
        Entry("count", tr("Stok &opname"), "F6", "stock.count", CountTask, tr("&Opname")),
        Entry("book", tr("K&artu stok"), "F7", "stock.view", BookTask, tr("K&artu")),
        Entry("search", tr("&Cari dokumen"), "F8", "stock.view", SearchTask, tr("&Cari")),
        Entry("back", tr("Kembali &dari tim"), "F10", "stock.correct", BackTask, tr("&Dari tim")),
        Entry("batch", tr("Batc&h"), "F11", "stock.correct", BatchTask),
        Entry("report", tr("&Laporan"), "F12", "stock.view", ReportTask),
        Entry("consumables", tr("Lo&gistik"), "Shift+F2", "stock.receive", ConsumablesTask),
    )
