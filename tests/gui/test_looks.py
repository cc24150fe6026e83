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
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.parts import KeyButton
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
