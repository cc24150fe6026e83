"""F12: the stock report of a period in the shape of the LPLPO, with rates of use and loss, and what is to be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from gui.language import tr
from gui.page import Page
from gui.pages.stock.need_panel import NeedPanel
from gui.pages.stock.paper_task import PaperTask
from gui.pages.stock.reading import short_name
from gui.pages.stock.task import At
from gui.panels.paper_pane import Paper
from gui.parts import Field, Kind, Panel, choice
from gui.table import Column, RowsView
from models.overview.stock.report import second_due, stock_report
from models.overview.stock.report_facts import ReportRow, StockReportFacts
from models.places.queries import PostRow, posts
from models.places.regions import Regions
from models.vaccines.catalogue import Catalogue
from reports.lplpo import TITLES, draw_lplpo, row_cells, write_lplpo


@dataclass(frozen=True)
class Asked:
    """What the report is of."""

    post: UUID | None
    product: str
    first: date
    last: date


def read_report(
    records: Any, catalogue: Catalogue, regions: Regions, facility: UUID, asked: Asked, now: Any
) -> tuple[StockReportFacts, list[PostRow]]:
    """One snapshot of all that is on the task."""
    facts = stock_report(
        records, catalogue=catalogue, regions=regions, facility_id=facility, post_id=asked.post, first=asked.first,
        last=asked.last, taken_at=now, product=asked.product,
    )  # fmt: skip
    return facts, posts(records, facility, with_inactive=True)


class ReportTask(PaperTask):
    """A row for each vaccine, and under it one for each post; how the rates of the row under the cursor were reckoned."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, tr("Laporan stok sebagai halaman"))
        today = self.desk.today
        self.first = self.day_field(tr("&Dari tanggal"), today.replace(day=1))
        self.last = self.day_field(tr("Sa&mpai tanggal"), today)
        self.post = Field(tr("P&os"), choice([("", tr("Semua pos"))], open_=False))
        products = [(each.id, each.name.split(" (")[0]) for each in self.desk.catalogue.products.values()]
        self.product = Field(tr("&Vaksin"), choice([("", tr("Semua vaksin")), *products], open_=False))
        self.list = RowsView(self._columns(), tr("Laporan stok"))
        self.list.say_nothing(tr("Tidak ada vaksin dengan saldo atau mutasi pada masa ini."))
        self.need = NeedPanel()
        shown = Panel()
        shown.setFocusProxy(self.list)
        shown.rows.setContentsMargins(0, 0, 0, 0)
        shown.rows.addWidget(self.list, 1)
        shown.rows.addWidget(self.need)
        self.lay_out(((self.first, 2), (self.last, 2), (self.post, 3), (self.product, 3)), shown)
        self._facts: StockReportFacts | None = None
        self._asked: Asked | None = None
        self._due: dict[str, int] = {}
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_row())
        self.need.changed.connect(self._offer)
        for field in (self.first, self.last, self.post, self.product):
            field.left.connect(self._chosen)

    def begin(self, at: At) -> None:  # noqa: ARG002 - the report is of all of them, unless something else is chosen
        """In the list; who waits for a second dose is counted once, for that goes through all doses."""
        self.list.setFocus()
        self.page.ask(second_due, self.page.desk.facility.id, done=self._take_due, key="stock second due")

    def refresh(self) -> None:
        """Read anew."""
        asked = self._question()
        if asked is None:
            return
        desk = self.desk
        self.page.ask(
            read_report, desk.catalogue, desk.regions, desk.facility.id, asked, desk.now,
            done=lambda found: self._show(asked, *found), key="stock report",
        )  # fmt: skip

    def draft(self) -> dict[str, Any] | None:
        """The needs that were typed."""
        typed = self.need.typed()
        return {"needs": typed} if typed else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Put them back; they are reckoned with the stock of now."""
        self.need.put(draft.get("needs", {}))

    def _question(self) -> Asked | None:
        first, last = self.day(self.first), self.day(self.last)
        if first is None or last is None:
            return None
        if last < first:
            self.last.say_fault(tr("Lebih awal daripada tanggal mulai."))
            return None
        post = self.post.text()
        return Asked(UUID(post) if post else None, self.product.text(), first, last)

    def _chosen(self) -> None:
        asked = self._question()
        if asked is not None and asked != self._asked:
            self.pane.withdraw()
            self.refresh()

    def _take_due(self, due: dict[str, int]) -> None:
        self._due = due
        self._show_row()

    def _show(self, asked: Asked, facts: StockReportFacts, places: Sequence[PostRow]) -> None:
        self._asked, self._facts = asked, facts
        self._fill_posts(places)
        rows: list[ReportRow] = []
        for row in facts.rows:
            rows += [row, *(each for each in facts.by_post if each.product == row.product)]
        self.list.show_rows(rows, same=lambda row: (row.product, row.post))
        self.need.again({row.product: row for row in facts.rows})
        if rows and self.list.chosen() is None:
            self.list.selectRow(0)
        self._show_row()
        self._offer()

    def _show_row(self) -> None:
        row = self.list.chosen()
        known = self.desk.catalogue.products.get(row.product) if row else None
        due = self._due.get(row.product, 0) if row and known and known.primary_doses > 1 else 0
        whole = next((each for each in self._facts.rows if each.product == row.product), row) if row and self._facts else row
        self.need.show_row(row, whole, due, known.primary_doses if known else 2)

    def _offer(self) -> None:
        """The paper carries what was typed."""
        facts, asked = self._facts, self._asked
        if facts is None or asked is None:
            return
        there = [row.product for row in facts.rows]
        facts = replace(facts, needs=tuple(self.need.needs[each] for each in there if each in self.need.needs))
        post = "".join(sign if sign.isalnum() else "-" for sign in f"-{facts.post}") if facts.post else ""
        product = f"-{asked.product}" if asked.product else ""
        title = tr("LPLPO {first:%d-%m-%Y} s.d. {last:%d-%m-%Y}").format(first=asked.first, last=asked.last)
        name = f"lplpo-{asked.first:%Y-%m-%d}-{asked.last:%Y-%m-%d}{post}{product}"
        self.pane.offer(Paper(facts, draw_lplpo, name, title, write_lplpo, subject=asked))

    def _fill_posts(self, places: Sequence[PostRow]) -> None:
        box, kept = self.post.box, self.post.text()
        wanted = [("", tr("Semua pos")), *((each.id.hex, each.name) for each in places)]
        if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] != wanted:
            box.clear()
            for value, words in wanted:
                box.addItem(words, value)
            box.setCurrentIndex(max(box.findData(kept), 0))

    def _columns(self) -> tuple[Column, ...]:
        def name(row: ReportRow) -> str:
            return f"    {short_name(row.post, self.desk.facility.name)}" if row.post else row.product_name.split(" (")[0]

        def cell(at: int) -> Any:
            return lambda row: row_cells(row)[at]

        def kind(row: ReportRow) -> Kind:
            return "stop" if row.difference else "calm"

        figures = (Column(title, cell(at), right=True, kind=kind if at == 6 else None) for at, title in enumerate(TITLES))
        return (Column(tr("Vaksin, pos"), name, wide=True), *figures)
