"""F7: the stock card of a batch or of all batches of a product, at a post or at all, on screen, paper and in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gui.language import tr
from gui.page import Page
from gui.pages.stock.paper_task import PaperTask
from gui.pages.stock.task import At
from gui.panels.paper_pane import Paper
from gui.parts import Field, Kind, Panel, choice, plain
from gui.table import Column, RowsView
from models.places.queries import PostRow, posts
from models.places.regions import Regions
from models.stock.cards.book import BookFacts, Card
from models.stock.cards.book_queries import BatchName, batch_names, book_facts
from models.vaccines.catalogue import Catalogue
from reports.stock_card import CardRow, card_rows, card_words, draw_stock_card, sum_words, write_stock_card

_DAYS = 29  # before today, when the task is opened


@dataclass(frozen=True)
class Asked:
    """`of` is a batch's id as hex or the name of a product."""

    post: UUID | None
    of: str
    is_batch: bool
    first: date
    last: date


@dataclass(frozen=True)
class BookShown:
    """The facts, and what else could be chosen."""

    facts: BookFacts | None
    posts: Sequence[PostRow]
    batches: Sequence[BatchName]


def read_book(records: Any, catalogue: Catalogue, regions: Regions, facility: UUID, asked: Asked | None, now: Any) -> BookShown:
    """One snapshot of all that is on the task."""
    facts = None
    if asked is not None:
        which = {"batch_id": UUID(asked.of)} if asked.is_batch else {"product": asked.of}
        facts = book_facts(
            records, catalogue=catalogue, regions=regions, facility_id=facility, post_id=asked.post, first=asked.first,
            last=asked.last, taken_at=now, **which,
        )  # fmt: skip
    return BookShown(facts, posts(records, facility, with_inactive=True), batch_names(records, facility))


