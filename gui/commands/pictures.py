"""Reading QR codes from a picture or a PDF, both of which may come from a stranger."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any, Final

import pypdfium2
import zxingcpp
from reportlab.lib.utils import ImageReader

from models.errors import Refused, Unavailable

MOST_BYTES: Final = 50_000_000
MOST_PIXELS: Final = 60_000_000
_DOTS_PER_INCH: Final = 300
_PAGES: Final = 10
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def qr_texts(path: Path) -> list[str]:
    """What the QR codes of a png, jpg or PDF say, page by page; empty when there is none.

    Refused for what is no picture or too large a one, Unavailable when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Unavailable("command.cannot_read_picture", field="image") from fault
    if len(content) > MOST_BYTES:
        raise Refused("command.no_picture", field="image")
    return _of_pdf(content) if content[:1024].lstrip().startswith(b"%PDF") else _of_picture(content)


def _of_pdf(content: bytes) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise Refused("command.no_picture", field="image") from fault
    texts: list[str] = []
    try:
        for number in range(min(len(document), _PAGES)):
            page = document[number]
            wide, high = page.get_size()
            scale = min(_DOTS_PER_INCH / 72, (MOST_PIXELS / max(wide * high, 1)) ** 0.5)
            texts += _read(page.render(scale=scale, grayscale=True).to_pil())
    except pypdfium2.PdfiumError as fault:
        raise Refused("command.no_picture", field="image") from fault
    finally:
        document.close()
    return texts


def _of_picture(content: bytes) -> list[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that unpacks to something huge is only warned of
            picture = ImageReader(io.BytesIO(content))
            wide, high = picture.getSize()
            if wide * high > MOST_PIXELS:
                raise Refused("command.no_picture", field="image")
            colours = memoryview(picture.getRGBData()).cast("B", (high, wide, 3))
    except Refused:
        raise
    except Exception as fault:  # decoders of broken pictures raise whatever they meet
        raise Refused("command.no_picture", field="image") from fault
    return _read(colours)


def _read(picture: Any) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=_QR)]
