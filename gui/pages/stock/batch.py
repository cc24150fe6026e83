"""F11: what is known of a batch, changed everywhere at once; where its vials are and who received it."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.batch_change import ChangePanel
from gui.pages.stock.batch_people import BatchPeopleView
from gui.pages.stock.batch_reading import Batches, BatchFile, read_batch, read_batches, state_of
from gui.pages.stock.reading import short_name, unusable_words
from gui.pages.stock.task import At, Task
from gui.pages.stock.thaw_form import ThawPanel
from gui.parts import Field, KeyButton, Kind, Panel, plain
from gui.table import Column, RowsView
from models.places.zones import local_day
from models.stock.batch_status_queries import BatchNow, StatusLine, lot_of
from models.stock.places import SUPPLIER, post_of
from reports import formats
from reports.stock_words import place_words


class BatchTask(Task):
    """Left every batch; right the one under the cursor, or the form that changes it. The people take the whole page."""

    help: ClassVar[str] = "opname"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._at: At | None = None
        self._found: Batches | None = None
        self._kept: dict[str, Any] | None = None  # a draft, until the batches are read
        self.file = BatchView(page)
        self.change = ChangePanel(page)
        self.thaw = ThawPanel(page)
        self.people = BatchPeopleView(page)
        self.search = Field(tr("&Cari nomor batch atau vaksin"))
        self.list = RowsView(self._columns(), tr("Batch"), tall=True)
        self.empty = plain(tr("Belum ada batch. Terima yang pertama dengan F2 di halaman stok."), faded=True)
        self.right = QStackedWidget()
        self.views = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Panel()
        left.rows.addWidget(self.search)
        left.rows.addWidget(self.list, 1)
        left.rows.addWidget(self.empty)
        self.right.addWidget(self.file)
        self.right.addWidget(self.change)
        self.right.addWidget(self.thaw)
        main = QWidget()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(left, 5)
        row.addWidget(self.right, 7)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row, 1)
        column.addWidget(self.file.foot)
        self.views.addWidget(main)
        self.views.addWidget(self.people)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.views)

    def _connect(self) -> None:
        self.search.line.textChanged.connect(lambda _text: self._filter())
        self.search.line.returnPressed.connect(self.list.setFocus)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.file.leaves.connect(self.left)
        self.file.changes.connect(self._change)
        self.file.lists.connect(self._people)
        self.change.back.connect(self._close_change)
        self.change.saved.connect(self._close_change)
        for signal in (self.thaw.back, self.thaw.saved):
            signal.connect(self._close_change)
        self.people.back.connect(self._close_people)

    def begin(self, at: At) -> None:
        """The list, at the batch under the cursor."""
        self._at = at
        self.views.setCurrentIndex(0)
        self._lock(locked=False)
        self.right.setCurrentWidget(self.file)
        self.search.set_text("")
        self.list.setFocus()

    def refresh(self) -> None:
        """All batches, then the one under the cursor."""
        self.page.ask(read_batches, self.desk.facility.id, done=self._read, key="batches")

    def draft(self) -> dict[str, Any] | None:
        """The form that is open, with what it changes of which batch."""
        if self._kept is not None:
            return self._kept
        row: BatchNow | None = self.list.chosen()
        form = self.right.currentWidget()
        if row is None or not isinstance(form, ChangePanel | ThawPanel):
            return None
        kept = form.draft()
        return {"what": "thawed", **kept, "batch": row.id.hex} if kept else None

    def restore(self, draft: dict[str, Any]) -> None:
        """The form is opened again when the batches are read."""
        self._kept = draft

    def _read(self, found: Batches) -> None:
        self._found = found
        self._filter()
        kept, self._kept = self._kept, None
        wanted, self._at = (self._at.batch if self._at else None), None
        if kept:
            wanted = UUID(str(kept["batch"]))
        rows = self.list.rows_table.rows
        at = there = next((n for n, row in enumerate(rows) if row.id == wanted), None)
        if at is None and self.list.chosen() is None and rows:
            at = 0
        if at is not None:
            self.list.selectRow(at)
        self._chosen()
        if kept and there is not None:  # else its batch is gone, and the form is about no other one
            self._change(str(kept.get("what", "vvm")), kept)

    def _filter(self) -> None:
        if self._found is None:
            return
        words = self.search.text().upper().split()
        rows = [row for row in self._found.rows if all(word in self._words(row) for word in words)]
        self.list.show_rows(rows, same=lambda row: row.id)
        self.empty.setVisible(not self._found.rows)
        if self.list.chosen() is None and rows:
            self.list.selectRow(0)
        self._chosen()

    def _words(self, row: BatchNow) -> str:
        return f"{row.number} {self.desk.product_name(row.product)}".upper()

    def _chosen(self) -> None:
        row: BatchNow | None = self.list.chosen()
        self.file.show_batch(row, self._found)
        if row is not None:
            self.page.ask(read_batch, row.id, done=self._show_file, key="batch")

    def _show_file(self, found: BatchFile) -> None:
        row: BatchNow | None = self.list.chosen()
        if row is not None and row.id == found.batch:
            self.file.show_file(found)

    def _change(self, what: str, kept: dict[str, Any] | None = None) -> None:
        row: BatchNow | None = self.list.chosen()
        if row is not None and self._found is not None:
            self.page.banner.hide()
            self._lock(locked=True)
            if what == "thawed":
                self.right.setCurrentWidget(self.thaw)
                self.thaw.begin(row, self._found.posts, kept)
                return
            self.right.setCurrentWidget(self.change)
            self.change.begin(what, row, self._found.rows, kept)

    def _close_change(self) -> None:
        self._lock(locked=False)
        self.right.setCurrentWidget(self.file)
        self.list.setFocus()

    def _lock(self, *, locked: bool) -> None:
        """While something is changed, it stays clear of what."""
        for widget in (self.list, self.search):
            widget.setEnabled(not locked)
        self.file.foot.setHidden(locked)

    def _people(self) -> None:
        row: BatchNow | None = self.list.chosen()
        if not self.desk.may("people.view"):
            words = tr("Akun ini tidak boleh melihat nama penerima. Minta koordinator atau kepala puskesmas membuka daftarnya.")
            self.page.say("ask", words)
        elif row is not None and self._found is not None:
            self.people.open(lot_of(row, self._found.rows), lambda: self.views.setCurrentWidget(self.people))

    def _close_people(self) -> None:
        self.views.setCurrentIndex(0)
        self.list.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        def state(row: BatchNow) -> str:
            why, until = state_of(row, self.desk.catalogue, self.desk.today)
            words = unusable_words().get(why, tr("dapat dipakai"))
            return f"{words[:1].upper()}{words[1:]}\n{formats.day_short(until)}"

        def kind(row: BatchNow) -> Kind:
            return "stop" if state_of(row, self.desk.catalogue, self.desk.today)[0] else "good"

        return (
            Column(tr("Vaksin, batch"), lambda row: f"{self.desk.product_name(row.product)}\n{row.number}", wide=True),
            Column(tr("Keadaan, sampai"), state, kind=kind),
        )


class BatchView(QWidget):
    """One batch: its state in words, where its vials are, what was noted."""

    leaves = Signal()
    changes = Signal(str)
    lists = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._found: Batches | None = None
        self._row: BatchNow | None = None
        self.title = plain(big=True)
        self.state = plain()
        self.where = RowsView(_place_columns(), tr("Di mana vialnya"))
        self.log = RowsView(self._log_columns(), tr("Catatan keadaan"), tall=True)
        self.buttons = {
            "vvm": KeyButton(tr("&VVM"), "F2"),
            "held": KeyButton(tr("&Tahan"), "F3"),
            "frozen": KeyButton(tr("Be&ku"), "F4"),
            "extended": KeyButton(tr("P&erpanjang ED"), "F6"),
            "thawed": KeyButton(tr("Ca&ir"), "F8"),
        }
        self.people = KeyButton(tr("Pe&nerima"), "F7")
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.foot = QWidget()
        """The buttons, for whoever lays out the page."""
        self._lay_out()

    def _lay_out(self) -> None:
        panel = Panel()
        panel.rows.addWidget(self.title)
        panel.rows.addWidget(self.state)
        panel.rows.addWidget(plain(tr("Di mana vialnya"), heading=True))
        panel.rows.addWidget(self.where, 3)
        panel.rows.addWidget(plain(tr("Catatan keadaan"), heading=True))
        panel.rows.addWidget(self.log, 4)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(panel, 1)
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(6)
        for button in (self.leave, *self.buttons.values(), self.people):
            foot.addWidget(button, 1)
        for what, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, what=what: self.changes.emit(what))
        self.people.clicked.connect(self.lists)
        self.leave.clicked.connect(self.leaves)

    def show_batch(self, row: BatchNow | None, found: Batches | None) -> None:
        """What the list knows of it already."""
        self._found = found
        if row is None or self._row is None or row.id != self._row.id:
            self.where.show_rows([])
            self.log.show_rows([])
        self._row = row
        for button in (*self.buttons.values(), self.people):
            button.setEnabled(row is not None)
        if row is None:
            self.title.setText(tr("Belum ada batch yang dipilih"))
            self.state.setText("")
            return
        self.title.setText(f"{self.desk.product_name(row.product)} {row.number}")
        self.state.setText(self._words(row))
        self.buttons["held"].say(tr("Lepas (&tahan)") if row.held else tr("&Tahan"))

    def show_file(self, found: BatchFile) -> None:
        """What was looked up."""
        posts = self._found.posts if self._found else ()
        names = {str(post.id): short_name(post.name, self.desk.facility.name) for post in posts}
        places = [(place_words(place, names), vials) for place, vials in found.places.items() if place != SUPPLIER]
        order = {place_words(place, names): post_of(place) is None for place in found.places}
        self.where.show_rows(sorted(places, key=lambda each: (order[each[0]], each[0])))
        self.log.show_rows(found.log)
        if self._row is not None:
            words = tr("{doses} suntikan dari batch ini.").format(doses=formats.number(found.doses))
            self.state.setText(f"{self._words(self._row)} {words}")

    def _words(self, row: BatchNow) -> str:
        """All that is known, as a line."""
        why, until = state_of(row, self.desk.catalogue, self.desk.today)
        parts = [tr("Dapat dipakai sampai {day}") if not why else tr("Tidak dipakai: {why}; s.d. {day}")]
        parts[0] = parts[0].format(why=unusable_words().get(why, why), day=formats.day_short(until))
        parts.append(tr("VVM {stage}").format(stage=row.vvm) if row.vvm else tr("tanpa catatan VVM"))
        if row.extended_to:
            parts.append(
                tr("ED cetak {day}, diperpanjang dengan {letter}").format(day=formats.day_short(row.expiry), letter=row.letter)
            )
        if row.thawed_on:
            parts.append(tr("cair sejak {day}").format(day=formats.day_short(row.thawed_on)))
        parts.append(tr("{doses} dosis per vial").format(doses=row.doses_per_vial))
        if row.donor:
            parts.append(row.donor)
        return " · ".join(parts) + "."

    def _log_columns(self) -> tuple[Column, ...]:
        def when(row: StatusLine) -> str:
            day = local_day(row.at, self.desk.facility.zone)
            return f"{formats.day_short(day)}\n{self.desk.clock_of(row.at)}"

        def state(row: StatusLine) -> str:
            parts = [tr("VVM {stage}").format(stage=row.vvm) if row.vvm else ""]
            parts += [tr("ditahan") if row.held else "", tr("beku") if row.frozen else ""]
            if row.extended_to:
                parts.append(tr("ED {day} ({letter})").format(day=formats.day_short(row.extended_to), letter=row.letter))
            return ", ".join(part for part in parts if part) or tr("biasa")

        def who(row: StatusLine) -> str:
            return self._found.accounts.get(row.account, "?") if self._found else ""

        return (
            Column(tr("Kapan"), when),
            Column(tr("Keadaan"), state),
            Column(tr("Alasan"), lambda row: row.reason, wide=True),
            Column(tr("Oleh"), who),
        )


def _place_columns() -> tuple[Column, ...]:
    return (
        Column(tr("Tempat"), lambda row: row[0][:1].upper() + row[0][1:], wide=True),
        Column(tr("Vial"), lambda row: formats.number(row[1]), right=True),
    )
