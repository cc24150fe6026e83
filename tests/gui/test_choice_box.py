"""A choice made with letters: nothing is chosen before the writer goes on, blanks belong to names, no word chooses nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import choice_box
from gui.choice_box import ChoiceBox
from gui.parts import choice

Key = Qt.Key
POSTS = ("Gudang", "Pos Desa Pal Sembilan", "Pos Desa Sungai Itik", "Pustu")


@pytest.fixture
def posts(dressed: QApplication, qtbot: QtBot) -> ChoiceBox:
    """Four posts, none of them chosen."""
    box = choice([(name, name) for name in POSTS])
    qtbot.addWidget(box)
    box.show()
    return box


def test_letters_choose_when_the_writer_goes_on_and_not_before(posts: ChoiceBox) -> None:
    chosen: list[str] = []
    posts.activated.connect(lambda _at: chosen.append(posts.currentText()))
    QTest.keyClicks(posts, "pos desa s")
    assert (posts.currentText(), chosen) == ("Pos Desa Sungai Itik", [])
    assert not posts.view().isVisible(), "a blank within a name opens no list"
    QTest.keyClick(posts, Key.Key_Return)
    assert chosen == ["Pos Desa Sungai Itik"]
    QTest.keyClick(posts, Key.Key_Return)
    assert len(chosen) == 1, "said once"


def test_a_capital_within_a_name_begins_no_new_word(posts: ChoiceBox) -> None:
    posts.setCurrentIndex(0)
    for sign in "Pos Desa Sungai":
        if sign.isupper():
            QTest.keyPress(posts, Key.Key_Shift)
        QTest.keyClicks(posts, sign, Qt.KeyboardModifier.ShiftModifier if sign.isupper() else Qt.KeyboardModifier.NoModifier)
        if sign.isupper():
            QTest.keyRelease(posts, Key.Key_Shift)
    assert posts.currentText() == "Pos Desa Sungai Itik"
    assert not posts.view().isVisible()


def test_a_command_key_finds_the_choice_made(posts: ChoiceBox) -> None:
    chosen: list[str] = []
    posts.activated.connect(lambda _at: chosen.append(posts.currentText()))
    QTest.keyClicks(posts, "pu")
    QTest.keyClick(posts, Key.Key_F9)
    assert chosen == ["Pustu"]


def test_letters_that_fit_nothing_leave_what_stood_there(posts: ChoiceBox) -> None:
    posts.setCurrentIndex(0)
    QTest.keyClicks(posts, "pos x")
    assert posts.currentText() == "Gudang"
    QTest.keyClick(posts, Key.Key_Return)
    assert posts.currentText() == "Gudang"


def test_one_letter_again_and_again_goes_from_one_to_the_next(posts: ChoiceBox) -> None:
    QTest.keyClicks(posts, "pp")
    assert posts.currentText() == POSTS[2]


def test_later_letters_begin_a_new_word(posts: ChoiceBox, monkeypatch: pytest.MonkeyPatch) -> None:
    QTest.keyClicks(posts, "pu")
    monkeypatch.setattr(choice_box, "WORD_SECONDS", -1)
    QTest.keyClicks(posts, "g")
    assert posts.currentText() == "Gudang"


def test_a_stage_that_was_chosen_can_be_taken_out_again(dressed: QApplication, qtbot: QtBot) -> None:
    box = choice([("", "–"), ("A", "A"), ("B", "B")], open_=False)
    qtbot.addWidget(box)
    QTest.keyClicks(box, "APBN")
    assert box.currentData() == "", "a word is no stage"
    QTest.keyClick(box, Key.Key_Home)
    assert box.currentData() == ""
    QTest.keyClick(box, Key.Key_Down)
    assert box.currentData() == "A"
    QTest.keyClick(box, Key.Key_Delete)
    assert box.currentData() == ""
