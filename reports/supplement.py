"""The supplement of a closed day on A4: the figures as signed, what was recorded later, the figures now.

It goes with the closed recap, which stays as it is; its sentences are Indonesian for the same reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from reportlab.lib.pagesizes import A4

from reports import formats
from reports.fonts import BOLD, REGULAR, wrapped
from reports.page import ACCENT, ALARM, INK, LINE, SOFT, draw_watermark, mm, new_canvas, text
from reports.recap_rows import state_words
from reports.supplement_rows import LINE_COLUMNS, change_lines, line_sections, summary_words
from reports.table import Row, Table

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from models.overview.supplement_facts import SupplementFacts

_TITLE = "Tambahan dan koreksi rekap harian"
_WIDTH: float = A4[0]
_HEIGHT: float = A4[1]
_MARGIN = 12 * mm
_ROOM = _WIDTH - 2 * _MARGIN
_FOOT = 18 * mm
_ROW = 5.0


class _Paper:
    """Pages one after the other; `y` is where the next thing goes."""

    def __init__(self, canvas: Canvas, facts: SupplementFacts, watermark: str | None) -> None:
        self.canvas = canvas
        self.facts = facts
        self.watermark = watermark
        self.page = 0
        self.y = 0.0

    def need(self, height: float) -> None:
        """Another page where `height` does not fit on this one."""
        if self.page and self.y - height >= _FOOT:
            return
        if self.page:
            self.end()
        self.page += 1
        if self.watermark:
            draw_watermark(self.canvas, self.watermark, A4)
        self._head()

    def end(self) -> None:
        """The foot, and the page is done."""
        self.canvas.setFont(REGULAR, 6)
        self.canvas.setFillColor(SOFT)
        self.canvas.drawRightString(_WIDTH - _MARGIN, 11.8 * mm, f"Pos Vaksin · halaman {self.page}")
        self.canvas.showPage()

    def line(self, words: str, size: float = 7.5, *, bold: bool = False, alarm: bool = False) -> None:
        """Words, broken where they are long."""
        font = BOLD if bold else REGULAR
        for each in wrapped(words, font, size, _ROOM):
            self.need(size * 1.35)
            self.y -= size * 1.35
            text(self.canvas, _MARGIN, self.y, each, size, font=font, colour=ALARM if alarm else INK)

    def heading(self, words: str) -> None:
        """Above what follows, never alone at the foot of a page."""
        self.need(14 * mm)
        self.y -= 6.5 * mm
        text(self.canvas, _MARGIN, self.y, words, 8.5, font=BOLD, colour=ACCENT)
        self.y -= 1.6 * mm

    def table(self, rows: list[Row]) -> None:
        """As many rows as fit, the rest on the next page under the same head."""
        table = Table(LINE_COLUMNS, _MARGIN, _ROW)
        left = list(rows)
        while left:
            self.need(table.height(left[:2]))
            count = len(left)
            while count > 1 and table.height(left[:count]) > self.y - _FOOT:
                count -= 1
            self.y = table.draw(self.canvas, left[:count], self.y)
            left = left[count:]

    def _head(self) -> None:
        closed, now = self.facts.closed, self.facts.now
        top: float = _HEIGHT - 17 * mm
        text(self.canvas, _MARGIN, top, closed.facility, 14, font=BOLD, colour=ACCENT)
        self.canvas.setFillColor(INK)
        self.canvas.setFont(BOLD, 10)
        self.canvas.drawRightString(_WIDTH - _MARGIN, top + 0.6 * mm, _TITLE)
        self.canvas.setFont(BOLD, 9)
        self.canvas.drawRightString(_WIDTH - _MARGIN, top - 4 * mm, f"untuk {formats.day_long(closed.day)}")
        text(self.canvas, _MARGIN, top - 4.6 * mm, f"{closed.place} · kode {closed.facility_code}", 8, colour=SOFT)
        taken = formats.day_short(now.taken_at.astimezone(now.zone).date())
        words = f"{closed.post or 'Semua pos'} · rekap {state_words(closed)}"
        words += f" · dibandingkan {taken} pukul {formats.clock(now.taken_at, now.zone)} {now.zone_name}"
        text(self.canvas, _MARGIN, top - 9 * mm, words, 8, colour=SOFT)
        self.canvas.setStrokeColor(ACCENT)
        self.canvas.setLineWidth(1.2)
        self.canvas.line(_MARGIN, top - 11 * mm, _WIDTH - _MARGIN, top - 11 * mm)
        self.canvas.setStrokeColor(LINE)
        self.y = top - 14 * mm


def draw_supplement(facts: SupplementFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The supplement as PDF into `out`; the same facts give the same bytes. It names nobody who was vaccinated."""
    paper = _Paper(new_canvas(out, A4, _TITLE, compressed=False), facts, watermark)
    paper.need(0)
    paper.line(summary_words(facts), 9, bold=True, alarm=bool(facts.unexplained))
    for title, rows in line_sections(facts):
        paper.heading(title)
        paper.table(rows)
    paper.heading("Yang dicatat setelah ditutup")
    for words in change_lines(facts) or ["Tidak ada."]:
        paper.line(words)
    paper.end()
    paper.canvas.save()
