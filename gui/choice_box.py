"""A choice that goes with the keyboard, gives way where there is little room, and opens as wide as its words."""

from __future__ import annotations

import time
from typing import Final, cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
    QStylePainter,
)

_MARGINS = 44  # the arrow and the room around the words, as in the style sheet
_AROUND = 4  # pixels that the style keeps free beside the words
WORD_SECONDS: Final = 2.5
"""Letters that follow within this time go on with the word. Qt's 0.4 s are too short for names that differ at their end."""
_HELD: Final = frozenset(
    {Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
)
"""They are held while another key is pressed, and are none themselves."""


class ChoiceBox(QComboBox):
    """Enter goes on to the next field; ↓ chooses; F4 or Alt+↓ opens the list, at the row that is chosen.

    Letters look for words that begin with them, blanks included, and show what they found; it is chosen (`activated`) when the
    writer goes on: the first letter of a name is not yet the name. Letters that fit nothing leave what stood there. Del and
    Backspace go back to the choice of nothing, where there is one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed, self._typed_at = "", 0.0
        self._before = -1  # what stood there before the first letter
        self._waits = False  # found by letters, and not yet told
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        self.setView(QListView())  # the plain list, whose rows the style sheet makes high enough
        self.setItemDelegate(_Marked(self))
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentIndexChanged.connect(lambda _at: self._tell())

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """As wide as its longest words, as far as the screen goes."""
        metrics = self.view().fontMetrics()
        widest = max((metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        width = min(max(self.width(), widest + _MARGINS + 24), self.screen().availableSize().width() - 40)
        self.view().setMinimumWidth(width)
        for at in range(self.count()):
            cut = metrics.horizontalAdvance(self.itemText(at)) + _MARGINS + 24 > width
            self.setItemData(at, self.itemText(at) if cut else None, Qt.ItemDataRole.ToolTipRole)
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()
        # Without this the view starts at no row, and the first ↓ takes the second one.
        here = self.model().index(max(self.currentIndex(), 0), self.modelColumn(), self.rootModelIndex())
        self.view().setCurrentIndex(here)
        self.view().scrollTo(here)

    def event(self, event: QEvent) -> bool:
        """A key that is a command finds the choice made."""
        if event.type() is QEvent.Type.ShortcutOverride and not (
            _letters(cast(QKeyEvent, event)) or cast(QKeyEvent, event).key() in _HELD
        ):
            self._choose_found()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on, letters look for words; the rest is Qt's."""
        if event.key() in _HELD:
            return  # a capital is on its way, or a command, which comes by itself
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose_found()
            self.focusNextChild()
            return
        if letters := _letters(event):
            if letters.strip() or self._goes_on():
                self._look_for(letters)
                return
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._choose_nothing()
            return
        self._choose_found()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Gone on: what the letters found is chosen."""
        self._choose_found()
        super().focusOutEvent(event)

    def _goes_on(self) -> bool:
        return bool(self._typed) and time.monotonic() - self._typed_at <= WORD_SECONDS

    def _look_for(self, letters: str) -> None:
        if not self._goes_on():
            self._typed, self._before = "", self.currentIndex()
        self._typed, self._typed_at = self._typed + letters.casefold(), time.monotonic()
        found = self._beginning_with(self._typed)
        if found is None and len(set(self._typed)) == 1:  # one letter again and again: from one to the next
            found = self._beginning_with(self._typed[0], after=self.currentIndex())
        self.setCurrentIndex(self._before if found is None else found)
        self._waits = self.currentIndex() != self._before

    def _beginning_with(self, typed: str, after: int = -1) -> int | None:
        rows = [*range(after + 1, self.count()), *range(after + 1)]
        return next((at for at in rows if self.itemText(at).casefold().startswith(typed)), None)

    def _choose_nothing(self) -> None:
        at = self.findData("")
        self._typed, self._waits = "", False
        if at >= 0 and at != self.currentIndex():
            self.setCurrentIndex(at)
            self.activated.emit(at)

    def _choose_found(self) -> None:
        """Say once what was chosen by letters."""
        self._typed = ""
        if self._waits:
            self._waits = False
            self.activated.emit(self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """A wheel that only wanted to scroll must not choose something else."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Words that no longer fit are told when pointed at."""
        super().resizeEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Also in another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Words that do not fit end in …, instead of in the middle of a letter."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0 and self.placeholderText():
            option.currentText = self.placeholderText()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self._elided(option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def shown(self) -> str:
        """The words as they stand there, with … where there is not enough room."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self._elided(option)

    def _elided(self, option: QStyleOptionComboBox) -> str:
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        return self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room - _AROUND)

    def _tell(self) -> None:
        cut = self.shown() != self.currentText()
        self.setToolTip(self.currentText() if cut else "")


def _letters(event: QKeyEvent) -> str:
    """What the key writes, nothing for a command."""
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return event.text() if event.text().isprintable() and not event.modifiers() & commands else ""


class _Marked(QStyledItemDelegate):
    """The row that is chosen now carries a tick, beside the bar that moves with the keys."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box)
        self._box = box

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Write the tick before the words."""
        super().initStyleOption(option, index)
        if index.row() == self._box.currentIndex():
            option.text = f"✓ {option.text}"
