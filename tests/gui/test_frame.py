"""Clock, sentences, crash notes, fields: what every page stands on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QStyle, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from gui.clock import Clock, DemoClock
from gui.crash import Crashes, note_of
from gui.messages import all_sentences, sentence
from gui.parts import Field, KeyButton, choice
from gui.table import Column, RowsView
from models.errors import Refused, Unavailable
from models.people.nik import Nik
from models.records.base import new_id

SECRET = "6112095206629003"


def test_the_demo_opens_at_ten_and_runs_on() -> None:
    elapsed = [100.0]
    clock = DemoClock(date(2021, 12, 20), "WITA", elapsed=lambda: elapsed[0])
    assert clock.now() == datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
    elapsed[0] = 190.5
    assert clock.now() == datetime(2021, 12, 20, 2, 1, 30, 500_000, tzinfo=UTC)


def test_the_demo_never_runs_before_its_newest_entry() -> None:
    newest = datetime(2021, 12, 20, 9, 59, 59, tzinfo=UTC)
    clock = DemoClock(date(2021, 12, 20), "WIB", newest, elapsed=lambda: 0.0)
    assert clock.now() == datetime(2021, 12, 20, 10, 0, tzinfo=UTC)
    assert clock.today("WIB") == date(2021, 12, 20)


def test_the_real_clock_is_aware() -> None:
    assert Clock().now().utcoffset() is not None


def test_sentences_show_numbers_dates_and_times_as_written_here() -> None:
    assert sentence(Refused("nik.length", count=15)) == "NIK harus 16 angka, kini 15; cocokkan dengan KTP atau KK."
    assert "20-12-2021" in sentence(Refused("visits.other_day", day=date(2021, 12, 20)))
    opened = datetime(2021, 12, 20, 3, 4, tzinfo=UTC)
    code = next(code for code, text in all_sentences().items() if "{opened}" in text)
    assert "11.04" in sentence(Refused(code, opened=opened, doses=4), "WITA")


def test_an_unknown_code_is_a_sentence_too() -> None:
    assert sentence(Unavailable("moon.full")) == "Tidak dapat dilakukan (moon.full). Periksa isian, lalu coba lagi."


def test_a_crash_note_tells_files_and_lines_and_nothing_personal(tmp_path: Path) -> None:
    def inner(nik: str) -> None:
        raise ValueError(f"bad {nik}")

    try:
        try:
            inner(SECRET)
        except ValueError as fault:
            raise KeyError(SECRET) from fault
    except KeyError as fault:
        caught = fault
    note = note_of(caught, datetime(2021, 12, 20, tzinfo=UTC))
    assert SECRET not in note
    assert "builtins.KeyError" in note
    assert "builtins.ValueError" in note
    assert "tests/gui/test_frame.py:" in note
    assert str(Path.home()) not in note


def test_a_crash_is_kept_and_shown_once(qtbot: QtBot, tmp_path: Path) -> None:
    crashes = Crashes(tmp_path / "log" / "pos-vaksin.log")
    for _ in range(3):
        crashes._caught(ValueError, ValueError(SECRET), None)
    qtbot.waitUntil(lambda: crashes._window is not None)
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and "kesalahan" in each.windowTitle()]
    assert len(shown) == 1
    assert crashes.log.read_text().count("builtins.ValueError") == 3
    assert SECRET not in crashes.log.read_text()
    shown[0].findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: crashes._window is None)


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong_on_leaving(qtbot: QtBot, dressed: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = Field("NIK", QLineEdit(window), tidy=lambda text: Nik.parse(text).digits)
    field.setParent(window)
    window.show()
    field.line.setText("6112 0952")
    field.line.editingFinished.emit()
    assert field.fault() == "NIK harus 16 angka, kini 8; cocokkan dengan KTP atau KK."
    assert field.text() == "6112 0952"
    assert field.line.accessibleDescription() == field.fault()
    field.line.setText("6112 0952 0662 9003")
    field.line.editingFinished.emit()
    assert (field.fault(), field.text()) == ("", SECRET)


def test_a_choice_begins_open_and_enter_goes_on(qtbot: QtBot, dressed: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = choice([("a", "Satu"), ("b", "Dua")])
    box.setParent(window)
    line = QLineEdit(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    assert (box.currentIndex(), box.currentData()) == (-1, None)
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(line.hasFocus)
    assert box.currentIndex() == -1


def test_the_words_of_a_choice_end_before_its_arrow(qtbot: QtBot, dressed: QApplication) -> None:
    box = choice([("a", "CoronaVac (Sinovac)")], open_=False)
    qtbot.addWidget(box)
    box.resize(150, box.sizeHint().height())
    with qtbot.waitExposed(box):
        box.show()
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    style, part = box.style(), QStyle.SubControl.SC_ComboBoxEditField
    room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
    assert box.fontMetrics().horizontalAdvance(box.shown()) < room
    assert box.shown().endswith("…")


def test_a_key_works_only_while_its_button_can_be_pressed(qtbot: QtBot, dressed: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = KeyButton("&Simpan", "F9")
    button.setParent(window)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert button.accessibleName() == "Simpan"
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert len(pressed) == 1
    button.setEnabled(False)
    QTest.keyClick(window, Qt.Key.Key_F9)
    button.setEnabled(True)
    button.hide()
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert len(pressed) == 1


def test_a_table_keeps_its_choice_when_it_is_read_again(qtbot: QtBot, dressed: QApplication) -> None:
    rows = [(new_id(), name) for name in "abc"]
    view = RowsView((Column("Nama", lambda row: row[1], kind=lambda row: "ask" if row[1] == "b" else "calm"),), "Daftar")
    qtbot.addWidget(view)
    view.show_rows(rows)
    view.selectRow(1)
    view.show_rows(list(reversed(rows)), same=lambda row: row[0])
    assert view.chosen() == rows[1]
    index = view.rows_table.index(1, 0)
    assert view.rows_table.data(index) == "! b", "a state is a sign and a word, not a colour alone"


def test_every_field_and_button_has_a_name_for_screen_readers(qtbot: QtBot, dressed: QApplication) -> None:
    box: QComboBox = choice([("a", "Satu")])
    field = Field("Pilih &satu", box)
    qtbot.addWidget(field)
    assert box.accessibleName() == "Pilih satu"
