"""Somebody at the keyboard: keys go to whatever has the focus, as in front of a real screen."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

Key = Qt.Key


class Hands:
    """`wait(check)` lets the program work until `check()` holds."""

    def __init__(self, bot: QtBot, window: QWidget) -> None:
        self.bot = bot
        self.window = window

    def show(self) -> None:
        """The window comes up and has the keyboard."""
        with self.bot.waitExposed(self.window):
            self.window.show()
        self.sit_down()

    def sit_down(self) -> None:
        """This window gets the keyboard, as when somebody turns to another PC."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    def wait(self, check: Callable[[], bool]) -> None:
        """Up to ten seconds. Looked at whenever the program has done something: a look every ten milliseconds would leave a
        tenth of all time unused."""
        if check():
            return
        last, alarm = time.monotonic() + 10, QTimer()
        alarm.start(10)  # for what comes true without an event
        while not check():
            assert time.monotonic() < last, "nothing came within ten seconds"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()  # what the same moment brought along: a window that came up gets the keyboard

    def into(self, dialog: QWidget) -> None:
        """A window of its own has opened over this one, and the keyboard is its."""
        self.wait(lambda: dialog.isVisible() and dialog.isAncestorOf(self._focused()))

    def press(self, *keys: Key, control: bool = False) -> None:
        """One key after the other."""
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(self._focused(), key, modifier)

    def type(self, text: str) -> None:
        """Type into whatever has the focus; what no key types is pasted."""
        if text.isascii():
            QTest.keyClicks(self._focused(), text)
        else:
            QApplication.clipboard().setText(text)
            QTest.keySequence(self._focused(), "Ctrl+V")

    def scan(self, text: str) -> None:
        """As a scanner types it: five milliseconds from sign to sign, FNC1 as Ctrl+], then Enter."""
        for at, sign in enumerate([*text, "\r"]):
            key = {"\r": Key.Key_Return, "\x1d": Key.Key_BracketRight}.get(sign, Key(ord(sign.upper())))
            held = Qt.KeyboardModifier.ControlModifier if sign == "\x1d" else Qt.KeyboardModifier.NoModifier
            for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
                event = QKeyEvent(kind, key, held, sign)
                event.setTimestamp(1000 + 5 * at)
                QApplication.sendEvent(self._focused(), event)

    def fill(self, editor: QWidget, text: str) -> None:
        """Go to a field, clear it and type; in a choice, go to the item that begins so."""
        editor.setFocus()
        self.wait(lambda: QApplication.focusWidget() is editor)
        if isinstance(editor, QComboBox):
            # Until the words fit: a choice is made with the arrow keys.
            self.press(Key.Key_Home)
            for _ in range(editor.count()):
                if editor.currentText().startswith(text):
                    return
                self.press(Key.Key_Down)
            raise AssertionError(f"no {text} among {[editor.itemText(at) for at in range(editor.count())]}")
        self.select_all(editor)
        self.type(text)

    def select_all(self, editor: QWidget) -> None:
        """What is typed next takes the place of what stands there."""
        QTest.keySequence(editor, "Ctrl+A")

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self.window
