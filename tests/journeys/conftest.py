"""The real window on a real encrypted data folder, at the demo's hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.clock import DemoClock
from gui.pages.service.page import ServicePage
from gui.sign_in import SignInPage
from gui.window import Opening, Window
from models.stock.actions import receive_batch
from tests.gui import conftest as of_widgets
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import PASSWORD, TODAY

# The same fixtures as for single widgets.
dressed, qapp_cls = of_widgets.dressed, of_widgets.qapp_cls
puskesmas, puskesmas_template = of_widgets.puskesmas, of_widgets.puskesmas_template


@pytest.fixture
def open_window(
    dressed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[..., Hands]]:
    """`open_window(path)`: a window at 10.00 of the demo's day; each is closed as a person closes it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    opened: list[Hands] = []

    def open_one(path: Path, size: tuple[int, int] = (1366, 768)) -> Hands:
        window = Window(Opening(path))
        window.clock = DemoClock(TODAY, "WIB")
        window.resize(*size)
        hands = Hands(qtbot, window)
        hands.show()
        window.open_data()
        opened.append(hands)
        return hands

    yield open_one
    for hands in opened:
        close(hands)


def close(hands: Hands) -> None:
    """Close and wait for the copy; a second time does nothing."""
    window: Any = hands.window
    if window.isVisible():
        with hands.bot.waitSignal(window.closed, timeout=15_000):
            window.close()


def page_of(hands: Hands, kind: type[Any]) -> Any:
    """Wait until a page of this kind is on screen."""
    found: list[Any] = []

    def there() -> bool:
        found[:] = [widget for widget in hands.window.findChildren(kind) if widget.isVisible()]
        return bool(found)

    hands.wait(there)
    return found[0]


def sign_in(hands: Hands, login: str, password: str = PASSWORD) -> Any:
    """Type login and password; the shell that opens."""
    page = page_of(hands, SignInPage)
    hands.window.activateWindow()  # Qt's offscreen platform forgets it when a popup is destroyed; no real screen does
    page.begin()
    hands.wait(page.login.line.hasFocus)
    hands.type(login)
    hands.press(Key.Key_Return)
    hands.wait(page.password.line.hasFocus)
    hands.type(password)
    hands.press(Key.Key_Return)
    window: Any = hands.window
    hands.wait(lambda: window.shell is not None and window.shell.isVisible())
    return window.shell


@pytest.fixture
def desk(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, ServicePage]:
    """The coordinator at the centre, with ten vials of CoronaVac on the shelf."""
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page: ServicePage = page_of(hands, ServicePage)
    hands.wait(lambda: len(page.desk.place.posts) == 2)
    page.act(
        receive_batch, catalogue=page.desk.catalogue, today=TODAY, post=page.post_id(), product="coronavac",
        number="20210812", expiry=date(2022, 3, 12), vials=10, doses_per_vial=10, ul_per_dose=500, asks=True,
        done=lambda _batch: None,
    )  # fmt: skip
    hands.wait(lambda: page.vial.batch.count() == 1)
    return hands, page


def open_known(hands: Hands, page: ServicePage) -> None:
    """KNOWN stands at the desk."""
    page.first.setFocus()
    hands.type("yusuf aminah")
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.left.currentWidget() is page.card)


def answer_no(hands: Hands, page: ServicePage) -> None:
    """F5 until every question was in sight and answered."""
    hands.wait(lambda: all(row.isVisible() for row in page.screening._rows))
    for _ in range(20):
        if all(row.answer is not None for row in page.screening._rows):
            return
        hands.press(Key.Key_F5)
    raise AssertionError("F5 does not come to the end of the questions")


def screen_card(hands: Hands, page: ServicePage, pressure: str = "120/80") -> None:
    """Fill in the card that is on screen: no to everything, and save it."""
    hands.wait(lambda: page.left.currentWidget() is page.screening and page.screening.card is not None)
    hands.fill(page.screening.temperature.editor, "366")
    hands.fill(page.screening.pressure.editor, pressure)
    answer_no(hands, page)
    hands.press(Key.Key_F9)
