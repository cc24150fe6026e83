"""What every page promises: one thing at a time, a question answered once, the cursor where it can be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from gui.desk import Desk
from gui.page import Page
from models.errors import Confirm


class Records:
    """Stands for the desk: keeps what was asked to be saved until the test answers."""

    facility = SimpleNamespace(zone="WIB")

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def act(self, _owner: object, _action: object, **values: Any) -> None:
        self.asked.append(values)


class Form(Page):
    """A page with two lines; it begins in the first."""

    def __init__(self, records: Records) -> None:
        super().__init__(cast(Desk, records))
        self.first, self.second = QLineEdit(), QLineEdit()
        rows = QVBoxLayout(self.body)
        rows.addWidget(self.first)
        rows.addWidget(self.second)

    def begin(self) -> None:
        self.first.setFocus()


@pytest.fixture
def records() -> Records:
    return Records()


@pytest.fixture
def page(qtbot: QtBot, dressed: QApplication, records: Records) -> Form:
    """On screen, the cursor in the second line."""
    form = Form(records)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    form.second.setFocus()
    qtbot.waitUntil(form.second.hasFocus)
    return form


def begin_and_be_asked(page: Form, records: Records, done: list[object]) -> None:
    page.act(cast(Any, None), done=done.append, asks=True)
    records.asked[0]["fault"](Confirm("vial.one_open_here", number="V1"))
    assert page.question.isVisible()


def test_enter_twice_in_a_question_saves_once(page: Form, records: Records) -> None:
    done: list[object] = []
    begin_and_be_asked(page, records, done)
    for _ in range(2):
        QTest.keyClick(page.question.reason.line, Qt.Key.Key_Return)
    assert len(records.asked) == 2, "the question itself, and one answer"
    records.asked[1]["done"]("kept")
    assert done == ["kept"]


def test_a_question_and_its_answers_are_one_request(page: Form, records: Records) -> None:
    begin_and_be_asked(page, records, [])
    QTest.keyClick(page.question.reason.line, Qt.Key.Key_Return)
    assert records.asked[0]["request"] == records.asked[1]["request"]
    records.asked[1]["done"](None)
    page.act(cast(Any, None), done=lambda _answer: None)
    assert records.asked[2]["request"] != records.asked[0]["request"], "another thing"


@pytest.mark.parametrize("gone", [shiboken6.delete, QLineEdit.hide])
def test_the_cursor_goes_to_the_beginning_where_its_line_has_gone(page: Form, records: Records, gone: Any, qtbot: QtBot) -> None:
    begin_and_be_asked(page, records, [])
    gone(page.second)
    QTest.keyClick(page.question.reason.line, Qt.Key.Key_Escape)
    page.question.close_question()
    assert page.body.isEnabled()
    qtbot.waitUntil(page.first.hasFocus)


def test_the_cursor_comes_back_to_where_it_was(page: Form, records: Records, qtbot: QtBot) -> None:
    begin_and_be_asked(page, records, [])
    page.question.close_question()
    qtbot.waitUntil(page.second.hasFocus)


def test_an_undo_pressed_while_something_is_saved_can_be_pressed_again(page: Form, records: Records) -> None:
    undone: list[str] = []
    page.offer_undo("Tersimpan.", lambda: undone.append("back"))
    page.act(cast(Any, None), done=lambda _answer: None)
    page.undo.button.click()
    assert (undone, page.undo.text()) == ([], "Tersimpan.")
    records.asked[0]["done"](None)
    page.undo.button.click()
    assert (undone, page.undo.text()) == (["back"], "")
