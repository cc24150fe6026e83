"""A scan is known by its speed, wherever it lands; people who type are left alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.parts import mark
from gui.scanner import Scanner

NIK = "6112095206629003"


class Place(QWidget):
    """A few fields and what was delivered; `takes` is what the page answers."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.other, self.notes = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.box, self.button = QComboBox(), QPushButton("Simpan")
        self.box.addItems(["satu", "6 dua", "61 tiga"])
        self.button.setAutoDefault(True)
        self.pressed: list[bool] = []
        self.button.clicked.connect(self.pressed.append)
        self.returned: list[int] = []
        self.line.returnPressed.connect(lambda: self.returned.append(1))
        column = QVBoxLayout(self)
        for widget in (self.line, self.other, self.notes, self.box, self.button):
            column.addWidget(widget)
        self.delivered: list[str] = []
        self.takes = True
        self.scanner = Scanner(self, self._deliver)

    def _deliver(self, text: str) -> bool:
        if self.takes:
            self.delivered.append(text)
        return self.takes


@pytest.fixture
def place(qtbot: QtBot, dressed: QApplication) -> Place:
    """On screen, the cursor in its first line."""
    window = Place()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.line.setFocus()
    qtbot.waitUntil(window.line.hasFocus)
    return window


def keys(text: str, gap: int, begin: int = 1000, *, enter: bool = True) -> int:
    """Real key events at times of their own, each to whatever has the focus; the moment of the last one."""
    at = begin
    for sign in [*text, *(["\r"] if enter else [])]:
        code = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign.upper()))
        shift = Qt.KeyboardModifier.ShiftModifier if sign.isupper() else Qt.KeyboardModifier.NoModifier
        if sign == "\x1d":  # FNC1, as scanners in keyboard mode send it: Ctrl goes down before
            code, shift = Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier
            stroke(Qt.Key.Key_Control, shift, "", at)
        stroke(code, shift, sign, at)
        at += gap
    return at


def stroke(code: Qt.Key, held: Qt.KeyboardModifier, text: str, at: int) -> None:
    """Down and up again."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, held, text)
        event.setTimestamp(at)
        focused = QApplication.focusWidget()
        assert focused is not None
        QApplication.sendEvent(focused, event)


@pytest.mark.parametrize("gap", [1, 12, 34])
def test_a_scan_leaves_the_field_as_it_was(place: Place, gap: int) -> None:
    place.line.setText("Jl. Kenanga")
    place.line.setSelection(4, 3)
    edited: list[str] = []
    place.line.textEdited.connect(edited.append)
    keys(NIK, gap)
    assert place.delivered == [NIK]
    assert place.line.text() == "Jl. Kenanga"
    assert place.line.selectedText() == "Ken"
    assert edited[-1] == "Jl. Kenanga", "whoever listens to typing knows what stands there now"
    assert place.returned == [], "the scanner's Enter presses nothing"


def test_what_was_typed_just_before_stays(place: Place) -> None:
    at = keys("siti", 90, enter=False)
    keys(NIK, 5, at)
    assert (place.line.text(), place.delivered) == ("siti", [NIK])


def test_capitals_and_signs_of_a_slip_come_whole(place: Place) -> None:
    text = "HC1:6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTHRR%3OXG"
    keys(text, 4)
    assert (place.delivered, place.line.text()) == ([text], "")


def test_a_code_with_fnc1_comes_whole(place: Place) -> None:
    text = "]d2010899123456789110202108\x1d17220331"
    keys(text, 4)
    assert (place.delivered, place.line.text()) == ([text], "")


@pytest.mark.parametrize("gap", [36, 60, 150])
def test_a_typist_is_no_scanner(place: Place, gap: int) -> None:
    keys("aminah binti yusuf", gap)
    assert (place.delivered, place.line.text(), place.returned) == ([], "aminah binti yusuf", [1])


def test_a_quick_roll_of_a_few_keys_is_typed(place: Place) -> None:
    keys("saleh12", 10)
    assert (place.delivered, place.line.text(), place.returned) == ([], "saleh12", [1])


def test_a_burst_with_one_pause_is_typed(place: Place) -> None:
    at = keys("6112095", 5, enter=False)
    keys("206629003"[:6], 5, at + 200)
    assert (place.delivered, place.line.text()) == ([], "6112095206629")


def test_a_burst_without_enter_is_typed_after_all(place: Place, qtbot: QtBot) -> None:
    keys(NIK, 5, enter=False)
    qtbot.waitUntil(lambda: place.line.text() == NIK)
    assert place.delivered == []


def test_another_key_within_a_burst_ends_it(place: Place) -> None:
    keys("61120952", 5, enter=False)
    QTest.keyClick(place.line, Qt.Key.Key_Backspace)
    assert place.line.text() == "6112095"


def test_a_busy_screen_makes_no_scanner_of_a_typist(place: Place) -> None:
    """All at once by our clock, but pressed 80 ms apart by the system's."""
    keys("aminah binti yusuf", 80)
    assert place.delivered == []


