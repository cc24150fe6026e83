"""Paper without the queue: saved among the user's documents, or printed at once on the PC's usual printer."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

from gui.language import tr
from gui.printing.folder import documents, save_in
from gui.printing.transports import SIZES_MM, Paper, transports
from models.errors import Unavailable
from reports.raster import size_mm


def save_paper(content: bytes, name: str, ending: str = "pdf") -> Path:
    """Save among the documents as `name`.pdf, beside an older one of that name; the answer is where."""
    return save_in(documents(), content, name, ending)


def print_paper(pdf: bytes) -> None:
    """Print on this PC's usual printer now, without the queue: for what must leave no trace and before there is a desk.

    Unavailable("screen.no_printer") when there is none.
    """
    system = transports()["system"]
    names = system.printers()
    if not names:
        raise Unavailable("screen.no_printer")
    width, height = size_mm(pdf)
    kind = min(SIZES_MM, key=lambda kind: abs(SIZES_MM[kind][0] - width) + abs(SIZES_MM[kind][1] - height))
    system.send(names[0], Paper(kind, pdf, "pos-vaksin"), lambda: None)


def recovery_sheet(path: Path, code: str, place: str) -> None:
    """One A5 page with the recovery code, to be kept away from the PC; as a file only its owner may read it."""
    # Before a sign is in it: whoever holds the code and a copy reads everything.
    path.touch(mode=0o600)
    with suppress(PermissionError):  # a stick's file system keeps no modes
        path.chmod(0o600)
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    writer.setTitle(tr("Kode pemulihan Pos Vaksin"))
    painter = QPainter()
    if not painter.begin(writer):
        raise Unavailable("screen.cannot_save_paper")
    across, down = writer.width(), writer.height()
    lines = (
        (0.02, 18, tr("Kode pemulihan Pos Vaksin")),
        (0.10, 12, place),
        (0.22, 17, code[:19]),
        (0.29, 17, code[20:]),
        (
            0.42,
            11,
            tr(
                "Simpan kertas ini terkunci, jauh dari komputer. Bila komputer rusak atau hilang, salinan data hanya "
                "terbuka dengan kode ini. Siapa pun yang memegang kode dan salinan dapat membaca semua data."
            ),
        ),
    )
    for at, points, text in lines:
        painter.setFont(QFont("Noto Sans", points))
        painter.drawText(QRectF(0, down * at, across, down * 0.4), Qt.TextFlag.TextWordWrap, text)
    painter.end()
