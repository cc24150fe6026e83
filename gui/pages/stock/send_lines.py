"""What lies on the sending shelf, in the order of its use, with a place beside each batch for how many go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.pages.stock.reading import unusable_words
from gui.panels.cell import Cell, fault_line
from gui.panels.counts import whole_or_none
from gui.panels.row_keys import RowKeys
from gui.parts import chip, plain, scrolling, set_chip
from models.errors import Problem, Refused
from models.stock.deliveries.boxes import BoxLine
from models.stock.picking import pick_batches
from models.stock.queries import BatchBalance, first_to_use, shelf_of
from reports import formats

_SPACING: Final = 8
_SOON: Final = 30  # days before the end that are pointed out


class ShelfRow(QWidget):
    """One batch of the shelf; `vials` is how many of it go into the box."""

    changed = Signal()

    def __init__(self, desk: Desk, balance: BatchBalance) -> None:
        super().__init__()
        self.desk = desk
        self.balance = balance
        self.vials = Cell("", tidy=lambda text: whole_or_none(text) if text.strip() else "")
        self.product, self.number, self.until, self.have = (plain(wrap=False) for _ in range(4))
        self.have.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.state = chip()
        row = QHBoxLayout()
        row.setSpacing(_SPACING)
        for name, widget in zip(
            _COLUMNS, (self.product, self.number, self.until, self.have, self.vials, self.state), strict=True
        ):  # fmt: skip
            _put(row, name, widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addLayout(row)
        rows.addWidget(fault_line({tr("Kirim"): self.vials}))
        self.vials.line.textChanged.connect(lambda _text: self.changed.emit())
        self.show_balance(balance)

    def show_balance(self, balance: BatchBalance) -> None:
        """What is there now; what was typed stays."""
        self.balance = balance
        self.product.setText(self.desk.product_name(balance.product))
        self.number.setText(balance.number + (tr(" · VVM {stage}").format(stage=balance.vvm) if balance.vvm else ""))
        self.until.setText(formats.day_short(balance.usable_until))
        self.have.setText(formats.number(balance.vials))
        self.vials.editor.setAccessibleName(
            tr("Vial {product} batch {number}").format(product=self.product.text(), number=balance.number)
        )
        self._say_state(self.desk.today)

    def _say_state(self, today: date) -> None:
        left = (self.balance.usable_until - today).days
        if self.balance.unusable:
            words = unusable_words().get(self.balance.unusable, self.balance.unusable)
            set_chip(self.state, words[:1].upper() + words[1:], "stop")
        elif left <= _SOON:
            set_chip(self.state, tr("{days} hari lagi").format(days=left), "ask")
        else:
            set_chip(self.state, tr("Aman"), "good")

    def count(self) -> int:
        """So many vials, 0 while nothing or nothing readable stands there."""
        try:
            return int(whole_or_none(self.vials.text()))
        except Refused:
            return 0


class ShelfLines(QWidget):
    """The shelf of one post. Enter and ↓ go to the next batch, ↑ to the one before."""

    changed = Signal()
    built = Signal()
    """The rows are others now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._keys = RowKeys(self, lambda: [row.vials.editor for row in self.rows], lambda at: self.go_to(self.rows[at]))
        self.desk = desk
        self.rows: list[ShelfRow] = []
        head = QHBoxLayout()
        head.setSpacing(_SPACING)
        for name, words in zip(
            _COLUMNS, (tr("Vaksin"), tr("Batch"), tr("Sampai"), tr("Ada"), tr("Kirim"), tr("Status")), strict=True
        ):  # fmt: skip
            label = plain(words, wrap=False, faded=True)
            if name == "have":
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            _put(head, name, label)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addStretch(1)
        self.nothing = plain(faded=True)
        self._area = scrolling(inner, 90, long=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.nothing)
        rows.addWidget(self._area, 1)

    def show_shelf(self, found: Sequence[BatchBalance]) -> None:
        """Another shelf, or the same one as it is now: what was typed for a batch stays with it."""
        wanted = first_to_use(found)
        if [row.balance.batch for row in self.rows] == [each.batch for each in wanted]:
            for row, each in zip(self.rows, wanted, strict=True):
                row.show_balance(each)
        else:
            kept, at = self.counts(), self.current()
            self._build(wanted, kept)
            again = next((row for row in self.rows if at is not None and row.balance.batch == at.balance.batch), None)
            if again is not None:
                again.vials.setFocus()
        self.nothing.setVisible(not wanted)
        self.nothing.setText(tr("Rak ini kosong. Terima dahulu dengan F2, atau pilih rak lain."))
        self.changed.emit()

    def counts(self) -> dict[UUID, str]:
        """What was typed, by batch."""
        return {row.balance.batch: row.vials.text() for row in self.rows if row.vials.text().strip()}

    def put_back(self, counts: Mapping[UUID, str]) -> None:
        """Type these, and nothing elsewhere."""
        for row in self.rows:
            row.vials.set_text(counts.get(row.balance.batch, ""))

    def pick(self, product: str, vials: int) -> None:
        """Spread `vials` over the batches in the order of their use, in place of what was typed for this vaccine. Refused when
        there are not so many that may be used."""
        mine = [row for row in self.rows if row.balance.product == product]
        picks = {pick.batch: pick.vials for pick in pick_batches([shelf_of(row.balance) for row in mine], vials)}
        for row in mine:
            row.vials.set_text(str(picks[row.balance.batch]) if row.balance.batch in picks else "")

    def read(self) -> list[BoxLine] | None:
        """The lines of the box; None, with the cursor at the first fault, when one cannot be read."""
        wrong = [row for row in self.rows if not row.vials.check()]
        if wrong:
            self.go_to(wrong[0])
            return None
        return [BoxLine(row.balance.batch, row.count()) for row in self.rows if row.count()]

    def totals(self) -> tuple[int, int, int]:
        """Batches, vials and doses in the box."""
        taken = [row for row in self.rows if row.count()]
        return len(taken), sum(row.count() for row in taken), sum(row.count() * row.balance.doses_per_vial for row in taken)

    def show_problem(self, problem: Problem) -> bool:
        """A refusal of the field "lines.<index>.<name>" beside its batch; False when it means none."""
        parts = (problem.field or "").split(".")
        taken = [row for row in self.rows if row.count()]
        if len(parts) != 3 or parts[0] != "lines" or int(parts[1]) >= len(taken):
            return False
        row = taken[int(parts[1])]
        row.vials.show_fault(problem)
        self.go_to(row)
        return True

    def find_batch(self, product: str, number: str) -> ShelfRow | None:
        """The batch of a scanned box; without `product`, by its number alone."""
        return next(
            (row for row in self.rows if row.balance.number == number and product in ("", row.balance.product)), None
        )  # fmt: skip

    def go_to(self, row: ShelfRow) -> None:
        """The cursor goes there."""
        row.vials.setFocus()
        row.vials.line.selectAll()
        self._area.ensureWidgetVisible(row)

    def current(self) -> ShelfRow | None:
        """The row with the cursor."""
        return next((row for row in self.rows if row.vials.editor.hasFocus()), None)

    def _build(self, wanted: Sequence[BatchBalance], kept: Mapping[UUID, str]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [ShelfRow(self.desk, each) for each in wanted]
        for row in self.rows:
            self._column.insertWidget(self._column.count() - 1, row)
            row.vials.set_text(kept.get(row.balance.batch, ""))
            row.vials.editor.installEventFilter(self._keys)
            row.changed.connect(self.changed)
        self.built.emit()


_COLUMNS: Final = ("product", "number", "until", "have", "vials", "state")
_WIDTHS: Final = {"until": 96, "have": 60, "vials": 84, "state": 150}


def _put(row: QHBoxLayout, name: str, widget: QLabel | QWidget) -> None:
    if name in _WIDTHS:
        widget.setFixedWidth(_WIDTHS[name])
    row.addWidget(widget, 0 if name in _WIDTHS else 1)
