"""F6: the vials on a shelf are counted, without the book; then the differences are looked at and explained."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.count_differences import DifferencesView
from gui.pages.stock.count_papers import CountPapers
from gui.pages.stock.count_reading import Counts, read_counts
from gui.pages.stock.count_sheet import CountSheet
from gui.pages.stock.reading import short_name
from gui.pages.stock.task import At, Task
from gui.parts import Field, KeyButton, Kind, Panel, choice, columns, plain
from gui.table import Column, RowsView
from models.places.zones import local_day
from models.stock.counts.actions import cancel_count, start_count
from models.stock.counts.queries import CountRow
from reports import formats


class CountTask(Task):
    """Four views, one at a time: where, the blind sheet, the differences, the papers."""

    help: ClassVar[str] = "opname"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._at: At | None = None
        self._kept: UUID | None = None  # the place of a draft, until the task is opened
        self.places = PlacesView(page)
        self.sheet = CountSheet(page)
        self.differences = DifferencesView(page)
        self.papers = CountPapers(page)
        self.views = QStackedWidget()
        for view in (self.places, self.sheet, self.differences, self.papers):
            self.views.addWidget(view)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.views)
        self.places.back.connect(self.left)
        self.places.moved.connect(self.refresh)
        self.places.counts.connect(lambda: self._show(self.sheet))
        self.places.forms.connect(lambda post: self._paper(self.papers.show_form, post))
        self.places.reads.connect(lambda count: self._paper(self.papers.show_result, count))
        self.sheet.back.connect(lambda: self._show(self.places))
        self.sheet.compares.connect(lambda: self._show(self.differences))
        self.sheet.cancels.connect(self._ask_cancelling)
        self.differences.back.connect(lambda: self._show(self.sheet))
        self.differences.finished.connect(lambda count: self._paper(self.papers.show_result, count))
        self.papers.back.connect(lambda: self._show(self.places))

    def begin(self, at: At) -> None:
        """At the place of the row under the cursor, or where this PC works."""
        self._at = at
        kept, self._kept = self._kept, None
        self.places.propose(at.post or kept or self.desk.place.post_id)
        self._show(self.places)

    def refresh(self) -> None:
        """The view that is open. The book is read only where it is shown."""
        compare = self.views.currentWidget() is self.differences
        self.page.ask(
            read_counts, self.desk.facility.id, self.places.post, compare=compare,
            done=lambda found: self._read(found, compare=compare), key="counts",
        )  # fmt: skip

    def draft(self) -> dict[str, Any] | None:
        """The figure that is being typed, a batch that is being entered, reasons and names."""
        kept = {"sheet": self.sheet.draft(), "differences": self.differences.draft()}
        post = self.places.post
        return kept | {"post": post.hex if post else ""} if any(kept.values()) else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Back into the views; figures that were saved are in the records anyway."""
        self.sheet.restore(draft.get("sheet") or {})
        self.differences.restore(draft.get("differences") or {})
        self._kept = UUID(hex=draft["post"]) if draft.get("post") else None

    def _read(self, found: Counts, *, compare: bool) -> None:
        names = {post.id: short_name(post.name, self.desk.facility.name) for post in found.posts}
        self.places.show_counts(found, names)
        showing = self.views.currentWidget()
        if found.open is None and showing in (self.sheet, self.differences):
            # Finished or given up, here or at another desk.
            self._show(self.places)
            return
        if found.open is None:
            return
        if compare:
            self.differences.show_figures(found, names)
        else:
            self.sheet.show_batches(found, names)

    def _show(self, view: Any) -> None:
        self.page.banner.hide()
        self.views.setCurrentWidget(view)
        view.begin()
        self.refresh()

    def _paper(self, show: Any, of: UUID) -> None:
        self.views.setCurrentWidget(self.papers)
        show(of)
        self.papers.begin()

    def _ask_cancelling(self, count: UUID) -> None:
        self.page.ask_reason(
            tr("Batalkan stok opname ini?"),
            tr("Semua hitungannya dibuang; stok tidak berubah."),
            lambda reason, _way: self.page.act(cancel_count, count=count, reason=reason, done=self._cancelled),
        )

    def _cancelled(self, _end: UUID) -> None:
        self.page.unlock()
        self._show(self.places)
        self.page.say("good", tr("Stok opname dibatalkan; stok tidak berubah."))


