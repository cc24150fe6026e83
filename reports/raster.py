"""A PDF as a printer's dots: black or nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

_POINTS_PER_MM: Final = 72 / 25.4
_INK: Final = bytes(ord("1") if grey < 128 else ord("0") for grey in range(256))
ONE_AT_A_TIME: Final = threading.Lock()
"""PDFium is not made for several threads: whoever calls it holds this."""


@dataclass(frozen=True)
class Dots:
    """`rows` holds `height` rows of `stride` bytes, eight dots a byte from the left, a set bit is black."""

    width: int
    height: int
    rows: bytes = field(repr=False)

    @property
    def stride(self) -> int:
        """Bytes in a row."""
        return (self.width + 7) // 8


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The pypdfium2 document of `pdf`. PDFium is not made for several threads: whoever else wants one waits."""
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def one_bit(pdf: bytes, dpi: int) -> list[Dots]:
    """Every page at `dpi`. Edges that lie on whole dots, as those of a roll's QR do, come out exactly."""
    with opened(pdf) as document:
        return [_dots(page, dpi) for page in document]


def size_mm(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page in millimetres."""
    with opened(pdf) as document:
        width, height = document[0].get_size()
    return width / _POINTS_PER_MM, height / _POINTS_PER_MM


def _dots(page: Any, dpi: int) -> Dots:
    # Not page.render(), which rounds up: a page of 576,00001 dots would be stretched over 577.
    width, height = (round(points * dpi / 72) for points in page.get_size())
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE | pdfium.FPDF_PRINTING)
    grey, stride, across = bytes(bitmap.buffer), bitmap.stride, (width + 7) // 8
    rows = bytearray()
    for first in range(0, height * stride, stride):
        bits = grey[first : first + width].translate(_INK).ljust(across * 8, b"0")
        rows += int(bits, 2).to_bytes(across, "big")
    return Dots(width, height, bytes(rows))
