"""A choice that goes with the keyboard, gives way where there is little room, and opens as wide as its words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
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


class ChoiceBox(QComboBox):
    """Enter goes on to the next field; ↓ chooses; F4 or Alt+↓ opens the list, at the row that is chosen."""

    def __init__(self) -> None:
        super().__init__()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on; the rest is Qt's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
            return
        super().keyPressEvent(event)

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
