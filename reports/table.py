"""A ruled table drawn by hand: a few dozen cells on one page need no layout engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.fonts import BOLD, REGULAR, shortened, width, wrapped
from reports.page import ACCENT, ALARM, ALARM_FAINT, FAINT, INK, LINE, SOFT, box_to_tick, mm

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_PAD = 0.9 * mm


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres; numbers stand to the right. Columns that share `over` stand under that title. A `tick` column
    has a box in each row, crossed where the cell says anything. Where one `wraps`, words that are longer than it go on below, and
    the row is as high as they need; elsewhere letters become smaller."""

    title: str
    width: float
    number: bool = True
    over: str = ""
    tick: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in order of the columns. `note` is a line of small print right under them, in red when `alarm`."""

    cells: tuple[str, ...]
    bold: bool = False
    note: str = ""
    alarm: bool = False


class Table:
    """Columns at `x` points; `row` is the height of a row in millimetres, and letters follow from it."""

    def __init__(self, columns: Sequence[Column], x: float, row: float) -> None:
        self.columns = columns
        self.x = x
        self.row = row * mm
        self.size = min(7.6, row * 1.72)
        self.total = sum(column.width for column in columns) * mm

    def draw(self, canvas: Canvas, rows: Sequence[Row], y: float) -> float:
        """Draw the head and all `rows` from `y` down; answers where the table ends."""
        y = self._head(canvas, y)
        for row in rows:
            y = self._line(canvas, row, y)
        return y

    def height(self, rows: Sequence[Row]) -> float:
        """In points, with the head."""
        heads = 2 if any(column.over for column in self.columns) else 1
        return self.row * heads + sum(self._high(row) for row in rows)

    def _high(self, row: Row) -> float:
        most = max((len(self._wrapped(column, row, words)) for column, words in self._cells(row) if column.wraps), default=1)
        return self.row * (1.82 if row.note else 1) + max(most - 1, 0) * self._leading

    @property
    def _leading(self) -> float:
        return self.size * 1.25

    def _cells(self, row: Row) -> list[tuple[Column, str]]:
        return list(zip(self.columns, row.cells, strict=True))

    def _wrapped(self, column: Column, row: Row, words: str) -> list[str]:
        return wrapped(words, BOLD if row.bold else REGULAR, self.size, column.width * mm - 2 * _PAD)

    def _head(self, canvas: Canvas, y: float) -> float:
        spans = self._spans()
        heads = 2 if spans else 1
        canvas.setFillColor(FAINT)
        canvas.rect(self.x, y - heads * self.row, self.total, heads * self.row, stroke=0, fill=1)
        canvas.setFillColor(ACCENT)
        for title, left, room in spans:
            canvas.setFont(BOLD, self.size * 0.92)
            canvas.drawCentredString(left + room / 2, y - 0.7 * self.row, title)
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.4)
            canvas.line(left + 2 * _PAD, y - 0.98 * self.row, left + room - _PAD, y - 0.98 * self.row)
        y -= heads * self.row
        left = self.x
        for column in self.columns:
            self._cell(canvas, column, left, y, column.title, BOLD, self.size * 0.92)
            left += column.width * mm
        return y

    def _spans(self) -> list[tuple[str, float, float]]:
        spans: list[tuple[str, float, float]] = []
        left = self.x
        for column in self.columns:
            room = column.width * mm
            if column.over and spans and spans[-1][0] == column.over:
                title, first, before = spans.pop()
                spans.append((title, first, before + room))
            elif column.over:
                spans.append((column.over, left, room))
            left += room
        return spans

    def _line(self, canvas: Canvas, row: Row, y: float) -> float:
        height = self._high(row)
        if row.alarm or row.bold:
            canvas.setFillColor(ALARM_FAINT if row.alarm else FAINT)
            canvas.rect(self.x, y - height, self.total, height, stroke=0, fill=1)
        left = self.x
        canvas.setFillColor(INK)
        for column, words in self._cells(row):
            if column.wraps:
                canvas.setFont(BOLD if row.bold else REGULAR, self.size)
                for at, line in enumerate(self._wrapped(column, row, words)):
                    canvas.drawString(left + _PAD, y - 0.7 * self.row - at * self._leading, line)
            elif column.tick:
                box_to_tick(canvas, left + column.width * mm / 2, y - self.row / 2, self.size * 0.5, ticked=bool(words))
            else:
                self._cell(canvas, column, left, y - self.row, words, BOLD if row.bold else REGULAR, self.size)
            left += column.width * mm
        if row.note:
            canvas.setFillColor(ALARM if row.alarm else SOFT)
            self._note(canvas, row.note, BOLD if row.alarm else REGULAR, y - height + self.row * 0.26)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.4)
        canvas.line(self.x, y - height, self.x + self.total, y - height)
        return y - height

    def _note(self, canvas: Canvas, note: str, font: str, y: float) -> None:
        size = self.size * 0.88
        while size > 3.5 and width(note, font, size) > self.total - 2 * _PAD:
            size -= 0.2
        canvas.setFont(font, size)
        canvas.drawString(self.x + _PAD, y, note)

    def _cell(self, canvas: Canvas, column: Column, left: float, bottom: float, words: str, font: str, size: float) -> None:
        room = column.width * mm - 2 * _PAD
        while size > 4.5 and width(words, font, size) > room:
            size -= 0.25
        canvas.setFont(font, size)
        y = bottom + 0.3 * self.row
        if column.number:
            canvas.drawRightString(left + column.width * mm - _PAD, y, words)
        else:
            canvas.drawString(left + _PAD, y, shortened(words, font, size, room))
