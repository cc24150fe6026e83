"""Sixteen pages, as a coordinator has them, on a low screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.first_look import wear
from gui.sidebar import LOW, Sidebar
from tests.gui.looks import faults

COUNT = 16


@pytest.fixture
def sidebar(qtbot: QtBot, dressed: QApplication) -> Sidebar:
    made = Sidebar([(f"Halaman {at}", "", "stock", at > 9) for at in range(COUNT)])
    qtbot.addWidget(made)
    wear(made)
    made.resize(made.width(), 614)
    made.show()
    made.show_chosen(0)
    return made


def _whole(sidebar: Sidebar, at: int) -> bool:
    button = sidebar.buttons[at]
    return button.visibleRegion().boundingRect() == button.rect()


def test_no_page_is_lower_than_can_be_hit_and_arrows_say_where_the_others_are(sidebar: Sidebar) -> None:
    assert min(button.height() for button in sidebar.buttons) >= LOW
    assert (_whole(sidebar, 0), _whole(sidebar, COUNT - 1)) == (True, False)
    up, down = sidebar._further
    assert (up.isVisible(), up.more(), down.isVisible(), down.more()) == (True, False, True, True)
    assert faults(sidebar) == []


def test_the_wheel_and_the_arrow_lead_to_the_last_page(sidebar: Sidebar) -> None:
    wheel = QWheelEvent(
        QPointF(50, 50), sidebar.mapToGlobal(QPointF(50, 50)), QPoint(), QPoint(0, -120 * 10), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(sidebar._area.viewport(), wheel)
    assert _whole(sidebar, COUNT - 1)
    assert not _whole(sidebar, 0)
    QTest.mouseClick(sidebar._further[0], Qt.MouseButton.LeftButton)
    assert _whole(sidebar, 0)


def test_the_keys_of_the_pages_bring_each_into_sight(sidebar: Sidebar) -> None:
    for at in range(1, COUNT):
        sidebar._step(1)
        assert _whole(sidebar, at)
    sidebar._step(1)
    assert _whole(sidebar, 0)


def test_where_all_fit_there_are_no_arrows(sidebar: Sidebar) -> None:
    sidebar.resize(sidebar.width(), 1080)
    assert not any(arrow.isVisible() for arrow in sidebar._further)
    assert all(_whole(sidebar, at) for at in range(COUNT))


def test_the_page_on_screen_stays_in_sight_in_a_window_that_becomes_low(sidebar: Sidebar) -> None:
    sidebar.resize(sidebar.width(), 1080)
    sidebar.show_chosen(COUNT - 2)
    sidebar.resize(sidebar.width(), 500)
    QApplication.sendPostedEvents()
    assert _whole(sidebar, COUNT - 2)
    sidebar._area.verticalScrollBar().setValue(0)  # whoever looks for another one is left alone
    QApplication.sendPostedEvents()
    assert _whole(sidebar, 0)


def test_a_page_half_in_sight_shows_no_half_words(sidebar: Sidebar) -> None:
    bar = sidebar._area.verticalScrollBar()
    for at in (0, 20):
        bar.setValue(at)
        picture = sidebar.grab().toImage()
        half = [button for button in sidebar.buttons if button.is_cut() and not button.visibleRegion().isEmpty()]
        assert len(half) == (1 if at == 0 else 2), "else there is nothing to see here"
        for button in half:
            seen = button.visibleRegion().boundingRect()
            corner = button.mapTo(sidebar, seen.topLeft()) * picture.devicePixelRatio()
            colours = {
                picture.pixelColor(int(corner.x()) + x, int(corner.y()) + y).rgb()
                for x in range(8, seen.width() - 8, 2)
                for y in range(seen.height())
            }
            assert len(colours) == 1, "the ground alone"
