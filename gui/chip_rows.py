"""Small states side by side, in two rows where there is less room, and only the most urgent two where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

_GAP: Final = 3


class ChipRows(QWidget):
    """`chips` in the order in which they stand, from the right end to the left. Never one that is cut off."""

    def __init__(self, *chips: QLabel) -> None:
        super().__init__()
        self._chips = chips
        self._placed: list[tuple[QLabel, int, int]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        for at, chip in enumerate(chips):
            chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._grid.addWidget(chip, at, 0)  # theirs from the beginning: without a parent it would be a window
            chip.hide()

    def show_first(self, urgent: Sequence[QLabel], room: int) -> None:
        """As many of `urgent`, whose first is the most urgent, as `room` pixels of width hold."""
        for kept, rows in ((len(urgent), 1), (len(urgent), 2), (2, 2)):
            shown = [chip for chip in self._chips if chip in urgent[:kept]]
            lines = [shown[at : at + rows] for at in range(0, len(shown), rows)]
            needed = sum(max(chip.sizeHint().width() for chip in column) + _GAP for column in lines) - _GAP
            if needed <= room:
                break
        last = len(lines) - 1
        self._place([(chip, row, last - at) for at, column in enumerate(lines) for row, chip in enumerate(column)])
        for chip in self._chips:
            chip.setVisible(chip in shown)

    def _place(self, places: list[tuple[QLabel, int, int]]) -> None:
        if places == self._placed:
            return
        self._placed = places
        for chip in self._chips:
            self._grid.removeWidget(chip)
        for chip, row, column in places:
            self._grid.addWidget(chip, row, column, Qt.AlignmentFlag.AlignLeft)