class PlacesView(QWidget):
    """Where is counted, what is being counted there, and the counts of before."""

    back = Signal()
    moved = Signal()
    counts = Signal()
    forms = Signal(object)
    reads = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._names: dict[UUID, str] = {}
        self._open: CountRow | None = None
        self._wanted: UUID | None = None
        self.place = Field(tr("Tem&pat yang dihitung"), choice([], open_=False))
        self.state = plain(big=True)
        self.how = plain(
            tr(
                "Hitung vial utuh tiap batch tanpa melihat buku. Meja boleh terus bekerja: tiap hitungan dibandingkan dengan "
                "buku pada jam hitungan itu. Beberapa orang boleh mengisi dari komputer masing-masing."
            ),
            faded=True,
        )
        self.list = RowsView(self._columns(), tr("Stok opname sebelumnya"))
        self.empty = plain(tr("Belum pernah ada stok opname. Mulai dengan F9; formulir kosong dicetak dengan F7."), faded=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.form = KeyButton(tr("&Formulir kosong"), "F7")
        self.read = KeyButton(tr("&Hasil"), "F8")
        self.start = KeyButton(tr("&Mulai hitung"), "F9", main=True)
        self._lay_out()

    def _lay_out(self) -> None:
        top = Panel(tr("Stok opname"))
        top.rows.addLayout(columns((self.place, 2), (self.state, 3)))
        top.rows.addWidget(self.how)
        below = Panel(tr("Stok opname sebelumnya"))
        below.rows.addWidget(self.list, 1)
        below.rows.addWidget(self.empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(top)
        rows.addWidget(below, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.leave, self.form, self.read, self.start):
            foot.addWidget(button, 1)
        rows.addLayout(foot)
        self.place.box.activated.connect(lambda _index: self._moved())
        self.list.activated.connect(lambda _index: self._read())
        self.leave.clicked.connect(self.back)
        self.form.clicked.connect(self._blank)
        self.read.clicked.connect(self._read)
        self.start.clicked.connect(self._start)

    @property
    def post(self) -> UUID | None:
        """The place that is chosen."""
        return UUID(self.place.text()) if self.place.text() else self._wanted

    def propose(self, post: UUID | None) -> None:
        """The place to begin with."""
        self._wanted = post
        if post is not None:
            self.place.set_text(post.hex)

    def begin(self) -> None:
        """The next step."""
        self.start.setFocus()

    def show_counts(self, found: Counts, names: dict[UUID, str]) -> None:
        """The places and what was counted at the chosen one."""
        kept = self.post
        self._names, self._open = names, found.open
        wanted = [post.id.hex for post in found.posts]
        if [self.place.box.itemData(at) for at in range(self.place.box.count())] != wanted:
            self.place.box.clear()
            for post in found.posts:
                self.place.box.addItem(names[post.id], post.id.hex)
        self.place.box.setCurrentIndex(max(self.place.box.findData(kept.hex if kept else ""), 0))
        if self.post != kept:
            self.moved.emit()  # there was none yet: what was read belongs to no place
            return
        done = [each for each in found.counts if each.state != "counting"]
        self.list.show_rows(done, same=lambda row: row.id)
        self.empty.setVisible(not done)
        self.read.setEnabled(bool(done))
        if found.open is None:
            self.state.setText(tr("Tidak sedang dihitung"))
            self.start.say(tr("&Mulai hitung"))
        else:
            self.state.setText(
                tr("Sedang dihitung sejak {time}, dimulai {name}").format(
                    time=self.desk.clock_of(found.open.started_at), name=found.accounts.get(found.open.started_by, "?")
                )
            )
            self.start.say(tr("&Lanjut hitung"))

    def _moved(self) -> None:
        self._wanted = None
        self.page.banner.hide()
        self.moved.emit()

    def _start(self) -> None:
        if self._open is not None:
            self.counts.emit()
        elif self.post is not None:
            self.page.act(start_count, post=self.post, done=lambda _count: self.counts.emit())

    def _blank(self) -> None:
        if self.post is not None:
            self.forms.emit(self.post)

    def _read(self) -> None:
        row: CountRow | None = self.list.chosen()
        rows = self.list.rows_table.rows
        if row is None and rows:
            row = rows[0]
        if row is not None:
            self.reads.emit(row.id)

    def _columns(self) -> tuple[Column, ...]:
        def kind(row: CountRow) -> Kind:
            return "stop" if row.state == "taken_back" else "good"

        return (
            Column(tr("Tempat"), lambda row: self._names.get(row.post, "?"), wide=True),
            Column(tr("Tanggal"), self._day),
            Column(tr("Jam"), lambda row: self.desk.clock_of(row.ended_at or row.started_at)),
            Column(
                tr("Keadaan"), lambda row: tr("Dibatalkan") if row.state == "taken_back" else tr("Selesai"), kind=kind
            ),
        )  # fmt: skip

    def _day(self, row: CountRow) -> str:
        return formats.day_short(local_day(row.ended_at or row.started_at, self.desk.facility.zone))
