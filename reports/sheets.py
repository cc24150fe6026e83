"""A workbook of tables: each sheet with the same head, numbers as numbers, printed on A4.

Sums are values, as on the paper: what was signed must not change when somebody opens it. Whatever was typed by people is
written as text, so that a name that begins with "=" is never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | None


@contextmanager
def workbook(
    out: BinaryIO, title: str, head: Sequence[str], *, taken_at: datetime, zone: tzinfo, watermark: str | None = None
) -> Iterator[Sheets]:
    """Write a workbook into `out`. `head` are the lines that stand over every table, the first one under the title; the same
    facts give the same bytes, for the workbook bears the moment of its figures, not of the export."""
    # Here because it takes a tenth of a second to import and most windows never export.
    from xlsxwriter import Workbook

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        created = taken_at.astimezone(zone).replace(tzinfo=None)
        book.set_properties({"title": title, "author": "Pos Vaksin", "created": created})
        book.set_size(1600, 1000)
        yield Sheets(book, [*([watermark] if watermark else []), title, *head])


class Sheets:
    """Every sheet begins with the same head and prints on A4."""

    def __init__(self, book: Any, head: Sequence[str]) -> None:
        self._book = book
        self._head = head
        self._bold: Format = book.add_format({"bold": True})
        self._title: Format = book.add_format({"bold": True, "bg_color": "#EEF3F4", "bottom": 1, "text_wrap": True})
        self._plain: Format = book.add_format()
        self._number: Format = book.add_format({"num_format": "#,##0"})
        self._content: Format = book.add_format({"num_format": "#,##0.0"})
        self._day: Format = book.add_format({"num_format": "dd-mm-yyyy"})
        self._sum: Format = book.add_format({"bold": True, "num_format": "#,##0", "top": 1})

    def add(
        self, name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]], *, last_is_sum: bool = False, wide: bool = False
    ) -> None:
        """A sheet with a table; whole numbers stay whole, floats are full doses."""
        sheet: Worksheet = self._book.add_worksheet(name)
        for at, words in enumerate(self._head):
            sheet.write_string(at, 0, words, self._bold if at < len(self._head) - 1 else self._plain)
        top = len(self._head) + 1
        for column, title in enumerate(titles):
            sheet.write_string(top, column, title, self._title)
        table = list(rows)
        for at, row in enumerate(table, top + 1):
            last = last_is_sum and at == top + len(table)
            for column, value in enumerate(row):
                self._cell(sheet, at, column, value, last=last)
        sheet.set_column(0, 0, 44 if len(titles) < 3 else 30)
        sheet.set_column(1, max(len(titles) - 1, 1), 12)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_paper(9)
        if wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer("&L&8Pos Vaksin&R&8&A · &P / &N")

    def _cell(self, sheet: Worksheet, at: int, column: int, value: Cell, *, last: bool) -> None:
        if value is None:
            return
        if isinstance(value, str):
            sheet.write_string(at, column, value, self._sum if last else self._plain)
        elif isinstance(value, date):
            sheet.write_datetime(at, column, value, self._day)
        else:
            form = self._sum if last else self._content if isinstance(value, float) else self._number
            sheet.write_number(at, column, value, form)
