"""One table for every list that is only read, described by its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.parts import SIGNS, Kind
from gui.theme import colour

_Index = QModelIndex | QPersistentModelIndex
_Moves = QAbstractItemView.CursorAction


@dataclass(frozen=True)
class Column:
    """`text` of a row, and its `kind` where the cell is a state; numbers stand to the `right`. `tip` is told when the cell is
    pointed at, beneath its own words."""

    title: str
    text: Callable[[Any], str]
    right: bool = False
    kind: Callable[[Any], Kind] | None = None
    wide: bool = False
    tip: Callable[[Any], str] | None = None

    def words(self, row: Any) -> str:
        """What stands in the cell: a state has its sign before it."""
        kind = self.kind(row) if self.kind else "calm"
        return f"{SIGNS[kind]} {self.text(row)}" if kind != "calm" else self.text(row)


class RowsTable(QAbstractTableModel):
    """Frozen rows in the order the query gave them."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns
        self.rows: Sequence[Any] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def change_rows(self, rows: Sequence[Any], same: Callable[[Any], Any]) -> None:
        """Replace all rows, telling the view only what is another one: what stays at the beginning and at the end stays where
        it is on screen. A queue of a thousand changes by one row at a time."""
        before, after = [same(row) for row in self.rows], [same(row) for row in rows]
        least = min(len(before), len(after))
        head = next((at for at in range(least) if before[at] != after[at]), least)
        room = least - head
        tail = next((at for at in range(room) if before[-1 - at] != after[-1 - at]), room)
        if len(before) - tail > head:
            self.beginRemoveRows(QModelIndex(), head, len(before) - tail - 1)
            self.rows = [*self.rows[:head], *self.rows[len(before) - tail :]]
            self.endRemoveRows()
        if len(after) - tail > head:
            self.beginInsertRows(QModelIndex(), head, len(after) - tail - 1)
            self.rows = rows
            self.endInsertRows()
        self.rows = rows
        self.show_now()

    def show_now(self) -> None:
        """The same rows, with what is true of them at this moment."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Rows of the table itself; a cell has none."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's name
        """Columns of the table itself."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802 - Qt's name
        """Titles, aligned as their columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.columns[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, side and colour of a cell; its whole text when pointed at."""
        if role not in _ANSWERED:
            return None  # Qt asks nine things of each cell it measures
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and column.tip and (tip := column.tip(row)):
            return f"{column.words(row)}\n{tip}"
        if role != Qt.ItemDataRole.ForegroundRole:
            return column.words(row)
        kind = column.kind(row) if column.kind else "calm"
        return colour(f"on_{kind}") if kind != "calm" else None


_ANSWERED: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.TextAlignmentRole, Qt.ItemDataRole.ForegroundRole,
    }
)  # fmt: skip
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _side(column: Column) -> int:
    return _RIGHT if column.right else _LEFT


_AROUND: Final = 22
_CHIP: Final = 30
"""Pixels beside the words of a cell, as the style sheet has it, and around those of a chip."""
_WIDE: Final = 160
_NARROW: Final = 120
"""A wide column has so many at least, where others can give some and keep so many."""


