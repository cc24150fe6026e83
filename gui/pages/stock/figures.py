"""The figures over the overview: each a button that leads to the lines it was made of."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from gui.one_line import OneLine
from gui.parts import SIGNS, Kind, mark, plain


class Figure(QPushButton):
    """A title, a figure, and what it counts; pressed, or with Enter on it, it shows its lines."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("figure", True)
        self.setAutoDefault(True)
        self.title = OneLine(title, faded=True)
        self.value = plain(wrap=False, big=True)
        self.note = OneLine(faded=True)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.value)
        below.addWidget(self.note, 1)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 3, 8, 4)
        rows.setSpacing(0)
        rows.addWidget(self.title)
        rows.addLayout(below)
        for label in (self.title, self.value, self.note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, value: str, note: str = "", kind: Kind = "calm", *, title: str = "", formula: str = "") -> None:
        """The figure of now; `formula` says how it was reckoned to whoever points at it or listens."""
        if title:
            self.title.setText(title)
        self.value.setText(f"{SIGNS[kind]} {value}" if kind in {"ask", "stop"} else value)
        mark(self.value, "kind", kind)
        self.note.setText(note)
        words = f"{self.title.whole()}: {value} {note}".strip()
        self.setAccessibleName(words)
        self.setAccessibleDescription(formula)
        self.setToolTip(f"{words}\n{formula}".strip())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """That of what lies in it; Qt asks a button only for its text."""
        return self._rows.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The figure itself must be read whole, the words beside it may end in …."""
        return QSize(self.value.sizeHint().width() + 48, self._rows.minimumSize().height())
