"""Which shelves are looked at: of one post, of one vaccine, what ends soon, what may not be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.language import tr
from gui.parts import KeyButton, choice
from models.stock.queries import BatchBalance

SOON = 30
"""Days before the end that are pointed out."""
UNUSABLE = "unusable"


@dataclass(frozen=True)
class Wanted:
    """`ends` are days from today, as text, UNUSABLE, or nothing."""

    post: UUID | None = None
    product: str = ""
    ends: str = ""

    def takes(self, row: BatchBalance, today: date) -> bool:
        """Whether a shelf is among those."""
        if self.post not in {None, row.post} or self.product not in {"", row.product}:
            return False
        if self.ends == UNUSABLE:
            return bool(row.unusable)
        return not self.ends or (not row.unusable and row.usable_until <= today + timedelta(days=int(self.ends)))


class Filters(QWidget):
    """Three choices on one line; `changed` when another one was made. They narrow the list and never the figures above it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.post = choice([("", tr("Semua pos"))], open_=False)
        self.product = choice([("", tr("Semua vaksin"))], open_=False)
        ends = [("30", tr("ED ≤ 30 hari")), ("60", tr("ED ≤ 60 hari")), ("90", tr("ED ≤ 90 hari"))]
        self.ends = choice([("", tr("Semua ED")), *ends, (UNUSABLE, tr("Tidak dapat dipakai"))], open_=False)
        self.all = KeyButton(tr("S&emua"))
        self.post.setAccessibleName(tr("Saring menurut pos"))
        self.product.setAccessibleName(tr("Saring menurut vaksin"))
        self.ends.setAccessibleName(tr("Saring menurut kedaluwarsa"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box, stretch in ((self.post, 3), (self.product, 3), (self.ends, 3)):
            row.addWidget(box, stretch)
            box.setMinimumContentsLength(2)
            box.currentIndexChanged.connect(self._chosen)
        row.addWidget(self.all)
        self.all.clicked.connect(lambda: self.show_wanted(Wanted()))
        self.all.hide()

    def wanted(self) -> Wanted:
        """What is chosen."""
        post = str(self.post.currentData() or "")
        return Wanted(UUID(post) if post else None, str(self.product.currentData() or ""), str(self.ends.currentData() or ""))

    def show_wanted(self, wanted: Wanted) -> None:
        """Choose these; what is not offered falls back to all."""
        values = (wanted.post.hex if wanted.post else "", wanted.product, wanted.ends)
        for box, value in zip((self.post, self.product, self.ends), values, strict=True):
            box.setCurrentIndex(max(box.findData(value), 0))

    def offer(self, posts: Sequence[tuple[UUID, str]], products: Sequence[str], name: Callable[[str], str]) -> None:
        """What there is to choose from; what was chosen stays."""
        kept = self.wanted()
        self._fill(self.post, [(id_.hex, words) for id_, words in posts])
        self._fill(self.product, [(product, name(product)) for product in products])
        self.show_wanted(kept)

    def _fill(self, box: Any, rows: Sequence[tuple[str, str]]) -> None:
        if [(box.itemData(at), box.itemText(at)) for at in range(1, box.count())] == list(rows):
            return
        blocked = box.blockSignals(True)
        while box.count() > 1:
            box.removeItem(1)
        for value, words in rows:
            box.addItem(words, value)
        box.blockSignals(blocked)

    def _chosen(self) -> None:
        self.all.setVisible(self.wanted() != Wanted())
        self.changed.emit()
