"""Lines of a delivery: keys go from line to line before they go to the buttons, boxes of one code are one vaccine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.opening import load_shipped
from gui.pages.stock.receive_lines import Lines
from models.stock.deliveries.gs1 import read_label

TODAY = date(2021, 12, 20)
CODE = "(01)08991234567891(17)220312(10)"


@pytest.fixture
def lines(dressed: QApplication, qtbot: QtBot) -> Iterator[Lines]:
    """Over a button, on screen."""
    catalogue = load_shipped().catalogue
    desk: Any = SimpleNamespace(catalogue=catalogue, today=TODAY, product_name=lambda id_: catalogue.products[id_].name)
    page = QWidget()
    lines = Lines(desk)
    rows = QVBoxLayout(page)
    rows.addWidget(lines)
    rows.addWidget(QPushButton("Baris baru"))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    yield lines
    page.close()  # which lives until here


def test_the_vaccine_of_a_new_code_is_chosen_once_for_all_its_boxes(lines: Lines) -> None:
    for number in ("A1", "A2", "A3"):
        row = lines.free()
        row.fill(read_label(CODE + number, TODAY), "", None)
    lines.rows[2].product.set_text("astrazeneca")
    first = lines.rows[0]
    first.product.set_text("coronavac")
    first.product.left.emit()
    first.doses.set_text("2")
    first.doses.left.emit()
    assert [row.product.text() for row in lines.rows] == ["coronavac", "coronavac", "astrazeneca"], "what was chosen stays"
    assert [row.doses.text() for row in lines.rows[:2]] == ["2", "2"]


def test_enter_on_the_last_field_of_a_line_goes_to_the_next_line(lines: Lines, qtbot: QtBot) -> None:
    lines.rows[0].number.set_text("A1")
    second = lines.add()
    qtbot.waitUntil(second.isVisible)
    lines.rows[0].vvm.setFocus()
    QTest.keyClick(lines.rows[0].vvm.editor, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is second.product.editor
