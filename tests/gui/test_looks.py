"""Every page, in three sizes and at three scales, with long names: nothing cut off, hidden, unnamed or English."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.first_look import wear
from gui.parts import KeyButton, scrolling
from tests.gui.looks import faults
from tests.gui.walk import found_long

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def long_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A puskesmas where everything has a long name; made once."""
    path = tmp_path_factory.mktemp("long")
    found_long(path)
    return path


@pytest.mark.parametrize(
    ("scale", "how"),
    [
        ("1", ["--pages", "1093x614", "1366x768", "1920x1080"]),
        ("1.25", ["--brief", "--dark", "1093x614"]),
        ("1.5", ["--pages", "1093x614"]),
    ],
    ids=["100%", "125%, dark, with all cards", "150%"],
)
def test_every_page_can_be_read_hit_and_reached(long_names: Path, tmp_path: Path, scale: str, how: list[str]) -> None:
    folder = shutil.copytree(long_names, tmp_path / "data")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.gui.walk", str(folder), *how]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    found = json.loads(ran.stdout)
    assert len(found) > (60 if "--brief" in how else 15)
    assert [(where, each) for where, faults_there in found.items() for each in faults_there] == []


def _window(qtbot: QtBot, *widgets: QWidget, width: int = 400) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    wear(window)
    window.resize(width, 300)
    window.show()
    return window


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setMinimumHeight(40)
    return button


def test_what_is_well_is_not_found(qtbot: QtBot, dressed: QApplication) -> None:
    line = QLineEdit()
    line.setAccessibleName("Nama")
    assert faults(_window(qtbot, QLabel("Siapa yang datang?"), line, _button("&Simpan"))) == []


def test_every_fault_is_found(qtbot: QtBot, dressed: QApplication) -> None:
    narrow = QLabel("Kata yang jauh terlalu panjang untuk tempatnya")
    narrow.setFixedWidth(60)
    low = QPushButton("&Simpan")
    low.setStyleSheet("min-height: 20px; max-height: 20px")
    small = QLabel("kecil")
    small.setStyleSheet("font-size: 8pt")
    box = QComboBox()
    box.addItem("Laki-laki dengan nama yang sangat panjang sekali")
    box.setFixedWidth(90)
    window = _window(qtbot, narrow, low, small, box, QLabel("Save the file"), _button("&Semua"))
    stray = QLabel("di luar", window)
    stray.move(380, 5)
    over = QLabel("menutupi", window)
    over.setGeometry(low.geometry())
    stray.show()
    over.show()
    found = "\n".join(faults(window))
    for what in (
        "cut: QLabel('Kata", "low: QPushButton('&Simpan'", "small_text: QLabel('kecil'", "cut: QComboBox", "unnamed: QComboBox",
        "english: QLabel('Save the file'): says 'Save'", "letters: Alt+S", "outside: QLabel('di luar'", "overlap: ",
    ):  # fmt: skip
        assert what in found, (what, found)


def test_going_back_and_forth_with_tab_is_found(qtbot: QtBot, dressed: QApplication) -> None:
    first, second, third = (_button(text) for text in ("Satu", "Dua", "Tiga"))
    window = _window(qtbot, first, second, third)
    assert faults(window) == []
    QWidget.setTabOrder(first, third)
    QWidget.setTabOrder(third, second)
    assert any(each.startswith("order: ") for each in faults(window))


def test_a_key_of_two_buttons_is_found(qtbot: QtBot, dressed: QApplication) -> None:
    first, second = KeyButton("Satu", "F9"), KeyButton("Dua", "F9")
    window = _window(qtbot, first, second)
    assert any(each.startswith("keys: F9") for each in faults(window))
    second.setEnabled(False)
    assert faults(window) == []


def test_looking_leaves_every_part_to_its_parent(qtbot: QtBot, dressed: QApplication) -> None:
    """Otherwise Python clears away the header of a table that is on screen, and Qt ends the program."""
    label, line, table = QLabel("&Nama"), QLineEdit(), QTableView()
    label.setBuddy(line)
    window = _window(qtbot, label, line, table)
    parts = (window, line, table, table.horizontalHeader(), table.verticalHeader())
    before = [_as_pyside_has_it(part) for part in parts]
    faults(window)
    assert [_as_pyside_has_it(part) for part in parts] == before


def _as_pyside_has_it(widget: QWidget) -> list[str]:
    return [line for line in shiboken6.dump(widget).splitlines() if line.startswith(("hasOwnership", "parent"))]


def _tall(text: str = "Pertanyaan", lines: int = 20) -> QWidget:
    inner = QWidget()
    column = QVBoxLayout(inner)
    for at in range(lines):
        line = QLineEdit()
        line.setAccessibleName(f"{text} {at}")
        column.addWidget(line)
    return inner


def test_what_has_to_be_scrolled_to_is_found_unless_it_may_be_long(qtbot: QtBot, dressed: QApplication) -> None:
    area = scrolling(_tall())
    window = _window(qtbot, area)
    assert [each.split(":")[0] for each in faults(window)] == ["scrolled"]
    area.setProperty("long", True)
    assert faults(window) == []
    area.setFixedHeight(80)
    assert any("pixels of its" in each for each in faults(window))


def test_a_cursor_out_of_sight_is_found_and_an_area_brings_it_into_sight(qtbot: QtBot, dressed: QApplication) -> None:
    plain_area, own = QScrollArea(), scrolling(_tall("Jawaban"), long=True)
    plain_area.setWidgetResizable(True)
    plain_area.setWidget(_tall())
    plain_area.setProperty("long", True)
    window = _window(qtbot, plain_area, own)
    window.activateWindow()
    last = plain_area.findChildren(QLineEdit)[-1]
    last.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is last)
    assert [each.split(":")[0] for each in faults(window)] == ["unreached"]
    own.findChildren(QLineEdit)[-1].setFocus()
    qtbot.waitUntil(lambda: faults(window) == [])


def test_a_value_below_its_label_is_found(qtbot: QtBot, dressed: QApplication) -> None:
    box, top = QWidget(), Qt.AlignmentFlag.AlignTop
    grid = QGridLayout(box)
    grid.addWidget(QLabel("Desa"), 0, 0, top)
    grid.addWidget(value := QLabel("Sungai Kakap"), 0, 1)
    window = _window(qtbot, box)
    assert [each.split(":")[0] for each in faults(window)] == ["slipped"]
    grid.setAlignment(value, top)
    grid.activate()
    assert faults(window) == []


def test_a_line_that_begins_in_the_middle_and_a_choice_without_room_are_found(qtbot: QtBot, dressed: QApplication) -> None:
    line, box = QLineEdit("Belum pernah merekam KTP karena baru pindah ke sini"), QComboBox()
    line.setAccessibleName("Alasan")
    box.setAccessibleName("VVM")
    box.addItem("B")
    window = _window(qtbot, line, box, width=200)
    line.setCursorPosition(0)
    box.setFixedWidth(84)
    assert faults(window) == []
    line.setCursorPosition(40)
    box.setFixedWidth(66)
    assert [each.split(":")[0] for each in faults(window)] == ["cut", "cut"]


def test_a_sentence_in_a_narrow_column_is_found(qtbot: QtBot, dressed: QApplication) -> None:
    fault = QLabel("RT dan RW terdiri dari satu sampai tiga angka; perbaiki atau kosongkan")
    fault.setWordWrap(True)
    fault.setFixedWidth(100)
    assert any("is a column of" in each for each in faults(_window(qtbot, fault)))
