"""The card at the table: the cursor is where somebody left it, and what is typed goes nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.questions import SURVIVOR
from gui.panels.screening_card import Card, ScreeningCard
from models.doses.queries import QueueRow
from models.doses.visits import Visit
from models.people.birth import BirthDate
from models.people.person import PersonDraft
from models.records.base import new_id

DAY = date(2021, 12, 20)
BORN = date(1985, 7, 13)
Key = Qt.Key


def _press(key: Qt.Key, *, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClick(at, key, held)


def _type(text: str) -> None:
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClicks(at, text)


@pytest.fixture
def card(dressed: QApplication, qtbot: QtBot) -> ScreeningCard:
    """The card of a grown-up who was just called, all questions at once, on a low screen."""
    kept: dict[str, str] = {"screening_one_by_one": "no"}
    settings = SimpleNamespace(value=kept.get, setValue=kept.__setitem__)
    desk: Any = SimpleNamespace(today=DAY, actor=SimpleNamespace(name="Ns. Nurul Aini"), place=SimpleNamespace(settings=settings))
    made = ScreeningCard(desk)
    qtbot.addWidget(made)
    made.resize(480, 280)
    visit = Visit(new_id(), new_id(), new_id(), DAY, 1, 1, "registered", datetime(2021, 12, 20, 2, tzinfo=UTC), None, None)
    row = QueueRow(visit, "BUDI SANTOSA", BORN, "day", "male", 1)
    made.start(Card(row, PersonDraft(name="BUDI SANTOSA", birth=BirthDate(BORN), sex="male"), 1, DAY))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    qtbot.waitUntil(made.temperature.line.hasFocus)
    return made


@pytest.mark.parametrize("presses", [1, 2])
def test_the_other_way_of_asking_leaves_the_cursor_in_the_field_that_waits_for_a_figure(
    card: ScreeningCard, presses: int
) -> None:
    for _ in range(presses):
        _press(Key.Key_M, control=True)
    _type("366")
    _press(Key.Key_Tab)
    _type("12080")
    _press(Key.Key_Tab)
    assert (card.temperature.text(), card.pressure.text()) == ("36,6", "120/80")
    assert card.screener.text() == "Ns. Nurul Aini"


def test_who_is_at_a_question_is_at_one_after_the_other_way_too(card: ScreeningCard) -> None:
    card.questions.begin()
    for _ in range(2):
        _press(Key.Key_M, control=True)
        assert card.questions.rows[0].hasFocus()
    card.way.setFocus()
    _press(Key.Key_M, control=True)
    assert card.temperature.line.hasFocus(), "who was nowhere goes to what comes first and is empty"


@pytest.mark.parametrize(("typed", "said"), [("12080", "bukan nama"), ("A", "bukan nama"), (" ", "Isi nama"), ("Ni", "")])
def test_a_figure_is_nobody_who_asked(card: ScreeningCard, typed: str, said: str) -> None:
    card.temperature.set_text("36,6")
    card.pressure.set_text("120/80")
    for row in card.questions.rows:
        row.give("none" if row.code == SURVIVOR else False)
    card.screener.set_text(typed)
    assert card.complete() == (not said)
    assert said in card.screener.fault()
    assert card.screener.line.hasFocus() == bool(said)


def test_ctrl_d_says_whether_it_reads_on_or_answers(card: ScreeningCard, qtbot: QtBot) -> None:
    """One rule: it answers what has been in sight to the end, and until then brings the next questions; its words are which."""
    bar = card.questions.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    presses = 0
    while card.questions.missing():
        answers, before = card.all_no.words == "Semua Tidak", bar.value()
        assert answers == (bar.value() == bar.maximum())
        _press(Key.Key_D, control=True)
        assert card.questions.missing() != answers
        assert answers or bar.value() > before
        assert card.questions.progress.text() == f"{len(card.questions.rows) * answers} dari {len(card.questions.rows)} dijawab"
        presses += 1
    assert presses > 1
    bar.setValue(0)
    assert card.card is not None
    card.start(card.card)
    assert card.all_no.words == "Lanjut baca", "at the next visit nobody has read anything"


def test_questions_that_are_all_in_sight_are_answered_by_one_key(card: ScreeningCard, qtbot: QtBot) -> None:
    card.resize(900, 1200)
    qtbot.waitUntil(lambda: card.all_no.words == "Semua Tidak")
    _press(Key.Key_D, control=True)
    assert not card.questions.missing()
