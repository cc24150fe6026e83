"""Where things stand on the papers with a signed QR, in one place: millimetres, and dots an inch of the printers meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DPI: Final = 300
"""What an office printer has at least; a roll's QR is fitted to that printer's own dots."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of office paper. `qr` is the box of the code with its quiet zone: the code itself is 25 to 42 mm, which is what
    readers with fixed optics expect, in correction Q wherever modules of 0.40 mm fit."""

    width: float
    height: float
    margin: float
    qr: float


A6: Final = Sheet(105, 148, 8, 43)
A5: Final = Sheet(148, 210, 14, 45)
A4: Final = Sheet(210, 297, 15, 45)
CERTIFICATE_DOSES: Final = 3
"""How many doses stand on one page of A4."""
BLOCK: Final = 63.0
"""Height of one dose there."""


@dataclass(frozen=True, slots=True)
class Cards:
    """A sheet of cards in the size of a bank card (ISO/IEC 7810 ID-1), which every wallet has a place for."""

    across: int
    down: int
    width: float
    height: float
    margin: float
    qr: float

    @property
    def count(self) -> int:
        """Cards on a sheet."""
        return self.across * self.down


CARDS: Final = Cards(2, 4, 85.6, 54, 3, 45)

ROLL_QR: Final = (43.0, 49.0)
"""Boxes tried on a roll: the second for a long name, whose code has more modules."""
