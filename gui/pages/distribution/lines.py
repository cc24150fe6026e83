"""The proposal as rows of post and batch, with a place for the vials that a person wants instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.language import tr
from gui.panels.cell import Cell, fault_line
from gui.panels.counts import whole_or_none
from gui.panels.place_words import short_name
from gui.panels.row_keys import RowKeys
from gui.parts import plain, scrolling
from models.errors import Problem, Refused
from models.overview.planning.distribution import PlanData, told_lines
from models.stock.planning.distribution import PlanLine, check_plan
from reports import formats
from reports.distribution_words import line_words

Key = tuple[UUID, UUID]
_COLUMNS: Final = ("post", "batch", "until", "vials", "doses", "why")
_WIDTHS: Final = {"post": 124, "batch": 168, "until": 88, "vials": 72, "doses": 52}


class VialLine(QWidget):
    """One post and batch; `key` is (batch, post)."""

    changed = Signal()

    def __init__(self, key: Key, data: PlanData, proposed: int, *, first: bool) -> None:
        super().__init__()
        self.key, self.proposed = key, proposed
        supply = data.supply(key[0])
        of = next(each for each in data.posts if each.post == key[1])
        name = short_name(of.name, data.facility.name)
        product = data.products.get(supply.product, supply.product)
        self.post = plain(name if first else "", heading=True)
        self.batch = plain(f"{product} {supply.number}")
        self.until = plain(formats.day_short(supply.usable_until), wrap=False)
        self.doses = plain(wrap=False)
        self.doses.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.why = plain(faded=True)
        self.vials = Cell("", tidy=lambda text: whole_or_none(text) if text.strip() else "0")
        self.vials.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.vials.editor.setAccessibleName(
            tr("Vial {product} batch {number} untuk {post}").format(product=product, number=supply.number, post=name)
        )
        row = QHBoxLayout()
        row.setSpacing(8)
        for column, widget in zip(
            _COLUMNS, (self.post, self.batch, self.until, self.vials, self.doses, self.why), strict=True
        ):  # fmt: skip
            _put(row, column, widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addLayout(row)
        rows.addWidget(fault_line({tr("Vial"): self.vials}))
        self.vials.set_text(str(proposed))
        self.vials.line.textChanged.connect(lambda _text: self.changed.emit())

    def count(self) -> int:
        """So many vials, 0 while nothing readable stands there."""
        try:
            return int(whole_or_none(self.vials.text()))
        except Refused:
            return 0

    def tell(self, line: PlanLine | None) -> None:
        """Doses, who gets them, and whether a person changed it."""
        changed = self.count() != self.proposed
        self.doses.setText(formats.number(line.doses) if line else "0")
        words = line_words(line) if line and line.vials else tr("tidak dikirim")
        if changed:
            words = tr("diubah dari usulan {vials} vial; {words}").format(vials=formats.number(self.proposed), words=words)
        self.why.setText(words)


class PlanLines(QWidget):
    """All of them. Enter and ↓ go to the next, ↑ to the one before; a plan that cannot be is said where it was made so."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys = RowKeys(self, lambda: [row.vials.editor for row in self.rows], lambda at: self.go_to(self.rows[at]))
        self.rows: list[VialLine] = []
        self._blamed: VialLine | None = None  # where it is said that the plan cannot be
        self._data: PlanData | None = None
        head = QHBoxLayout()
        head.setSpacing(8)
        head.setContentsMargins(0, 0, 18, 0)
        words = (tr("Pos"), tr("Batch"), tr("Sampai"), tr("Vial"), tr("Dosis"), tr("Untuk siapa"))
        for column, title in zip(_COLUMNS, words, strict=True):
            label = plain(title, wrap=False, faded=True)
            if column in ("vials", "doses"):
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            _put(head, column, label)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(3)
        self._column.addStretch(1)
        self._area = scrolling(inner, 90, long=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(head)
        rows.addWidget(self._area, 1)

    def show_plan(self, data: PlanData, proposed: Mapping[Key, int], typed: Mapping[Key, int]) -> None:
        """A proposal, with the vials that were `typed` in place of it."""
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self._data, self.rows = data, []
        order = {each.post: at for at, each in enumerate(data.posts)}
        ends = {each.batch: (each.usable_until, each.number) for each in data.supplies}
        keys = {key for key in (*proposed, *typed) if key[0] in ends and key[1] in order}
        for key in sorted(keys, key=lambda key: (order[key[1]], ends[key[0]])):
            self._add(data, key, proposed.get(key, 0), first=not self.rows or self.rows[-1].key[1] != key[1])
            if key in typed:
                self.rows[-1].vials.set_text(str(typed[key]))
        self._tell()

    def add(self, key: Key) -> None:
        """One more line, which was not proposed; the cursor goes there."""
        if self._data is None:
            return
        found = next((row for row in self.rows if row.key == key), None)
        if found is None:
            typed = {row.key: row.count() for row in self.rows} | {key: 0}
            self.show_plan(self._data, {row.key: row.proposed for row in self.rows}, typed)
            found = next(row for row in self.rows if row.key == key)
        self.go_to(found)

    def vials(self) -> dict[Key, int]:
        """By batch and post, zeros among them."""
        return {row.key: row.count() for row in self.rows}

    def typed(self) -> dict[Key, int]:
        """Those that differ from the proposal."""
        return {row.key: row.count() for row in self.rows if row.count() != row.proposed}

    def lines(self) -> tuple[PlanLine, ...]:
        """As they stand there, without those of no vial."""
        if self._data is None:
            return ()
        return told_lines(self._data, {key: count for key, count in self.vials().items() if count})

    def check(self) -> bool:
        """Whether the plan can be carried out; else the sentence stands at its cell and the cursor is there."""
        for row in self.rows:
            if not row.vials.check():
                self.go_to(row)
                return False
        problem = self._problem()
        if problem is None:
            return True
        self._blame(problem, None)
        return False

    def refused(self, problem: Problem, batch: UUID | None, post: UUID | None) -> bool:
        """What an action refused, at its line."""
        row = next((row for row in self.rows if row.key == (batch, post)), None)
        row = row or next((row for row in self.rows if row.key[1] == post), None)
        if row is None:
            return False
        row.vials.show_fault(problem)
        self.go_to(row)
        return True

    def go_to(self, row: VialLine) -> None:
        """The cursor goes there."""
        row.vials.setFocus()
        row.vials.line.selectAll()
        self._area.ensureWidgetVisible(row)

    def _add(self, data: PlanData, key: Key, proposed: int, *, first: bool) -> None:
        row = VialLine(key, data, proposed, first=first)
        self._column.insertWidget(self._column.count() - 1, row)
        row.vials.editor.installEventFilter(self._keys)
        row.changed.connect(lambda: self._edited(row))
        row.vials.left.connect(lambda: self._say_again(row))
        self.rows.append(row)

    def _edited(self, row: VialLine) -> None:
        for each in self.rows:
            each.vials.clear_fault()
        problem, self._blamed = self._problem(), None
        if problem is not None:
            self._blame(problem, row)
        self._tell()

    def _say_again(self, row: VialLine) -> None:
        """Whoever leaves a line leaves what is wrong with it behind: it was tidied, and is still too many."""
        problem = self._problem()
        if problem is not None and row is self._blamed:
            row.vials.show_fault(problem)

    def _blame(self, problem: Refused, edited: VialLine | None) -> None:
        """At the line that was just edited, else at the last one that was changed by hand."""
        touched = [row for row in self.rows if row.count() != row.proposed] or self.rows
        row = self._blamed = edited or touched[-1]
        row.vials.show_fault(problem)
        if edited is None:
            self.go_to(row)

    def _problem(self) -> Refused | None:
        if self._data is None:
            return None
        plan = [(batch, post, count) for (batch, post), count in self.vials().items()]
        try:
            check_plan(plan, self._data.supplies, self._data.demands())
        except Refused as problem:
            return problem
        return None

    def _tell(self) -> None:
        told = {(line.batch, line.place): line for line in self.lines()}
        for row in self.rows:
            row.tell(told.get(row.key))
        self.changed.emit()


def _put(row: QHBoxLayout, name: str, widget: QWidget) -> None:
    if name in _WIDTHS:
        widget.setFixedWidth(_WIDTHS[name])
    row.addWidget(widget, 0 if name in _WIDTHS else 1)
