"""Stok: vials come in, go to a post, are taken in there; what is on every shelf and until when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.panels.receipt import ReceiptPanel
from gui.panels.transfer import AnswerPanel, SendPanel
from gui.parts import KeyButton, Kind, Panel, columns, plain
from gui.table import Column, RowsView
from models.errors import Problem
from models.places.queries import PostRow, posts
from models.stock.actions import answer_transfer, receive_batch, send_vials
from models.stock.queries import BatchBalance, OpenVial, Transfer, balances, open_vials, transfers_waiting
from reports import formats

_SOON = 30  # days before the end that are pointed out


@dataclass(frozen=True)
class Shelves:
    """All posts with what is on their shelves, opened there and on the way to them, in one snapshot."""

    posts: Sequence[PostRow]
    balances: Sequence[BatchBalance]
    opened: Sequence[OpenVial]
    transfers: Sequence[Transfer]


def read_shelves(records: Any, catalogue: Any, facility: UUID, today: date) -> Shelves:
    """The shelves of a facility."""
    places = posts(records, facility, with_inactive=True)
    return Shelves(
        places,
        balances(records, catalogue, facility, today),
        [vial for post in places for vial in open_vials(records, post.id)],
        transfers_waiting(records, facility),
    )


def unusable_words() -> dict[str, str]:
    """Why vials may not be used, within a sentence."""
    return {"expired": tr("lewat ED"), "vvm": tr("VVM C/D"), "held": tr("ditahan"), "frozen": tr("beku")}


def on_the_page(found: Sequence[BatchBalance], places: Sequence[PostRow]) -> list[BatchBalance]:
    """The warehouse first and each post as it is picked from; what may not be used stands below all that may."""
    order = {post.id: at for at, post in enumerate(sorted(places, key=lambda post: post.kind != "warehouse"))}
    return sorted(found, key=lambda each: (bool(each.unusable), order.get(each.post, 0)))


class StockPage(Page):
    """Left what there is, right what is being done: receive, send, accept."""

    topics: ClassVar[frozenset[str]] = frozenset({"stock", "doses", "posts"})
    help: ClassVar[str] = "stok"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._names: dict[UUID, str] = {}
        self.shelf = RowsView(self._shelf_columns(), tr("Stok per pos dan batch"), tall=True)
        self.opened = RowsView(self._opened_columns(), tr("Vial terbuka"), tall=True)
        self.boxes = RowsView(self._box_columns(), tr("Dalam perjalanan"))
        self.total = plain(heading=True)
        self.receipt, self.sending, self.answer = ReceiptPanel(desk), SendPanel(desk), AnswerPanel(desk)
        self.overview = Panel(tr("Vial terbuka dan kiriman"))
        self.side = QStackedWidget()
        self.receive = KeyButton(tr("&Terima"), "F2", main=True)
        self.send = KeyButton(tr("&Kirim ke pos"), "F3")
        self.accept = KeyButton(tr("Terima k&iriman"), "F4")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.overview.rows.addWidget(self.opened, 1)
        self.overview.rows.addWidget(plain(tr("Dalam perjalanan (F4 atau Enter menerima)"), heading=True))
        self.overview.rows.addWidget(self.boxes, 1)
        for panel in (self.overview, self.receipt, self.sending, self.answer):
            self.side.addWidget(panel)
        left = Panel(tr("Stok per pos dan batch, yang dipakai dahulu di atas"))
        left.rows.addWidget(self.shelf, 1)
        left.rows.addWidget(self.total)
        left.rows.addLayout(columns(self.receive, self.send, self.accept))
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(left, 8)
        row.addWidget(self.side, 5)
        column.addLayout(row)
        for button, right in ((self.receive, "stock.receive"), (self.send, "stock.send"), (self.accept, "stock.confirm")):
            button.setVisible(self.desk.may(right))

    def _connect(self) -> None:
        self.receive.clicked.connect(lambda: self._begin(self.receipt))
        self.send.clicked.connect(self._begin_sending)
        self.accept.clicked.connect(self._begin_answer)
        self.boxes.activated.connect(lambda _index: self._begin_answer())
        self.receipt.ready.connect(self._receive)
        self.sending.ready.connect(self._send)
        self.answer.ready.connect(self._answer)
        for panel in (self.receipt, self.sending, self.answer):
            panel.back.connect(self._show_overview)

    def begin(self) -> None:
        """The list, unless a form is open."""
        if self.side.currentWidget() is self.overview:
            (self.receive if self.receive.isVisible() else self.shelf).setFocus()

    def refresh(self) -> None:
        """Everything that is on the page."""
        desk = self.desk
        self.ask(read_shelves, desk.catalogue, desk.facility.id, desk.today, done=self._show, key="shelves")

    def _show(self, shelves: Shelves) -> None:
        self._names = {post.id: post.name for post in shelves.posts}
        rows = on_the_page(shelves.balances, shelves.posts)
        self.shelf.show_rows(rows, same=lambda row: (row.post, row.batch))
        self.opened.show_rows(shelves.opened, same=lambda row: row.vial)
        self.boxes.show_rows(shelves.transfers, same=lambda row: row.id)
        active = [post for post in shelves.posts if post.active]
        self.receipt.show_posts(active)
        self.sending.show_stock(active, [row for row in rows if not row.unusable])
        self.total.setText(self._sum(rows))
        self.accept.setEnabled(bool(shelves.transfers))
        self.send.setEnabled(any(not row.unusable for row in rows))

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

    def _begin(self, panel: ReceiptPanel | SendPanel | AnswerPanel) -> None:
        self.banner.hide()
        self.side.setCurrentWidget(panel)
        panel.begin()

    def _begin_sending(self) -> None:
        self.sending.choose(self.shelf.chosen())
        self._begin(self.sending)

    def _begin_answer(self) -> None:
        rows = self.boxes.rows_table.rows
        box = self.boxes.chosen() or (rows[0] if rows else None)
        if box is not None and self.desk.may("stock.confirm"):
            self.answer.show_box(box, self._name(box.source), self._name(box.target), self.desk.product_name(box.product))
            self._begin(self.answer)

    def _show_overview(self) -> None:
        self.side.setCurrentWidget(self.overview)
        self.receive.setFocus()

    def _receive(self, values: dict[str, Any]) -> None:
        desk = self.desk
        self.act(
            receive_batch, catalogue=desk.catalogue, today=desk.today, **values, asks=True, done=self._received,
            fault=lambda problem: self._refused(self.receipt, problem),
        )  # fmt: skip

    def _received(self, _batch: UUID) -> None:
        self.receipt.clear()
        self._show_overview()
        self.say("good", tr("Batch diterima dan sudah ada di rak."))

    def _send(self, values: dict[str, Any]) -> None:
        self.act(send_vials, **values, done=self._sent, fault=lambda problem: self._refused(self.sending, problem))

    def _sent(self, _transfer: UUID) -> None:
        self.sending.clear()
        self._show_overview()
        self.say("good", tr("Terkirim. Vial dalam perjalanan sampai diterima di pos tujuan (F4)."))

    def _answer(self, values: dict[str, Any]) -> None:
        self.act(answer_transfer, **values, done=self._answered, fault=lambda problem: self._refused(self.answer, problem))

    def _answered(self, _answer: UUID) -> None:
        self._show_overview()
        self.say("good", tr("Kiriman dijawab; stok pos sudah berubah."))

    def _refused(self, panel: ReceiptPanel | SendPanel | AnswerPanel, problem: Problem) -> None:
        if not panel.refused(problem):
            self.say_problem(problem)

    def _name(self, post: UUID) -> str:
        """Without the name of the puskesmas, which stands above all of it."""
        name = self._names.get(post, "?")
        return name.replace(self.desk.facility.name, "").strip() or tr("Puskesmas")

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
