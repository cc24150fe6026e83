"""The states in the head of the window: as many as there is room for, none of them cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.chip_rows import ChipRows
from gui.one_line import OneLine
from gui.parts import chip

WORDS = ("Tersimpan di komputer ini", "Salinan hanya di komputer ini", "Mencetak 2", "Suhu pagi belum dicatat")


@pytest.mark.parametrize(("share", "seen", "rows"), [(1.05, {0, 1, 2, 3}, 1), (0.95, {0, 1, 2, 3}, 2), (0.4, {0, 3}, 2)])
def test_states_take_a_second_row_before_one_of_them_goes(
    dressed: QApplication, qtbot: QtBot, share: float, seen: set[int], rows: int
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    chips = [chip(text, "ask") for text in WORDS]
    states = ChipRows(*chips)
    row = QHBoxLayout(window)
    row.addWidget(OneLine("Pendaftaran"), 1)
    row.addWidget(states)
    window.show()
    whole = sum(each.sizeHint().width() + 3 for each in chips)
    for room in (9999, int(whole * share)):  # a window that became narrow
        states.show_first([chips[at] for at in (0, 3, 2, 1)], room)
        window.setFixedWidth(min(room, 3000) + 60)
    QApplication.sendPostedEvents()
    assert {at for at, each in enumerate(chips) if each.isVisible()} == seen
    shown: list[QLabel] = [chips[at] for at in sorted(seen)]
    assert len({each.y() for each in shown}) == rows
    assert states.width() <= room
    assert all(each.width() >= each.sizeHint().width() for each in shown), "none is cut off"
    top = [each for each in shown if each.y() == min(other.y() for other in shown)]
    assert max(top, key=QLabel.x) is chips[0], "where the data is stands at the end"
