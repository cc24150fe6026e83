"""A key that acts by itself is pressed by a hand: a scan that lands on it answers nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.panels.key_choices import KeyChoices

CHOICES = (("1", "one", "Satu"), ("2", "two", "Dua"), ("A", "a", "Huruf"))


def _choices(qtbot: QtBot) -> tuple[KeyChoices, list[str]]:
    keys = KeyChoices("Jawaban")
    said: list[str] = []
    qtbot.addWidget(keys)
    keys.offer(CHOICES)
    keys.chosen.connect(said.append)
    return keys, said


def test_one_key_is_one_answer(qtbot: QtBot) -> None:
    keys, said = _choices(qtbot)
    with qtbot.waitSignal(keys.chosen):
        QTest.keyClick(keys, Qt.Key.Key_A)
    QTest.keyClick(keys, Qt.Key.Key_9)
    assert said == ["a"]


def test_a_scan_is_none(qtbot: QtBot) -> None:
    keys, said = _choices(qtbot)
    QTest.keyClicks(keys, "1112091307859001")
    QTest.keyClick(keys, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(keys.chosen, wait=100):
        pass
    with qtbot.waitSignal(keys.chosen):
        QTest.keyClick(keys, Qt.Key.Key_2)
    assert said == ["two"]
