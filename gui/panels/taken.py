"""A NIK that somebody is registered with already: who that is, and what the desk can say of it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gui.desk import Desk
from gui.language import tr
from gui.panels.twins import birth_of
from gui.parts import KeyButton, columns, mark, plain
from models.people.queries import PersonRow


class TakenChoice(QFrame):
    """Three ways on: it is that person (`same` carries the id), the number was typed wrong (`mistyped`), or somebody else uses
    this person's NIK (`disputed`): registered now, settled later."""

    same = Signal(object)
    mistyped = Signal()
    disputed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("banner", True)
        mark(self, "kind", "ask")
        self._holder: UUID | None = None
        self.words = plain()
        self.open = KeyButton(tr("Orang &ini"))
        self.wrong = KeyButton(tr("Salah k&etik"))
        self.other = KeyButton(tr("Di&pakai orang lain"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 4, 10, 6)
        rows.setSpacing(3)
        rows.addWidget(self.words)
        rows.addLayout(columns(self.open, self.wrong, self.other))
        self.open.clicked.connect(lambda: self.same.emit(self._holder))
        self.wrong.clicked.connect(self.mistyped)
        self.other.clicked.connect(self.disputed)
        self.hide()

    def show_holder(self, holder: PersonRow) -> None:
        """Name them: the person at the desk can say whether that is who they are."""
        self._holder = holder.id
        desa = self.desk.regions.name(holder.desa) if holder.desa else tr("desa belum diisi")
        text = tr("! NIK ini sudah terdaftar atas nama {name}, lahir {born}, {desa}.")
        self.words.setText(text.format(name=holder.name, born=birth_of(holder), desa=desa))
        self.setAccessibleName(self.words.text())
        self.show()
