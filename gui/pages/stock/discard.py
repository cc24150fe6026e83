"""F5: closed vials are written off; what waits is destroyed with a berita acara."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.amounts import whole_vials
from gui.pages.stock.cause_words import discard_causes
from gui.pages.stock.destroying import DestroyingView
from gui.pages.stock.destruction_papers import DestructionPapers
from gui.pages.stock.discard_reading import Discards, read_discards
from gui.pages.stock.reading import on_the_page, short_name, unusable_words
from gui.pages.stock.task import At, Task
from gui.parts import Field, KeyButton, Panel, choice, columns, plain, show_faults
from gui.table import Column, RowsView
from models.errors import Problem, Refused
from models.stock.discards.actions import discard_vials, take_back_discard
from models.stock.queries import BatchBalance
from reports import formats


class DiscardTask(Task):
    """Three views, one at a time: writing off, destroying what waits, the papers."""

    help: ClassVar[str] = "opname"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._at: At | None = None
        self.writing = WriteOffView(page)
        self.destroying = DestroyingView(page)
        self.papers = DestructionPapers(page)
        self.views = QStackedWidget()
        for view in (self.writing, self.destroying, self.papers):
            self.views.addWidget(view)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.views)
        self.writing.back.connect(self.left)
        self.writing.destroys.connect(lambda: self._show(self.destroying))
        self.writing.reads.connect(lambda: self._show(self.papers))
        self.destroying.back.connect(lambda: self._show(self.writing))
        self.destroying.destroyed_as.connect(self._destroyed)
        self.papers.back.connect(lambda: self._show(self.writing))

    def begin(self, at: At) -> None:
        """At the shelf under the cursor."""
        self._at = at
        self.views.setCurrentWidget(self.writing)
        self.writing.begin()

    def refresh(self) -> None:
        """Everything, from one moment."""
        desk = self.desk
        self.page.ask(read_discards, desk.catalogue, desk.facility.id, desk.today, done=self._read, key="discards")

    def draft(self) -> dict[str, Any] | None:
        """What was typed in either form."""
        kept = {"writing": self.writing.draft(), "destroying": self.destroying.draft()}
        return kept if any(kept.values()) else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Back into the forms; the destruction is shown again when something of it was typed."""
        self.writing.restore(draft.get("writing") or {})
        self.destroying.restore(draft.get("destroying") or {})

    def _read(self, found: Discards) -> None:
        names = {post.id: short_name(post.name, self.desk.facility.name) for post in found.posts}
        self.writing.show_rows(on_the_page(found.balances, found.posts), names, found)
        self.destroying.show_waiting(found, names)
        self.papers.show_papers(found.papers)
        at, self._at = self._at, None
        if at is not None:
            self.writing.choose(at)

    def _show(self, view: Any) -> None:
        self.page.banner.hide()
        self.views.setCurrentWidget(view)
        view.begin()

    def _destroyed(self, paper: UUID) -> None:
        self.papers.wanted = paper
        self._show(self.papers)
        self.refresh()


