"""The grid of a month's temperatures: two columns a day, a row a degree, points of mornings and afternoons on their lines.

As on the paper card (Kartu Monitoring Suhu Vaksin: 1–31 × P/S, -4…+12 °C for +2…+8): the allowed range is shaded between two
heavy lines. What lies outside is a triangle with its figure beside it, so that a black and white copy shows it too.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from models.stock.cold.card_queries import CardFacts
from reports import formats
from reports.fonts import BOLD, REGULAR, width
from reports.page import ACCENT, ALARM, FAINT, INK, LINE, SOFT, mm

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_BELOW: Final = 60
_ABOVE: Final = 40
_MOST_ROWS: Final = 22
_R: Final = 0.85 * mm
_HALVES: Final = ("morning", "afternoon")


class Chart:
    """`left`, `top`, `wide` and `high` of the grid itself, in points; the scale stands left of it."""

    def __init__(self, facts: CardFacts, left: float, top: float, wide: float, high: float) -> None:
        self.facts = facts
        self.left, self.top, self.wide, self.high = left, top, wide, high
        self.step, self.bottom_tenths, self.top_tenths = _axis(facts.equipment.lowest, facts.equipment.highest)
        self.column = wide / 62

    def draw(self, canvas: Canvas) -> None:
        """Everything but the rows beneath."""
        canvas.saveState()
        self._ground(canvas)
        self._scale(canvas)
        for half, name in enumerate(_HALVES):
            self._line(canvas, half, name)
        for at, day in enumerate(self.facts.days):
            for hour, tenths in day.others:
                x = self.left + self.column * (2 * at + (0.5 if hour < "12" else 1.5))
                self._point(canvas, x, tenths, "extra")
        canvas.restoreState()

    def x(self, day: int, half: int) -> float:
        """The middle of a column; days count from 0."""
        return self.left + self.column * (2 * day + half + 0.5)

    def y(self, tenths: int) -> float:
        """Where a temperature lies; what is beyond the scale lies at its end."""
        kept = min(max(tenths, self.bottom_tenths), self.top_tenths)
        return self.top - self.high * (self.top_tenths - kept) / (self.top_tenths - self.bottom_tenths)

    def _ground(self, canvas: Canvas) -> None:
        low, high = (self.y(tenths) for tenths in (self.facts.equipment.lowest, self.facts.equipment.highest))
        canvas.setFillColor(FAINT, alpha=0.6)  # the watermark of a demo shows through
        canvas.rect(self.left, low, self.wide, high - low, stroke=0, fill=1)
        canvas.setFillAlpha(1)
        bottom = self.top - self.high
        for column in range(63):
            canvas.setStrokeColor(SOFT if column % 2 == 0 else LINE)
            canvas.setLineWidth(0.45 if column % 2 == 0 else 0.25)
            x = self.left + column * self.column
            canvas.line(x, bottom, x, self.top)
        for tenths in range(self.bottom_tenths, self.top_tenths + 1, self.step):
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.35)
            canvas.line(self.left, self.y(tenths), self.left + self.wide, self.y(tenths))
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1.3)
        for y in (low, high):
            canvas.line(self.left, y, self.left + self.wide, y)
        spare = len(self.facts.days)
        if spare < 31:  # a short month: what is no day is crossed out
            canvas.setFillColor(LINE)
            x = self.left + 2 * spare * self.column
            canvas.rect(x, bottom, self.left + self.wide - x, self.high, stroke=0, fill=1)

    def _scale(self, canvas: Canvas) -> None:
        limits = (self.facts.equipment.lowest, self.facts.equipment.highest)
        for tenths in range(self.bottom_tenths, self.top_tenths + 1, self.step):
            canvas.setFillColor(ACCENT if tenths in limits else INK)
            canvas.setFont(BOLD if tenths in limits else REGULAR, 6.4)
            sign = "+" if tenths > 0 else ""
            canvas.drawRightString(self.left - 1.2 * mm, self.y(tenths) - 2.2, f"{sign}{formats.decimal(tenths, 10, 0)}")

    def _line(self, canvas: Canvas, half: int, name: str) -> None:
        """The line breaks where a day was not read: it must not look as if somebody had."""
        points = [(at, getattr(day, name)) for at, day in enumerate(self.facts.days) if getattr(day, name) is not None]
        canvas.setStrokeColor(INK if half == 0 else SOFT)
        canvas.setLineWidth(0.8)
        canvas.setDash([] if half == 0 else [2, 1.4])
        for (before, first), (after, second) in pairwise(points):
            if after == before + 1:
                canvas.line(self.x(before, half), self.y(first), self.x(after, half), self.y(second))
        canvas.setDash([])
        for at, tenths in points:
            self._point(canvas, self.x(at, half), tenths, name)

    def _point(self, canvas: Canvas, x: float, tenths: int, name: str) -> None:
        out, y = self.facts.equipment.side(tenths), self.y(tenths)
        if out:
            draw_triangle(canvas, x, y, 1.5 * _R, up=out > 0)
            canvas.setFillColor(ALARM)
            canvas.setFont(BOLD, 5.8)
            words = formats.degrees(tenths)
            room = self.left + self.wide - width(words, BOLD, 5.8) - 2 * _R
            at = x + 2 * _R if x + 2 * _R < room else x - 2 * _R - width(words, BOLD, 5.8)
            canvas.drawString(at, y - 2.0 if y < self.top - 2 else y - 5.4, words)
            return
        draw_mark(canvas, x, y, name)


def draw_mark(canvas: Canvas, x: float, y: float, name: str) -> None:
    """The sign of a session: a full dot in the morning, an empty one in the afternoon, a cross at another hour."""
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.7)
    if name == "extra":
        canvas.line(x - _R, y - _R, x + _R, y + _R)
        canvas.line(x - _R, y + _R, x + _R, y - _R)
        return
    canvas.setFillColor(INK if name == "morning" else FAINT)
    canvas.circle(x, y, _R, stroke=1, fill=1)


def draw_triangle(canvas: Canvas, x: float, y: float, r: float, *, up: bool) -> None:
    """Outside the range: up for too warm, down for too cold."""
    sign = 1 if up else -1
    canvas.setFillColor(ALARM)
    path = canvas.beginPath()
    path.moveTo(x - r, y - sign * 0.6 * r)
    path.lineTo(x + r, y - sign * 0.6 * r)
    path.lineTo(x, y + sign * r)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _axis(lowest: int, highest: int) -> tuple[int, int, int]:
    """Step, bottom and top in tenths: from six degrees below the range to four above it, -4…+12 for a fridge."""
    bottom, top = (lowest - _BELOW) // 10 * 10, -((-highest - _ABOVE) // 10) * 10
    step = 10 * -(-(top - bottom) // (10 * _MOST_ROWS))
    return step, bottom, bottom + -(-(top - bottom) // step) * step
