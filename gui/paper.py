"""Paper on the screen: pages of a PDF as pictures, saved among the user's documents, printed on the PC's printer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPageSize, QPainter, QPdfWriter, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea

from gui.language import tr
from gui.printing.folder import documents, save_in
from gui.printing.transports import SIZES_MM, Paper, transports
from models.errors import Unavailable
from reports.raster import opened, size_mm


def pictures_of(pdf: bytes, dots_per_inch: int) -> list[QImage]:
    """Every page as a picture; QImage may be made on any thread."""
    with opened(pdf) as document:
        found = []
        for page in document:
            bitmap = page.render(scale=dots_per_inch / 72, rev_byteorder=True, prefer_bgrx=True)
            size = (bitmap.width, bitmap.height, bitmap.stride)
            found.append(QImage(bytes(bitmap.buffer), *size, QImage.Format.Format_RGBX8888).copy())
        return found


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


class PaperView(QScrollArea):
    """The first page of a paper, as wide as there is room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._label = QLabel()
        self._picture: QPixmap | None = None
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def show_picture(self, picture: QImage) -> None:
        """Show it, not larger than it is."""
        self._picture = QPixmap.fromImage(picture)
        self._fit()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Fit it again."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # a QResizeEvent, as Qt gives it
        self._fit()

    def _fit(self) -> None:
        if self._picture is not None:
            wide = min(self._picture.width(), max(self.viewport().width() - 8, 100))
            self._label.setPixmap(self._picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
