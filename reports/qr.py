"""The QR of a certificate as vectors, in modules of whole printer dots.

Fractional dots give rows of unequal height, which is what makes a small code unreadable; so the module is chosen first
and the side follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import BIT_LIMIT_TABLE, MODE_ALPHA_NUM, QRData, length_in_bits

from models.errors import Refused

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

QUIET = 4  # modules of white round the code, as the standard wants
FEWEST_DOTS = 3
SURE_MODULE_MM = 0.40

# Looking for the mask with the lowest penalty costs four times as long as making the code, and none reads better.
_MASK = 2
_POINTS_PER_MM = 72 / 25.4
_DARK = re.compile(rb"\x01+")


@dataclass(frozen=True, slots=True)
class Qr:
    """A code that fits its box. `module` is in millimetres, `correction` "Q" or "M"; `rows` have no quiet zone."""

    rows: tuple[tuple[bool, ...], ...]
    correction: str
    dots: int
    module: float

    @property
    def side(self) -> float:
        """Millimetres with the quiet zone."""
        return (len(self.rows) + 2 * QUIET) * self.module


def fit_qr(text: str, box: float, dpi: int) -> Qr:
    """The best code of `text` inside `box` millimetres (quiet zone included) for a printer of `dpi`.

    Correction Q when its modules are at least 0.40 mm, otherwise M with larger modules: more correction on the same
    paper is not better. Refused("slip.qr_too_small") under three dots a module.
    """
    sure = _sized(_rows(text, ERROR_CORRECT_Q), "Q", box, dpi)
    if sure and sure.module >= SURE_MODULE_MM:
        return sure
    plain = _sized(_rows(text, ERROR_CORRECT_M), "M", box, dpi)
    if plain is None or plain.dots < FEWEST_DOTS:
        raise Refused("slip.qr_too_small", box=round(box))
    return plain


def _rows(text: str, correction: int) -> tuple[tuple[bool, ...], ...] | None:
    data = QRData(text, mode=MODE_ALPHA_NUM)
    version = _version(len(text), correction)
    if version is None:
        return None
    code = QRCode(version, correction, mask_pattern=_MASK, border=0)
    code.add_data(data, optimize=0)
    code.make(fit=False)
    return tuple(map(tuple, code.get_matrix()))


def _version(characters: int, correction: int) -> int | None:
    """The smallest version that holds so many alphanumeric characters, None where none does.

    Told to the library, because to find it the library writes every bit of the data up to three times.
    """
    pairs, single = divmod(characters, 2)
    for largest in (9, 26, 40):  # up to here the count of characters is written with as many bits
        bits = 4 + length_in_bits(MODE_ALPHA_NUM, largest) + 11 * pairs + 6 * single
        version = bisect_left(BIT_LIMIT_TABLE[correction], bits, 1)
        if version <= largest:
            return version
    return None


def _sized(rows: tuple[tuple[bool, ...], ...] | None, correction: str, box: float, dpi: int) -> Qr | None:
    if rows is None:
        return None
    dots = int(box * dpi / 25.4 / (len(rows) + 2 * QUIET) + 1e-9)
    return Qr(rows, correction, dots, dots * 25.4 / dpi)


def runs(rows: tuple[tuple[bool, ...], ...]) -> list[tuple[int, int, int, int]]:
    """Dark rectangles (column, row, width, height): runs along a row, joined with the same run of the rows above."""
    done: list[tuple[int, int, int, int]] = []
    growing: dict[tuple[int, int], int] = {}
    for number, row in enumerate((*rows, ())):
        now: dict[tuple[int, int], int] = {}
        for dark in _DARK.finditer(bytes(row)):
            now[dark.span()] = growing.pop(dark.span(), number)
        done += [(column, first, end - column, number - first) for (column, end), first in growing.items()]
        growing = now
    return done


def draw_qr(canvas: Canvas, qr: Qr, left: float, bottom: float) -> None:
    """Draw with its quiet zone as a white square, `left` and `bottom` in points. One path leaves no hairlines."""
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(qr.module * _POINTS_PER_MM, qr.module * _POINTS_PER_MM)
    size = len(qr.rows)
    canvas.setFillGray(1)
    canvas.rect(0, 0, size + 2 * QUIET, size + 2 * QUIET, stroke=0, fill=1)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for column, row, length, height in runs(qr.rows):
        path.rect(QUIET + column, QUIET + size - row - height, length, height)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()
