"""The system's printers through Qt, for Windows: pages as pictures in the printer's own dots."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPoint, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from gui.printing.transports import SIZES_MM, Going, Handed, Paper
from models.errors import Unavailable
from reports.raster import Dots, one_bit, opened, size_mm

_FINEST = 300  # dots per inch: finer pictures of pages only make the spooler slow


class SystemByQt:
    """QPrinter may be painted on from any thread, each on one at a time. Its spooler tells us nothing afterwards."""

    def printers(self) -> list[str]:
        """Names, the default one first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))

    def send(self, address: str, paper: Paper, going: Going) -> Handed:
        """A roll goes dot by dot at its own resolution, an office page as sharp as is useful."""
        going()
        info = QPrinterInfo.printerInfo(address)
        if info.isNull():
            raise Unavailable("print.gone")
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.name)
        paint(printer, paper)
        return Handed()


def paint(printer: QPrinter, paper: Paper) -> None:
    """All pages, each as large as it is drawn; Unavailable("print.refused") when the spooler does not take it."""
    dpi = paper.roll.dpi if paper.kind == "roll" else min(printer.resolution(), _FINEST)
    printer.setResolution(dpi)
    wide, high = size_mm(paper.pdf) if paper.kind == "roll" else SIZES_MM[paper.kind]
    size = QPageSize(QSizeF(wide, high), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    pages = [_mono(page) for page in one_bit(paper.pdf, dpi)] if paper.kind == "roll" else _pictures(paper.pdf, dpi)
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable("print.refused")
    try:
        for at, page in enumerate(pages):
            if at and not printer.newPage():
                raise Unavailable("print.broke_off")
            if paper.kind == "roll":
                painter.drawImage(QPoint(0, 0), page)  # a dot for a dot
            else:
                painter.drawImage(QRect(0, 0, page.width(), page.height()), page)
    finally:
        painter.end()


def _mono(page: Dots) -> QImage:
    picture = QImage(page.rows, page.width, page.height, page.stride, QImage.Format.Format_Mono).copy()
    picture.setColorTable([0xFFFFFFFF, 0xFF000000])
    return picture


def _pictures(pdf: bytes, dpi: int) -> list[QImage]:
    with opened(pdf) as document:
        found = []
        for page in document:
            bitmap = page.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=True)
            size = (bitmap.width, bitmap.height, bitmap.stride)
            found.append(QImage(bytes(bitmap.buffer), *size, QImage.Format.Format_RGBX8888).copy())
        return found
