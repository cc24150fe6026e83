"""The questions of a card are the same lines for everybody; an answer is one person's alone."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.questions import SURVIVOR, Questions
from models.doses.question_sets import question_set, questions_for


def test_no_answer_of_one_visit_is_there_at_the_next(dressed: QApplication, qtbot: QtBot) -> None:
    panel = Questions()
    qtbot.addWidget(panel)
    card = question_set(30, date(2021, 12, 20))
    asked = questions_for(card, age=30, dose_number=1, sex="male")
    panel.ask(asked)
    first = list(panel.rows)
    for row in first:
        row.give("mild" if row.code == SURVIVOR else True)
    panel.forget()
    panel.ask(asked)
    assert {row.code for row in panel.rows} == {row.code for row in first}
    assert set(panel.rows) == set(first), "no line was made anew"
    assert [row.answer for row in panel.rows] == [None] * len(first)
    assert (panel.answers(), panel.survivor) == ({}, None)
    assert not any(button.isChecked() for row in panel.rows for button in row._buttons)
