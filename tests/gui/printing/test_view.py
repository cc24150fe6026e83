"""Paper on the screen: all pages, sharp at every size, moved with keys."""

from __future__ import annotations

import threading
from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.printing import view as view_module
from gui.printing.view import PaperView
from gui.work import Work
from reports.fonts import BOLD
from reports.page import new_canvas
from tests.gui.printing.printers import paper


def pages(count: int) -> bytes:
    """A4, each with its number."""
    out = BytesIO()
    canvas = new_canvas(out, (595.0, 842.0), "Uji")
    for number in range(count):
        canvas.setFont(BOLD, 40)
        canvas.drawString(60, 700, f"halaman {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot, work: Work) -> PaperView:
    """On screen, with three pages."""
    made = PaperView("Rekap", work)
    qtbot.addWidget(made)
    made.resize(700, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.show_paper(pages(3))
    qtbot.waitUntil(made.is_drawn, timeout=10_000)
    return made


def test_all_pages_are_there_as_wide_as_the_view_and_drawn_in_its_own_dots(qtbot: QtBot, view: PaperView) -> None:
    assert view.pages == 3
    assert view._words.text().startswith("Halaman 1 dari 3 ·")
    for at, picture in view._sheets.pictures.items():
        area = view._sheets.areas()[at]
        assert picture.width() == round(area.width() * view.devicePixelRatioF())
    assert view.area.horizontalScrollBar().maximum() == 0
    view.resize(500, 600)
    qtbot.waitUntil(lambda: view._sheets.pictures[0].width() < 480 and view.is_drawn(), timeout=10_000)
    assert view.area.horizontalScrollBar().maximum() == 0


def test_keys_go_to_the_end_and_back_and_only_what_is_in_sight_is_kept(qtbot: QtBot, view: PaperView) -> None:
    view.setFocus()
    QTest.keyClick(view.area, Qt.Key.Key_End)
    assert view._words.text().startswith("Halaman 3 dari 3")
    qtbot.waitUntil(lambda: view.is_drawn() and 0 not in view._sheets.pictures, timeout=10_000)
    QTest.keyClick(view.area, Qt.Key.Key_Home)
    assert view._words.text().startswith("Halaman 1 dari 3")
    QTest.keyClick(view.area, Qt.Key.Key_PageDown)
    assert view.area.verticalScrollBar().value() > 0


def test_it_becomes_larger_and_smaller_in_steps_and_fits_again(qtbot: QtBot, view: PaperView) -> None:
    fitted = view._sheets.scale
    view.activateWindow()
    view.area.setFocus()
    view.larger.click()
    assert view._sheets.scale > fitted
    for _ in range(20):
        view.smaller.click()
    assert view._words.text().endswith("50 %")
    view.zoom_to(1.0)
    qtbot.waitUntil(view.is_drawn, timeout=10_000)
    assert view._words.text().endswith("100 %")
    assert view._sheets.areas()[0].width() == round(595 * 96 / 72)
    view.fit.click()
    assert view._sheets.scale == fitted


def test_a_slip_is_seen_whole_and_a_roll_is_never_too_small_to_read(qtbot: QtBot, work: Work, dressed: QApplication) -> None:
    view = PaperView("Slip", work, whole=True)
    qtbot.addWidget(view)
    view.resize(560, 480)
    with qtbot.waitExposed(view):
        view.show()
    view.show_paper(paper(size=(297.6, 419.5)))
    qtbot.waitUntil(view.is_drawn, timeout=10_000)
    assert view.area.verticalScrollBar().maximum() == 0
    view.show_paper(paper(size=(204.3, 900.0)))
    qtbot.waitUntil(lambda: view.is_drawn() and view._sheets.sizes[0][1] == pytest.approx(900), timeout=10_000)
    assert view._words.text().endswith("100 %"), "small and cut off would be the worst of both"
    assert view.area.verticalScrollBar().maximum() > 0
    view.fit.click()
    assert view.area.verticalScrollBar().maximum() == 0, "and whole for who asks for it"
    view.fit.click()
    assert view._words.text().endswith("160 %"), "then as wide as there is room, up to what is large enough"
    view.clear()
    assert (view.pages, view.page(), view._words.text()) == (0, 0, "")


def test_the_keys_of_the_size_work_wherever_the_cursor_is(qtbot: QtBot, work: Work, dressed: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    view, button = PaperView("Slip", work, whole=True), QPushButton("Cetak")
    rows.addWidget(view)
    rows.addWidget(button)
    window.resize(560, 480)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    view.show_paper(paper(size=(297.6, 419.5)))
    qtbot.waitUntil(view.is_drawn, timeout=10_000)
    sizes = [view._sheets.scale]
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
        QTest.keyClick(button, key, control)
        sizes.append(view._sheets.scale)
    assert sizes[0] < sizes[1] < sizes[2]
    assert sizes[3] == sizes[1]
    QTest.keyClick(button, Qt.Key.Key_Asterisk, control)
    assert view._sheets.scale == sizes[0]


def test_a_newer_paper_wins_and_nothing_is_drawn_on_the_screens_thread(
    qtbot: QtBot, view: PaperView, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = set()
    really = view_module.picture_of

    def watched(pdf: bytes, page: int, across: int) -> object:
        threads.add(threading.current_thread())
        return really(pdf, page, across)

    monkeypatch.setattr(view_module, "picture_of", watched)
    for count in (5, 2, 4):
        view.show_paper(pages(count))
    qtbot.waitUntil(lambda: view.pages == 4 and view.is_drawn(), timeout=10_000)
    assert threads
    assert threading.main_thread() not in threads
