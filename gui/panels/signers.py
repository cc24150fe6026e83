"""Rows of name, position and NIP of those who sign a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from gui.language import tr
from gui.parts import Field, plain
from models.stock.discards.discard import NOBODY, Witness


class Signers(QWidget):
    """A row a person. `offices` are what they sign as; `fields()` by the names under which the models refuse them."""

    def __init__(self, offices: Sequence[tuple[str, str]]) -> None:
        """(name of the field, words) a row."""
        super().__init__()
        self._rows: dict[str, tuple[Field, Field, Field]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        for column, words in enumerate((tr("Nama"), tr("Jabatan"), tr("NIP")), 1):
            grid.addWidget(plain(words, wrap=False, faded=True), 0, column)
        for at, (name, office) in enumerate(offices, 1):
            fields = (Field(""), Field(""), Field(""))
            for field, words in zip(fields, (tr("nama"), tr("jabatan"), tr("NIP")), strict=True):
                field.editor.setAccessibleName(f"{office}, {words}")
            grid.addWidget(plain(office, wrap=False), at, 0)
            for column, field in enumerate(fields, 1):
                grid.addWidget(field, at, column)
            self._rows[name] = fields
        for column, stretch in ((1, 5), (2, 4), (3, 4)):
            grid.setColumnStretch(column, stretch)

    def fields(self) -> dict[str, Field]:
        """The name's field under the name of its row, the number's under "<row>_nip"."""
        found = {name: row[0] for name, row in self._rows.items()}
        return found | {f"{name}_nip": row[2] for name, row in self._rows.items()}

    def person(self, name: str) -> Witness:
        """As typed."""
        who, position, nip = self._rows[name]
        return Witness(who.text().strip(), position.text().strip(), nip.text().strip())

    def set_person(self, name: str, person: Witness) -> None:
        """Put somebody into a row."""
        for field, words in zip(self._rows[name], (person.name, person.position, person.nip), strict=True):
            field.set_text(words)

    def draft(self) -> dict[str, Any]:
        """What stands in the rows that have somebody, as JSON values."""
        people = {name: self.person(name) for name in self._rows}
        return {name: [each.name, each.position, each.nip] for name, each in people.items() if each != NOBODY}

    def restore(self, draft: dict[str, Any]) -> None:
        """Back into the rows."""
        for name, words in draft.items():
            if name in self._rows and len(words) == 3:
                self.set_person(name, Witness(*map(str, words)))
