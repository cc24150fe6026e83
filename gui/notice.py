"""A page of one sentence and what can be done about it, while there are no other pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.parts import Banner, KeyButton, Kind, plain


class Notice(QWidget):
    """A state with `ways` out of it, words and what they do; of kind "calm" it is one large line."""

    def __init__(self, kind: Kind, title: str, text: str, *ways: tuple[str, Callable[[], object]]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        if kind == "calm":
            column.addWidget(plain(title, big=True))
        else:
            banner = Banner()
            banner.show_state(kind, title, text)
            column.addWidget(banner)
        row = QHBoxLayout()
        for words, way in ways:
            button = KeyButton(words)
            button.clicked.connect(lambda _checked=False, way=way: way())
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
