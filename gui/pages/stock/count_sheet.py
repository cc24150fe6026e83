"""The blind sheet: every batch of the place with an empty cell, filled in row by row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.amounts import whole_vials
from gui.pages.stock.count_reading import Counts
from gui.parts import Field, KeyButton, Kind, Panel, choice, columns, plain, show_faults
from gui.table import Column, RowsView
from models.errors import Problem, Refused
from models.stock.batches import read_expiry, tidy_number
from models.stock.counts.actions import count_batch, count_found
from models.stock.counts.count import read_figure
from models.stock.counts.queries import Blind, CountRow
from reports import formats


class CountSheet(QWidget):
    """One line to type into: Enter saves the figure of the row under the cursor and goes to the next one; the arrow keys move
    the row while the line keeps the cursor."""

    back = Signal()
    compares = Signal()
    cancels = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._count: CountRow | None = None
        self._accounts: dict[UUID, str] = {}
        self._kept: list[str] | None = None  # a figure of a draft with its batch, until the list is read
        self._going = False  # on to the differences as soon as the figure is saved
        self.list = RowsView(self._columns(), tr("Batch yang dihitung"))
        self.list.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.title = plain(heading=True)
        self.progress = plain(faded=True)
        self.what = plain(big=True)
        self.vials = Field(tr("Vial utuh"))
        self.vials.line.setPlaceholderText(tr("misalnya 12 atau 10+2"))
        self.found = FoundForm(page)
        self.side = QStackedWidget()
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.other = KeyButton(tr("Batch &lain ditemukan"), "F4")
        self.cancel = KeyButton(tr("Batal&kan opname"), "F8")
        self.next = KeyButton(tr("Lihat &selisih"), "F9", main=True)
        self._lay_out()

    def _lay_out(self) -> None:
        left = Panel()
        left.rows.addWidget(self.title)
        left.rows.addWidget(self.list, 1)
        left.rows.addWidget(self.progress)
        right = Panel(tr("Hitungan"))
        right.rows.addWidget(self.what)
        right.rows.addWidget(self.vials)
        right.rows.addWidget(
            plain(
                tr(
                    "Enter menyimpan dan lanjut ke batch berikutnya; panah atas/bawah berpindah batch. Isi 0 bila batch itu "
                    "tidak ada di rak. Vial terbuka tidak dihitung."
                ),
                faded=True,
            )
        )
        right.rows.addStretch(1)
        right.rows.addWidget(self.other)
        self.side.addWidget(right)
        self.side.addWidget(self.found)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(left, 7)
        row.addWidget(self.side, 4)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(row, 1)
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        for button in (self.leave, self.cancel, self.next):
            foot.addWidget(button, 1)
        rows.addWidget(self.foot)
        self.vials.line.installEventFilter(self)
        self.vials.line.textChanged.connect(lambda _text: self._ready())
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.list.clicked.connect(lambda _index: self.vials.setFocus())
        self.leave.clicked.connect(self.back)
        self.other.clicked.connect(self._open_found)
        self.cancel.clicked.connect(self._cancel)
        self.next.clicked.connect(self._next)
        self.found.back.connect(self._close_found)
        self.found.saved.connect(self._found)

    def begin(self) -> None:
        """The line."""
        self.vials.setFocus()

    def draft(self) -> dict[str, Any] | None:
        """The figure in the line with its batch, and a batch being entered."""
        row: Blind | None = self.list.chosen()
        kept: dict[str, Any] = {}
        if self.vials.text().strip() and row is not None and self.vials.text() != _shown(row):
            kept["figure"] = [row.batch.hex, self.vials.text(), self._count.id.hex if self._count else ""]
        if found := self.found.draft():
            kept["found"] = found
        return kept or None

    def restore(self, draft: dict[str, Any]) -> None:
        """As typed; the figure's row is found again when the list is read."""
        self._kept = draft.get("figure")
        self.found.restore(draft.get("found") or {})

    def show_batches(self, found: Counts, names: dict[UUID, str]) -> None:
        """The list; the row under the cursor and what is typed stay."""
        typed = self.vials.text() if self._untouched() is False else None
        self._count, self._accounts = found.open, dict(found.accounts)
        if found.open is not None:
            self.title.setText(tr("Stok opname {place}").format(place=names.get(found.open.post, "?")))
        self.list.show_rows(found.blind, same=lambda row: row.batch)
        done = sum(row.counted is not None for row in found.blind)
        self.progress.setText(
            tr("{done} dari {of} batch dihitung").format(done=done, of=len(found.blind))
            if found.blind
            else tr("Buku tidak punya vial di sini. Isi batch yang ditemukan dengan F4.")
        )
        if self._kept and found.open is not None and self._kept[2:] == [found.open.id.hex]:
            at = next((n for n, row in enumerate(found.blind) if row.batch.hex == self._kept[0]), None)
            if at is not None:
                self.list.selectRow(at)
                self.vials.set_text(self._kept[1])
            self._kept = None
        elif self.list.chosen() is None and found.blind:
            self._select(next((n for n, row in enumerate(found.blind) if row.counted is None), 0))
        elif typed is None:
            self._chosen()
        self._ready()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keys of the line that move the row."""
        if watched is self.vials.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._save()
                return True
        return super().eventFilter(watched, event)

    def _untouched(self) -> bool:
        row: Blind | None = self.list.chosen()
        return row is None or self.vials.text() == _shown(row)

    def _ready(self) -> None:
        """There is something to compare; a figure without its Enter is one."""
        counted = any(row.counted is not None for row in self.list.rows_table.rows)
        self.next.setEnabled(counted or not self._untouched())

    def _step(self, by: int) -> None:
        at, rows = self.list.currentIndex().row(), self.list.rows_table.rows
        if rows:
            self._select(min(max(at + by, 0), len(rows) - 1))

    def _select(self, at: int) -> None:
        self.list.selectRow(at)
        self._chosen()

    def _chosen(self) -> None:
        row: Blind | None = self.list.chosen()
        self.vials.setEnabled(row is not None)
        if row is None:
            self.what.setText("")
            return
        self.what.setText(
            tr("{product}\n{number} · ED {expiry}").format(
                product=self.desk.product_name(row.product), number=row.number, expiry=formats.day_short(row.expiry)
            )
        )
        self.vials.set_text(_shown(row))
        self.vials.line.selectAll()

    def _save(self) -> None:
        row: Blind | None = self.list.chosen()
        if row is None or self._count is None:
            return
        try:
            vials = read_figure(self.vials.text())
        except Refused as problem:
            self._going = False
            self.vials.show_fault(problem)
            return
        if vials == row.counted:
            self._step(1)
            return
        self._act(row, vials, frozenset())

    def _act(self, row: Blind, vials: int | None, confirmed: frozenset[str]) -> None:
        if self._count is None:
            return
        self.page.act(
            count_batch, count=self._count.id, batch=row.batch, vials=vials, confirmed=confirmed,
            done=lambda _line: self._saved(row), fault=lambda problem: self._refused(row, vials, problem),
        )  # fmt: skip

    def _saved(self, row: Blind) -> None:
        going, self._going = self._going, False
        if going:
            self.compares.emit()
            return
        if self.list.chosen() is not None and self.list.chosen().batch == row.batch:
            self.vials.clear_fault()
            self._step(1)

    def _refused(self, row: Blind, vials: int | None, problem: Problem) -> None:
        self._going = False
        if problem.code == "count.counted_already":

            def replace(_reason: str, _way: str) -> None:
                self.page.unlock()
                self._act(row, vials, frozenset({problem.code}))

            self.page.ask_reason(tr("Sudah dihitung"), self.page.words(problem), replace)
        else:
            show_faults([problem], {"vials": self.vials}, self.page.say_problem)

    def _next(self) -> None:
        if self._untouched():
            self.compares.emit()
            return
        self._going = True  # what stands in the line was counted, though nobody pressed Enter
        self._save()

    def _cancel(self) -> None:
        if self._count is not None:
            self.cancels.emit(self._count.id)

    def _open_found(self) -> None:
        if self._count is not None:
            self.foot.setEnabled(False)
            self.foot.hide()
            self.side.setCurrentWidget(self.found)
            self.found.begin(self._count.id)

    def _close_found(self) -> None:
        self.side.setCurrentIndex(0)
        self.foot.setEnabled(True)
        self.foot.show()
        self.vials.setFocus()

    def _found(self) -> None:
        self._close_found()
        self.page.say("good", tr("Batch yang ditemukan ikut dihitung."))

    def _columns(self) -> tuple[Column, ...]:
        def kind(row: Blind) -> Kind:
            return "calm" if row.counted is None else "good"

        def who(row: Blind) -> str:
            if row.counted_at is None:
                return ""
            name = self._accounts.get(row.account, "") if row.account else ""
            return f"{self.desk.clock_of(row.counted_at)} {name}"

        return (
            Column(tr("Vaksin"), lambda row: self.desk.product_name(row.product), wide=True),
            Column(tr("Batch"), lambda row: row.number),
            Column(tr("ED"), lambda row: formats.day_short(row.expiry)),
            Column(tr("Vial utuh"), lambda row: _shown(row) or tr("belum"), kind=kind),
            Column(tr("Dihitung"), who),
        )


def _shown(row: Blind) -> str:
    return "" if row.counted is None else str(row.counted)


class FoundForm(Panel):
    """A batch that lies there though the book does not name it: what its label says."""

    back = Signal()
    saved = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(tr("Batch di luar daftar"))
        self.page, self.desk = page, page.desk
        self._count: UUID | None = None
        products = [(each.id, each.name) for each in self.desk.catalogue.products.values()]
        self.product = Field(tr("Vaksin"), choice(products))
        self.number = Field(tr("Nomor batch"), tidy=tidy_number)
        self.expiry = Field(tr("Kedaluwarsa"), tidy=lambda text: formats.day_short(read_expiry(text)))
        self.doses = Field(tr("Dosis per vial"), tidy=whole_vials)
        self.vials = Field(tr("Vial utuh"), tidy=whole_vials)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.save = KeyButton(tr("&Simpan"), "F9", main=True)
        self.rows.addWidget(self.product)
        self.rows.addWidget(self.number)
        self.rows.addLayout(columns(self.expiry, self.doses))
        self.rows.addWidget(self.vials)
        self.rows.addStretch(1)
        self.rows.addLayout(columns(self.leave, self.save))
        self._fields = {
            "product": self.product, "number": self.number, "expiry": self.expiry, "doses_per_vial": self.doses,
            "vials": self.vials,
        }  # fmt: skip
        self.product.box.activated.connect(lambda _index: self._propose())
        self.leave.clicked.connect(self.back)
        self.save.clicked.connect(self._save)

    def begin(self, count: UUID) -> None:
        """The vaccine."""
        self._count = count
        self.product.setFocus()

    def draft(self) -> dict[str, str] | None:
        """As typed."""
        kept = {name: field.text() for name, field in self._fields.items()}
        return kept if any(kept.values()) else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Back into the fields."""
        for name, field in self._fields.items():
            field.set_text(str(draft.get(name, "")))

    def _propose(self) -> None:
        known = self.desk.catalogue.products.get(self.product.text())
        if known is not None and len(known.vial_doses) == 1:
            self.doses.set_text(str(known.vial_doses[0]))

    def _save(self) -> None:
        for field in self._fields.values():
            if not field.text().strip():
                field.show_fault(Refused("screen.required"))
                field.setFocus()
                return
            if not field.check():
                field.setFocus()
                return
        known = self.desk.catalogue.products[self.product.text()]
        self.page.act(
            count_found, catalogue=self.desk.catalogue, today=self.desk.today, count=self._count, product=known.id,
            number=self.number.text(), expiry=read_expiry(self.expiry.text()), doses_per_vial=int(self.doses.text()),
            ul_per_dose=known.dose_ul, vials=int(self.vials.text()), asks=True, done=self._done, fault=self._said,
        )  # fmt: skip

    def _done(self, _batch: UUID) -> None:
        self.restore({})
        self.saved.emit()

    def _said(self, problem: Problem) -> None:
        show_faults([problem], self._fields, self.page.say_problem)