class BookTask(PaperTask):
    """Opening, every line with its rest and who, and the sum; opened vials of a day in one line or each in its own."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, tr("Kartu stok sebagai halaman"))
        today = page.desk.today
        self.post = Field(tr("P&os"), choice([("", tr("Semua pos"))], open_=False))
        self.batch = Field(tr("&Batch"), choice([]))
        self.first = self.day_field(tr("&Dari tanggal"), today - timedelta(days=_DAYS))
        self.last = self.day_field(tr("&Sampai tanggal"), today)
        self.each = Field(tr("&Vial dibuka"), choice([("", tr("per hari")), ("each", tr("satu per satu"))], open_=False))
        self.words = plain(heading=True)
        self.sums = plain()
        self.list = RowsView(self._columns(), tr("Kartu stok"))
        shown = Panel()
        shown.setFocusProxy(self.list)
        for widget, stretch in ((self.words, 0), (self.list, 1), (self.sums, 0)):
            shown.rows.addWidget(widget, stretch)
        self.lay_out(((self.post, 3), (self.batch, 4), (self.first, 2), (self.last, 2), (self.each, 3)), shown)
        self._asked: Asked | None = None
        for field in (self.post, self.batch, self.each, self.first, self.last):
            field.left.connect(self._chosen)

    def begin(self, at: At) -> None:
        """The batch and post of the row the cursor was on; without one, what was looked at last."""
        if at.batch is not None:
            self._put(self.post, at.post.hex if at.post else "", tr("Semua pos"))
            self._put(self.batch, at.batch.hex, "…")
        (self.list if self.batch.text() else self.batch).setFocus()

    def refresh(self) -> None:
        """Read anew what is chosen."""
        desk, asked = self.desk, self._question()
        self.page.ask(
            read_book, desk.catalogue, desk.regions, desk.facility.id, asked, desk.now,
            done=lambda shown: self._show(asked, shown), key="stock book",
        )  # fmt: skip

    def _question(self) -> Asked | None:
        first, last = self.day(self.first), self.day(self.last)
        of = self.batch.text()
        if first is None or last is None or not of:
            return None
        if last < first:
            self.last.say_fault(tr("Lebih awal daripada tanggal mulai."))
            return None
        post = self.post.text()
        product = of in self.desk.catalogue.products
        return Asked(UUID(post) if post else None, of, not product, first, last)

    def _chosen(self) -> None:
        if (asked := self._question()) is not None:
            if asked != self._asked:
                self.pane.withdraw()
            self.refresh()

    def _show(self, asked: Asked | None, shown: BookShown) -> None:
        self._offer(shown)
        self._asked = asked
        facts = shown.facts
        if facts is None or asked is None:
            self.words.setText("")
            first = tr("Pilih batch, atau semua batch satu vaksin.")
            self.list.say_nothing(
                first if shown.batches else tr("Belum ada batch: terima yang pertama dengan F2 di halaman Stok.")
            )
            self.list.show_rows([])
            self.sums.setText("")
            self.pane.clear()
            return
        if not self.each.text():
            facts = replace(facts, cards=tuple(card.by_day(facts.zone) for card in facts.cards))
        rows: list[CardRow | Card] = []
        for card in facts.cards:
            rows += [*([card] if len(facts.cards) > 1 else []), *card_rows(facts, card)]
        self.list.show_rows(rows, same=_same)
        self._say(facts)
        post = f"-{_plain(facts.post)}" if facts.post else ""
        what = _plain(facts.cards[0].number) if asked.is_batch and facts.cards else asked.of
        title = tr("Kartu stok {what}, {post}").format(what=what, post=facts.post or tr("Semua pos"))
        self.pane.offer(
            Paper(
                facts, draw_stock_card, f"kartu-stok-{what}{post}-{asked.first:%Y-%m-%d}-{asked.last:%Y-%m-%d}", title,
                write_stock_card, subject=(asked, self.each.text()),
            )
        )  # fmt: skip

    def _say(self, facts: BookFacts) -> None:
        cards = facts.cards
        if not cards:
            self.words.setText("")
            self.list.say_nothing(tr("Tidak ada batch dengan saldo atau mutasi pada masa ini."))
            self.sums.setText("")
            return
        self.words.setText(card_words(cards[0]) if len(cards) == 1 else tr("{count} batch").format(count=len(cards)))
        self.sums.setText(sum_words(cards[0]) if len(cards) == 1 else "")

    def _offer(self, shown: BookShown) -> None:
        """What can be chosen: posts, then each batch, the newest receipt first, and all batches of a vaccine."""
        name = self.desk.product_name
        places = [("", tr("Semua pos")), *((post.id.hex, post.name) for post in shown.posts)]
        _fill(self.post, places)
        products = sorted({row.product for row in shown.batches}, key=name)
        batches = [(row.id.hex, f"{name(row.product)} {row.number}") for row in shown.batches]
        _fill(self.batch, [*batches, *((each, tr("Semua batch {product}").format(product=name(each))) for each in products)])

    def _put(self, field: Field, value: str, words: str) -> None:
        """Choose what the list may not know yet."""
        if field.box.findData(value) < 0:
            field.box.addItem(words, value)
        field.set_text(value)

    def _columns(self) -> tuple[Column, ...]:
        def cell(at: int) -> Any:
            return lambda row: row.cells[at] if isinstance(row, CardRow) else (card_words(row) if at == 3 else "")

        def kind(row: Any) -> Kind:
            return "stop" if isinstance(row, CardRow) and row.rest < 0 else "calm"

        return (
            Column(tr("Tanggal"), cell(0)), Column(tr("Jam"), cell(1)), Column(tr("Dokumen"), cell(2)),
            Column(tr("Dari / kepada, uraian"), cell(3), wide=True), Column(tr("Masuk"), cell(4), right=True),
            Column(tr("Keluar"), cell(5), right=True), Column(tr("Sisa"), cell(6), right=True, kind=kind),
            Column(tr("Petugas"), cell(7)),
        )  # fmt: skip


def _fill(field: Field, rows: Sequence[tuple[str, str]]) -> None:
    """Other choices, with the chosen one kept."""
    box, kept = field.box, field.text()
    if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] == list(rows):
        return
    box.clear()
    for value, words in rows:
        box.addItem(words, value)
    box.setCurrentIndex(box.findData(kept))


def _same(row: Any) -> object:
    if isinstance(row, Card):
        return row.batch
    return row.line.id if row.line is not None else (row.words, row.day)


def _plain(text: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in text)
