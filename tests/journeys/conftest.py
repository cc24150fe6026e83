"""The real window on a real encrypted data folder, at the demo's hour."""

from __future__ import annotations

import pkgutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.clock import DemoClock
from gui.pages.lone import LonePage
from gui.sign_in import SignInPage
from gui.window import Window
from gui.wish import Opening
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
        take_down(hands)


def close(hands: Hands) -> None:
    """Close and wait for the copy; a second time does nothing."""
    window: Any = hands.window
    if window.isVisible():
        with hands.bot.waitSignal(window.closed, timeout=15_000):
            window.close()


def take_down(hands: Hands) -> None:
    """Close and destroy. What is connected holds a window for good: three hundred of them would be four gigabytes."""
    close(hands)
    shiboken6.delete(hands.window)


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


def open_page(hands: Hands, title: str, kind: type[Any]) -> Any:
    """The page with this title in the sidebar."""
    shell = hands.window.shell  # type: ignore[attr-defined]  # the window has one once somebody is signed in
    shell.open_page([entry.title for entry in shell._entries].index(title))
    return page_of(hands, kind)


@pytest.fixture
def desk(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, LonePage]:
    """The coordinator alone at the centre, with ten vials of CoronaVac on the shelf."""
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page: LonePage = open_page(hands, "Meja tunggal", LonePage)
    hands.wait(lambda: len(page.desk.place.posts) == 2)
    page.act(
        receive_batch, catalogue=page.desk.catalogue, today=TODAY, post=page.desk.place.post_id, product="coronavac",
        number="20210812", expiry=date(2022, 3, 12), vials=10, doses_per_vial=10, ul_per_dose=500, asks=True,
        done=lambda _batch: None,
    )  # fmt: skip
    hands.wait(lambda: len(page.clinic.vial.shelf) == 1)
    return hands, page


def open_known(hands: Hands, page: LonePage) -> None:
    """KNOWN stands at the desk."""
    desk = page.registration
    desk.first.setFocus()
    desk.first.selectAll()
    hands.type("yusuf aminah")
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.left.currentWidget() is desk.card)


def arrive_known(hands: Hands, page: LonePage) -> None:
    """KNOWN is in the queue and sits at the table, the card before them."""
    open_known(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.clinic.case is not None and page.clinic.doing == "screening")


def screen_card(hands: Hands, page: LonePage, pressure: str = "120/80", temperature: str = "366") -> None:
    """Fill in the card that is on screen: no to everything, and save it."""
    fill_card(hands, page, pressure, temperature)
    hands.wait(page.clinic.main.hasFocus)
    hands.press(Key.Key_F9)


def fill_card(hands: Hands, page: LonePage, pressure: str = "120/80", temperature: str = "366") -> None:
    """The same without saving it; every question has a key of its own."""
    card = page.clinic.card
    hands.wait(lambda: page.clinic.doing == "screening" and card.isVisible())
    hands.fill(card.temperature.editor, temperature)
    hands.fill(card.pressure.editor, pressure)
    card.questions.begin()
    for _ in card.questions.rows:
        hands.press(Key.Key_T)


def inject(hands: Hands, page: LonePage) -> None:
    """The left arm, with a vial that is opened if there is none, until the cursor is in the first field again."""
    clinic = page.clinic
    hands.wait(clinic.injection.limb.hasFocus)
    if clinic.vial.in_hand() is None:
        open_vial(hands, page)
        hands.wait(clinic.injection.limb.hasFocus)
    hands.press(Key.Key_K, Key.Key_F9)
    hands.wait(lambda: "tersimpan" in page.undo.text() and clinic.case is None)
    hands.wait(page.registration.first.hasFocus)


def open_vial(hands: Hands, page: LonePage) -> None:
    """F12, then Enter on the batch that expires first; few wait, so the one key that says why all the same."""
    hands.press(Key.Key_F12)
    hands.wait(page.clinic.vial_keys.shelf.list.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(page.clinic.vial_keys.opening.before.keys.hasFocus)
    hands.press(Key.Key_1)
    hands.wait(lambda: page.clinic.vial.in_hand() is not None)


def stopped_by_hand(hands: Hands, monkeypatch: pytest.MonkeyPatch, slow: str, begin: Callable[[], object]) -> None:
    """`begin` something that goes through the function called `slow`, which takes until somebody has pressed Hentikan."""
    pressed, really = threading.Event(), pkgutil.resolve_name(slow)
    window: Any = hands.window

    def takes_long(*args: Any, **values: Any) -> Any:
        assert pressed.wait(10)
        return really(*args, **values)

    with monkeypatch.context() as patch:
        patch.setattr(slow, takes_long)
        patch.setattr("gui.strip.BAR_AFTER", 0.0)
        begin()
        hands.wait(window.strip.cancel.isVisible)
        QTest.mouseClick(window.strip.cancel, Qt.MouseButton.LeftButton)
        pressed.set()
        hands.wait(lambda: window.work.oldest() is None and window.strip.isHidden())
