"""What was just saved can be taken back for ten seconds, with a key, without a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gui.language import tr
from gui.one_line import OneLine
from gui.parts import KeyButton, mark, plain

SECONDS: Final = 10


class UndoBar(QFrame):
    """One line: what was done, how long it can be taken back, and the button. Never takes the focus by itself.

    Its key is Ctrl+Z, also while a line has the focus in which nothing was typed. Where something was typed, Ctrl+Z means
    that line, as everywhere. Once the time is over, `late` answers the key with what cannot be taken back by it any more.
    """

    late = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", True)
        mark(self, "kind", "good")
        self._sign = plain("✓", wrap=False, big=True)
        self._text = OneLine(elide=Qt.TextElideMode.ElideMiddle)  # who and what: the name gives way
        self._left_label = plain(wrap=False)
        self.button = KeyButton(tr("Batalkan"), "Ctrl+Z")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 6, 3)
        row.setSpacing(12)
        row.addWidget(self._sign)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._text)
        words.addWidget(self._left_label)
        row.addLayout(words, 1)
        row.addWidget(self.button)
        self._then: Callable[[], object] | None = None
        self._lapsed = ""  # what was offered last, once its time is over
        self._watched: QWidget | None = None
        self.left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self.button.clicked.connect(self._pressed)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._watch)
        self.hide()

    def offer(self, text: str, then: Callable[[], object], seconds: int = SECONDS, gives: str = "") -> None:
        """Say what was done; `then()` is called when somebody takes it back. While it answers False the offer stands, else it
        is called once. Replaces an older offer. Where room is short the part `gives` of the text is cut first."""
        self._then, self.left, self._lapsed = then, seconds, ""
        self._text.setText(text, gives)
        self.setAccessibleName(tr("{text} Batalkan dengan Ctrl+Z.").format(text=text))
        self._show_left()
        self._timer.start()
        self.show()

    def withdraw(self) -> None:
        """What was offered cannot be taken back any more."""
        self._timer.stop()
        self._then, self._lapsed = None, ""
        self.hide()

    def text(self) -> str:
        """What stands on it, or nothing."""
        return "" if self.isHidden() else self._text.whole()

    def tick(self) -> None:
        """A second has passed. Somebody who is on the button gets the time to press it."""
        if self.left > 1 or not self.button.hasFocus():
            self.left -= 1
        self._show_left()
        if self.left <= 0:
            self.withdraw()
            self._lapsed = self._text.whole()
            self._watch(None, QApplication.focusWidget())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep an untouched line from taking our key for its own undo, and answer it when it comes too late."""
        pressed = event.type() is QEvent.Type.KeyPress
        if not pressed and event.type() is not QEvent.Type.ShortcutOverride:
            return False
        if not cast(QKeyEvent, event).matches(QKeySequence.StandardKey.Undo):
            return False
        if self._is_late():
            if _was_typed_in(self._watched):
                return False
            if pressed:
                self.late.emit(self._lapsed)
            event.accept()
            return True
        if pressed:
            return False
        event.ignore()
        return self.isEnabled() and not _was_typed_in(self._watched)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """From now on the key is ours."""
        super().showEvent(event)
        self._watch(None, QApplication.focusWidget())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The key is the line's again."""
        super().hideEvent(event)
        self._watch(None, None)

    def _is_late(self) -> bool:
        """Our page is on screen, and what was done there last cannot be taken back by key any more."""
        page = self.parentWidget()
        return bool(self._lapsed) and self.isHidden() and self.isEnabled() and page is not None and page.isVisible()

    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now if now is not None and (self.isVisible() or self._lapsed) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def _show_left(self) -> None:
        self._left_label.setText(tr("{seconds} detik lagi").format(seconds=self.left))

    def _pressed(self) -> None:
        then, self._then = self._then, None
        if then is None:
            return
        if then() is False:
            self._then = then
        elif self._then is None:  # nothing new was offered meanwhile
            self.withdraw()


def _was_typed_in(widget: QWidget | None) -> bool:
    if isinstance(widget, QLineEdit):
        return bool(widget.text()) and widget.isUndoAvailable()
    return isinstance(widget, QPlainTextEdit) and widget.document().isUndoAvailable()