class WriteOffView(QWidget):
    """Left the shelves, right how many of the chosen one are written off and why."""

    back = Signal()
    destroys = Signal()
    reads = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._names: dict[UUID, str] = {}
        self._kept: At | None = None  # what a draft was about, until the shelves are read
        self.shelf = RowsView(self._columns(), tr("Rak"), tall=True)
        self.empty = plain(tr("Rak kosong: tidak ada vial utuh yang dapat dibuang. Terima batch dahulu dengan F2."), faded=True)
        self.what = plain(big=True)
        self.state = plain(faded=True)
        self.vials = Field(tr("Jumlah vial"), tidy=whole_vials)
        self.cause = Field(tr("Sebab"), choice(discard_causes()))
        self.note = Field(tr("Keterangan"))
        self.waiting = plain()
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.save = KeyButton(tr("Bua&ng"), "F9", main=True)
        self.to_destroy = KeyButton(tr("&Musnahkan"), "F7")
        self.papers = KeyButton(tr("Berita a&cara"), "F8")
        self._fields = {"vials": self.vials, "cause": self.cause, "note": self.note}
        self._lay_out()

    def _lay_out(self) -> None:
        left = Panel(tr("Pilih batch yang dibuang"))
        left.rows.addWidget(self.shelf, 1)
        left.rows.addWidget(self.empty)
        right = Panel(tr("Buang vial utuh"))
        for widget in (self.what, self.state):
            right.rows.addWidget(widget)
        right.rows.addLayout(columns((self.vials, 1), (self.cause, 2)))
        right.rows.addWidget(self.note)
        right.rows.addWidget(plain(tr("Yang dibuang menunggu di pos itu sampai dimusnahkan."), faded=True))
        right.rows.addStretch(1)
        right.rows.addWidget(self.waiting)
        right.rows.addLayout(columns(self.to_destroy, self.papers))
        right.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 6)
        row.addWidget(right, 5)
        self.shelf.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.shelf.activated.connect(lambda _index: self.vials.setFocus())
        self.leave.clicked.connect(self.back)
        self.save.clicked.connect(self._discard)
        self.to_destroy.clicked.connect(self.destroys)
        self.papers.clicked.connect(self.reads)

    def begin(self) -> None:
        """The list; once a batch is chosen, how many."""
        self.shelf.setFocus()

    def draft(self) -> dict[str, Any] | None:
        """The three fields, with the row they are about."""
        row = self.shelf.chosen()
        kept = {name: field.text() for name, field in self._fields.items()}
        if not any(kept.values()) or row is None:
            return None
        return kept | {"post": row.post.hex, "batch": row.batch.hex}

    def restore(self, draft: dict[str, Any]) -> None:
        """The fields; the row follows when the shelves are read."""
        for name, field in self._fields.items():
            field.set_text(str(draft.get(name, "")))
        self._kept = At(UUID(hex=draft["post"]), UUID(hex=draft["batch"])) if "batch" in draft else None

    def show_rows(self, rows: Sequence[BatchBalance], names: dict[UUID, str], found: Discards) -> None:
        """The shelves, and how much waits."""
        self._names = names
        self.shelf.show_rows(rows, same=lambda row: (row.post, row.batch))
        self.empty.setVisible(not rows)
        closed, opened = sum(each.vials for each in found.closed), sum(each.vials for each in found.rests)
        self.waiting.setText(
            tr("Menunggu dimusnahkan: {closed} vial utuh, {opened} vial terbuka.").format(
                closed=formats.number(closed), opened=formats.number(opened)
            )
        )
        self.to_destroy.setEnabled(bool(closed or opened))
        self.papers.setEnabled(bool(found.papers))
        self._chosen()

    def choose(self, at: At) -> None:
        """The row that the cursor was on before, or none where what was typed is about one that is empty by now; a known cause
        is proposed by nobody."""
        kept, self._kept = self._kept, None
        at = kept or at
        rows = self.shelf.rows_table.rows
        wanted = next((n for n, row in enumerate(rows) if (row.post, row.batch) == (at.post, at.batch)), None)
        if wanted is not None:
            self.shelf.selectRow(wanted)
        elif kept is not None or not rows:
            self.shelf.setCurrentIndex(QModelIndex())
        else:
            self.shelf.selectRow(0)

    def _chosen(self) -> None:
        row = self.shelf.chosen()
        self.save.setEnabled(row is not None)
        if row is None:
            self.what.setText(tr("Belum ada batch yang dipilih"))
            self.state.setText("")
            return
        self.what.setText(tr("{product} {number}").format(product=self.desk.product_name(row.product), number=row.number))
        words = tr("{post}: {vials} vial utuh, s.d. {until}").format(
            post=self._name(row.post), vials=formats.number(row.vials), until=formats.day_short(row.usable_until)
        )
        why = unusable_words().get(row.unusable, "")
        self.state.setText(f"{words} ({why})" if why else words)

    def _discard(self) -> None:
        row = self.shelf.chosen()
        if row is None:
            return
        for field in (self.vials, self.cause):
            if not field.text().strip():
                field.show_fault(Refused("screen.required"))
                field.setFocus()
                return
        if not self.vials.check():
            self.vials.setFocus()
            return
        vials = int(self.vials.text())
        words = tr("{vials} vial {product} {number} dibuang dari {post}.").format(
            vials=formats.number(vials), product=self.desk.product_name(row.product), number=row.number,
            post=self._name(row.post),
        )  # fmt: skip
        self.page.act(
            discard_vials, catalogue=self.desk.catalogue, today=self.desk.today, post=row.post, batch=row.batch, vials=vials,
            cause=self.cause.text(), note=self.note.text(), asks=True, done=lambda line: self._done(line, words),
            fault=self._refused,
        )  # fmt: skip

    def _done(self, line: UUID, words: str) -> None:
        for field in self._fields.values():
            field.set_text("")
        self.page.offer_undo(words, lambda: self.page.act(
            take_back_discard, discard=line, reason=tr("dibatalkan segera"),
            done=lambda _mirror: self.page.say("good", tr("Pembuangan dibatalkan; vial ada di rak lagi.")),
        ))  # fmt: skip
        if self.isVisible():  # somebody may have gone on to what waits meanwhile
            self.shelf.setFocus()

    def _refused(self, problem: Problem) -> None:
        show_faults([problem], self._fields, self.page.say_problem)

    def _name(self, post: UUID) -> str:
        return self._names.get(post, "?")

    def _columns(self) -> tuple[Column, ...]:
        def state(row: BatchBalance) -> str:
            why = unusable_words().get(row.unusable, "")
            return why[:1].upper() + why[1:] if why else tr("Dapat dipakai")

        return (
            Column(tr("Pos"), lambda row: self._name(row.post), wide=True),
            Column(tr("Vaksin, batch"), lambda row: f"{self.desk.product_name(row.product)}\n{row.number}"),
            Column(tr("Sampai"), lambda row: formats.day_short(row.usable_until)),
            Column(tr("Vial"), lambda row: formats.number(row.vials), right=True),
            Column(tr("Status"), state, kind=lambda row: "stop" if row.unusable else "good"),
        )
