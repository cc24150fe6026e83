"""Papers as PDF files in a folder: for a PC without a printer, and to be printed elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from gui.printing.transports import Going, Handed, Paper
from models.errors import Unavailable


def documents() -> Path:
    """Pos Vaksin among the user's documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)) / "Pos Vaksin"


def save_in(folder: Path, content: bytes, name: str, ending: str = "pdf") -> Path:
    """Save as `name`.pdf beside an older one of that name; the answer is where."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for again in range(1, 10_000):
            path = folder / (f"{name}.{ending}" if again == 1 else f"{name} ({again}).{ending}")
            try:
                with path.open("xb") as file:
                    file.write(content)
            except FileExistsError:
                continue
            return path
    except OSError as fault:
        raise Unavailable("screen.cannot_save_paper") from fault
    raise Unavailable("screen.cannot_save_paper")


class Folder:
    """A transport that never waits. An empty address is the documents folder."""

    def printers(self) -> list[str]:
        """The documents."""
        return [""]

    def send(self, address: str, paper: Paper, going: Going) -> Handed:
        """One more file."""
        going()
        path = save_in(Path(address) if address else documents(), paper.pdf, paper.name)
        return Handed(sure=True, file=str(path))
