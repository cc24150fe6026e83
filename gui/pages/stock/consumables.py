"""Shift+F2: syringes, diluent, safety boxes and swabs: received, sent, counted; what was used follows from the doses."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.consumable_items import ItemsView
from gui.pages.stock.consumable_reading import Goods, kind_words, read_goods, rule_words
from gui.pages.stock.task import At, Task
from gui.panels.cell import Cell, fault_line
from gui.panels.counts import whole_or_none
from gui.panels.place_words import short_name
from gui.parts import Field, KeyButton, Kind, Panel, choice, columns, empty, plain, scrolling
from gui.table import Column, RowsView
from models.errors import Problem, Refused
from models.overview.planning.consumable_actions import record_consumables, take_back_consumables
from models.overview.planning.consumable_queries import Held, Line
from models.places.zones import local_day
from models.stock.planning.consumables import COUNTED, DISCARDED, RECEIVED, SENT
from reports import formats

_FORM: Final = 370


class ConsumablesTask(Task):
    """Left what every post has today and what was written last, right the form; F8 shows the items themselves."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._found: Goods | None = None
        self._post: str = ""
        self._typed: dict[str, str] = {}
        self.cells: dict[str, Cell] = {}
        self._build()
        self._lay_out()
        self._connect()

    def _build(self) -> None:
        self.held = RowsView(self._held_columns(), tr("Logistik hari ini"), tall=True)
        self.lines = RowsView(self._line_columns(), tr("Catatan terakhir"))
        self.nothing = plain(tr("Belum ada logistik yang dicatat. Terima atau hitung dahulu di sebelah kanan."), faded=True)
        self.short = plain(fault=True)
        self.kind = Field(tr("A&pa"), choice(list(kind_words().items()), open_=False))
        self.post = Field(tr("D&i pos"), choice([]))
        self.target = Field(tr("K&epada"), choice([]))
        self.party = Field(tr("Dari"))
        self.document = Field(tr("&Nomor surat"))
        self.reason = Field(tr("Alasan"))
        self.rest = plain(faded=True)
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.items = KeyButton(tr("Ba&rang"), "F8")
        self.strike = KeyButton(tr("&Coret baris"), "F7")
        self.save = KeyButton(tr("&Simpan"), "F9", main=True)
        self._fields = {
            "kind": self.kind, "post": self.post, "target": self.target, "party": self.party, "document": self.document,
            "reason": self.reason,
        }  # fmt: skip

    def _lay_out(self) -> None:
        left = Panel()
        left.rows.addWidget(self.short)
        left.rows.addWidget(self.nothing)
        left.rows.addWidget(self.held, 3)
        left.rows.addWidget(plain(tr("Catatan terakhir"), heading=True))
        left.rows.addWidget(self.lines, 2)
        right = Panel()
        right.setFixedWidth(_FORM)
        right.rows.addLayout(columns(self.kind, self.post))
        right.rows.addLayout(columns(self.target, self.party, self.document))
        inner = QWidget()
        self.grid = QVBoxLayout(inner)
        self.grid.setContentsMargins(0, 0, 4, 0)
        self.grid.setSpacing(3)
        items = scrolling(inner)
        items.setFrameShape(QFrame.Shape.NoFrame)
        right.rows.addWidget(items, 1)
        right.rows.addWidget(self.reason)
        right.rows.addWidget(self.rest)
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(left, 1)
        both.addWidget(right)
        self.home = QWidget()
        rows = QVBoxLayout(self.home)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(both, 1)
        rows.addLayout(columns((self.leave, 1), (self.strike, 1), (self.items, 1), (self.save, 2)))
        self.shown_items = ItemsView(self.page)
        self.views = QStackedWidget()
        self.views.addWidget(self.home)
        self.views.addWidget(self.shown_items)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.views)

    def _connect(self) -> None:
        self.leave.clicked.connect(self.left)
        self.items.clicked.connect(self._to_items)
        self.shown_items.back.connect(self._to_home)
        self.save.clicked.connect(self._save)
        self.strike.clicked.connect(self._strike)
        self.kind.box.currentIndexChanged.connect(lambda _at: self._say_kind())
        self.post.box.currentIndexChanged.connect(lambda _at: self._say_kind())
        self.lines.selectionModel().currentRowChanged.connect(lambda *_: self._say_strike())
        self.strike.setEnabled(False)
        self.strike.setVisible(self.desk.may("stock.correct"))
        self.items.setVisible(self.desk.may("stock.correct"))

    def begin(self, at: At) -> None:
        """At the shelf that the cursor was on."""
        self._post = at.post.hex if at.post else self._post
        self.views.setCurrentWidget(self.home)
        self.kind.setFocus()

    def refresh(self) -> None:
        """Everything of one moment."""
        desk = self.desk
        self.page.ask(
            read_goods, desk.catalogue, desk.facility.id, desk.facility.zone, desk.now, done=self._show, key="consumables"
        )  # fmt: skip

    def draft(self) -> dict[str, Any] | None:
        """Figures and words that were typed."""
        typed = {code: cell.text() for code, cell in self.cells.items() if cell.text().strip()} or self._typed
        texts = {name: field.text() for name, field in self._fields.items()}
        if not typed and not any(texts[name] for name in ("party", "document", "reason")):
            return None
        return {"fields": texts, "pieces": typed}

    def restore(self, draft: dict[str, Any]) -> None:
        """Put them back; figures wait for their items."""
        texts = dict(draft.get("fields") or {})
        self._post = str(texts.get("post") or "")
        for name in ("kind", "party", "document", "reason"):
            self._fields[name].set_text(str(texts.get(name) or ""))
        self._typed = {str(code): str(text) for code, text in dict(draft.get("pieces") or {}).items()}

    def _show(self, found: Goods) -> None:
        self._found = found
        self.shown_items.show_items(found.items)
        names = [(each.id.hex, short_name(each.name, self.desk.facility.name)) for each in found.posts]
        for field, wanted in ((self.post, self._post), (self.target, "")):
            kept = wanted or field.text()
            field.box.blockSignals(True)
            field.box.clear()
            for value, words in names:
                field.box.addItem(words, value)
            field.box.setCurrentIndex(field.box.findData(kept))
            field.box.blockSignals(False)
        if not self.post.text() and names:
            self.post.box.setCurrentIndex(0)
        self._post = ""
        self._fill_cells(found)
        self.held.show_rows(found.held, same=lambda row: (row.post, row.item.code))
        self.lines.show_rows(found.lines, same=lambda line: line.id)
        self.nothing.setVisible(not found.held)
        minus = [row for row in found.held if row.account.tracked and row.account.closing < 0]
        self.short.setVisible(bool(minus))
        if minus:
            words = tr("Terpakai lebih banyak dari yang tercatat: {items}. Hitung fisik, atau catat penerimaannya.")
            self.short.setText(words.format(items=", ".join(f"{self._name(row.post)} {row.item.name}" for row in minus[:4])))
        self._say_kind()

    def _fill_cells(self, found: Goods) -> None:
        wanted = [item for item in found.items.values() if item.in_use]
        if list(self.cells) == [item.code for item in wanted]:
            return
        kept = self._typed | {code: cell.text() for code, cell in self.cells.items() if cell.text()}
        empty(self.grid)
        self.cells, self._typed = {}, {}
        for item in wanted:
            cell = self.cells[item.code] = Cell("", tidy=lambda text: whole_or_none(text) if text.strip() else "")
            cell.setFixedWidth(110)
            cell.editor.setAccessibleName(f"{item.name} ({item.unit})")
            cell.set_text(kept.get(item.code, ""))
            label = plain(f"{item.name} ({item.unit})", wrap=False)
            label.setToolTip(rule_words(item))
            row = QHBoxLayout()
            row.addWidget(label, 1)
            row.addWidget(cell)
            self.grid.addLayout(row)
            self.grid.addWidget(fault_line({item.name: cell}))
        self.grid.addStretch(1)

    def _say_kind(self) -> None:
        kind = self.kind.text()
        self.target.setVisible(kind == SENT)
        self.party.setVisible(kind == RECEIVED)
        self.document.setVisible(kind in (RECEIVED, SENT))
        self.reason.setVisible(kind in (DISCARDED, COUNTED))
        held = self._found.held if self._found else ()
        there = {row.item.code: row.account for row in held if row.post.hex == self.post.text()}
        for code, cell in self.cells.items():
            known = there.get(code)
            left = formats.number(known.closing) if known and known.tracked else "–"
            cell.line.setPlaceholderText(tr("buku {count}").format(count=left))
        self.rest.setText(
            tr("Hitung fisik menggantikan angka buku; selisihnya terlihat. Kosong = tidak dihitung.") if kind == COUNTED
            else tr("Terpakai dihitung sendiri dari dosis yang disuntikkan.")
        )  # fmt: skip

    def _save(self) -> None:
        wrong = [cell for cell in self.cells.values() if not cell.check()]
        if wrong:
            wrong[0].setFocus()
            return
        kind = self.kind.text()
        needed = [self.post] + ([self.target] if kind == SENT else []) + ([self.reason] if kind == DISCARDED else [])
        for field in needed:
            if not field.text().strip():
                field.show_fault(Refused("screen.required"))
                field.setFocus()
                return
        pieces = {code: int(cell.text()) for code, cell in self.cells.items() if cell.text().strip()}
        if not pieces:
            first = next(iter(self.cells.values()), None)
            if first is not None:
                first.show_fault(Refused("consumable.nothing"))
                first.setFocus()
            return
        self.page.act(
            record_consumables, catalogue=self.desk.catalogue, post=UUID(self.post.text()), kind=kind, pieces=pieces,
            target=UUID(self.target.text()) if kind == SENT else None, party=self.party.text() if kind == RECEIVED else "",
            document=self.document.text() if kind in (RECEIVED, SENT) else "", asks=True, fault=self._refused,
            answered=(frozenset(), self.reason.text() if kind in (DISCARDED, COUNTED) else ""),
            done=lambda lines: self._saved(lines, kind),
        )  # fmt: skip

    def _saved(self, lines: list[UUID], kind: str) -> None:
        for cell in self.cells.values():
            cell.set_text("")
        for field in (self.party, self.document, self.reason):
            field.set_text("")
        words = tr("{kind}: {count} barang tersimpan.").format(kind=kind_words()[kind], count=len(lines))
        self.page.offer_undo(words, lambda: self._take_back(lines, tr("dibatalkan segera")))
        next(iter(self.cells.values())).setFocus()

    def _refused(self, problem: Problem) -> None:
        field = self.cells.get(problem.field or "") or self._fields.get(problem.field or "")
        if field is None:
            self.page.say_problem(problem)
            return
        field.show_fault(problem)
        field.setFocus()

    def _say_strike(self) -> None:
        line = self.lines.chosen()
        self.strike.setEnabled(line is not None and not line.taken_back)

    def _strike(self) -> None:
        line = self.lines.chosen()
        if line is None or line.taken_back:
            return
        title = tr("Coret {what}?").format(what=self._line_words(line))
        text = tr("Baris yang dicoret tetap terlihat, dengan alasannya.")
        self.page.ask_reason(title, text, lambda reason, _way: self._take_back([line.id], reason))

    def _take_back(self, lines: list[UUID], reason: str) -> None:
        def done(_count: int) -> None:
            self.page.unlock()
            self.page.say("good", tr("Baris dicoret."))

        self.page.act(take_back_consumables, lines=lines, reason=reason, done=done)

    def _to_items(self) -> None:
        self.page.banner.hide()
        self.views.setCurrentWidget(self.shown_items)
        self.shown_items.begin()

    def _to_home(self) -> None:
        self.page.banner.hide()
        self.views.setCurrentWidget(self.home)
        self.kind.setFocus()

    def _name(self, post: UUID) -> str:
        posts = self._found.posts if self._found else ()
        name = next((each.name for each in posts if each.id == post), "?")
        return short_name(name, self.desk.facility.name)

    def _item(self, code: str) -> str:
        return self._found.items[code].name if self._found and code in self._found.items else code

    def _line_words(self, line: Line) -> str:
        return f"{kind_words()[line.kind]} {formats.number(line.pieces)} {self._item(line.item)}"

    def _held_columns(self) -> tuple[Column, ...]:
        def figure(name: str) -> Any:
            return lambda row: formats.number(getattr(row.account, name))

        def left(row: Held) -> str:
            return formats.number(row.account.closing) if row.account.tracked else tr("belum dihitung")

        def kind(row: Held) -> Kind:
            if not row.account.tracked:
                return "ask"
            return "stop" if row.account.closing < 0 else "calm"

        return (
            Column(tr("Pos, barang"), lambda row: f"{self._name(row.post)}\n{row.item.name}", wide=True),
            Column(tr("Awal"), figure("opening"), right=True),
            Column(tr("Terima"), figure("received"), right=True),
            Column(tr("Kirim"), figure("sent"), right=True),
            Column(tr("Pakai"), figure("used"), right=True),
            Column(tr("Lain"), lambda row: formats.number(row.account.difference - row.account.discarded), right=True),
            Column(tr("Sisa"), left, right=True, kind=kind),
        )

    def _line_columns(self) -> tuple[Column, ...]:
        def party(line: Line) -> str:
            other = self._name(line.target) if line.target else line.party
            return " · ".join(filter(None, (other, line.document, line.reason, tr("dicoret") if line.taken_back else "")))

        def moment(line: Line) -> str:
            day = formats.day_short(local_day(line.at, self.desk.facility.zone))
            return f"{day[:5]} {self.desk.clock_of(line.at)}"

        return (
            Column(tr("Kapan"), moment),
            Column(tr("Pos"), lambda line: self._name(line.post)),
            Column(tr("Catatan"), self._line_words),
            Column(tr("Dari / kepada"), party, wide=True),
        )
