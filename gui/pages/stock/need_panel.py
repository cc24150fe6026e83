"""How many vials of a product are to be asked for: people, doses, target and IP, with the IP of the period as a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal

from gui.language import tr
from gui.parts import Field, Panel, columns, plain
from models.errors import Refused
from models.overview.stock.report_facts import Need, ReportRow, check_need, index_tenths
from reports import formats
from reports.lplpo import need_words, rate_words

_NAMES = ("people", "doses", "percent", "index")


class NeedPanel(Panel):
    """One product at a time; what was typed for each is kept. `changed` when a need is another one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Permintaan"))
        self.needs: dict[str, Need] = {}
        self._typed: dict[str, dict[str, str]] = {}
        self._row: ReportRow | None = None
        self._due = 0
        self.people = Field(tr("Sa&saran (orang)"), tidy=lambda text: formats.number(_whole(text)))
        self.doses = Field(tr("Dosis/ora&ng"), tidy=lambda text: str(_whole(text)))
        self.percent = Field(tr("Tar&get %"), tidy=lambda text: str(_whole(text)))
        self.index = Field(tr("&IP"), tidy=lambda text: formats.decimal(_tenths(text), 10, 1))
        self.rates = plain()
        self.words = plain(heading=True)
        self.rows.addWidget(self.rates)
        self.rows.addLayout(columns((self.people, 3), (self.doses, 2), (self.percent, 2), (self.index, 2)))
        self.rows.addWidget(self.words)
        self._fields = {"people": self.people, "doses": self.doses, "percent": self.percent, "index": self.index}
        for field in self._fields.values():
            field.left.connect(self._reckon)

    def show_row(self, row: ReportRow | None, whole: ReportRow | None, due: int, primary: int) -> None:
        """The rates of this row; the need is that of the `whole` report's row of its product. `due` people wait for its second
        dose, `primary` doses make a series."""
        if self._row is not None and whole is not None and whole.product != self._row.product:
            for field in self._fields.values():
                field.clear_fault()
        self._row, self._due = whole, due
        self.setEnabled(row is not None)
        if row is None or whole is None:
            self.heading.setText(tr("Permintaan"))
            self.rates.setText("")
            self.words.setText("")
            return
        self.heading.setText(f"{row.product_name}{f' · {row.post}' if row.post else ''}")
        self.rates.setText("\n".join(rate_words(row)))
        typed = self._typed.get(row.product, {})
        measured = index_tenths(whole)
        proposed = {"doses": str(primary), "percent": "100", "index": formats.decimal(measured, 10, 1) if measured else ""}
        for name, field in self._fields.items():
            if not field.editor.hasFocus():
                field.set_text(typed.get(name, proposed.get(name, "")))
        self._say()

    def typed(self) -> dict[str, dict[str, str]]:
        """What was typed for each product."""
        return self._typed

    def put(self, typed: Mapping[str, Any]) -> None:
        """Put back what `typed` once gave."""
        self._typed = {product: {name: str(text) for name, text in texts.items()} for product, texts in typed.items()}

    def again(self, rows: Mapping[str, ReportRow]) -> None:
        """The same needs with the stock and the IP of newer rows."""
        for product, texts in self._typed.items():
            if product in rows and (need := self._need(rows[product], texts)) is not None:
                self.needs[product] = need

    def _reckon(self) -> None:
        row = self._row
        if row is None:
            return
        texts = {name: field.text() for name, field in self._fields.items()}
        if not texts["people"].strip():
            self._typed.pop(row.product, None)
            if self.needs.pop(row.product, None) is not None:
                self.changed.emit()
            self._say()
            return
        if any(field.fault() for field in self._fields.values()):
            return
        self._typed[row.product] = texts
        need = self._need(row, texts, say=True)
        if need is not None and need != self.needs.get(row.product):
            self.needs[row.product] = need
            self.changed.emit()
        self._say()

    def _need(self, row: ReportRow, texts: Mapping[str, str], *, say: bool = False) -> Need | None:
        try:
            people, doses, percent = (_whole(texts[name]) for name in _NAMES[:3])
            index = _tenths(texts["index"])
            check_need(people, doses, percent, index)
        except Refused as problem:
            if say and not self.refused(problem):
                self.index.show_fault(problem)
            return None
        source = tr("menunggu dosis 2 menurut catatan di sini") if people == self._due else tr("diketik")
        return Need(row.product, people, doses, percent, index, row.usable, source, measured=index == index_tenths(row))

    def _say(self) -> None:
        row = self._row
        need = self.needs.get(row.product) if row is not None else None
        if need is not None:
            self.words.setText(need_words(need))
        elif self._due:
            words = tr("Ketik sasaran untuk menghitung permintaan. {count} orang di sini menunggu dosis 2 (1 dosis per orang).")
            self.words.setText(words.format(count=formats.number(self._due)))
        else:
            self.words.setText(tr("Ketik sasaran untuk menghitung permintaan."))


def _whole(text: str) -> int:
    digits = "".join(sign for sign in text if sign not in " .%")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 8:
        raise Refused("screen.number")
    return int(digits)


def _tenths(text: str) -> int:
    whole, _, part = text.strip().replace(".", ",").partition(",")
    if not (whole.isascii() and whole.isdecimal()) or (part and not (part.isascii() and part.isdecimal())) or len(whole) > 3:
        raise Refused("stock.need_index", field="index")
    return int(whole) * 10 + int((part + "0")[0])
