"""The small pieces that every screen is laid out with."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Literal, cast

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.area import Area
from gui.choice_box import ChoiceBox
from gui.messages import sentence
from models.errors import Problem

LOW = 700
"""A window lower than this has no room for what can be said elsewhere."""
Kind = Literal["good", "ask", "stop", "calm"]
_AWAY_FOR_A_MOMENT = {
    Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason,
}  # fmt: skip
SIGNS: dict[Kind, str] = {"good": "✓", "ask": "!", "stop": "✕", "calm": "·"}


def mark(widget: QWidget, name: str, value: object = True) -> None:
    """Set a property that the style sheet looks at, and have it looked at again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def plain(text: str = "", *, wrap: bool = True, **properties: bool) -> QLabel:
    """A label of plain text: what people are called must never be read as markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    for name, value in properties.items():
        label.setProperty(name, value)
    return label


BOUNCE_SECONDS = 0.4
"""Within this time after a main key, the next main key is taken for a bounce. Tests, which type faster, set it to zero."""


class KeyButton(QPushButton):
    """A command with its fixed key written on it. The text carries an Alt letter ("&Terima")."""

    def __init__(self, text: str, key: str = "", *, main: bool = False) -> None:
        super().__init__(f"{text}  {key}" if key else text)
        self.setAutoDefault(True)  # Enter works while it has the focus
        self.setAccessibleName(text.replace("&", ""))
        self._text, self._key = text, key
        if main:
            self.setProperty("main", True)
        if key:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)  # a key held down is one press
            shortcut.activated.connect(self._pressed if main else self.click)

    def _pressed(self) -> None:
        """A worn key bounces: what the first press brought up must not be answered by the second one."""
        window, now = self.window(), time.monotonic()
        last = window.property("mainKeyAt")
        window.setProperty("mainKeyAt", now)
        if last is None or now - float(last) >= BOUNCE_SECONDS:
            self.click()

    @property
    def words(self) -> str:
        """What it says, without its key."""
        return self._text

    def say(self, text: str) -> None:
        """Another text for the same key."""
        self._text = text
        self.setText(f"{text}  {self._key}" if self._key else text)
        self.setAccessibleName(text.replace("&", ""))


class Panel(QFrame):
    """A white box with a heading."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self.setProperty("panel", True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(12, 8, 12, 10)
        self.rows.setSpacing(6)
        self.heading = plain(heading, heading=True)
        self.rows.addWidget(self.heading)
        self.heading.setVisible(bool(heading))  # once it lies in here: without a parent it would be a window
        self._fields: dict[str, Field] = {}  # by the name under which the models refuse them

    def refused(self, problem: Problem) -> bool:
        """Show what was refused beside its field; False when no field here is meant."""
        field = self._fields.get(problem.field or "")
        if field is None:
            return False
        field.show_fault(problem)
        field.setFocus()
        return True


class Banner(QFrame):
    """A state: colour, sign and words, the same everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", True)
        self._sign = plain(wrap=False, big=True)
        self._title = plain(heading=False)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._text = plain()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        self.hide()

    def show_state(self, kind: Kind, title: str, text: str = "") -> None:
        """Say it, and to a screen reader too."""
        if self.property("kind") != kind:
            mark(self, "kind", kind)
            for label in (self._sign, self._title, self._text):
                label.style().unpolish(label)
                label.style().polish(label)
        self._sign.setText(SIGNS[kind])
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title}. {text}")
        self.show()

    def words(self) -> str:
        """What stands on it."""
        return f"{self._title.text()} {self._text.text()}".strip()


def chip(text: str = "", kind: Kind = "calm") -> QLabel:
    """A small state on one line."""
    label = plain(text, wrap=False, chip=True)
    label.setProperty("kind", kind)
    return label


def set_chip(label: QLabel, text: str, kind: Kind = "calm") -> None:
    """Another state on the same chip."""
    label.setText(f"{SIGNS[kind]} {text}" if kind != "calm" else text)
    mark(label, "kind", kind)


class Line(QLineEdit):
    """While nobody writes in it, a text that is longer than it is seen from its beginning."""

    def setText(self, text: str | None) -> None:  # noqa: N802 - Qt's name
        """Put it in; the cursor stands behind it only for who is going to write on."""
        super().setText(text or "")
        if not self.hasFocus():
            self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever is led here writes on behind what stands there."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.OtherFocusReason:
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Back to the beginning, unless the writer is only away for a moment."""
        super().focusOutEvent(event)
        if event.reason() not in _AWAY_FOR_A_MOMENT:
            self.setCursorPosition(0)


