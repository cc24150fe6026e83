"""The list below the one field: how many were found, and when there are more than it shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.search import FirstField, SearchPanel
from models.people.birth import BirthDate
from models.people.queries import PersonRow
from models.records.base import new_id


class Answering:
    """A desk whose records hold `many` people of that name."""

    def __init__(self, many: int) -> None:
        self._rows = [PersonRow(new_id(), f"AMINAH {at}", BirthDate(date(1962, 6, 12)), "female", None, "…9003", False)
                      for at in range(many)]  # fmt: skip

    def ask(self, _panel: object, _query: object, _text: str, *, limit: int, done: Any, **_: object) -> None:
        """What the query answers: never more than it was asked for."""
        done(self._rows[:limit])


@pytest.mark.parametrize(
    ("many", "shown", "words"),
    [(3, 3, "Ditemukan 3:"), (20, 20, "Ditemukan 20:"), (21, 20, "20 teratas; ketik lebih banyak untuk mempersempit")],
)
def test_the_list_says_when_it_shows_only_the_first(
    dressed: QApplication, qtbot: QtBot, many: int, shown: int, words: str
) -> None:
    desk: Any = Answering(many)
    first = FirstField()
    panel = SearchPanel(desk, first, heading="", hint="", nobody="")
    qtbot.addWidget(first)
    qtbot.addWidget(panel)
    first.setText("aminah")
    first.returnPressed.emit()
    assert panel.list.count() == shown
    assert panel.hint.text().startswith(words)
