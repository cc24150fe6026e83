"""How a paper reaches a printer. One small interface; what stands behind an address such as `net:192.168.1.50` is a file each."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, runtime_checkable

from gui.printing.jobs import PaperKind
from models.errors import Unavailable

Going = Callable[[], None]
"""Called often while something is waited for; raises gui.work.Stopped when the window closes or the job is cancelled."""
Outcome = Literal["under_way", "held", "printed", "failed", "unknown"]


class InDoubt(Unavailable):
    """It may have been printed or not: only a person looking at the tray can tell, so it is not sent again by itself."""


@dataclass(frozen=True)
class Roll:
    """A thermal printer: dots per inch, dots across that it can print, and whether it takes ESC/POS or has a driver."""

    dpi: int = 203
    dots: int = 576
    driver: bool = False


@dataclass(frozen=True)
class Paper:
    """What is sent. `name` is shown in queues that others can read, so it names nobody."""

    kind: PaperKind
    pdf: bytes = field(repr=False)
    name: str
    roll: Roll = Roll()


@dataclass(frozen=True)
class Handed:
    """The paper is out of our hands: `ticket` to follow it in the system's queue; `sure` when the printer said it is done;
    `file` where it lies, when no printer was meant."""

    ticket: str = ""
    sure: bool = False
    file: str = ""


class Transport(Protocol):
    """`address` is what comes after the colon. Everything here may take seconds and is called off the screen's thread."""

    def printers(self) -> list[str]:
        """Addresses that can be chosen now."""

    def send(self, address: str, paper: Paper, going: Going) -> Handed:
        """Hand it over once. Unavailable: surely nothing came out, try again later. InDoubt: nobody knows."""


@runtime_checkable
class Following(Protocol):
    """A transport whose `Handed` carries tickets."""

    def follow(self, address: str, ticket: str) -> Outcome:
        """What the system's queue says of a ticket."""

    def withdraw(self, ticket: str) -> None:
        """Take it out of the system's queue, as far as that is still possible."""


def transports() -> dict[str, Transport]:
    """Those of this PC: the system's printers, printers on the network, and a folder for PDFs."""
    from gui.printing.folder import Folder  # they import the types above
    from gui.printing.network import Network  # the same

    found: dict[str, Transport] = {"net": Network(), "folder": Folder()}
    if sys.platform == "win32" or not shutil.which("lp"):
        from gui.printing.system_qt import SystemByQt  # the same; QtPrintSupport is not needed where there is lp

        found["system"] = SystemByQt()
    else:
        from gui.printing.system_lp import SystemByLp  # the same

        found["system"] = SystemByLp()
    return found


SIZES_MM: Final[dict[PaperKind, tuple[int, int]]] = {"a4": (210, 297), "a5": (148, 210), "a6": (105, 148)}
