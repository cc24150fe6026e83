"""Which printer each kind of paper goes to, remembered on this PC."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QSettings

from gui.printing.jobs import PaperKind
from gui.printing.transports import Roll

ROLL_MM: Final = {80: 72.0, 58: 48.0}
"""Width of the paper to the width that its printers reach."""
RESOLUTIONS: Final = (203, 300)
_DOTS_PER_MM: Final = {203: 8.0, 300: 300 / 25.4}  # what is sold as 203 dpi has eight dots in a millimetre


def roll_of(dpi: int, paper_mm: int, *, driver: bool = False) -> Roll:
    """The roll of a printer: 576 dots for 80 mm at 203 dpi. Always whole bytes of eight dots."""
    return Roll(dpi, int(ROLL_MM[paper_mm] * _DOTS_PER_MM[dpi]) // 8 * 8, driver)


class Choices:
    """Values in desk.ini under `printing/`. For the screen's thread."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def address(self, kind: PaperKind) -> str:
        """`net:192.168.1.50`, `system:EPSON_L3110`, `folder:`; empty where nobody has chosen yet."""
        return self._text(f"printer-{kind}")

    def choose(self, kind: PaperKind, address: str) -> None:
        """Remember it."""
        self._settings.setValue(f"printing/printer-{kind}", address)

    @property
    def dpi(self) -> int:
        """Dots per inch of the roll's printer."""
        return self._number("roll-dpi", RESOLUTIONS)

    @property
    def roll_mm(self) -> int:
        """Width of the roll's paper."""
        return self._number("roll-mm", tuple(ROLL_MM))

    @property
    def driver(self) -> bool:
        """Whether the roll goes through a driver instead of as ESC/POS."""
        return self._text("roll-driver") == "yes"

    @property
    def roll(self) -> Roll:
        """The same, as what draws and sends wants it."""
        return roll_of(self.dpi, self.roll_mm, driver=self.driver)

    def set_roll(self, dpi: int, roll_mm: int, *, driver: bool) -> None:
        """Remember it."""
        for name, value in (("roll-dpi", dpi), ("roll-mm", roll_mm), ("roll-driver", "yes" if driver else "no")):
            self._settings.setValue(f"printing/{name}", value)

    @property
    def slip(self) -> Literal["a6", "roll"]:
        """The paper of the slip."""
        return "roll" if self._text("slip") == "roll" else "a6"

    def set_slip(self, kind: Literal["a6", "roll"]) -> None:
        """Remember it."""
        self._settings.setValue("printing/slip", kind)

    @property
    def certificate(self) -> str:
        """The paper of the page of certificates, by its name there."""
        return self._text("certificate") or "a6"

    def set_certificate(self, name: str) -> None:
        """Remember it."""
        self._settings.setValue("printing/certificate", name)

    @property
    def by_itself(self) -> bool:
        """Whether the slip goes to the printer right after the injection."""
        return self._text("by-itself") == "yes"

    def set_by_itself(self, wanted: bool) -> None:
        """Remember it."""
        self._settings.setValue("printing/by-itself", "yes" if wanted else "no")

    def _text(self, name: str) -> str:
        return str(self._settings.value(f"printing/{name}", "") or "")

    def _number(self, name: str, allowed: tuple[int, ...]) -> int:
        text = self._text(name)
        return int(text) if text in map(str, allowed) else allowed[0]
