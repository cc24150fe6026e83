"""Reading QR codes from a picture or a PDF, both of which may come from a stranger."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any, Final

import pypdfium2
import zxingcpp
from PIL import Image

from models.errors import Refused, Unavailable

MOST_BYTES: Final = 50_000_000
MOST_PIXELS: Final = 60_000_000
_DOTS_PER_INCH: Final = 300
MOST_PAGES: Final = 100
_KINDS: Final = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def qr_texts(path: Path) -> list[str]:
    """What the QR codes of a png, jpg or PDF say, page by page; empty when there is none.

    Refused for what is no picture or too large a one, and for a PDF of more than `MOST_PAGES`: what is not looked at must not
    seem to be. Unavailable when the file cannot be read.
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
        if len(document) > MOST_PAGES:
            raise Refused("command.too_many_pages", field="image", pages=len(document), most=MOST_PAGES)
        for number in range(len(document)):
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
            with Image.open(io.BytesIO(content), formats=_KINDS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refused("command.no_picture", field="image")
                grey = _grey(picture)
    except Refused:
        raise
    except Exception as fault:  # decoders of broken pictures raise whatever they meet
        raise Refused("command.no_picture", field="image") from fault
    return _read(grey)


def _grey(picture: Image.Image) -> Image.Image:
    """Eight bits of grey, whatever a phone, a scanner or a chat made of it; what is transparent is white, as on a screen."""
    if picture.mode.startswith(("I", "F")):  # sixteen bits: eight of them would be cut off, not rounded
        lowest, highest = picture.getextrema()
        scale = 255 / max(float(highest) - float(lowest), 1.0)  # type: ignore[arg-type]  # a pair of numbers in these modes
        return picture.convert("F").point(lambda value: value * scale - float(lowest) * scale).convert("L")  # type: ignore[arg-type]
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("L")
    return picture.convert("L")


def _read(picture: Any) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=_QR)]
