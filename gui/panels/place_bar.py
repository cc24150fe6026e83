"""Post and table, chosen in the head of the window for all pages."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.parts import choice


class PlaceBar(QWidget):
    """Shows `desk.place` and changes it. The table is only shown to those who draw from vials."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._place = desk.place
        self.post = choice([])
        self.post.setAccessibleName(tr("Pos tempat bekerja"))
        self.post.setMinimumContentsLength(14)
        self.station = QLineEdit(desk.place.station)
        self.station.setAccessibleName(tr("Meja"))
        self.station.setMaxLength(40)
        self.station.setFixedWidth(100)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.post, 1)
        row.addWidget(self.station)
        self.station.setVisible(desk.may("vials.open"))  # once it lies in here: without a parent it would be a window
        self.post.activated.connect(lambda _at: self._place.go_to(UUID(self.post.currentData())))
        self.station.editingFinished.connect(self._named)
        desk.place.offered.connect(self._fill)
        desk.place.moved.connect(self._show)
        self._fill()

    def _fill(self) -> None:
        self.post.clear()
        for row in self._place.posts:
            self.post.addItem(row.name, row.id.hex)
        self._show()

    def _show(self) -> None:
        post = self._place.post_id
        self.post.setCurrentIndex(self.post.findData(post.hex) if post else -1)
        self.station.setText(self._place.station)

    def _named(self) -> None:
        self._place.sit_at(self.station.text())
        self.station.setText(self._place.station)
