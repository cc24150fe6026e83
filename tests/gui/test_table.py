"""The table of rows: what changes in it, and what stays where it is."""

from __future__ import annotations

from itertools import permutations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.table import Column, RowsView


def _view(qtbot: QtBot, rows: list[tuple[str, str]]) -> RowsView:
    view = RowsView((Column("Nama", lambda row: row[0]), Column("Tahap", lambda row: row[1], wide=True)), "Antrean")
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_rows(rows)
    return view


def _shown(view: RowsView) -> list[tuple[str, str]]:
    model = view.rows_table
    return [(model.data(model.index(at, 0)), model.data(model.index(at, 1))) for at in range(model.rowCount())]


@pytest.mark.parametrize("before", ["", "A", "ABCD"])
def test_any_change_of_rows_is_told_in_steps_that_qt_allows(qtbot: QtBot, dressed: QApplication, before: str) -> None:
    view = _view(qtbot, [])
    QAbstractItemModelTester(view.rows_table, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    for size in (0, 1, 3, 4):
        for after in permutations("ABCX", size):
            view.rows_table.show_rows([(name, "1") for name in before])
            rows = [(name, "2") for name in after]
            view.show_rows(rows, same=lambda row: row[0])
            assert _shown(view) == rows


def test_the_chosen_row_stays_chosen_wherever_it_goes_and_is_let_go_with_its_person(qtbot: QtBot, dressed: QApplication) -> None:
    view = _view(qtbot, [("A", "1"), ("B", "1"), ("C", "1")])
    view.selectRow(1)
    view.show_rows([("X", "1"), ("C", "1"), ("A", "1"), ("B", "2")], same=lambda row: row[0])
    assert view.chosen() == ("B", "2")
    view.show_rows([("X", "1"), ("A", "1")], same=lambda row: row[0])
    assert view.chosen() is None


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot, dressed: QApplication) -> None:
    view = _view(qtbot, [("A", "1"), ("B", "1"), ("C", "1")])
    view.selectRow(1)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.chosen() == ("A", "1")
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.chosen() == ("C", "1")
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.chosen() == ("B", "1")


def test_a_column_is_as_wide_as_what_stands_in_it_now(qtbot: QtBot, dressed: QApplication) -> None:
    view = _view(qtbot, [("A", "1")])
    narrow = view.columnWidth(0)
    view.show_rows([("A LONGER NAME", "1")], same=lambda row: row[0])
    assert view.columnWidth(0) >= view.fontMetrics().horizontalAdvance("A LONGER NAME") + 12 > narrow
    view.show_rows([("A", "1")], same=lambda row: row[0])
    assert view.columnWidth(0) == narrow


def test_long_names_leave_the_wide_column_its_room(qtbot: QtBot, dressed: QApplication) -> None:
    columns = [Column(title, lambda row: row[0]) for title in ("Nama", "Petugas")]
    wide = Column("Uraian", lambda row: row[1], wide=True)
    view = RowsView((*columns, wide), "Kartu")
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    view.show_rows([("A NAME OF A HUNDRED LETTERS " * 4, "disuntik")])
    assert view.columnWidth(2) >= 160
    assert view.horizontalHeader().length() <= view.viewport().width()
