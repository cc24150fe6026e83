"""Half-filled forms that wait: said as long as there is one, with a key to go on and a button to throw it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from gui.language import tr
from gui.one_line import OneLine
from gui.parts import SIGNS, KeyButton, mark, plain
from reports import formats


class PostponedBar(QFrame):
    """Names the form that comes back next. Both signals mean that one."""

    go_on = Signal()
    thrown_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", True)
        mark(self, "kind", "ask")
        self._who, self._count = OneLine(), plain(wrap=False)
        self.resume = KeyButton(tr("Lan&jutkan"), "F8")
        self.throw = KeyButton(tr("B&uang"))
        self.throw.setToolTip(tr("Buang isian ini; Ctrl+Z mengembalikannya dalam sepuluh detik"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._who)
        words.addWidget(self._count)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 6, 3)
        row.setSpacing(6)
        row.addWidget(plain(SIGNS["ask"], wrap=False, big=True))
        row.addLayout(words, 1)
        row.addWidget(self.resume)
        row.addWidget(self.throw)
        self.resume.clicked.connect(self.go_on)
        self.throw.clicked.connect(self.thrown_away)
        self.hide()

    def show_forms(self, forms: Sequence[Mapping[str, Any]]) -> None:
        """As `PersonForm.kept` gives them, the next one last; hidden while there is none."""
        if forms:
            self._who.setText(who(forms[-1]))
            self._count.setText(tr("{count} isian ditunda").format(count=formats.number(len(forms))))
            self.setAccessibleName(self.words())
        self.setVisible(bool(forms))

    def words(self) -> str:
        """What stands on it, or nothing."""
        return "" if self.isHidden() and not self._who.whole() else f"{self._count.text()}: {self._who.whole()}"


def who(kept: Mapping[str, Any]) -> str:
    """Whose form it is, as far as it was typed."""
    form = kept["form"]
    if kept["person"]:
        return tr("Ubah data: {name}").format(name=kept.get("name", ""))
    typed = next((text for name in ("name", "nik", "phone") if (text := str(form.get(name, "")).strip())), "")
    return typed or tr("orang baru, belum bernama")
