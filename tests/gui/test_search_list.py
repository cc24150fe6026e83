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
from models.people.search_queries import alike
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


class Slow:
    """A desk whose answers come when the test says so, the newest of each key only."""

    def __init__(self) -> None:
        self.asked: dict[str, tuple[Any, Any]] = {}
        self.regions = self

    def name(self, _code: str) -> str:
        return ""

    def ask(self, _panel: object, query: object, _text: str, *, done: Any, key: str, **_: object) -> None:
        self.asked[key] = (query, done)


@pytest.fixture
def slow(dressed: QApplication, qtbot: QtBot) -> tuple[Slow, FirstField, SearchPanel]:
    desk: Any = Slow()
    first = FirstField()
    panel = SearchPanel(desk, first, heading="", hint="", nobody="Belum terdaftar.")
    qtbot.addWidget(first)
    qtbot.addWidget(panel)
    return desk, first, panel


def a_row(name: str) -> PersonRow:
    return PersonRow(new_id(), name, BirthDate(date(1962, 6, 12)), "female", None, "…9003", False)


def test_a_list_that_comes_late_does_not_fill_a_field_that_was_emptied(slow: tuple[Slow, FirstField, SearchPanel]) -> None:
    desk, first, panel = slow
    first.setText("aminah")
    panel._search()
    panel.clear()
    desk.asked["search"][1]([a_row("AMINAH")])
    assert panel.list.count() == 0


def test_whose_name_sounds_so_is_offered_and_never_opened_by_enter(
    slow: tuple[Slow, FirstField, SearchPanel], qtbot: QtBot
) -> None:
    desk, first, panel = slow
    chosen: list[object] = []
    nobody: list[str] = []
    panel.chosen.connect(chosen.append)
    panel.nobody.connect(nobody.append)
    first.setText("aminnah")
    panel._search()
    desk.asked["search"][1]([])
    qtbot.waitUntil(lambda: desk.asked["search"][0] is alike)
    desk.asked["search"][1]([a_row("AMINAH")])
    assert panel.list.count() == 1
    assert panel.hint.text() == "Mungkin maksudnya (1): ↓ lalu Enter. Belum terdaftar."
    first.returnPressed.emit()
    desk.asked["search"][1]([])
    assert (chosen, nobody) == ([], ["aminnah"])


def test_a_number_that_nobody_has_is_not_looked_for_by_its_sound(slow: tuple[Slow, FirstField, SearchPanel]) -> None:
    desk, first, panel = slow
    first.setText("6112")
    panel._search()
    desk.asked["search"][1]([])
    assert not panel._again.isActive()
