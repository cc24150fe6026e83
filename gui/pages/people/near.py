"""Nobody was found as typed: names that are spelled nearly so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.desk import Desk
from gui.language import tr
from gui.panels.twins import birth_of
from gui.parts import Panel, plain
from models.people.queries import PersonRow
from reports import formats


class NearPanel(Panel):
    """`chosen` carries a person's id. Nobody is chosen by themselves: what is only alike has to be looked at."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Mungkin maksudnya"))
        self.desk = desk
        self.hint = plain(faded=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Nama yang ejaannya mirip"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.addWidget(self.hint)
        self.rows.addWidget(self.list, 1)
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))

    def show_rows(self, typed: str, rows: Sequence[PersonRow]) -> None:
        """Those whose names are near to what was typed."""
        self.list.clear()
        for row in rows:
            home = self.desk.regions.name(row.desa) if row.desa else tr("desa belum diisi")
            item = QListWidgetItem(f"{row.name}\n{birth_of(row)}  ·  {home}  ·  {row.shown_number}")
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
        self.list.setVisible(bool(rows))
        if rows:
            said = tr("Tidak ada \u201c{typed}\u201d. {count} nama mirip: ↓ lalu Enter.")
            self.hint.setText(said.format(typed=typed, count=formats.number(len(rows))))
        else:
            said = tr("Tidak ada \u201c{typed}\u201d, juga tidak ada yang mirip. Orang baru didaftarkan di halaman Pendaftaran.")
            self.hint.setText(said.format(typed=typed))

    def begin(self) -> None:
        """The cursor goes to the first of them."""
        if self.list.count():
            self.list.setFocus()
            self.list.setCurrentRow(0)
