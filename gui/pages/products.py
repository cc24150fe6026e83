"""Vaksin: which products are received here, and the few figures of a product that the programme may set otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from gui.desk import Desk
from gui.language import tr
from gui.opening import load_shipped
from gui.page import Page
from gui.parts import Field, KeyButton, Kind, Panel, columns, plain, scrolling
from gui.table import Column, RowsView
from models.errors import Problem, Refused
from models.vaccines.actions import set_product
from models.vaccines.catalogue import Catalogue, Product
from models.vaccines.queries import ProductChange, effective_catalogue, product_changes
from reports import formats

_NUMBERS: Final = ("open_hours", "min_days", "advised_days", "min_age", "cold_days")


@dataclass(frozen=True)
class ProductRow:
    """A product as shipped, as it is used here, and the newest change, if any."""

    shipped: Product
    here: Product
    change: ProductChange | None


def read_products(records: Any, facility: UUID) -> tuple[Catalogue, list[ProductRow]]:
    """The catalogue as shipped, and all its products, those in use first."""
    shipped = load_shipped().catalogue
    here = effective_catalogue(records, shipped, facility).products
    rows = [
        ProductRow(product, here[name], next(reversed(product_changes(records, facility, name)), None))
        for name, product in shipped.products.items()
    ]
    return shipped, sorted(rows, key=lambda row: not row.here.in_use)


class ProductsPage(Page):
    """A list, and one product being changed."""

    topics: ClassVar[frozenset[str]] = frozenset({"vaccines"})
    help: ClassVar[str] = "vaksin"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._editing: ProductRow | None = None
        self._shipped: Catalogue | None = None
        self.list = RowsView(self._columns(), tr("Vaksin"))
        self.edit = KeyButton(tr("&Ubah"), "F3")
        self.switch = KeyButton(tr("&Pakai atau tidak"), "F4")
        self.in_use = QCheckBox(tr("&Diterima di puskesmas ini"))
        self.numbers = {
            "open_hours": Field(tr("Jam sesudah dibuka")), "cold_days": Field(tr("Hari di 2–8 °C")),
            "min_days": Field(tr("Jarak terpendek (hari)")), "advised_days": Field(tr("Jarak anjuran (hari)")),
            "min_age": Field(tr("Umur termuda (tahun)")),
        }  # fmt: skip
        self.sizes = Field(tr("Isi vial (dosis)"))
        self.kfa = Field(tr("Kode KFA"))
        self.source = Field(tr("Sumber angka baru (surat, label)"))
        self.reason = Field(tr("Alasan"))
        self.save = KeyButton(tr("&Simpan"), "F9", main=True)
        self._lay_out()
        self._show_product(None)

    def _lay_out(self) -> None:
        left = Panel(tr("Vaksin yang dikenal program"))
        left.rows.addWidget(self.list, 1)
        left.rows.addLayout(columns(self.edit, self.switch))
        self.form = Panel()
        inner = Panel()
        inner.setProperty("panel", False)
        fields = [*self.numbers.values(), self.sizes, self.kfa]
        inner.rows.setContentsMargins(0, 0, 0, 0)
        inner.rows.addWidget(self.in_use)
        for at in range(0, len(fields), 2):
            inner.rows.addLayout(columns(*fields[at : at + 2]))
        inner.rows.addWidget(plain(tr("Kosong: seperti bawaan program, yang tertulis samar."), faded=True))
        inner.rows.addWidget(self.source)
        inner.rows.addStretch(1)
        self.form.rows.addWidget(scrolling(inner, long=True), 1)
        self.form.rows.addWidget(self.reason)
        self.form.rows.addWidget(self.save)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 6)
        row.addWidget(self.form, 5)
        self.edit.clicked.connect(self._edit)
        self.list.activated.connect(lambda _index: self._edit())
        self.switch.clicked.connect(self._switch)
        self.save.clicked.connect(self._save)

    def begin(self) -> None:
        """The list."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Products and their newest changes."""
        self.ask(read_products, self.desk.facility.id, done=self._show, key="products")

    def _show(self, found: tuple[Catalogue, Sequence[ProductRow]]) -> None:
        self._shipped, rows = found
        self.list.show_rows(rows, same=lambda row: row.shipped.id)
        if self.list.chosen() is None and rows:
            self.list.selectRow(0)

    def _edit(self) -> None:
        row: ProductRow | None = self.list.chosen()
        if row is None:
            self.say("ask", tr("Pilih dahulu vaksinnya di daftar."))
            return
        self._show_product(row)
        self.in_use.setFocus()

    def _show_product(self, row: ProductRow | None) -> None:
        self._editing = row
        self.form.setEnabled(row is not None)
        self.form.heading.setText(row.shipped.name if row else tr("Pilih vaksin, lalu F3"))
        self.form.heading.show()
        changed = dict(row.change.overrides) if row and row.change else {}
        for name, field in self.numbers.items():
            field.set_text(str(changed.get(name, "")))
            shipped = getattr(row.shipped, name) if row else None
            field.line.setPlaceholderText("" if shipped is None else str(shipped))
        sizes: Any = changed.get("vial_doses", ())
        self.sizes.set_text(", ".join(map(str, sizes)))
        self.sizes.line.setPlaceholderText(", ".join(map(str, row.shipped.vial_doses)) if row else "")
        self.kfa.set_text(str(changed.get("kfa", "")))
        self.kfa.line.setPlaceholderText(row.shipped.kfa if row else "")
        self.in_use.setChecked(row is not None and row.here.in_use)
        self.source.set_text(row.change.source if row and row.change else "")
        self.reason.set_text("")

    def _switch(self) -> None:
        """In or out of use, without opening the form; its figures stay as they are."""
        row: ProductRow | None = self.list.chosen()
        if row is None:
            self.say("ask", tr("Pilih dahulu vaksinnya di daftar."))
            return
        overrides = row.change.overrides if row.change else {}
        source = row.change.source if row.change else ""
        title = tr("Tidak diterima lagi: {name}") if row.here.in_use else tr("Diterima mulai sekarang: {name}")
        self.ask_reason(
            title.format(name=row.shipped.name),
            tr("Yang tidak diterima juga tidak ditawarkan untuk disuntikkan: habiskan atau pindahkan stoknya lebih dahulu."),
            lambda reason, _way: self._act(row, not row.here.in_use, overrides, source, reason),
        )

    def _save(self) -> None:
        row = self._editing
        if row is None:
            return
        overrides: dict[str, Any] = dict(row.change.overrides) if row.change else {}
        for name, field in [*self.numbers.items(), ("vial_doses", self.sizes), ("kfa", self.kfa)]:
            overrides.pop(name, None)
            text = field.text().strip()
            if not text:
                continue
            try:
                overrides[name] = _value(name, text)
            except ValueError:
                field.show_fault(Refused("screen.number"))
                field.setFocus()
                return
        self._act(row, self.in_use.isChecked(), overrides, self.source.text(), self.reason.text())

    def _act(self, row: ProductRow, in_use: bool, overrides: Any, source: str, reason: str) -> None:
        def saved(_setting: UUID) -> None:
            self.unlock()
            self._show_product(None)
            self.list.setFocus()
            name = tr("{name} tersimpan.").format(name=row.shipped.name)
            self.say("good", name, tr("Berlaku sekarang juga di semua meja."))

        self.act(
            set_product, shipped=self._shipped, product=row.shipped.id, in_use=in_use, overrides=overrides, source=source,
            reason=reason, expected=row.change.version if row.change else 0, done=saved, fault=self._refused,
        )  # fmt: skip

    def _refused(self, problem: Problem) -> None:
        if not self.question.isHidden():
            self.question.show_fault(self.words(problem))
            return
        fields = self.numbers | {"vial_doses": self.sizes, "kfa": self.kfa, "source": self.source, "reason": self.reason}
        field = fields.get(problem.field or "")
        if field is None:
            self.say_problem(problem)
        else:
            field.show_fault(problem)
            field.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        def state(row: ProductRow) -> str:
            return tr("diterima") if row.here.in_use else tr("tidak")

        def kind(row: ProductRow) -> Kind:
            return "good" if row.here.in_use else "calm"

        def unit(row: ProductRow, name: str) -> str:
            value = getattr(row.here, name)
            doubt = "?" if name in row.here.uncertain else ""
            return formats.NOTHING if value is None else f"{value}{doubt}"

        return (
            Column(tr("Vaksin"), lambda row: row.shipped.name, wide=True),
            Column(tr("Status"), state, kind=kind),
            Column(tr("Jam buka"), lambda row: unit(row, "open_hours"), right=True),
            Column(tr("Jarak"), lambda row: unit(row, "advised_days"), right=True),
        )


def _value(name: str, text: str) -> Any:
    if name in _NUMBERS:
        return int(text)
    if name == "vial_doses":
        return [int(part) for part in text.replace(",", " ").split()]
    return text
