"""The lines of a delivery as they are typed or scanned: one batch each, edited by keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.cell import Cell, fault_line
from gui.panels.counts import whole_number, whole_or_none
from gui.panels.days import past_day
from gui.parts import Field, choice, plain, scrolling
from models.errors import Problem, Refused
from models.stock.batches import read_expiry, tidy_number
from models.stock.deliveries.gs1 import Label
from models.stock.deliveries.receipts import DeliveryLine
from models.vaccines.catalogue import Product
from reports import formats

_WIDTHS: Final = {"expiry": 104, "doses": 64, "stated": 76, "vials": 76, "damaged": 64, "vvm": 84}
_SPACING: Final = 6


class LineRow(QWidget):
    """One batch. What only some batches have (a day of thawing, what is broken) stands below it when it is asked for."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.code = ""
        self.scans = 0  # so many vials were counted by the scanner, while that is what stands there
        products = [(each.id, desk.product_name(each.id)) for each in desk.catalogue.products.values() if each.in_use]
        self.product = Cell("", choice(products))
        self.number = Cell("", tidy=tidy_number)
        self.expiry = Cell("", tidy=lambda text: formats.day_short(read_expiry(text)))
        self.doses = Cell("", tidy=whole_number)
        self.stated = Cell("", tidy=lambda text: whole_or_none(text) if text.strip() else "")
        self.vials = Cell("", tidy=whole_or_none)
        self.damaged = Cell("", tidy=lambda text: whole_or_none(text) if text.strip() else "")
        self.vvm = Cell("", choice([("", "–"), *((stage, stage) for stage in ("A", "B", "C", "D"))], open_=False))
        self.damage = Field(tr("Apa yang rusak"))
        self.thawed = Field(tr("Di 2–8 °C sejak"), tidy=lambda text: formats.day_short(past_day(text, desk.today)))
        self._fields = {
            "product": self.product, "number": self.number, "expiry": self.expiry, "doses": self.doses, "stated": self.stated,
            "vials": self.vials, "damaged": self.damaged, "vvm": self.vvm,
        }  # fmt: skip
        self.fields = {**self._fields, "damage": self.damage, "thawed_on": self.thawed, "doses_per_vial": self.doses}
        self._lay_out()
        for name, words in titles().items():
            self._fields[name].editor.setAccessibleName(words)
        self.product.left.connect(self._product_chosen)
        self.damaged.left.connect(self._show_more)
        for field in self.fields.values():
            if isinstance(field.editor, QLineEdit):
                field.editor.textChanged.connect(lambda _text: self.changed.emit())
            else:
                field.editor.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(_SPACING)
        for name, field in self._fields.items():
            _put(row, name, field)
        self.more = QWidget()
        more = QHBoxLayout(self.more)
        more.setContentsMargins(24, 0, 0, 4)
        more.addWidget(self.damage, 3, Qt.AlignmentFlag.AlignTop)
        more.addWidget(self.thawed, 1, Qt.AlignmentFlag.AlignTop)
        more.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addLayout(row)
        rows.addWidget(fault_line({words: self._fields[name] for name, words in titles().items()}))
        rows.addWidget(self.more)
        self._show_more()

    @property
    def known(self) -> Product | None:
        """The vaccine that was chosen."""
        return self.desk.catalogue.products.get(self.product.text())

    def editors(self) -> list[QWidget]:
        """In the order of their keys."""
        return [field.editor for field in (*self._fields.values(), self.damage, self.thawed)]

    def is_empty(self) -> bool:
        """Nothing was typed or chosen yet."""
        return not any(field.text() for field in self.fields.values())

    def state(self) -> dict[str, Any]:
        """What stands here, as JSON values."""
        return {name: field.text() for name, field in self.fields.items()} | {"code": self.code, "scans": self.scans}

    def put_back(self, state: dict[str, Any]) -> None:
        """What `state` once gave."""
        self.code, self.scans = str(state.get("code", "")), int(state.get("scans", 0))
        for name, field in self.fields.items():
            field.set_text(str(state.get(name, "")))
        self._show_more()

    def first_open(self) -> Field:
        """Where the work on this line goes on: what the box says, then the count."""
        for field in (self.product, self.number, self.expiry, self.doses):
            if not field.text():
                return field
        return self.vials

    def fill(self, label: Label, product: str, doses: int | None) -> None:
        """What a scanned code says; what was typed before stays where the code says nothing."""
        self.code = label.item
        if product:
            self.product.set_text(product)
            self._product_chosen()
        if doses:
            self.doses.set_text(str(doses))
        if label.number:
            self.number.set_text(label.number)
            self.number.check()
        if label.expiry:
            self.expiry.set_text(formats.day_short(label.expiry))

    def follow(self, other: LineRow) -> None:
        """The same vaccine and size, where nothing was chosen or typed yet."""
        if not self.product.text() and other.product.text():
            self.product.set_text(other.product.text())
            self._product_chosen()
        if not self.doses.text() and self.product.text() == other.product.text():
            self.doses.set_text(other.doses.text())

    def count_scan(self) -> bool:
        """The same box was scanned again: one vial more, unless somebody has typed a count. False when that stands."""
        if self.vials.text() not in ("", str(self.scans)):
            return False
        self.scans = self.scans + 1 if self.vials.text() else 2
        self.vials.set_text(str(self.scans))
        return True

    def line(self) -> DeliveryLine | None:
        """The line as typed; None, with what is wrong shown beside it, when it cannot be read."""
        faults = 0
        for field in self.fields.values():
            needed = field in (self.product, self.number, self.expiry, self.doses, self.vials)
            if needed and not field.text().strip():
                field.show_fault(Refused("screen.required"))
            faults += not (field.check() if field.text().strip() else not needed)
        known = self.known
        if faults or known is None:
            return None
        thawed = past_day(self.thawed.text(), self.desk.today) if self.thawed.text().strip() and known.cold_days else None
        return DeliveryLine(
            known.id, self.number.text(), read_expiry(self.expiry.text()), int(self.vials.text()), int(self.doses.text()),
            known.dose_ul, int(self.stated.text()) if self.stated.text() else None, int(self.damaged.text() or 0),
            self.damage.text(), self.vvm.text(), thawed, self.code,
        )  # fmt: skip

    def counted(self) -> tuple[int, int]:
        """Intact vials and their doses, as far as they can be read."""
        vials = _number(self.vials.text())
        return vials, vials * self.counted_doses()

    def counted_doses(self) -> int:
        """Doses per vial, 0 while nothing or nothing readable stands there."""
        return _number(self.doses.text())

    def _product_chosen(self) -> None:
        known = self.known
        if known is not None and not self.doses.text() and len(known.vial_doses) == 1:
            self.doses.set_text(str(known.vial_doses[0]))
        self._show_more()

    def _show_more(self) -> None:
        known = self.known
        self.damage.setVisible(_number(self.damaged.text()) > 0)
        self.thawed.setVisible(known is not None and known.cold_days is not None)
        self.more.setVisible(not (self.damage.isHidden() and self.thawed.isHidden()))


