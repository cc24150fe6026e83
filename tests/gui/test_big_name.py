"""A name of any length is read whole."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.big_name import BigName
from tests.gui.looks import faults
from tests.gui.walk import LONG


def test_a_short_name_is_large_and_a_long_one_as_small_as_it_must_be(qtbot: QtBot, dressed: QApplication) -> None:
    window, name = QWidget(), BigName(20)
    QVBoxLayout(window).addWidget(name)
    qtbot.addWidget(window)
    window.resize(460, 200)
    window.show()
    name.setText("AMINAH BINTI YUSUF")
    assert name.font().pointSize() == 20
    name.setText(LONG)
    assert name.font().pointSize() == 13
    assert faults(window) == []
    window.resize(1200, 200)
    assert name.font().pointSize() > 13
    name.setText("AMINAH BINTI YUSUF")
    assert name.font().pointSize() == 20
