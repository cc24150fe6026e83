"""ESC/POS, the language of thermal printers: pictures of dots, fed and cut. Nothing between here and the head scales them."""

from __future__ import annotations

from typing import Final

from gui.printing.transports import Roll
from reports.raster import Dots, one_bit

ASK_STATE: Final = b"\x1dr\x01"  # GS r 1: answered in the order of the data, so only after everything before it
_BAND = 128  # rows at a time: old printers have small buffers
_START: Final = b"\x1b@"  # ESC @: whatever the paper before left behind
_END: Final = b"\x1bd\x03\x1dVB\x00"  # ESC d 3, GS V B 0: past the tear bar, then cut where there is a knife


def commands_of(pdf: bytes, roll: Roll) -> bytes:
    """All pages of a paper that was drawn for this roll."""
    return _START + b"".join(_picture(page, roll.dots) + _END for page in one_bit(pdf, roll.dpi))


def _picture(page: Dots, across: int) -> bytes:
    """Rows as wide as the head; what would not fit is not sent, since a wider row would run on into the next."""
    wide, given = across // 8, page.stride
    rows = [page.rows[at : at + given][:wide].ljust(wide, b"\0") for at in range(0, len(page.rows), given)]
    out = bytearray()
    for first in range(0, len(rows), _BAND):
        band = rows[first : first + _BAND]
        # GS v 0: m, bytes across and rows, both low byte first
        out += b"\x1dv0\x00" + wide.to_bytes(2, "little") + len(band).to_bytes(2, "little") + b"".join(band)
    return bytes(out)