class Lines(QWidget):
    """All lines under their titles; there is always one. ↑ ↓ go to the same place of the next line, Enter behind the last
    field adds one, Ctrl+Delete takes the line under the cursor away."""

    changed = Signal()
    number_left = Signal(object)
    """The batch number of a row was typed."""
    product_left = Signal(object)
    """The vaccine of a row was chosen, and with it that of all boxes of the same code."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: list[LineRow] = []
        head = QHBoxLayout()
        head.setSpacing(_SPACING)
        for name, words in titles().items():
            _put(head, name, plain(words, wrap=False, faded=True))
        inner = QWidget()  # with the titles: beside a scroll bar they stand over their columns too
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addStretch(1)
        area = scrolling(inner, 90, long=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        self._area = area
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(area, 1)
        self.add()

    def add(self) -> LineRow:
        """One more line at the end."""
        row = LineRow(self.desk)
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        row.changed.connect(self.changed)
        row.number.left.connect(lambda: self.number_left.emit(row))
        row.product.left.connect(lambda: self._same_code(row))
        row.doses.left.connect(lambda: self._same_code(row))
        for field in row.fields.values():
            field.editor.installEventFilter(self)
        above = [self.rows[-2].editors()[-1]] if len(self.rows) > 1 else []  # before the buttons
        for before, after in pairwise([*above, *row.editors()]):
            QWidget.setTabOrder(before, after)
        self.changed.emit()
        return row

    def _same_code(self, row: LineRow) -> None:
        """What one box of a code is, all boxes of it are."""
        for other in self.rows:
            if row.code and other is not row and other.code == row.code:
                other.follow(row)
        if row.product.text():
            self.product_left.emit(row)

    def remove(self, row: LineRow) -> None:
        """Take a line away; the last one is only emptied."""
        at = self.rows.index(row)
        if len(self.rows) == 1:
            row.put_back({})
            row.product.setFocus()
        else:
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
            self.rows[min(at, len(self.rows) - 1)].product.setFocus()
        self.changed.emit()

    def current(self) -> LineRow | None:
        """The line with the cursor."""
        return next((row for row in self.rows if row.isAncestorOf(self.focusWidget() or self)), None)

    def clear(self) -> None:
        """One empty line."""
        for row in self.rows[1:]:
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
        self.rows[0].put_back({})
        self.changed.emit()

    def free(self) -> LineRow:
        """A line in which nothing stands yet."""
        return next((row for row in self.rows if row.is_empty()), None) or self.add()

    def of_batch(self, label: Label, product: str) -> LineRow | None:
        """The line of a scanned batch, if it is here already."""
        wanted = tidy_number(label.number) if label.number else ""
        for row in self.rows:
            same = row.number.text() == wanted and wanted
            if same and (not row.product.text() or not product or row.product.text() == product):
                return row
        return None

    def read(self) -> Sequence[DeliveryLine] | None:
        """All lines but empty ones; None, with the cursor at the first fault, when one cannot be read."""
        filled = [row for row in self.rows if not row.is_empty()] or self.rows[:1]
        found = [row.line() for row in filled]
        if None not in found:
            return cast(list[DeliveryLine], found)
        self.to_first_fault()
        return None

    def show_problem(self, problem: Problem) -> bool:
        """A refusal of the field "lines.<index>.<name>" beside it; False when it means no line here."""
        field = self.field(problem.field or "")
        if field is None:
            return False
        field.show_fault(problem)
        self._show(field)
        return True

    def field(self, name: str) -> Field | None:
        """What models call "lines.<index>.<name>", None where they mean no line here."""
        parts = name.split(".")
        filled = [row for row in self.rows if not row.is_empty()]
        if len(parts) != 3 or parts[0] != "lines" or int(parts[1]) >= len(filled):
            return None
        row = filled[int(parts[1])]
        return row.fields.get(parts[2], row.vials)

    def to_first_fault(self) -> None:
        """The cursor goes where something is wrong."""
        field = next((field for row in self.rows for field in row.fields.values() if field.fault()), None)
        if field is not None:
            self._show(field)

    def go_to(self, field: Field) -> None:
        """The cursor goes there, with what stands there marked, so that the next key replaces it."""
        self._show(field)
        if isinstance(field.editor, QLineEdit):
            field.editor.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The keys of the table."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        key = cast(QKeyEvent, event)
        row = next((row for row in self.rows if row.isAncestorOf(cast(QWidget, watched))), None)
        if row is None:
            return False
        if key.key() == Qt.Key.Key_Delete and key.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.remove(row)
            return True
        if key.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and isinstance(watched, QLineEdit):
            return self._step(row, watched, 1 if key.key() == Qt.Key.Key_Down else -1)
        if key.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and watched is self._last(row) and row is self.rows[-1]:
            if not row.is_empty():
                self.go_to(self.add().product)
            return True
        return False

    def _last(self, row: LineRow) -> QWidget:
        shown = [field for field in (row.vvm, row.damage, row.thawed) if not field.isHidden()]
        return shown[-1].editor

    def _step(self, row: LineRow, watched: QWidget, by: int) -> bool:
        at = self.rows.index(row) + by
        if not 0 <= at < len(self.rows):
            return False
        name = next(name for name, field in row.fields.items() if field.editor is watched)
        self.go_to(self.rows[at].fields[name])
        return True

    def _show(self, field: Field) -> None:
        field.setFocus()
        row = next(row for row in self.rows if row.isAncestorOf(field))

        def all_of_it() -> None:
            if row in self.rows:
                self._area.ensureWidgetVisible(row, 0, 0)

        QTimer.singleShot(0, self, all_of_it)  # once the sentence below it has its place


def titles() -> dict[str, str]:
    """What stands above each column."""
    return {
        "product": tr("Vaksin"), "number": tr("Nomor batch"), "expiry": tr("Kedaluwarsa"), "doses": tr("Ds/vial"),
        "stated": tr("Di SBBK"), "vials": tr("Vial utuh"), "damaged": tr("Rusak"), "vvm": tr("VVM"),
    }  # fmt: skip


def _put(row: QHBoxLayout, name: str, widget: QWidget) -> None:
    if name in _WIDTHS:
        widget.setFixedWidth(_WIDTHS[name])
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    else:
        widget.setMinimumWidth(120)
        row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)


def _number(text: str) -> int:
    try:
        return int(whole_or_none(text))
    except Refused:
        return 0
