"""Each page of the sidebar is known by its icon, on every screen."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics, QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.contents import contents
from gui.sidebar import _SMALL, HIGH, LOW, WIDTH, SideButton
from gui.theme import icon


@pytest.mark.parametrize("high", [LOW, HIGH])
def test_every_page_has_its_icon_also_with_a_long_key(
    qtbot: QtBot, dressed: QApplication, monkeypatch: pytest.MonkeyPatch, high: int
) -> None:
    painted: list[str] = []

    def noted(name: str) -> QIcon:
        painted.append(name)
        return icon(name)

    monkeypatch.setattr("gui.sidebar.icon", noted)
    for entry in contents():
        button = SideButton(entry.title, entry.short, entry.icon, "Ctrl+Shift+4")
        qtbot.addWidget(button)
        button.resize(WIDTH, high)
        button.show()
        button.grab()
        assert QFontMetrics(button.font()).horizontalAdvance("Ctrl+Shift+4") + _SMALL + 3 <= WIDTH, "and both are whole"
    assert [entry.title for entry in contents() if entry.icon not in painted] == []
