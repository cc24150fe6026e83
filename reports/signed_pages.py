"""Papers of the pharmacy that people sign: a head, tables over as many pages as it takes, signatures kept together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from reportlab.lib.pagesizes import A4

from models.overview.stock.paper_facts import Letterhead
from models.stock.discards.discard import Witness
from reports.fonts import BOLD, REGULAR, shortened, width, wrapped
from reports.page import ACCENT, ALARM, INK, LINE, SOFT, draw_watermark, mm, new_canvas, text
from reports.table import Row, Table

MARGIN: Final = 15 * mm
WIDTH: Final[float] = A4[0]
HEIGHT: Final[float] = A4[1]
ROOM: Final[float] = WIDTH - 2 * MARGIN
_FOOT: Final = 18 * mm
_SIGNED: Final = 32 * mm  # a row of signatures


class SignedPages:
    """`y` goes down the page; what does not fit goes on to the next, under the same line of `title`."""

    def __init__(self, out: BinaryIO, title: str, watermark: str | None) -> None:
        self.canvas = new_canvas(out, A4, title, compressed=False)
        self._title, self._watermark, self._page = title, watermark, 1
        self.y = HEIGHT - 17 * mm
        self._headed = 0.0  # `y` just below a heading
        self._begin()

    def _begin(self) -> None:
        if self._watermark:
            draw_watermark(self.canvas, self._watermark, A4)

    def head(self, head: Letterhead, title: str, number: str) -> None:
        """The letterhead, ruled off, and the title in the middle."""
        canvas = self.canvas
        canvas.setFillColor(ACCENT)
        canvas.setFont(BOLD, 14)
        canvas.drawCentredString(WIDTH / 2, self.y, head.facility)
        canvas.setFillColor(SOFT)
        canvas.setFont(REGULAR, 8.5)
        canvas.drawCentredString(WIDTH / 2, self.y - 5 * mm, f"{head.place} · kode {head.code}")
        if head.address:
            canvas.drawCentredString(WIDTH / 2, self.y - 9 * mm, shortened(head.address, REGULAR, 8.5, ROOM))
        self.y -= 12 * mm
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.2)
        canvas.line(MARGIN, self.y, WIDTH - MARGIN, self.y)
        self.y -= 9 * mm
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 12.5)
        canvas.drawCentredString(WIDTH / 2, self.y, title)
        if number:
            canvas.setFont(REGULAR, 10)
            canvas.drawCentredString(WIDTH / 2, self.y - 5.4 * mm, number)
        self.y -= 13 * mm

    def alarm(self, words: str) -> None:
        """One line that must not be overlooked."""
        text(self.canvas, MARGIN, self.y, words, 10, font=BOLD, colour=ALARM)
        self.y -= 7 * mm

    def words(self, words: str, size: float = 9.5) -> None:
        """A paragraph."""
        if self._headed == self.y:
            self.y -= size  # a table begins below its y, letters stand on theirs
        for line in wrapped(words, REGULAR, size, ROOM):
            self.need(6 * mm)
            text(self.canvas, MARGIN, self.y, line, size)
            self.y -= size * 1.45
        self.y -= 1.5 * mm

    def heading(self, words: str, least: float = 0) -> None:
        """Over a table or a paragraph, with at least so much of it on the same page."""
        self.need(8 * mm + least)
        self.y -= 2 * mm
        text(self.canvas, MARGIN, self.y, words, 9.5, font=BOLD, colour=ACCENT)
        self.y -= 2.5 * mm
        self._headed = self.y

    def table(self, table: Table, rows: Sequence[Row], *, grid: Sequence[int] = ()) -> None:
        """All rows, the head again on each page. `grid` are columns to be written in by hand: lines stand around them."""
        left = list(rows)
        while left:
            self.need(table.height(left[:1]))
            fits = 1
            while fits < len(left) and table.height(left[: fits + 1]) <= self.y - _FOOT:
                fits += 1
            top = self.y
            self.y = table.draw(self.canvas, left[:fits], self.y)
            self._grid(table, grid, top)
            left = left[fits:]
            if left:
                self.turn()
        self.y -= 5 * mm

    def _grid(self, table: Table, grid: Sequence[int], top: float) -> None:
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.4)
        for column in grid:
            left = table.x + sum(each.width for each in table.columns[:column]) * mm
            for x in (left, left + table.columns[column].width * mm):
                self.canvas.line(x, top, x, self.y)

    def signatures(self, town: str, day: str, people: Sequence[tuple[str, Witness]]) -> None:
        """Two side by side, the last one on the right under place and day; all on one page."""
        rows = (len(people) + 1) // 2
        self.need(rows * _SIGNED + 8 * mm)
        self.y -= 3 * mm
        column = ROOM / 2
        text(self.canvas, MARGIN + column + 8 * mm, self.y, f"{town}, {day}", 9)
        self.y -= 5 * mm
        for at, (office, person) in enumerate(people):
            # The last one, who answers for it all, stands at the lower right.
            right = at % 2 == 1 or at == len(people) - 1
            x = MARGIN + (column + 8 * mm if right else 0)
            self._signature(x, self.y - (at // 2) * _SIGNED, column - 14 * mm, office, person)
        self.y -= rows * _SIGNED

    def _signature(self, x: float, y: float, room: float, office: str, person: Witness) -> None:
        text(self.canvas, x, y, office, 9)
        if person.position:
            text(self.canvas, x, y - 4 * mm, shortened(person.position, REGULAR, 8, room), 8, colour=SOFT)
        size = 9.5
        while size > 6 and width(person.name, BOLD, size) > room:
            size -= 0.25
        text(self.canvas, x, y - 22 * mm, person.name, size, font=BOLD)
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x, y - 23 * mm, x + room, y - 23 * mm)
        text(self.canvas, x, y - 26.6 * mm, f"NIP {person.nip}" if person.nip else "NIP", 8, colour=SOFT)

    def need(self, room: float) -> None:
        """The next page unless so much is left on this one."""
        if self.y - room < _FOOT:
            self.turn()

    def turn(self) -> None:
        """On to the next page."""
        self._foot()
        self.canvas.showPage()
        self._page += 1
        self._begin()
        self.y = HEIGHT - 17 * mm
        text(self.canvas, MARGIN, self.y, shortened(self._title, REGULAR, 8.5, ROOM), 8.5, colour=SOFT)
        self.y -= 7 * mm

    def finish(self) -> None:
        """The last page's foot; the file is whole."""
        self._foot()
        self.canvas.showPage()
        self.canvas.save()

    def _foot(self) -> None:
        self.canvas.setFillColor(SOFT)
        self.canvas.setFont(REGULAR, 7)
        self.canvas.drawRightString(WIDTH - MARGIN, 10 * mm, f"Pos Vaksin · halaman {self._page}")
