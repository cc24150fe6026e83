"""A line with proposals beneath it: the likely ones before anything is typed, then what the typed words find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from gui.language import tr
from gui.parts import Field, Line
from models.errors import Refused

Offer = Callable[[str], Sequence[tuple[str, str]]]
"""From what was typed, which may be nothing, to (value, words) in the order they are proposed."""

_ROW = 36  # pixels, as the style sheet has it
_IN_SIGHT = 6
_BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason}


class SuggestLine(Line):
    """The list is a part of the window, not a popup: the keyboard stays with the line. ↓ ↑ move in it, Enter takes what is
    marked and goes on, Esc closes it. With `sure`, the first proposal is marked from the beginning."""

    picked = Signal(str)

    def __init__(self, offer: Offer, *, sure: bool) -> None:
        super().__init__()
        self._offer, self._sure = offer, sure
        self._values: list[str] = []
        self._names = QStringListModel(self)
        self._list: QListView | None = None
        self.textEdited.connect(lambda _text: self.propose())

    def propose(self) -> None:
        """Show what is proposed for what stands here."""
        found = self._offer(self.text())
        self._values = [value for value, _ in found]
        if not found:
            self.close_list()
            return
        view = self._view()
        self._names.setStringList([words for _, words in found])
        self._place(view, len(found))
        if self._sure:
            view.setCurrentIndex(self._names.index(0))

    def proposals(self) -> list[str]:
        """The words in the list, while it is open."""
        return self._names.stringList() if self.is_open() else []

    def is_open(self) -> bool:
        """Whether the list is on screen."""
        return self._list is not None and not self._list.isHidden()

    def close_list(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()

    def event(self, event: QEvent) -> bool:
        """While the list is open Esc closes it, and nothing else."""
        if event.type() is QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape and self.is_open():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of the list, then those of the line."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._move(1 if key == Qt.Key.Key_Down else -1)
            return
        if key == Qt.Key.Key_Escape and self.is_open():
            self.close_list()
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.is_open():
            self._take(self._marked())
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """An empty line says at once what is likely."""
        super().focusInEvent(event)
        if not self.text() and event.reason() in _BY_KEYBOARD:
            self.propose()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is taken that was not chosen."""
        super().focusOutEvent(event)
        self.close_list()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In another window the list stands elsewhere."""
        super().resizeEvent(event)
        if self.is_open():
            QTimer.singleShot(0, self, self._place_again)  # when everything else has its place

    def _place_again(self) -> None:
        if self._list is not None and self.is_open():
            self._place(self._list, len(self._values))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The list goes with its line."""
        super().hideEvent(event)
        self.close_list()

    def _move(self, by: int) -> None:
        if not self.is_open():
            self.propose()
            if not self._sure and self._list is not None and self.is_open():
                self._list.setCurrentIndex(self._names.index(0))
            return
        at = self._marked()
        view = self._view()
        view.setCurrentIndex(self._names.index((at + by) % len(self._values) if at >= 0 else 0))

    def _marked(self) -> int:
        return self._list.currentIndex().row() if self._list is not None else -1

    def _take(self, at: int) -> None:
        self.close_list()
        if 0 <= at < len(self._values):
            self.picked.emit(self._values[at])

    def _clicked(self, index: QModelIndex) -> None:
        self._take(index.row())

    def _view(self) -> QListView:
        """Made when it is first needed, in the window that the line then lies in."""
        if self._list is None or self._list.parentWidget() is not self.window():
            view = QListView(self.window())
            view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.setAccessibleName(tr("Usulan"))
            view.setModel(self._names)
            view.clicked.connect(self._clicked)
            self.destroyed.connect(view.deleteLater)
            self._list = view
        return self._list

    def _place(self, view: QListView, count: int) -> None:
        """Beneath the line, or above it where the window ends."""
        window = self.window()
        height = _ROW * min(count, _IN_SIGHT) + 6
        corner = self.mapTo(window, QPoint(0, self.height()))
        if corner.y() + height > window.height():
            corner.setY(corner.y() - self.height() - height)
        widest = max(self.fontMetrics().horizontalAdvance(words) for words in self._names.stringList())
        width = max(self.width(), widest + 2 * _ROW)
        corner.setX(max(min(corner.x(), window.width() - width - 8), 0))
        view.setGeometry(corner.x(), corner.y(), width, height)
        view.show()
        view.raise_()


class PickField(Field):
    """One of many, found by typing: `value()` is what was chosen. Where one proposal alone fits, typing it is choosing it.

    `words_of(value)` is how a value is shown. `chosen` carries the value.
    """

    chosen = Signal(str)

    def __init__(self, label: str, offer: Offer, words_of: Callable[[str], str]) -> None:
        super().__init__(label, SuggestLine(offer, sure=True))
        self._offer, self._words_of = offer, words_of
        self._value = ""
        self.pick.picked.connect(self._picked)
        self.line.textEdited.connect(lambda _text: self._forget())

    @property
    def pick(self) -> SuggestLine:
        """The line with its list."""
        return cast(SuggestLine, self.editor)

    def value(self) -> str:
        """What was chosen, or nothing."""
        return self._value

    def set_value(self, value: str) -> None:
        """Choose it."""
        self._value = value
        self.set_text(self._words_of(value) if value else "")
        self.line.setCursorPosition(0)

    def check(self) -> bool:
        """False, with the sentence shown, when what was typed is none of what is offered."""
        text = self.text().strip()
        if not self._value and text:
            found = [value for value, _ in self._offer(text)]
            # Several proposals may be called the same, with more or less beside it: the last is the one with the least.
            exact = [value for value in found if self._words_of(value).casefold() == text.casefold()]
            if exact or len({self._words_of(value) for value in found}) == 1:
                self._picked((exact or found)[-1])
        if text and not self._value:
            self.show_fault(Refused("screen.choose_from_list"))
            return False
        return True

    def _forget(self) -> None:
        self._value = ""

    def _picked(self, value: str) -> None:
        self.set_value(value)
        self.chosen.emit(value)


class FreeField(Field):
    """Anything may be typed; the usual answers are proposed while it is."""

    def __init__(self, label: str, usual: Callable[[], Sequence[str]]) -> None:
        def offer(typed: str) -> list[tuple[str, str]]:
            wanted = typed.casefold().strip()
            return [(words, words) for words in usual() if wanted in words.casefold() and words.casefold() != wanted]

        line = SuggestLine(offer, sure=False)
        super().__init__(label, line)
        line.picked.connect(self.set_text)
