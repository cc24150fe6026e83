"""The items themselves: name, unit, and how much of what takes one piece."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.consumable_reading import counts_words, rule_words
from gui.panels.counts import whole_number
from gui.parts import Field, KeyButton, Panel, choice, columns, plain, show_faults
from gui.table import Column, RowsView
from models.errors import Problem
from models.overview.planning.consumable_actions import set_consumable
from models.stock.planning.consumables import Item

_NEW = "baru"


class ItemsView(QWidget):
    """Left the items, right the chosen one; F4 begins a new one."""

    back = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._code = ""
        self._codes: frozenset[str] = frozenset()
        self.list = RowsView(
            (
                Column(tr("Barang"), lambda item: item.name, wide=True),
                Column(tr("Dihitung"), rule_words),
                Column(tr("Dipakai"), lambda item: tr("ya") if item.in_use else tr("tidak")),
            ),
            tr("Barang logistik"),
        )
        self.name = Field(tr("&Nama barang"))
        self.unit = Field(tr("Sa&tuan"))
        self.counts = Field(tr("&Dihitung menurut"), choice(list(counts_words().items())))
        self.per = Field(tr("&1 satuan untuk berapa"), tidy=whole_number)
        self.in_use = Field(tr("D&ipakai di sini"), choice([("yes", tr("Ya")), ("no", tr("Tidak"))], open_=False))
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.add = KeyButton(tr("Barang ba&ru"), "F4")
        self.save = KeyButton(tr("&Simpan barang"), "F9", main=True)
        self._fields = {"name": self.name, "unit": self.unit, "counts": self.counts, "per": self.per}
        self._lay_out()
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._choose())
        self.list.activated.connect(lambda _index: self.name.setFocus())
        self.leave.clicked.connect(self.back)
        self.add.clicked.connect(self._begin_new)
        self.save.clicked.connect(self._save)

    def _lay_out(self) -> None:
        right = Panel(tr("Barang logistik"))
        for field in (self.name, self.unit, self.counts, self.per, self.in_use):
            right.rows.addWidget(field)
        right.rows.addWidget(plain(tr("Angka ini menghitung yang terpakai dan yang dikirim bersama vaksin."), faded=True))
        right.rows.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        left = Panel()
        left.rows.addWidget(self.list, 1)
        row.addWidget(left, 3)
        row.addWidget(right, 2)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(row, 1)
        rows.addLayout(columns((self.leave, 1), (self.add, 1), (self.save, 2)))

    def begin(self) -> None:
        """In the list."""
        if self.list.chosen() is None and self.list.rows_table.rows:
            self.list.selectRow(0)
        self.list.setFocus()

    def show_items(self, items: Mapping[str, Item]) -> None:
        """As they are now."""
        self._codes = frozenset(items)
        self.list.show_rows(list(items.values()), same=lambda item: item.code)

    def _choose(self) -> None:
        item: Item | None = self.list.chosen()
        if item is None:
            return
        self._code = item.code
        for field, text in (
            (self.name, item.name), (self.unit, item.unit), (self.counts, item.counts), (self.per, str(item.per)),
            (self.in_use, "yes" if item.in_use else "no"),
        ):  # fmt: skip
            field.set_text(text)

    def _begin_new(self) -> None:
        self._code = ""
        for field in self._fields.values():
            field.set_text("")
        self.per.set_text("1")
        self.in_use.set_text("yes")
        self.name.setFocus()

    def _save(self) -> None:
        if not self.per.check():
            self.per.setFocus()
            return
        code = self._code or next(name for at in range(1, 1000) if (name := f"{_NEW}_{at}") not in self._codes)
        self.page.act(
            set_consumable, code=code, name=self.name.text(), unit=self.unit.text(), counts=self.counts.text(),
            per=int(self.per.text() or 0), in_use=self.in_use.text() == "yes", done=lambda _item: self._saved(),
            fault=self._refused,
        )  # fmt: skip

    def _saved(self) -> None:
        self.page.say("good", tr("{name} tersimpan.").format(name=self.name.text()))
        self.list.setFocus()

    def _refused(self, problem: Problem) -> None:
        show_faults([problem], self._fields, self.page.say_problem)
