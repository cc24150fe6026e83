"""Down, Enter and Up walk through a column of fields; what leads nowhere is left to the field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.row_keys import RowKeys
from tests.gui.hands import Hands


def test_the_cursor_goes_from_row_to_row_and_stays_at_the_ends(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    rows = QVBoxLayout(box)
    fields = [QLineEdit() for _ in range(3)]
    keys = RowKeys(box, lambda: fields, lambda at: fields[at].setFocus())
    for field in fields:
        rows.addWidget(field)
        field.installEventFilter(keys)
    hands = Hands(qtbot, box)
    hands.show()
    fields[0].setFocus()
    walked = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_7):
        hands.press(key)
        walked.append(next(at for at, field in enumerate(fields) if field.hasFocus()))
    assert walked == [0, 1, 2, 2, 1, 1]
    assert [field.text() for field in fields] == ["", "7", ""]
