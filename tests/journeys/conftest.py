"""The real window on a real encrypted data folder, at the demo's hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.clock import DemoClock
from gui.sign_in import SignInPage
from gui.window import Opening, Window
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