class Field(QWidget):
    """A label, one line or a choice, and beneath it what is wrong with it.

    `tidy(text)` is called on leaving: it gives the text in its proper form or raises a Problem, which is then shown here.
    What was typed stays as it was typed. Enter goes on to the next field, except from the `last` one, where it is an answer.
    """

    left = Signal()

    def __init__(
        self,
        label: str,
        editor: QLineEdit | QComboBox | None = None,
        tidy: Callable[[str], str] | None = None,
        *,
        last: bool = False,
    ) -> None:
        super().__init__()
        self.editor = editor if editor is not None else Line()
        self._tidy = tidy
        self._goes_on, self._last = False, last
        self._label = plain(label, wrap=False)
        self._label.setBuddy(self.editor)
        self.editor.setAccessibleName(label.replace("&", ""))
        self._fault = plain(fault=True)
        self._fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for widget in (self._label, self.editor, self._fault):
            column.addWidget(widget)
        if not label:
            self._label.hide()
        self.setFocusProxy(self.editor)
        if isinstance(self.editor, QLineEdit):
            self.editor.editingFinished.connect(self._leave)
            self.editor.textEdited.connect(self.clear_fault)
            self.editor.returnPressed.connect(self._entered)
        else:
            self.editor.activated.connect(self._chosen)

    @property
    def line(self) -> QLineEdit:
        """The line, where it is one."""
        return cast(QLineEdit, self.editor)

    @property
    def box(self) -> QComboBox:
        """The choice, where it is one."""
        return cast(QComboBox, self.editor)

    def text(self) -> str:
        """What was typed, or the value behind what was chosen."""
        if isinstance(self.editor, QLineEdit):
            return self.editor.text()
        return str(self.editor.currentData() or "")

    def set_text(self, text: str) -> None:
        """Put a value in; an unknown value of a choice leaves it open."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
        else:
            self.editor.setCurrentIndex(self.editor.findData(text))
        self.clear_fault()

    def show_fault(self, problem: Problem) -> None:
        """What is wrong and how to mend it."""
        self.say_fault(sentence(problem))

    def say_fault(self, text: str) -> None:
        """The same for a sentence at hand."""
        self._fault.setText(text)
        self._fault.show()
        self.editor.setAccessibleDescription(text)
        mark(self.editor, "wrong", True)

    def clear_fault(self) -> None:
        """Take the sentence away."""
        if self._fault.isHidden():
            return
        self._fault.hide()
        self.editor.setAccessibleDescription("")
        mark(self.editor, "wrong", False)

    def fault(self) -> str:
        """The sentence that stands beneath it, or nothing."""
        return "" if self._fault.isHidden() else self._fault.text()

    def check(self) -> bool:
        """Tidy what was typed; False, with the sentence shown, when it cannot be."""
        if self._tidy is None or not isinstance(self.editor, QLineEdit):
            return not self.fault()
        try:
            tidied = self._tidy(self.editor.text())
        except Problem as problem:
            self.show_fault(problem)
            return False
        if tidied != self.editor.text():
            self.editor.setText(tidied)
        self.clear_fault()
        return True

    def _entered(self) -> None:
        self._goes_on = not self._last

    def _leave(self) -> None:
        """On Enter Qt says first that it was pressed, then that editing ended: here everybody has heard of it. Going on within
        that same key press, and not by a timer, is what keeps the next key of a fast typist on a busy PC out of this field."""
        goes_on, self._goes_on = self._goes_on, False
        if self.text().strip():
            self.check()
        self.left.emit()
        if goes_on and shiboken6.isValid(self.editor) and self.editor.hasFocus():
            self.editor.focusNextChild()

    def _chosen(self) -> None:
        self.clear_fault()
        self.left.emit()


def choice(options: Sequence[tuple[str, str]], *, open_: bool = True) -> ChoiceBox:
    """A box of (value, words). `open_` begins with nothing chosen: what matters is never a default."""
    box = ChoiceBox()
    for value, words in options:
        box.addItem(words, value)
    if open_:
        box.setCurrentIndex(-1)
        box.setPlaceholderText("–")
    return box


def show_faults(problems: Sequence[Problem], fields: dict[str, Field], otherwise: Callable[[Problem], None]) -> None:
    """Show each problem beside its field and go to the first of `fields`; one without a field goes to `otherwise`."""
    for problem in problems:
        field = fields.get(problem.field or "")
        if field is None:
            otherwise(problem)
        else:
            field.show_fault(problem)
    first = next((field for field in fields.values() if field.fault()), None)
    if first is not None:
        first.setFocus()


def on_key(owner: QWidget, key: str, then: Callable[[], Any]) -> QShortcut:
    """A key without a button, alive while `owner` is on screen."""
    shortcut = QShortcut(QKeySequence(key), owner)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(then)
    return shortcut


def columns(*widgets: QWidget | tuple[QWidget, int], spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side, each with its stretch (1 unless told), aligned to the top."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for each in widgets:
        widget, stretch = each if isinstance(each, tuple) else (each, 1)
        row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
    return row


def in_a_row(*widgets: QWidget, spacing: int = 6) -> QWidget:
    """The same as one widget, which can be shown and locked at once."""
    box = QWidget()
    row = columns(*widgets, spacing=spacing)
    row.setContentsMargins(0, 0, 0, 0)
    box.setLayout(row)
    return box


def empty(layout: Any) -> None:
    """Take all widgets out of a layout and let Qt delete them."""
    while layout.count():
        item = layout.takeAt(0)
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout() is not None:
            empty(item.layout())


def scrolling(inner: QWidget, least: int = 80, *, long: bool = False) -> QScrollArea:
    """`inner` where there may be less room than it wants; it is no stop of its own for the Tab key. `long` says that it is as
    long as it happens to be, and no screen is expected to show it whole."""
    area = Area()
    area.setWidgetResizable(True)
    area.setWidget(inner)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumHeight(least)
    area.setProperty("long", long)
    return area
