"""A test page: does the paper fit, is nothing scaled, does every dot of the head work."""

from __future__ import annotations

from typing import BinaryIO

from reports.fonts import BOLD, REGULAR, wrapped
from reports.page import INK, mm, new_canvas, text

_TITLE = "Halaman uji Pos Vaksin"
_EDGES = "Bingkai harus tampak utuh di keempat sisi."
_LENGTH = "Ukur dengan penggaris: garis ini {length} mm. Bila lain, matikan penskalaan pada pencetak."
_HEAD = "Garis-garis ini harus rata. Garis putih dari atas ke bawah berarti kepala cetak kotor."


def draw_trial(out: BinaryIO, width: float, height: float) -> None:
    """One office page of so many millimetres with a frame 7 mm from its edges, which printers can still reach."""
    wide, high, edge = width * mm, height * mm, 7 * mm
    canvas = new_canvas(out, (wide, high), _TITLE)
    canvas.setStrokeColor(INK)
    canvas.rect(edge, edge, wide - 2 * edge, high - 2 * edge)
    text(canvas, 2 * edge, high - 2.4 * edge, _TITLE, 12, font=BOLD)
    y = high - 3.4 * edge
    for words in (f"{width:g} × {height:g} mm", _EDGES, _LENGTH.format(length=50)):
        for line in wrapped(words, REGULAR, 9, wide - 4 * edge):
            text(canvas, 2 * edge, y, line, 9)
            y -= 13
    canvas.line(2 * edge, y, 2 * edge + 50 * mm, y)
    for at in range(6):
        canvas.line(2 * edge + at * 10 * mm, y - 4, 2 * edge + at * 10 * mm, y + 4)
    canvas.showPage()
    canvas.save()


def draw_roll_trial(out: BinaryIO, dpi: int, dots: int) -> None:
    """A strip as wide as the head with a frame of two dots, a ruler, and lines that show every dot across."""
    dot = 72 / dpi
    rows = round(55 * dpi / 25.4)
    wide, high = dots * dot, rows * dot
    canvas = new_canvas(out, (wide, high), _TITLE)
    canvas.setFillColor(INK)
    for box in ((0, 0, dots, 2), (0, rows - 2, dots, 2), (0, 0, 2, rows), (dots - 2, 0, 2, rows)):
        canvas.rect(*(each * dot for each in box), stroke=0, fill=1)
    text(canvas, 3 * mm, high - 6 * mm, _TITLE, 11, font=BOLD)
    y = high - 11 * mm
    for words in (f"{dots} titik, {dpi} titik per inci", _EDGES, _HEAD, _LENGTH.format(length=40)):
        for line in wrapped(words, REGULAR, 8, wide - 6 * mm):
            text(canvas, 3 * mm, y, line, 8)
            y -= 10
    canvas.rect(3 * mm, 4 * mm, 40 * mm, 2 * dot, stroke=0, fill=1)
    for number in range(12):  # a row of squares for each size of module that a code can have
        canvas.rect((12 + 8 * number) * dot, 9 * mm, 4 * dot, 4 * dot, stroke=0, fill=1)
    canvas.rect(2 * dot, 11 * mm, wide - 4 * dot, 3 * dot, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
