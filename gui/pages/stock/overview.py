"""What is on every shelf and until when, how long it lasts, what is open, and what is on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.card_list import CardList
from gui.pages.stock.figure_row import FigureRow
from gui.pages.stock.filters import Filters, Wanted
from gui.pages.stock.foot import Foot
from gui.pages.stock.reading import Overviewed, on_the_page, read_overview, short_name
from gui.pages.stock.shelf_columns import Shown, box_columns, is_late, opened_columns, shelf_columns, sum_words, vial_is_late
from gui.pages.stock.sides import Sides
from gui.pages.stock.task import At
from gui.pages.stock.tasks import Entry
from gui.parts import LOW, Panel, plain
from gui.table import RowsView
from models.errors import Refused
from models.stock.cards.usage_queries import Supply, by_shelf, supplies
from models.stock.deliveries.gs1 import read_label
from models.stock.deliveries.receipts import alike
from models.stock.places import place_of
from models.stock.queries import BatchBalance, OpenVial


class Overview(QWidget):
    """`opens` carries the name of a task and the row the cursor was on."""

    opens = Signal(str, object)

    def __init__(self, page: Page, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._names: dict[UUID, str] = {}
        self._rows: list[BatchBalance] = []
        self._supply: Mapping[tuple[UUID, str], Supply] = {}
        self._open: dict[tuple[UUID, UUID], list[OpenVial]] = {}
        shown = Shown(self.desk, self.name, lambda row: self._open.get((row.post, row.batch), []),
                      lambda row: self._supply.get((row.post, row.product)))  # fmt: skip
        self.figures = FigureRow(self.desk)
        self.filters = Filters()
        self.shelf = RowsView(shelf_columns(shown), tr("Stok per pos dan batch"), tall=True)
        self.opened = RowsView(opened_columns(shown), tr("Vial terbuka"), tall=True)
        self.boxes = RowsView(box_columns(shown), tr("Dalam perjalanan"), tall=True)
        self.card = CardList(page)
        self.total = plain(heading=True)
        self.foot = Foot(entries)
        self.buttons = self.foot.buttons
        self._later = QTimer(self)  # a cursor that runs down the list asks for the book it stops at
        self._later.setSingleShot(True)
        self._later.setInterval(60)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Panel()
        left.rows.addWidget(self.filters)
        left.rows.addWidget(self.shelf, 1)
        left.rows.addWidget(self.total)
        opened = Panel(tr("Vial terbuka"))
        opened.rows.addWidget(self.opened)
        boxes = Panel(tr("Dalam perjalanan: F4 atau Enter menerima"))
        boxes.rows.addWidget(self.boxes)
        self.sides = Sides((tr("Kartu"), self.card, self.card.list), (tr("Terbuka"), opened, self.opened),
                           (tr("Di jalan"), boxes, self.boxes))  # fmt: skip
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(left, 6)
        middle.addWidget(self.sides, 4)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.figures)
        rows.addLayout(middle, 1)
        rows.addWidget(self.foot)

    def _connect(self) -> None:
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, name=name: self.opens.emit(name, self.at()))
        self.boxes.activated.connect(lambda _index: self.opens.emit("incoming", self.at()))
        self.shelf.activated.connect(lambda _index: self.opens.emit("book", self.at()))
        self.shelf.selectionModel().currentRowChanged.connect(lambda _now, _before: self._later.start())
        self._later.timeout.connect(self._show_card)
        self.filters.changed.connect(self._filter)
        self.figures.wanted.connect(self._lead)
        self.figures.open_vials.connect(lambda: self.sides.show_side(1))
        self.figures.report.connect(lambda: self.opens.emit("report", self.at()))
        self.figures.fridges.connect(lambda: self.page.leads.emit("cold"))

    def name(self, post: UUID) -> str:
        """A post's, without that of the puskesmas."""
        return short_name(self._names.get(post, "?"), self.desk.facility.name)

    def at(self) -> At:
        """Where the cursor is: on a shelf, and on a box."""
        row, box = self.shelf.chosen(), self.boxes.chosen()
        return At(row.post if row else None, row.batch if row else None, box.id if box else None)

    def begin(self) -> None:
        """In the list, where the arrow keys and every F-key work; before there is anything, at what is to be done first."""
        first = next(iter(self.buttons.values()), None)
        (self.shelf if self._rows or first is None else first).setFocus()

    def scanned(self, text: str) -> bool:
        """The code of a box: the cursor goes to its batch, wherever it is."""
        try:
            label = read_label(text, self.desk.today)
        except Refused as problem:
            self.page.say_problem(problem)
            return True
        self.filters.show_wanted(Wanted())
        rows = self.shelf.rows_table.rows
        at = next((at for at, row in enumerate(rows) if label.number and alike(row.number) == alike(label.number)), None)
        if at is None:
            self.page.say("ask", tr("Batch {number} tidak ada di rak mana pun.").format(number=label.number or "?"))
            return True
        self.page.banner.hide()
        self.shelf.selectRow(at)
        self.shelf.setFocus()
        return True

    def refresh(self) -> None:
        """Everything that is on it."""
        desk = self.desk
        self.page.ask(
            read_overview, desk.catalogue, desk.facility.id, desk.facility.zone, desk.now, done=self._show, key="shelves"
        )  # fmt: skip

    def _show(self, found: Overviewed) -> None:
        shelves = found.shelves
        was_empty = not self._rows
        self._names = {post.id: post.name for post in shelves.posts}
        self.card.names = {place_of(post.id): self.name(post.id) for post in shelves.posts}
        self._rows = on_the_page(shelves.balances, shelves.posts)
        self._supply = by_shelf(shelves.balances, found.used)
        self._open = {}
        for vial in shelves.opened:
            self._open.setdefault((vial.post, vial.batch), []).append(vial)
        there = {row.post for row in self._rows}
        self.filters.offer(
            [(post.id, self.name(post.id)) for post in shelves.posts if post.active or post.id in there],
            sorted({row.product for row in self._rows}), self.desk.product_name,
        )  # fmt: skip
        self.opened.show_rows(shelves.opened, same=lambda row: row.vial)
        self.boxes.show_rows(shelves.transfers, same=lambda row: row.id)
        self.figures.show_figures(self._rows, supplies(shelves.balances, found.used), found)
        self.sides.tell(1, len(shelves.opened), alarm=any(vial_is_late(vial, self.desk.now) for vial in shelves.opened))
        self.sides.tell(2, len(shelves.transfers), alarm=any(is_late(box, self.desk.now) for box in shelves.transfers))
        self._filter()
        if was_empty and self._rows and (button := next(iter(self.buttons.values()), None)) and button.hasFocus():
            self.shelf.setFocus()

    def _filter(self) -> None:
        wanted = self.filters.wanted()
        rows = [row for row in self._rows if wanted.takes(row, self.desk.today)]
        self.shelf.show_rows(rows, same=lambda row: (row.post, row.batch))
        if rows and self.shelf.chosen() is None:
            self.shelf.selectRow(0)
        filtered = wanted != Wanted()
        self.total.setText(sum_words(rows, filtered=filtered, may_receive=self.desk.may("stock.receive")))
        self._show_total()
        self.shelf.say_nothing("" if filtered else tr("Sesudah kiriman pertama, setiap batch di setiap pos berdiri di sini."))
        self._later.start()

    def _show_total(self) -> None:
        """On a low screen the sum of all gives its line to the list: the first figure above says it too."""
        said_above = self._rows and self.filters.wanted() == Wanted()
        self.total.setVisible(not said_above or self.window().height() >= LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A window that was made lower or higher."""
        super().resizeEvent(event)
        self._show_total()

    def _show_card(self) -> None:
        row = self.shelf.chosen()
        self.card.show_batch(row, self.name(row.post) if row else "")

    def _lead(self, wanted: Wanted) -> None:
        """A figure was pressed: the lines it is the sum of."""
        self.filters.show_wanted(wanted)
        self.shelf.setFocus()