class RowsView(QTableView):
    """A table of rows: chosen with the arrow keys, `chosen()` gives the row itself."""

    def __init__(self, columns: Sequence[Column], name: str, *, tall: bool = False) -> None:
        """`tall` rows have room for two lines in every cell."""
        super().__init__()
        self._measures = False
        self.rows_table = RowsTable(columns)
        self._nothing = ""
        self.setModel(self.rows_table)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMinimumHeight(60)
        self.setAlternatingRowColors(True)
        self.setWordWrap(tall)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(50 if tall else 40)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for at, column in enumerate(columns):
            mode = QHeaderView.ResizeMode.Stretch if column.wide else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(at, mode)
        for changed in (self.rows_table.modelReset, self.rows_table.dataChanged):
            changed.connect(self._measure)

    def moveCursor(self, action: _Moves, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 - Qt's name
        """Home and End go to the first and the last row: Qt goes along the row, in which there is nothing to choose."""
        if action in {_Moves.MoveHome, _Moves.MoveEnd}:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One long text must not push the other columns out of sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and not self._measures:
            self._measure()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another font, other widths."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()

    def say_nothing(self, words: str) -> None:
        """What stands in the list while it has no rows: why, and what to do first."""
        self._nothing = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The rows, or the words in place of them."""
        super().paintEvent(event)
        if self._nothing and not self.rows_table.rows:
            painter = QPainter(self.viewport())
            painter.setPen(colour("faded"))
            room = self.viewport().rect().adjusted(16, 12, -16, -12)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._nothing)
            painter.end()

    def _measure(self) -> None:
        """As wide as the words in sight. Qt would ask nine things of each cell, and the style sheet about each of them: ten
        times as long, each time somebody comes into the queue."""
        self._measures = True  # a scroll bar that comes or goes by it must not begin it again
        try:
            self._fit_columns()
        finally:
            self._measures = False

    def _fit_columns(self) -> None:
        header, table = self.horizontalHeader(), self.rows_table
        room = self.viewport().width()
        most = max(160, room * 2 // 5)
        first = max(self.rowAt(0), 0)
        words, titles = self.fontMetrics(), header.fontMetrics()
        rows = table.rows[first : first + max(self.viewport().height() // self.verticalHeader().defaultSectionSize(), 6) + 2]
        least = [titles.horizontalAdvance(column.title) + _AROUND for column in table.columns]
        widths: dict[int, int] = {}
        for at, column in enumerate(table.columns):
            if column.wide or self.isColumnHidden(at):
                continue
            widest = max((words.horizontalAdvance(line) for row in rows for line in column.words(row).split("\n")), default=0)
            around = _CHIP if self.itemDelegateForColumn(at) is not None else _AROUND
            widths[at] = min(max(widest + around, least[at]), most)
        wide = [at for at, column in enumerate(table.columns) if column.wide and not self.isColumnHidden(at)]
        short = sum(widths.values()) - room + sum(max(least[at], _WIDE) for at in wide)
        # A state that is cut says nothing: it gives none.
        for at in sorted((at for at in widths if not self._says_state(at)), key=lambda at: -widths[at]):
            given = max(min(short, widths[at] - max(least[at], _NARROW)), 0)
            widths[at] -= given
            short -= given
        for at, width in widths.items():
            if width != header.sectionSize(at):
                header.resizeSection(at, width)

    def _says_state(self, at: int) -> bool:
        return self.rows_table.columns[at].kind is not None or self.itemDelegateForColumn(at) is not None

    def show_rows(self, rows: Sequence[Any], same: Callable[[Any], Any] | None = None) -> None:
        """Replace the rows. With `same(row)`, what makes a row the same one as before, the chosen one stays chosen and the
        list stays where somebody has scrolled to; where nothing is another one, only what the cells say is looked at anew."""
        if same is None:
            self.rows_table.show_rows(rows)
        elif list(rows) == list(self.rows_table.rows):
            self.rows_table.show_now()
        else:
            self._replace(rows, same)

    def _replace(self, rows: Sequence[Any], same: Callable[[Any], Any]) -> None:
        chosen, bar = self.chosen(), self.verticalScrollBar()
        kept, place = None if chosen is None else same(chosen), bar.value()
        self.rows_table.change_rows(rows, same)
        at = next((at for at, row in enumerate(rows) if kept is not None and same(row) == kept), None)
        if at is None:
            self.setCurrentIndex(QModelIndex())
        elif at != self.currentIndex().row():
            self.selectRow(at)
        self.executeDelayedItemsLayout()  # or the bar would still end where the old rows did
        bar.setValue(place)

    def chosen(self) -> Any:
        """The row under the cursor, or None."""
        at = self.currentIndex()
        return self.rows_table.rows[at.row()] if at.isValid() and at.row() < len(self.rows_table.rows) else None
