"""Taking back what was just saved: ten seconds, one key, never in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.undo import SECONDS, UndoBar


class Place(QWidget):
    """A bar above a line."""

    def __init__(self) -> None:
        super().__init__()
        self.bar, self.line = UndoBar(), QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.bar)
        column.addWidget(self.line)
        self.undone: list[str] = []

    def offer(self, text: str = "Tersimpan.") -> None:
        self.bar.offer(text, lambda: self.undone.append(text))


@pytest.fixture
def place(qtbot: QtBot, dressed: QApplication) -> Place:
    """On screen, the cursor in the line."""
    window = Place()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.line.setFocus()
    qtbot.waitUntil(window.line.hasFocus)
    return window


def undo_key(place: Place) -> None:
    QTest.keyClick(place.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_the_key_takes_it_back_once_and_the_cursor_stays(place: Place) -> None:
    place.offer()
    assert place.line.hasFocus()
    undo_key(place)
    undo_key(place)
    assert place.undone == ["Tersimpan."]
    assert place.bar.isHidden()
    assert place.line.hasFocus()


def test_it_goes_after_ten_seconds_which_are_shown(place: Place) -> None:
    place.offer()
    assert place.bar._left_label.text() == "10 detik lagi"
    for _ in range(SECONDS - 1):
        place.bar.tick()
    assert place.bar._left_label.text() == "1 detik lagi"
    place.bar.tick()
    assert place.bar.isHidden()
    undo_key(place)
    assert place.undone == []


def test_where_something_was_typed_the_key_means_the_line(place: Place) -> None:
    place.offer()
    QTest.keyClicks(place.line, "siti")
    undo_key(place)
    assert (place.line.text(), place.undone) == ("", [])
    undo_key(place)
    assert place.undone == ["Tersimpan."]


def test_a_line_the_page_filled_in_does_not_stand_in_the_way(place: Place) -> None:
    place.offer()
    place.line.setText("AMINAH")
    undo_key(place)
    assert (place.line.text(), place.undone) == ("AMINAH", ["Tersimpan."])


def test_a_newer_offer_replaces_the_older(place: Place) -> None:
    place.offer("satu")
    place.bar.tick()
    place.offer("dua")
    assert place.bar.left == SECONDS
    undo_key(place)
    assert place.undone == ["dua"]


def test_by_tab_and_enter_with_time_to_press(place: Place, qtbot: QtBot) -> None:
    place.offer()
    QTest.keyClick(place.line, Qt.Key.Key_Tab)
    qtbot.waitUntil(place.bar.button.hasFocus)
    for _ in range(SECONDS + 5):
        place.bar.tick()
    QTest.keyClick(place.bar.button, Qt.Key.Key_Return)
    assert place.undone == ["Tersimpan."]


def test_what_is_withdrawn_cannot_be_taken_back(place: Place) -> None:
    place.offer()
    place.bar.withdraw()
    undo_key(place)
    assert place.undone == []


def test_a_locked_page_keeps_it_for_later(place: Place) -> None:
    place.offer()
    place.bar.setEnabled(False)
    undo_key(place)
    assert place.undone == []
    place.bar.setEnabled(True)
    undo_key(place)
    assert place.undone == ["Tersimpan."]


def test_too_late_is_said_and_nothing_is_brought_back(place: Place) -> None:
    said: list[str] = []
    place.bar.late.connect(said.append)
    undo_key(place)
    assert said == [], "nothing was offered yet"
    place.offer()
    for _ in range(SECONDS):
        place.bar.tick()
    undo_key(place)
    assert (said, place.undone) == (["Tersimpan."], [])
    QTest.keyClicks(place.line, "siti")
    undo_key(place)
    assert (place.line.text(), said) == ("", ["Tersimpan."]), "what is typed is the line's own"
    place.offer("dua")
    place.bar.withdraw()
    undo_key(place)
    assert said == ["Tersimpan."]


def test_where_room_is_short_the_name_is_cut_and_not_the_number(place: Place, qtbot: QtBot) -> None:
    place.resize(420, 120)
    name = "SITI AMINAH BINTI MUHAMMAD YUSUF ISMAIL"
    place.bar.offer(f"Terdaftar: nomor 1.234 · {name}", lambda: None, gives=name)
    qtbot.waitUntil(lambda: place.bar._text.text().endswith("…"))
    assert place.bar._text.text().startswith("Terdaftar: nomor 1.234 · S")
    assert place.bar.text().endswith(name)


def test_outside_its_time_the_key_is_the_lines_own(place: Place) -> None:
    QTest.keyClicks(place.line, "siti")
    undo_key(place)
    assert place.line.text() == ""
