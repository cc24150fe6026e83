"""A real X server of the test's own, keys from xdotool, and pictures of what stands on the screen."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.parts import BOUNCE_SECONDS
from tests.gui.hands import Hands, Key

NAMES = {
    Key.Key_Return: "Return", Key.Key_Enter: "KP_Enter", Key.Key_Escape: "Escape", Key.Key_Tab: "Tab",
    Key.Key_Backtab: "shift+Tab", Key.Key_Space: "space", Key.Key_Down: "Down", Key.Key_Up: "Up", Key.Key_Left: "Left",
    Key.Key_Right: "Right", Key.Key_Home: "Home", Key.Key_End: "End", Key.Key_PageDown: "Next", Key.Key_PageUp: "Prior",
    Key.Key_Delete: "Delete", Key.Key_Backspace: "BackSpace",
}  # fmt: skip
"""What X calls the keys that have another name there; letters, digits and F-keys have their own."""
_HELD = {Key.Key_Shift, Key.Key_Control, Key.Key_Alt}
_ON_ITS_WAY = 0.2
"""Seconds that a key may take from here to the window."""
_FNC1 = "\x1d"


@contextmanager
def x_server(size: str) -> Iterator[str]:
    """The name of a display of this size; a missing Xvfb is an error."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


class _Keys(QObject):
    """Counts the keys that have come up again, as the X server told them; Shift and Ctrl are held down with others."""

    def __init__(self) -> None:
        super().__init__()
        self.released = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Every key goes to the QWindow first; what a widget gets after that is the same one again."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and event.key() not in _HELD:
            self.released += 1
        return False


class ScreenHands(Hands):
    """Hands at a real keyboard: xdotool types, the X server delivers, the window that has the focus gets it."""

    def __init__(self, bot: QtBot, window: QWidget, place: QPoint) -> None:
        super().__init__(bot, window)
        self._place = place
        self._keys = _Keys()  # of this window alone: every event of the program costs the scene time
        self._main_key = 0.0

    def show(self) -> None:
        """Where its PC stands on the screen; without a window manager nobody else gives it the keyboard."""
        self.window.move(self._place)
        self._count(self.window)
        super().show()

    def sit_down(self) -> None:
        """Over what else stands at this place of the screen, for there is no window manager to lift it."""
        self.window.raise_()
        super().sit_down()

    def into(self, dialog: QWidget) -> None:
        """Its keys are counted too."""
        self._count(dialog)
        dialog.raise_()
        dialog.activateWindow()
        super().into(dialog)

    def press(self, *keys: Key, control: bool = False) -> None:
        """One key after the other, each until the window has had it."""
        for key in keys:
            if key == Key.Key_F9:  # a second press sooner than a person's would count as a bounce
                self.wait(lambda: time.monotonic() - self._main_key > BOUNCE_SECONDS + _ON_ITS_WAY)
                self._main_key = time.monotonic()
            name = NAMES.get(key) or key.name.removeprefix("Key_")
            name = name.lower() if len(name) == 1 else name
            self._do(["key", "--clearmodifiers", f"ctrl+{name}" if control else name], 1)

    def type(self, text: str) -> None:
        """As a fast typist, sign by sign; a scanner is faster (gui.scanner)."""
        self._do(["type", "--delay", "120", "--", text], len(text))

    def scan(self, text: str) -> None:
        """Two milliseconds from sign to sign, FNC1 as Ctrl+], then Enter: all by one xdotool, for a scanner knows no pause."""
        words: list[str] = []
        for part in text.split(_FNC1):
            words += ["key", "--delay", "2", "ctrl+bracketright"] if words else []
            words += ["type", "--delay", "2", "--args", "1", part]
        self._do([*words, "key", "Return"], len(text) + 1)

    def select_all(self, editor: QWidget) -> None:
        """Ctrl+A from the same keyboard."""
        assert editor.hasFocus()
        self.press(Key.Key_A, control=True)

    def picture(self, path: Path) -> None:
        """The whole screen of this PC as the X server shows it."""
        size, at = self.window.size() * self.window.devicePixelRatio(), self._place * self.window.devicePixelRatio()
        crop = f"{size.width()}x{size.height()}+{at.x()}+{at.y()}"
        self._wait_for(["import", "-window", "root", "-crop", crop, "+repage", str(path)])

    def _do(self, words: list[str], keys: int) -> None:
        focus = QApplication.focusWidget()
        proposals = focus.completer() if isinstance(focus, QLineEdit) else None
        if proposals is not None:
            self._watch(proposals)
        before, over = self._keys.released, QApplication.activeModalWidget()
        self._wait_for(["xdotool", *words])
        # A key that opens or closes a window comes up in another one.
        self.wait(lambda: self._keys.released >= before + keys or QApplication.activeModalWidget() is not over)

    def _watch(self, proposals: QCompleter) -> None:
        """Its list is a window of its own, which gets the keys as long as it is open."""
        popup = proposals.popup()
        assert popup is not None
        self._count(popup)

    def _count(self, window: QWidget) -> None:
        """Keys that go to this window; again and again it is still counted once."""
        window.winId()
        handle = window.windowHandle()
        assert handle is not None
        handle.installEventFilter(self._keys)

    def _wait_for(self, command: list[str]) -> None:
        """The program goes on while another one works, and the watchdog does not count what it takes to start that."""
        codes: list[int] = []
        thread = threading.Thread(target=lambda: codes.append(subprocess.run(command, check=False).returncode))
        thread.start()
        self.wait(lambda: bool(codes))
        thread.join()
        assert codes == [0], command
