"""The movement book of the batch under the cursor, the newest line on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from gui.language import tr
from gui.one_line import OneLine
from gui.page import Page
from gui.parts import Kind, Panel
from gui.table import Column, RowsView
from models.places.zones import ZONES
from models.stock.cards.book import BookLine, Card, by_day
from models.stock.cards.book_queries import card
from models.stock.queries import BatchBalance
from reports import formats
from reports.stock_words import line_words

BACK: Final = timedelta(days=30)
"""So far back the overview looks; the whole book is a task of its own."""
NEWEST: Final = 100
"""So many lines at most: the cursor asks at every shelf it stops at."""


@dataclass(frozen=True)
class Opening:
    """What was there before the first line that is shown; `cut` where older lines of these days are left to the whole book."""

    at: datetime
    rest: int
    cut: bool = False


def card_rows(found: Card, since: datetime, zone: str, *, grouped: bool = True) -> list[BookLine | Opening]:
    """The newest line on top, the opening at the foot."""
    lines = by_day(found.lines, ZONES[zone]) if grouped else list(found.lines)
    return [*reversed(lines), Opening(lines[0].at if found.cut else since, found.opening, found.cut)]


class CardList(Panel):
    """Opening, lines, running balance, and who. It asks for itself; an older answer never stands under another batch."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.heading = OneLine(tr("Kartu stok"), heading=True)  # its lines are what is looked for, not its name
        self.rows.addWidget(self.heading)
        self.page, self.desk = page, page.desk
        self.names: Mapping[str, str] = {}
        self.list = RowsView(self._columns(), tr("Kartu stok"), tall=True)
        self.rows.addWidget(self.list, 1)
        self._of: tuple[UUID, UUID] | None = None

    def show_batch(self, row: BatchBalance | None, post_name: str) -> None:
        """The book of this shelf, read anew."""
        if row is None:
            self._of = None
            self.heading.setText(tr("Kartu stok"))
            self.list.say_nothing(tr("Mutasi batch di bawah kursor: masuk, keluar, sisa, dan siapa."))
            self.list.show_rows([])
            return
        if self._of != (row.post, row.batch):
            self.list.say_nothing("")
            self.list.show_rows([])  # the lines of another batch do not stand there a moment longer
        self._of = (row.post, row.batch)
        self.heading.setText(tr("Kartu stok · {post} · {number}").format(post=post_name, number=row.number))
        now, desk = self.desk.now, self.desk
        since = now - BACK
        self.page.ask(
            card, desk.catalogue, desk.facility.id, row.batch, row.post, since, now + timedelta(days=1), newest=NEWEST,
            done=lambda found: self._show(found, since), key="stock card",
        )  # fmt: skip

    def _show(self, found: Card | None, since: datetime) -> None:
        if found is not None:
            self.list.show_rows(card_rows(found, since, self.desk.facility.zone), same=_same)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Waktu"), self._when),
            Column(tr("Mutasi (vial)"), self._words, wide=True),
            Column(tr("+/−"), _change, right=True),
            Column(tr("Sisa"), lambda row: formats.number(row.rest), right=True, kind=_kind),
        )

    def _when(self, row: Any) -> str:
        local = row.at.astimezone(ZONES[self.desk.facility.zone])
        day = formats.day_short(local.date())
        if isinstance(row, Opening):
            return day
        clock = self.desk.clock_of(row.at)
        return clock if local.date() == self.desk.today else f"{day[:5]}\n{clock}"

    def _words(self, row: Any) -> str:
        if isinstance(row, Opening):
            return tr("Saldo sebelumnya: mutasi yang lebih lama ada di F7.") if row.cut else tr("Saldo awal")
        return "\n".join(filter(None, (line_words(row, self.names), " · ".join(filter(None, (row.document, row.who))))))


def _same(row: Any) -> object:
    return row.id if isinstance(row, BookLine) else "opening"


def _change(row: Any) -> str:
    """+40 or −1; nothing for an opening."""
    if isinstance(row, Opening) or row.into == row.out:
        return ""
    return f"+{formats.number(row.into)}" if row.into else f"−{formats.number(row.out)}"


def _kind(row: Any) -> Kind:
    return "stop" if row.rest < 0 else "calm"
