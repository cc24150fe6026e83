"""What is on every shelf and until when, what is open, and what is on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.reading import Shelves, on_the_page, read_shelves, short_name, unusable_words
from gui.pages.stock.task import At
from gui.pages.stock.tasks import Entry
from gui.parts import KeyButton, Kind, Panel, plain
from gui.table import Column, RowsView
from models.stock.queries import BatchBalance, OpenVial
from reports import formats

_SOON = 30  # days before the end that are pointed out


class Overview(QWidget):
    """`opens` carries the name of a task and the row the cursor was on."""

    opens = Signal(str, object)

    def __init__(self, page: Page, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._names: dict[UUID, str] = {}
        self.shelf = RowsView(self._shelf_columns(), tr("Stok per pos dan batch"), tall=True)
        self.opened = RowsView(self._opened_columns(), tr("Vial terbuka"), tall=True)
        self.boxes = RowsView(self._box_columns(), tr("Dalam perjalanan"))
        self.total = plain(heading=True)
        self.buttons = {entry.name: KeyButton(entry.title, entry.key, main=not at) for at, entry in enumerate(entries)}
        self._lay_out()
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.opens.emit(name, self.at()))
        self.boxes.activated.connect(lambda _index: self.opens.emit("incoming", self.at()))

    def _lay_out(self) -> None:
        left = Panel(tr("Stok per pos dan batch, yang dipakai dahulu di atas"))
        left.rows.addWidget(self.shelf, 1)
        left.rows.addWidget(self.total)
        right = Panel(tr("Vial terbuka dan kiriman"))
        right.rows.addWidget(self.opened, 1)
        right.rows.addWidget(plain(tr("Dalam perjalanan (F4 atau Enter menerima)"), heading=True))
        right.rows.addWidget(self.boxes, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(left, 8)
        row.addWidget(right, 5)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in self.buttons.values():
            foot.addWidget(button, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(row, 1)
        rows.addLayout(foot)

    def at(self) -> At:
        """Where the cursor is: on a shelf, and on a box."""
        row, box = self.shelf.chosen(), self.boxes.chosen()
        return At(row.post if row else None, row.batch if row else None, box.id if box else None)

    def begin(self) -> None:
        """What most who come here do first, or the list."""
        first = next(iter(self.buttons.values()), None)
        (first or self.shelf).setFocus()

    def refresh(self) -> None:
        """Everything that is on it."""
        desk = self.desk
        self.page.ask(read_shelves, desk.catalogue, desk.facility.id, desk.today, done=self._show, key="shelves")

    def _show(self, shelves: Shelves) -> None:
        self._names = {post.id: post.name for post in shelves.posts}
        rows = on_the_page(shelves.balances, shelves.posts)
        self.shelf.show_rows(rows, same=lambda row: (row.post, row.batch))
        self.opened.show_rows(shelves.opened, same=lambda row: row.vial)
        self.boxes.show_rows(shelves.transfers, same=lambda row: row.id)
        self.total.setText(self._sum(rows))

    def _sum(self, rows: Sequence[BatchBalance]) -> str:
        """What may be used, and how much may not and why."""
        if not rows:
            mine = self.desk.may("stock.receive")
            return tr("Belum ada stok: terima batch pertama dengan F2.") if mine else tr("Belum ada stok: farmasi menerimanya.")
        usable = [row for row in rows if not row.unusable]
        text = tr("{vials} vial dapat dipakai = {doses} dosis").format(
            vials=formats.number(sum(row.vials for row in usable)), doses=formats.number(sum(row.doses for row in usable))
        )
        wasted: Counter[str] = Counter()
        for row in rows:
            wasted[row.unusable] += row.vials
        words = unusable_words()
        for why, vials in sorted(wasted.items()):
            if why:
                text += tr("; {vials} tidak ({why})").format(vials=formats.number(vials), why=words.get(why, why))
        return text

    def _name(self, post: UUID) -> str:
        return short_name(self._names.get(post, "?"), self.desk.facility.name)

    def _shelf_columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Pos"), lambda row: self._name(row.post), wide=True),
            Column(tr("Vaksin, batch"), lambda row: f"{self.desk.product_name(row.product)}\n{row.number}"),
            Column(tr("Sampai"), lambda row: formats.day_short(row.usable_until)),
            Column(tr("Vial (dosis)"), self._amount, right=True),
            Column(tr("Status"), self._state, kind=self._kind),
        )

    def _amount(self, row: BatchBalance) -> str:
        return f"{formats.number(row.vials)} ({formats.number(row.doses)})"

    def _days_left(self, row: BatchBalance) -> int:
        return (row.usable_until - self.desk.today).days

    def _state(self, row: BatchBalance) -> str:
        if row.unusable:
            why = unusable_words().get(row.unusable, row.unusable)
            return why[:1].upper() + why[1:]
        if self._days_left(row) <= _SOON:
            return tr("{days} hari lagi").format(days=self._days_left(row))
        return tr("Aman")

    def _kind(self, row: BatchBalance) -> Kind:
        if row.unusable:
            return "stop"
        return "ask" if self._days_left(row) <= _SOON else "good"

    def _opened_columns(self) -> tuple[Column, ...]:
        def until(row: OpenVial) -> str:
            return self.desk.clock_of(row.discard_at) if row.discard_at else formats.NOTHING

        def kind(row: OpenVial) -> Kind:
            return "stop" if row.discard_at is not None and row.discard_at < self.desk.now else "good"

        return (
            Column(tr("Pos, meja"), lambda row: f"{self._name(row.post)}\n{row.station}", wide=True),
            Column(tr("Vaksin"), lambda row: self.desk.product_name(row.product)),
            Column(tr("Sisa"), lambda row: formats.number(row.left_doses), right=True),
            Column(tr("Buang"), until, kind=kind),
        )

    def _box_columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Ke"), lambda row: self._name(row.target), wide=True),
            Column(tr("Vaksin"), lambda row: self.desk.product_name(row.product)),
            Column(tr("Batch"), lambda row: row.number),
            Column(tr("Vial"), lambda row: formats.number(row.vials), right=True),
        )