def test_pasting_is_never_a_scan(place: Place) -> None:
    QApplication.clipboard().setText(NIK)
    QTest.keySequence(place.line, "Ctrl+V")
    QTest.keyClick(place.line, Qt.Key.Key_Return)
    assert (place.delivered, place.line.text()) == ([], NIK)


def test_keys_without_a_stamp_are_typed(place: Place) -> None:
    QTest.keyClicks(place.line, NIK)
    QTest.keyClick(place.line, Qt.Key.Key_Return)
    assert (place.delivered, place.line.text()) == ([], NIK)


def test_a_key_held_down_is_no_scan(place: Place) -> None:
    for at in range(1000, 1400, 30):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_9, Qt.KeyboardModifier.NoModifier, "9", at > 1000)
        event.setTimestamp(at)
        QApplication.sendEvent(place.line, event)
    keys("", 1, 1415)
    assert place.delivered == []
    assert set(place.line.text()) == {"9"}


def test_two_equal_signs_of_a_fast_scanner_are_two(place: Place) -> None:
    text = "3311220099"  # within a millisecond Qt takes the second of two for a key held down
    for at, sign in enumerate(text):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key(ord(sign)), Qt.KeyboardModifier.NoModifier, sign, text[at - 1 : at] == sign
        )  # fmt: skip
        event.setTimestamp(1000 + at)
        QApplication.sendEvent(place.line, event)
    keys("", 1, 1010)
    assert (place.delivered, place.line.text()) == ([text], "")


def test_what_the_page_does_not_take_is_typed_with_its_enter(place: Place) -> None:
    place.takes = False
    place.line.setText("B")
    place.line.end(False)
    keys("20210812", 5)
    assert (place.line.text(), place.returned) == ("B20210812", [1])


def test_a_field_for_scans_gets_them_as_they_come(place: Place, qtbot: QtBot) -> None:
    mark(place.other, "takesScan")
    place.other.setFocus()
    qtbot.waitUntil(place.other.hasFocus)
    keys(NIK, 5)
    assert (place.delivered, place.other.text()) == ([], NIK)


def test_a_choice_a_text_and_a_button_are_as_before(place: Place, qtbot: QtBot) -> None:
    place.notes.setPlainText("catatan")
    for widget in (place.box, place.notes, place.button):
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        keys(NIK, 5)
    assert place.delivered == [NIK] * 3
    assert (place.box.currentIndex(), place.notes.toPlainText(), place.pressed) == (0, "catatan", [])


def test_moving_on_within_a_burst_loses_nothing(place: Place, qtbot: QtBot) -> None:
    keys("6112", 5, enter=False)
    place.other.setFocus()
    qtbot.waitUntil(place.other.hasFocus)
    assert (place.line.text(), place.other.text()) == ("6112", "")
