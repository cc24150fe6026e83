"""F10: a team's box comes back from outreach; every batch in it is counted, and the box answers whether it held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from gui.language import tr
from gui.page import Page
from gui.pages.stock.amounts import vials_or_none
from gui.pages.stock.reading import Shelves, read_shelves, short_name
from gui.pages.stock.task import At, Task
from gui.parts import Field, KeyButton, Kind, Panel, choice, columns, plain, show_faults
from gui.table import Column, RowsView
from models.errors import Problem, Refused
from models.places.queries import PostRow
from models.stock.discards.actions import return_vials, take_back_return
from models.stock.discards.discard import Returned
from models.stock.queries import BatchBalance
from reports import formats

_AMOUNTS = ("back", "broken", "missing")


class BackTask(Task):
    """Above from whom and to where, left what they have by the book, right what of it is in the box."""

    help: ClassVar[str] = "opname"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._shelves: Shelves | None = None
        self._typed: dict[str, dict[str, str]] = {}  # by batch: what is in the box, as typed
        self._at: At | None = None
        self._kept: dict[str, Any] | None = None  # a draft, until the shelves are read
        self.source = Field(tr("&Dari tim atau pos"), choice([]))
        self.target = Field(tr("Ke &rak"), choice([]))
        self.held = Field(
            tr("Kotak din&gin"),
            choice([("yes", tr("Terjaga 2–8 °C")), ("no", tr("Tidak: vial dibuang"))]),
        )
        self.note = Field(tr("Ketera&ngan"))
        self.list = RowsView(self._columns(), tr("Isi kotak menurut buku"), tall=True)
        self.what = plain(big=True)
        self.amounts = {
            "back": Field(tr("Kembali utuh"), tidy=vials_or_none),
            "broken": Field(tr("Pecah"), tidy=vials_or_none),
            "missing": Field(tr("Hilang"), tidy=vials_or_none),
        }
        self.sum = plain()
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.all = KeyButton(tr("Semua kembali &utuh"), "F6")
        self.save = KeyButton(tr("&Simpan"), "F9", main=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Panel(tr("Isi kotak menurut buku"))
        left.rows.addWidget(self.list, 1)
        left.rows.addWidget(self.sum)
        right = Panel(tr("Vial kembali dari lapangan"))
        right.rows.addLayout(columns(self.source, self.target))
        right.rows.addWidget(self.what)
        right.rows.addLayout(columns(*self.amounts.values()))
        right.rows.addLayout(columns((self.held, 1), (self.note, 1)))
        right.rows.addWidget(plain(tr("Yang kembali utuh dipakai lebih dahulu daripada yang tidak pernah keluar."), faded=True))
        right.rows.addStretch(1)
        right.rows.addWidget(self.all)
        right.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(left, 5)
        row.addWidget(right, 6)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(row)

    def _connect(self) -> None:
        self._fields = {
            "source": self.source, "target": self.target, "note": self.note, "held": self.held, **self.amounts,
            "vials": self.amounts["back"],
        }  # fmt: skip
        self.source.box.activated.connect(lambda _index: self._other_source())
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.list.activated.connect(lambda _index: self.amounts["back"].setFocus())
        for field in self.amounts.values():
            field.line.textEdited.connect(lambda _text: self._keep())
        self.amounts["missing"].line.returnPressed.connect(self._next)
        self.all.clicked.connect(self._all_back)
        self.leave.clicked.connect(self.left)
        self.save.clicked.connect(self._save)

    def begin(self, at: At) -> None:
        """From whom; the row under the cursor proposes it when it is not the warehouse's."""
        self._at = at
        self.source.setFocus()

    def refresh(self) -> None:
        """What everybody has."""
        desk = self.desk
        self.page.ask(read_shelves, desk.catalogue, desk.facility.id, desk.today, done=self._show, key="stock back")

    def draft(self) -> dict[str, Any] | None:
        """All that was typed."""
        if not self._typed and not self.note.text():
            return None
        heads = {name: self._fields[name].text() for name in ("source", "target", "held", "note")}
        return heads | {"typed": self._typed}

    def restore(self, draft: dict[str, Any]) -> None:
        """Back into the form; posts are chosen when they are read."""
        self._kept = draft
        self._typed = {str(key): dict(each) for key, each in (draft.get("typed") or {}).items()}

    def _show(self, shelves: Shelves) -> None:
        self._shelves = shelves
        has = {row.post for row in shelves.balances}
        self._offer(self.source, [post for post in shelves.posts if post.kind != "warehouse" and post.id in has])
        self._offer(self.target, [post for post in shelves.posts if post.active])
        kept, self._kept = self._kept, None
        for name in ("source", "target", "held", "note"):
            if kept and kept.get(name):
                self._fields[name].set_text(str(kept[name]))
        at, self._at = self._at, None
        if at is not None and not self._typed and at.post is not None and self.source.box.findData(at.post.hex) >= 0:
            self.source.set_text(at.post.hex)
        if not self.target.text():
            home = next((post for post in shelves.posts if post.kind == "warehouse"), None)
            self.target.set_text(home.id.hex if home else "")
        self._show_rows()

    def _offer(self, field: Field, posts: Sequence[PostRow]) -> None:
        kept = field.text()
        wanted = [post.id.hex for post in posts]
        if [field.box.itemData(at) for at in range(field.box.count())] == wanted:
            return
        field.box.clear()
        for post in posts:
            field.box.addItem(short_name(post.name, self.desk.facility.name), post.id.hex)
        field.set_text(kept)

    def _rows(self) -> list[BatchBalance]:
        source = self.source.text()
        return [row for row in (self._shelves.balances if self._shelves else ()) if row.post.hex == source]

    def _show_rows(self) -> None:
        rows = self._rows()
        self.list.show_rows(rows, same=lambda row: row.batch)
        if self.list.chosen() is None and rows:
            self.list.selectRow(0)
        self._chosen()
        self._say_sum()

    def _other_source(self) -> None:
        self._typed = {}
        self._show_rows()

    def _chosen(self) -> None:
        row: BatchBalance | None = self.list.chosen()
        for name, field in self.amounts.items():
            field.setEnabled(row is not None)
            field.set_text(self._typed.get(row.batch.hex, {}).get(name, "") if row is not None else "")
        self.all.setEnabled(row is not None)
        if row is None:
            self.what.setText(tr("Pilih tim yang kembali") if not self.source.text() else tr("Menurut buku tidak membawa vial"))
            return
        self.what.setText(f"{self.desk.product_name(row.product)} {row.number}")

    def _keep(self) -> None:
        row: BatchBalance | None = self.list.chosen()
        if row is None:
            return
        typed = {name: field.text() for name, field in self.amounts.items() if field.text().strip()}
        if typed:
            self._typed[row.batch.hex] = typed
        else:
            self._typed.pop(row.batch.hex, None)
        self.list.rows_table.show_now()
        self._say_sum()

    def _next(self) -> None:
        at, rows = self.list.currentIndex().row(), self._rows()
        if at + 1 < len(rows):
            self.list.selectRow(at + 1)
            self.amounts["back"].setFocus()
        else:
            self.held.setFocus()

    def _all_back(self) -> None:
        """What nothing was typed for came back as the book has it."""
        for row in self._rows():
            self._typed.setdefault(row.batch.hex, {"back": str(row.vials)})
        self._chosen()
        self.list.rows_table.show_now()
        self._say_sum()
        self.held.setFocus()

    def _say_sum(self) -> None:
        sums = dict.fromkeys(_AMOUNTS, 0)
        for typed in self._typed.values():
            for name, text in typed.items():
                sums[name] += int(text) if text.isascii() and text.isdigit() else 0
        words = tr("Utuh {back}, pecah {broken}, hilang {missing}.")
        self.sum.setText(words.format(**{name: formats.number(count) for name, count in sums.items()}))

    def _save(self) -> None:
        for field in (self.source, self.target, self.held):
            if not field.text():
                field.show_fault(Refused("screen.required"))
                field.setFocus()
                return
        lines = []
        for at, row in enumerate(self._rows()):
            typed = self._typed.get(row.batch.hex, {})
            try:
                counts = {name: int(vials_or_none(typed.get(name, "")) or 0) for name in _AMOUNTS}
            except Refused as problem:
                self.list.selectRow(at)
                show_faults([problem], {}, self.page.say_problem)
                return
            lines.append(Returned(row.batch, **counts))
        self.page.act(
            return_vials, source=UUID(self.source.text()), target=UUID(self.target.text()), lines=lines,
            held=self.held.text() == "yes", note=self.note.text(), done=self._done, fault=self._refused,
        )  # fmt: skip

    def _done(self, lines: Sequence[Any]) -> None:
        self._typed = {}
        self.note.set_text("")
        self.held.box.setCurrentIndex(-1)
        self.left.emit()
        words = tr("Kotak diterima. Yang utuh ada di rak lagi dan dipakai dahulu; yang dibuang dilihat dengan F5.")
        self.page.offer_undo(words, lambda: self.page.act(
            take_back_return, lines=[UUID(str(each)) for each in lines], reason=tr("dibatalkan segera"),
            done=lambda _count: self.page.say("good", tr("Pengembalian dibatalkan; vial tercatat di tim lagi.")),
        ))  # fmt: skip

    def _refused(self, problem: Problem) -> None:
        show_faults([problem], self._fields, self.page.say_problem)

    def _columns(self) -> tuple[Column, ...]:
        def typed(row: BatchBalance) -> str:
            found = self._typed.get(row.batch.hex, {})
            return " / ".join(found.get(name, "0") for name in _AMOUNTS) if found else tr("belum")

        def kind(row: BatchBalance) -> Kind:
            found = self._typed.get(row.batch.hex)
            if not found:
                return "calm"
            total = sum(int(each) for each in found.values() if each.isascii() and each.isdigit())
            return "good" if total == row.vials else "ask"

        return (
            Column(tr("Vaksin, batch"), lambda row: f"{self.desk.product_name(row.product)}\n{row.number}", wide=True),
            Column(tr("Buku"), lambda row: formats.number(row.vials), right=True),
            Column(tr("Utuh/pecah/hilang"), typed, kind=kind),
        )
