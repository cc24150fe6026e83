"""What should be in a box, and what is: a count for each batch, and a reason where it is less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.cell import Cell, fault_line
from gui.panels.counts import whole_or_none
from gui.panels.suggest import FreeField
from gui.parts import plain, scrolling
from models.errors import Problem, Refused
from models.stock.batches import tidy_number
from models.stock.deliveries.boxes import LineAnswer
from models.stock.deliveries.queries import BoxLineRow
from reports import formats

_COUNT: Final = 84


def usual_reasons() -> tuple[str, ...]:
    """Why fewer arrive, as people put it."""
    return (tr("kurang dari jumlah di SBBK"), tr("pecah di jalan"), tr("label tidak terbaca"), tr("terendam atau beku"))


class LineBox(QWidget):
    """One batch. The reason is asked for when less arrived than was sent."""

    changed = Signal()

    def __init__(self, desk: Desk, row: BoxLineRow) -> None:
        super().__init__()
        self.row = row
        words = tr("{product} · {number}").format(product=desk.product_name(row.product), number=row.number)
        self.words = plain(words, wrap=False)
        vvm = tr(" · VVM {stage}").format(stage=row.vvm) if row.vvm else ""
        self.sent = plain(
            tr("dikirim {vials} vial · ED {expiry}{vvm}").format(
                vials=formats.number(row.vials), expiry=formats.day_short(row.expiry), vvm=vvm
            ),
            wrap=False, faded=True,
        )  # fmt: skip
        self.vials = Cell(tr("Utuh"), tidy=lambda text: whole_or_none(text) if text.strip() else "")
        self.damaged = Cell(tr("Rusak"), tidy=lambda text: whole_or_none(text) if text.strip() else "")
        self.reason = FreeField(tr("Alasan selisih"), usual_reasons)
        for field, what in ((self.vials, tr("Vial utuh")), (self.damaged, tr("Vial rusak")), (self.reason, tr("Alasan"))):
            field.editor.setAccessibleName(f"{what}, {words}")
        for field in (self.vials, self.damaged):
            field.setFixedWidth(_COUNT)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addStretch(1)
        left.addWidget(self.words)
        left.addWidget(self.sent)
        left.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        counts = QHBoxLayout()
        counts.setSpacing(8)
        for field in (self.vials, self.damaged):
            counts.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(left, 0, 0)
        grid.addLayout(counts, 0, 1)
        grid.addWidget(fault_line({tr("Utuh"): self.vials, tr("Rusak"): self.damaged}), 1, 0, 1, 2)
        grid.addWidget(self.reason, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.fields = {"vials": self.vials, "damaged": self.damaged, "reason": self.reason}
        self.reason.hide()
        for field in (self.vials, self.damaged):
            field.line.textChanged.connect(lambda _text: self._ask_reason())

    def state(self) -> dict[str, str]:
        """What was typed."""
        return {name: field.text() for name, field in self.fields.items() if field.text()}

    def put_back(self, state: Mapping[str, str]) -> None:
        """What `state` once gave."""
        for name, field in self.fields.items():
            field.set_text(str(state.get(name, "")))

    def answer(self) -> LineAnswer | None:
        """What was counted; None, with the sentence shown, when it cannot be read."""
        if not self.vials.text().strip():
            self.vials.show_fault(Refused("screen.required"))
            return None
        if not (self.vials.check() and self.damaged.check()) or self.row.transfer is None:
            return None
        found = LineAnswer(
            self.row.transfer, int(self.vials.text()), int(self.damaged.text() or 0), self.reason.text().strip()
        )  # fmt: skip
        if found.vials < self.row.vials and not found.reason:
            self.reason.show()
            self.reason.show_fault(Refused("stock.reason_missing"))
            return None
        return found

    def _ask_reason(self) -> None:
        try:
            less = bool(self.vials.text().strip()) and int(whole_or_none(self.vials.text())) < self.row.vials
        except Refused:
            less = False
        self.reason.setVisible(less or bool(self.reason.text()))


class BoxLines(QWidget):
    """All batches of one box. `built` when they are those of another one."""

    built = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows: list[LineBox] = []
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._area = scrolling(inner, 120, long=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self.hint = plain(tr("Hitung vial di kotak, periksa VVM dan tanggalnya, lalu isi. Pindai = tambah satu."), faded=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.hint)
        rows.addWidget(self._area, 1)

    def show_lines(self, found: Sequence[BoxLineRow]) -> None:
        """Those of another box."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [LineBox(self.desk, each) for each in found]
        self.hint.setVisible(bool(found))
        for row in self.rows:
            self._column.insertWidget(self._column.count() - 1, row)
        self.built.emit()

    def editors(self) -> list[QWidget]:
        """In the order of their keys."""
        return [field.editor for row in self.rows for field in row.fields.values()]

    def begin(self) -> None:
        """The cursor goes to the first batch that was not counted."""
        row = next((row for row in self.rows if not row.vials.text()), self.rows[0] if self.rows else None)
        if row is not None:
            row.vials.setFocus()

    def state(self) -> dict[str, Any]:
        """What was typed, by batch."""
        return {row.row.batch.hex: state for row in self.rows if (state := row.state())}

    def put_back(self, state: Mapping[str, Any]) -> None:
        """What `state` once gave."""
        for row in self.rows:
            row.put_back(state.get(row.row.batch.hex, {}))

    def all_there(self) -> None:
        """As many of each as were sent."""
        for row in self.rows:
            row.put_back({"vials": str(row.row.vials)})

    def count_scan(self, number: str) -> bool:
        """One more of this batch; False when the box has none."""
        try:
            wanted = tidy_number(number)
        except Refused:
            return False
        row = next((row for row in self.rows if row.row.number == wanted), None)
        if row is None:
            return False
        try:
            before = int(whole_or_none(row.vials.text()))
        except Refused:
            before = 0
        row.vials.set_text(str(before + 1))
        row.vials.setFocus()
        self._area.ensureWidgetVisible(row)
        return True

    def read(self) -> list[LineAnswer] | None:
        """All counts; None, with the cursor at the first that is missing or wrong."""
        answers = [row.answer() for row in self.rows]
        found = [answer for answer in answers if answer is not None]
        if len(found) == len(answers):
            return found
        self._to_fault()
        return None

    def show_problem(self, problem: Problem) -> bool:
        """A refusal of the field "lines.<index>.<name>" beside its batch; False when it means none."""
        parts = (problem.field or "").split(".")
        if len(parts) != 3 or parts[0] != "lines" or int(parts[1]) >= len(self.rows):
            return False
        row = self.rows[int(parts[1])]
        field = row.fields.get(parts[2], row.vials)
        field.show()
        field.show_fault(problem)
        self._to_fault()
        return True

    def _to_fault(self) -> None:
        field = next((field for row in self.rows for field in row.fields.values() if field.fault()), None)
        if field is not None:
            field.setFocus()
            self._area.ensureWidgetVisible(field)
