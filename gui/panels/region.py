"""A region by typing part of its name and choosing from what is found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from gui.first_look import wear
from gui.parts import Field
from models.places.regions import Level, Regions

_MOST = 12


class RegionField(Field):
    """`code()` is the dotted code of what was chosen, or nothing. `chosen` carries it.

    With `among`, only these codes are found, whatever they lie in.
    """

    chosen = Signal(str)

    def __init__(self, label: str, regions: Regions, level: Level, among: Sequence[str] = ()) -> None:
        super().__init__(label, QLineEdit())
        self._regions, self._level, self._among = regions, level, among
        self._code = ""
        self._found: list[str] = []
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        wear(completer.popup())
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

        completer.activated.connect(self._pick)
        self.line.setCompleter(completer)
        self.line.textEdited.connect(self._search)

    def code(self) -> str:
        """The chosen region's code."""
        return self._code

    def set_code(self, code: str) -> None:
        """Choose a region by its code."""
        self._code = code
        self.line.setText(self._regions.path(code) if code else "")
        self.line.setCursorPosition(0)
        self.clear_fault()

    def check(self) -> bool:
        """A name typed in full is a choice too, where only one region has it."""
        if not self._code and len(self._found) == 1 and self.line.text().strip():
            self._take(self._found[0])
        return bool(self._code)

    def _search(self, text: str) -> None:
        self._code = ""
        if self._among:
            wanted = text.casefold().split()
            names = [(code, self._regions.name(code).casefold()) for code in self._among]
            self._found = [code for code, name in names if wanted and all(word in name for word in wanted)][:_MOST]
        else:
            self._found = [code for code, _ in self._regions.search(text, self._level, limit=_MOST)]
        self._names.setStringList([self._regions.path(code) for code in self._found])
        self.line.completer().complete()

    def _pick(self, shown: str) -> None:
        names = self._names.stringList()
        if shown in names:
            self._take(self._found[names.index(shown)])

    def _take(self, code: str) -> None:
        self.set_code(code)
        self.chosen.emit(code)
