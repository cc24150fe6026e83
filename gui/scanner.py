"""A barcode scanner types like a person, only faster: what it types goes to the page, in whatever field it lands.

The first sign of a burst is delivered like any other, so that nobody who types waits for anything. From the second on they are
held back until the gap is too long for a scanner (then they are typed after all) or Enter ends a burst that is long enough.
Times are those of the events, as the system stamped them: a screen that was busy for a moment makes no scanner of a typist.
Events without a stamp, and what is pasted, are never taken for one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

GAP: Final = 35
"""Milliseconds between two signs. Cheap scanners take 2 to 20; the fastest typists need 60 on average."""
LEAST: Final = 8
"""Signs in a burst: nobody types so many without one pause."""
_REPEATS: Final = 8
"""Milliseconds: no key that is held down repeats sooner. Two equal signs of a fast scanner come within one, and then look to the
system as if one key was held."""
_ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_SILENT: Final = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr, Qt.Key.Key_Control})  # held with a sign
_FNC1: Final = "\x1d"
"""Ends a value within a GS1 code; no key that a person presses in a field."""
_TYPED: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Scanner(QObject):
    """Watches the widget with the focus, as long as it lies in `area`.

    `deliver(text)` gets a burst after the field is again as it was before. When it answers False, the burst was not meant for
    the page and is typed into the field after all. A widget with the property "takesScan" gets everything as it comes.
    """

    def __init__(self, area: QWidget, deliver: Callable[[str], bool], gap: int = GAP, least: int = LEAST) -> None:
        super().__init__(area)
        self.gap, self.least = gap, least
        self._area, self._deliver = area, deliver
        self._target: QWidget | None = None
        self._signs: list[QKeyEvent] = []
        self._held = 0  # how many of them, from the end, the field has not got
        self._last = 0
        self._before: Callable[[], None] = _nothing
        self._typing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(gap)
        self._pause.timeout.connect(self._let_through)
        application = cast(QApplication, QApplication.instance())
        application.focusChanged.connect(self._focus_moved)
        self._focus_moved(None, QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """True for what is held back."""
        if event.type() is QEvent.Type.ShortcutOverride and watched is self._target and self._is_burst(cast(QKeyEvent, event)):
            event.accept()  # a letter or Enter of a burst is no key of a button
            return True
        if event.type() is not QEvent.Type.KeyPress or watched is not self._target or self._typing:
            return False
        return self._pressed(cast(QKeyEvent, event))

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._target is not None and shiboken6.isValid(self._target):
            self._end()
            self._target.removeEventFilter(self)
        inside = now is not None and self._area.isAncestorOf(now) and not now.property("takesScan")
        self._target = now if inside else None
        self._signs.clear()
        if self._target is not None:
            self._target.installEventFilter(self)

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _SILENT:
            return False
        if key in _ENDS:
            return self._ended(event)
        if not _is_sign(event) or self._is_held_down(event) or not event.timestamp():
            self._end()
            return False
        if self._is_burst(event):
            self._keep(event)
            self._held += 1
            self._pause.start()
            return True
        self._end()
        self._before = _memory_of(cast(QWidget, self._target))
        self._keep(event)
        return False

    def _keep(self, event: QKeyEvent) -> None:
        self._signs.append(_copy(event))
        self._last = event.timestamp()

    def _is_held_down(self, event: QKeyEvent) -> bool:
        return event.isAutoRepeat() and event.timestamp() - self._last >= _REPEATS

    def _is_burst(self, event: QKeyEvent) -> bool:
        if not self._signs or not event.timestamp() or event.timestamp() - self._last > self.gap:
            return False
        return _is_sign(event) or (Qt.Key(event.key()) in _ENDS and len(self._signs) >= self.least)

    def _ended(self, event: QKeyEvent) -> bool:
        if not self._is_burst(event):
            self._end()
            return False
        target, signs, enter = cast(QWidget, self._target), list(self._signs), _copy(event)
        self._pause.stop()
        self._signs.clear()
        self._held = 0
        self._before()
        if not self._deliver("".join(sign.text() for sign in signs)):
            self._type(target, [*signs, enter])
        return True

    def _end(self) -> None:
        self._let_through()
        self._signs.clear()

    def _let_through(self) -> None:
        """No scanner after all, or one that was slow for a moment: the field gets what it is owed."""
        self._pause.stop()
        owed, self._held = self._signs[len(self._signs) - self._held :], 0
        if owed and self._target is not None:
            self._type(self._target, owed)

    def _type(self, target: QWidget, events: list[QKeyEvent]) -> None:
        self._typing = True
        try:
            for event in events:
                if shiboken6.isValid(target):
                    QApplication.sendEvent(target, event)
        finally:
            self._typing = False


def _is_sign(event: QKeyEvent) -> bool:
    if event.text() == _FNC1:  # what scanners send for it is Ctrl+]
        return True
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & ~_TYPED


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())


def _nothing() -> None:
    return


def _memory_of(widget: QWidget) -> Callable[[], None]:
    """What puts `widget` back to how it is now, and says so to whoever listens to what people type."""
    if isinstance(widget, QLineEdit):
        return _memory_of_line(widget)
    if isinstance(widget, QPlainTextEdit):
        return _memory_of_text(widget)
    if isinstance(widget, QSpinBox):
        value = widget.value()
        return lambda: widget.setValue(value)
    if isinstance(widget, QComboBox):
        index = widget.currentIndex()

        def choose_again() -> None:
            if widget.currentIndex() != index:
                widget.setCurrentIndex(index)
                widget.activated.emit(index)

        return choose_again
    if isinstance(widget, QAbstractItemView):
        row = widget.currentIndex()
        return lambda: widget.setCurrentIndex(row)
    return _nothing


def _memory_of_line(line: QLineEdit) -> Callable[[], None]:
    text, at = line.text(), line.cursorPosition()
    chosen = (line.selectionStart(), line.selectionLength())

    def write_again() -> None:
        if line.text() != text:
            line.setText(text)
            line.textEdited.emit(text)
        if chosen[1]:
            line.setSelection(*chosen)
        else:
            line.setCursorPosition(at)

    return write_again


def _memory_of_text(notes: QPlainTextEdit) -> Callable[[], None]:
    text, at = notes.toPlainText(), notes.textCursor().position()

    def write_again() -> None:
        notes.setPlainText(text)
        cursor = notes.textCursor()
        cursor.setPosition(at)
        notes.setTextCursor(cursor)

    return write_again
