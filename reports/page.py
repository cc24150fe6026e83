"""What all paper shares: colours, a canvas that draws the same bytes for the same facts, the watermark of a demo."""

from __future__ import annotations

from math import cos, radians, sin
from typing import BinaryIO, Final

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from reports.fonts import BOLD, REGULAR, load_fonts, width

mm: Final = 72 / 25.4
"""Points in a millimetre."""

INK = HexColor("#16242B")
SOFT = HexColor("#5B6B73")
LINE = HexColor("#C9D3D7")
FAINT = HexColor("#EEF3F4")
ACCENT = HexColor("#0B5C63")
ALARM = HexColor("#B3261E")
ALARM_FAINT = HexColor("#FBE9E7")
_WATERMARK = HexColor("#E9ECEE")


def new_canvas(out: BinaryIO, size: tuple[float, float], title: str, *, compressed: bool = True) -> Canvas:
    """A page without date, author or anything of a person in its metadata, so that a reprint is the same file.

    What must be the same bytes on every PC is not `compressed`: zlib and its successors pack one content differently.
    """
    load_fonts()
    canvas = Canvas(out, pagesize=size, invariant=1, pageCompression=int(compressed), initialFontName=REGULAR, lang="id-ID")
    canvas.setTitle(title)
    canvas.setAuthor("Pos Vaksin")
    canvas.setCreator("Pos Vaksin")
    canvas.setSubject(title)
    return canvas


def draw_watermark(canvas: Canvas, words: str, size: tuple[float, float], *, height: float = 0.5, angle: float = 55) -> None:
    """Behind everything else, so draw it first; its middle lies at `height` of the page, turned by `angle` degrees."""
    page_width, page_height = size
    room = 0.9 * min(page_width / cos(radians(angle)), page_height / sin(radians(angle)))
    letters = min(room / width(words, BOLD, 1), 20 * mm)
    canvas.saveState()
    canvas.setFillColor(_WATERMARK)
    canvas.translate(page_width / 2, page_height * height)
    canvas.rotate(angle)
    canvas.setFont(BOLD, letters)
    canvas.drawCentredString(0, -letters / 3, words)
    canvas.restoreState()


def text(canvas: Canvas, x: float, y: float, words: str, size: float, *, font: str = REGULAR, colour: Color = INK) -> None:
    """One line from `x` to the right, in points."""
    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    canvas.drawString(x, y, words)


def box_to_tick(canvas: Canvas, x: float, y: float, half: float, *, ticked: bool = False) -> None:
    """A square around the point, crossed when `ticked`; drawn, for the typeface has none."""
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.5)
    canvas.rect(x - half, y - half, 2 * half, 2 * half)
    if ticked:
        canvas.setFont(BOLD, half * 3)
        canvas.drawCentredString(x, y - 0.9 * half, "×")
