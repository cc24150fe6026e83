"""A short list in place of what is being done: the arrow keys choose, Enter takes, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal

from gui.language import tr
from gui.parts import KeyButton, Panel, columns, plain
from gui.table import Column, RowsView


class PickList(Panel):
    """`back` when nothing is taken. What is taken goes to the `then` of `ask`."""

    back = Signal()

    def __init__(self, columns_: Sequence[Column], name: str) -> None:
        super().__init__(name)
        self._then: Callable[[Any], None] | None = None
        self._also: Callable[[Any], None] | None = None
        self.note = plain(faded=True)
        self.list = RowsView(columns_, name)
        self.main = KeyButton(tr("&Ambil"), "F9", main=True)
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.rows.addWidget(self.note)
        self.rows.addWidget(self.list, 1)
        self.also = KeyButton("", "F8")
        self.rows.addLayout(columns((self.leave, 2), (self.also, 3), (self.main, 4), spacing=6))
        self.list.activated.connect(lambda _index: self._take(self._then))
        self.main.clicked.connect(lambda: self._take(self._then))
        self.also.clicked.connect(lambda: self._take(self._also))
        self.leave.clicked.connect(self.back)

    def ask(
        self,
        rows: Sequence[Any],
        then: Callable[[Any], None],
        *,
        heading: str,
        note: str = "",
        main: str,
        also: tuple[str, Callable[[Any], None]] | None = None,
    ) -> None:
        """Offer `rows`, the first one chosen; `then(row)` when one is taken. `also` is a second way to take it: its words and
        what it does."""
        self._then, self._also = then, also[1] if also else None
        self.also.setVisible(also is not None)
        if also:
            self.also.say(also[0])
        self.heading.setText(heading)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.main.say(main)
        self.list.show_rows(rows)
        if rows:
            self.list.selectRow(0)
        self.list.setFocus()

    def _take(self, then: Callable[[Any], None] | None) -> None:
        row = self.list.chosen()
        if row is not None and then is not None:
            then(row)
