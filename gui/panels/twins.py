"""Who else it may be: people who look the same as the one at the desk, named, with the reason why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.desk import Desk
from gui.language import tr
from gui.parts import Panel
from models.people.queries import PersonRow
from models.people.twin_queries import TwinRow
from reports import formats

_ROW = 50  # pixels
_IN_SIGHT = 2  # rows; the others are scrolled to


class TwinsPanel(Panel):
    """Hidden while there is nobody. `chosen` carries a person's id; ↓ comes here, Enter chooses."""

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(" ")
        self.desk = desk
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Mungkin orang lain"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.rows.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.hide()

    def show_twins(self, rows: Sequence[TwinRow], title: str) -> None:
        """`title` has a place for the {count}."""
        why = {
            "name": tr("nama dan tanggal lahir sama"), "spelling": tr("nama beda 1 huruf, lahir cocok"),
            "nik": tr("NIK beda 1 angka"), "passport": tr("paspor sama"),
        }  # fmt: skip
        self._show([(each.row, why[each.why]) for each in rows], title)

    def show_holders(self, rows: Sequence[PersonRow]) -> None:
        """Those who are registered with the very NIK that was typed."""
        self._show([(row, tr("NIK ini miliknya")) for row in rows], tr("NIK ini sudah terdaftar ({count})  ·  ↓ Enter: buka"))

    def show_asked(self, rows: Sequence[PersonRow]) -> None:
        """Those whom the records ask about, where nobody has been shown yet."""
        if self.isHidden():
            self._show([(row, tr("mungkin orang ini")) for row in rows], tr("Mungkin orang ini? ({count})  ·  ↓ Enter: buka"))

    def clear(self) -> None:
        """Nobody looks the same."""
        self._show([], "")

    def go_to_first(self) -> bool:
        """The cursor to the first of them; False when there is nobody."""
        if self.isHidden() or not self.list.count():
            return False
        self.list.setCurrentRow(0)
        self.list.setFocus()
        return True

    def names(self) -> list[str]:
        """What stands in the list."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def _show(self, rows: Sequence[tuple[PersonRow, str]], title: str) -> None:
        self.list.clear()
        for row, why in rows:
            item = QListWidgetItem(f"{row.name}  ·  {birth_of(row)}\n{self._home(row)}  ·  ! {why}")
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
        self.heading.setText(title.format(count=len(rows)))
        self.list.setFixedHeight(_ROW * min(len(rows), _IN_SIGHT) + 6)
        self.setVisible(bool(rows))

    def _home(self, row: PersonRow) -> str:
        return self.desk.regions.name(row.desa) if row.desa else tr("desa belum diisi")


def birth_of(row: PersonRow) -> str:
    """A date of birth as far as it is known."""
    return formats.birth_date(row.birth.date, row.birth.precision)
