"""The file of a Fridge-tag that nobody knows: whose fridge it is in is chosen with Enter, and what would change is said."""

from __future__ import annotations

from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.cold.reading import ColdShown
from gui.pages.cold.tag import Coming, ImportPanel, coming_words
from models.stock.cold.fridge_tag import read_export
from models.stock.cold.queries import ColdState, EquipmentRow
from models.stock.cold.rules import Limits
from tests.models.stock.exports import FROST, NOON, SERIAL, export

POST = uuid4()


def fridge(name: str, logger: str = "") -> EquipmentRow:
    """One in use."""
    return EquipmentRow(uuid4(), 1, POST, "Gudang", name, "fridge", "", logger, "", 20, 80, active=True)


def test_the_first_letter_of_a_fridge_neither_reads_for_it_nor_leaves_the_choice(dressed: QApplication, qtbot: QtBot) -> None:
    fridges = (fridge("Kulkas vaksin 1", "160400343881"), fridge("Kulkas pelayanan", "160400343999"))
    panel = ImportPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.begin(ColdShown(fridges, (), ColdState((), (), 2), (), Limits(), 0, (), ()))
    file = read_export(export([FROST]).encode())
    panel.show_export(file)
    asked: list[UUID] = []
    panel.compare_asked.connect(lambda: asked.append(UUID(panel.equipment.text())))
    QTest.keyClicks(panel.equipment.box, "Kulkas p")
    assert asked == []
    QTest.keyClick(panel.equipment.box, Qt.Key.Key_Return)
    assert asked == [fridges[1].id]
    panel.show_coming([Coming(file.days[0], "added")])
    assert panel.go.isEnabled()
    assert "160400343999" in panel.state.words(), "another tag lies there"
    assert SERIAL in panel.state.words()
    panel.equipment.box.activated.emit(0)
    assert not panel.go.isEnabled(), "what was looked at for one fridge is not saved for another"


def test_a_day_that_changes_says_from_what_and_what_stays_beside_it() -> None:
    (warm,), (cold,) = (read_export(export([each]).encode()).days for each in (NOON, FROST))
    assert "tadinya 11,2 °C ALARM 10.40 / 3,8 °C tanpa" in coming_words(Coming(cold, "changed", before=warm))
    assert "tetap dari Fridge-tag lain: 11,2 °C" in coming_words(Coming(cold, "added", others=warm))
