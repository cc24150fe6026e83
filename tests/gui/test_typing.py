"""Lines that help while somebody types: groups of four, proposals beneath, a year that is about right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.nik_line import GroupedLine
from gui.panels.suggest import FreeField, PickField
from gui.panels.typed_birth import plain_birth
from gui.parts import Field, choice
from models.doses.desk_queries import Residence, rank

Key = Qt.Key
PLACES = {"a": "Pal Sembilan", "b": "Pal Sepuluh", "c": "Sungai Itik"}


@pytest.fixture
def line(dressed: QApplication, qtbot: QtBot) -> GroupedLine:
    """A line for a NIK, on screen."""
    line = GroupedLine()
    qtbot.addWidget(line)
    line.show()
    return line


def test_a_nik_stands_in_groups_of_four_while_it_is_typed(line: GroupedLine) -> None:
    seen = []
    for sign in "6112095206":
        QTest.keyClicks(line, sign)
        seen.append(line.text())
    assert seen[3:6] == ["6112", "6112 0", "6112 09"]
    assert (line.text(), line.cursorPosition()) == ("6112 0952 06", 12)
    assert line.digits() == "6112095206"


def test_the_cursor_stays_between_the_same_digits(line: GroupedLine) -> None:
    QTest.keyClicks(line, "6112095206520003")
    line.setCursorPosition(2)
    QTest.keyClick(line, Key.Key_Delete)
    assert (line.text(), line.cursorPosition()) == ("6120 9520 6520 003", 2)
    QTest.keyClicks(line, "1")
    assert (line.text(), line.cursorPosition()) == ("6112 0952 0652 0003", 3)


def test_backspace_and_delete_pass_over_the_gaps(line: GroupedLine) -> None:
    QTest.keyClicks(line, "61120952")
    line.setCursorPosition(5)
    QTest.keyClick(line, Key.Key_Backspace)
    assert line.text() == "6110 952"
    line.setCursorPosition(4)
    QTest.keyClick(line, Key.Key_Delete)
    assert line.text() == "6110 52"


def test_what_was_grouped_can_be_undone(line: GroupedLine) -> None:
    QTest.keyClicks(line, "61120")
    assert line.isUndoAvailable(), "or Ctrl+Z would take back the last registration instead"


@pytest.mark.parametrize("typed", ["081255501234", "siti 12345", "A1234567", "61120952065200034"])
def test_phones_names_passports_and_what_is_too_long_stay_as_typed(line: GroupedLine, typed: str) -> None:
    line.setText(typed)
    line.textEdited.emit(typed)
    assert line.text() == typed


def test_a_pasted_nik_is_tidied(line: GroupedLine) -> None:
    line.insert("6112 095206520003")
    assert line.text() == "6112 0952 0652 0003"


@pytest.fixture
def picking(dressed: QApplication, qtbot: QtBot) -> Iterator[tuple[PickField, QLineEdit]]:
    """A field with three places to choose from, and another field behind it."""

    def offer(typed: str) -> Sequence[tuple[str, str]]:
        return [pair for pair in PLACES.items() if typed.lower() in pair[1].lower()]

    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    field, other = PickField("Desa", offer, PLACES.__getitem__), QLineEdit()
    rows.addWidget(field)
    rows.addWidget(other)
    window.resize(400, 500)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    yield field, other
    window.close()  # and until here somebody holds it


def test_an_empty_field_proposes_at_once_and_enter_takes_the_first(picking: tuple[PickField, QLineEdit], qtbot: QtBot) -> None:
    field, other = picking
    field.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    assert field.pick.proposals() == list(PLACES.values())
    QTest.keyClick(field.line, Key.Key_Return)
    assert (field.value(), field.text()) == ("a", "Pal Sembilan")
    qtbot.waitUntil(other.hasFocus)
    assert not field.pick.is_open()


def test_typing_narrows_down_and_the_arrows_choose(picking: tuple[PickField, QLineEdit], qtbot: QtBot) -> None:
    field, _ = picking
    field.setFocus()
    QTest.keyClicks(field.line, "pal")
    assert field.pick.proposals() == ["Pal Sembilan", "Pal Sepuluh"]
    QTest.keyClick(field.line, Key.Key_Down)
    QTest.keyClick(field.line, Key.Key_Return)
    assert field.value() == "b"


def test_tab_takes_nothing_and_a_name_that_fits_one_place_is_that_place(
    picking: tuple[PickField, QLineEdit], qtbot: QtBot
) -> None:
    field, other = picking
    field.setFocus()
    QTest.keyClick(field.line, Key.Key_Tab)
    assert (field.value(), field.fault()) == ("", "")
    for typed, value in (("itik", "c"), ("pal", ""), ("pal sepuluh", "b")):
        field.setFocus()
        field.line.selectAll()
        QTest.keyClicks(field.line, typed)
        other.setFocus()
        assert field.value() == value
        assert bool(field.fault()) is (not value)


def test_esc_closes_the_list_and_only_that(picking: tuple[PickField, QLineEdit]) -> None:
    field, _ = picking
    field.setFocus()
    assert field.pick.is_open()
    QTest.keyClick(field.line, Key.Key_Escape)
    assert not field.pick.is_open()


def test_usual_answers_are_proposed_and_any_other_is_kept(dressed: QApplication, qtbot: QtBot) -> None:
    field = FreeField("Alasan", lambda: ["KTP hilang", "Belum merekam KTP"])
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    QTest.keyClicks(field.line, "hilang")
    QTest.keyClick(field.line, Key.Key_Return)
    assert field.text() == "hilang", "nothing is taken that was not chosen"
    QTest.keyClick(field.line, Key.Key_Down)
    QTest.keyClick(field.line, Key.Key_Return)
    assert field.text() == "KTP hilang"


def test_about_a_year_is_the_year() -> None:
    typed = {"±1950": "1950", "+/- 1950": "1950", "kira-kira 1950": "1950", "th. 1950": "1950", "12-6-1952": "12-6-1952"}
    assert {text: plain_birth(text) for text in typed} == typed


def test_the_last_home_comes_first_then_the_most_frequent() -> None:
    last, often, once = ("k", "k.1", "001", None), ("k", "k.2", None, None), (None, "12345678.3", None, None)
    homes = rank([last, once, often, often])
    assert [(home.desa, home.count) for home in homes] == [("k.1", 1), ("k.2", 2), ("12345678.3", 1)]
    assert homes[2].kecamatan == "12345678", "it follows from the desa"
    assert rank([]) == ()
    assert isinstance(homes[0], Residence)


def _at_once(text: str) -> None:
    """Keys that were waiting while the PC was busy: handed over one after the other, to whatever has the focus by then."""
    for sign in text:
        widget = QApplication.focusWidget()
        assert widget is not None
        key = Key.Key_Return if sign == "\r" else Key(ord(sign.upper()))
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, sign))


def test_a_key_that_follows_enter_at_once_is_typed_into_the_next_field(dressed: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    plain, pick, free = (
        Field("Suhu"),
        PickField("Desa", lambda _typed: [("a", "Pal 9")], {"a": "Pal 9"}.__getitem__),
        FreeField("Alasan", list),
    )
    late, box, last = Field("Tensi ulang"), Field("Jenis", choice([("p", "P"), ("l", "L")])), Field("Tensi")
    heard: list[str] = []
    for field in (plain, pick, free, late, box, last):
        rows.addWidget(field)
    late.hide()
    free.left.connect(late.show)  # what only now turns out to be needed is not passed over
    for field in (plain, late):
        field.left.connect(lambda field=field: heard.append(field.text()))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    plain.setFocus()
    qtbot.waitUntil(plain.line.hasFocus)
    _at_once("36\rp\rktp\r12\rl\r8")
    assert [field.text() for field in (plain, free, late, box, last)] == ["36", "ktp", "12", "l", "8"]
    assert pick.value() == "a"
    assert heard == ["36", "12"], "each is told once that it was left"


def test_enter_stays_where_its_own_field_leads(dressed: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    first, second, third = Field("Satu"), Field("Dua"), Field("Tiga")
    for field in (first, second, third):
        rows.addWidget(field)
    first.line.returnPressed.connect(third.setFocus)
    third.left.connect(first.setFocus)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.line.hasFocus)
    _at_once("1\r3\r1\r")
    assert [field.text() for field in (first, second, third)] == ["11", "", "3"]
    assert third.line.hasFocus()
