"""The SBBK: what left with a box, under the signatures of who handed it over and who took it.

Its sentences are Indonesian in this file and not in the translations: the paper goes with the vials whatever language the
screen has. Batch, last day of use, VVM and vials = doses stand on every line, as WHO's vaccine management asks of a voucher.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO, Final

from reportlab.lib.pagesizes import A4

from models.stock.deliveries.sbbk import SbbkFacts, SbbkLine
from reports import formats
from reports.fonts import BOLD, REGULAR, wrapped
from reports.page import ACCENT, ALARM, INK, LINE, SOFT, draw_watermark, mm, new_canvas, text
from reports.sheets import workbook
from reports.table import Column, Row, Table

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

TITLE: Final = "Surat Bukti Barang Keluar (SBBK) vaksin"
_MARGIN: Final = 15 * mm
_WIDTH: Final[float] = A4[0]
_HEIGHT: Final[float] = A4[1]
_ROW: Final = 6.2
_FOOT: Final = 78 * mm  # rules, signatures
_COLUMNS: Final = (
    Column("No", 9), Column("Vaksin", 46, number=False), Column("Batch", 32, number=False), Column("ED", 22, number=False),
    Column("VVM", 12, number=False), Column("Vial", 16), Column("Dosis", 17), Column("Diterima", 26),
)  # fmt: skip


def draw_sbbk(facts: SbbkFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The paper as PDF into `out`, on as many pages as its lines take; the last one is signed. The same facts give the same
    bytes."""
    canvas = new_canvas(out, A4, f"SBBK {facts.document}", compressed=False)
    table = Table(_COLUMNS, _MARGIN, _ROW)
    rows = [_row(number, line) for number, line in enumerate(facts.lines, 1)]
    rows += [
        Row((str(number), name, f"{formats.number(pieces)} {unit}", *[""] * 5))
        for number, (name, pieces, unit) in enumerate(facts.goods, len(rows) + 1)
    ]
    pages = _pages(table, rows)
    for page, part in enumerate(pages, 1):
        if watermark:
            draw_watermark(canvas, watermark, A4)
        y = _head(canvas, facts) if page == 1 else _next_head(canvas, facts)
        last = page == len(pages)
        y = table.draw(canvas, [*part, _total(facts)] if last else part, y)
        if last:
            _words(canvas, facts, y - 5 * mm)
            _signatures(canvas, facts)
        _page_foot(canvas, facts, page, len(pages))
        canvas.showPage()
    canvas.save()


def write_sbbk(facts: SbbkFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The same lines as a workbook."""
    head = [f"Nomor {facts.document}", f"Dari {facts.from_name}, kepada {facts.to_name}", formats.day_long(facts.day)]
    titles = ("Vaksin", "Batch", "ED", "VVM", "Vial", "Dosis", "Diterima", "Keterangan")
    with workbook(out, TITLE, head, taken_at=facts.sent_at, zone=facts.zone, watermark=watermark) as sheets:
        rows = [
            [line.product, line.number, line.expiry, line.vvm, line.vials, line.doses, line.arrived, line.reason]
            for line in facts.lines
        ]
        rows += [[name, f"{formats.number(pieces)} {unit}", *[None] * 6] for name, pieces, unit in facts.goods]
        arrived = sum(line.arrived or 0 for line in facts.lines) if facts.is_answered else None
        sums = ["Jumlah", None, None, None, facts.vials, facts.doses, arrived, None]
        sheets.add("SBBK", titles, [*rows, sums], last_is_sum=True, wide=True)


def _pages(table: Table, rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of each page; the last one keeps room for the sum and the signatures."""
    pages: list[list[Row]] = []
    left = list(rows)
    while True:
        top = _HEIGHT - (72 * mm if not pages else 34 * mm)
        room = int((top - _FOOT) / table.row) - 3
        if len(left) <= room:
            return [*pages, left]
        count = min(len(left) - 1, int((top - 24 * mm) / table.row) - 1)
        pages.append(left[:count])
        left = left[count:]


def _row(number: int, line: SbbkLine) -> Row:
    arrived = "" if line.arrived is None else formats.number(line.arrived)
    cells = (
        str(number), line.product, line.number, formats.day_short(line.expiry), line.vvm or formats.NOTHING,
        formats.number(line.vials), formats.number(line.doses), arrived,
    )  # fmt: skip
    return Row(cells, note=line.reason if line.reason and line.arrived is not None else "")


def _total(facts: SbbkFacts) -> Row:
    arrived = formats.number(sum(line.arrived or 0 for line in facts.lines)) if facts.is_answered else ""
    return Row(("", "Jumlah", "", "", "", formats.number(facts.vials), formats.number(facts.doses), arrived), bold=True)


def _head(canvas: Canvas, facts: SbbkFacts) -> float:
    y: float = _HEIGHT - 20 * mm
    text(canvas, _MARGIN, y, facts.facility, 14, font=BOLD, colour=ACCENT)
    text(canvas, _MARGIN, y - 5 * mm, f"kode {facts.facility_code}", 8, colour=SOFT)
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 11)
    canvas.drawRightString(_WIDTH - _MARGIN, y + 0.6 * mm, TITLE)
    canvas.setFont(BOLD, 10)
    canvas.drawRightString(_WIDTH - _MARGIN, y - 4.6 * mm, f"Nomor {facts.document}")
    y -= 9 * mm
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.2)
    canvas.line(_MARGIN, y, _WIDTH - _MARGIN, y)
    y -= 7 * mm
    clock = formats.clock(facts.sent_at, facts.zone)
    pairs = (
        ("Dari", facts.from_name), ("Kepada", facts.to_name), ("Dikirim", f"{formats.day_long(facts.day)} pukul {clock}"),
        ("Dibawa oleh", facts.carrier or "…" * 14),
    )  # fmt: skip
    for label, words in pairs:
        text(canvas, _MARGIN, y, label, 9, colour=SOFT)
        text(canvas, _MARGIN + 26 * mm, y, words, 9.5, font=BOLD)
        y -= 5.6 * mm
    if facts.is_taken_back:
        text(canvas, _MARGIN + 110 * mm, y + 11.2 * mm, "DITARIK KEMBALI", 12, font=BOLD, colour=ALARM)
    return y - 2 * mm


def _next_head(canvas: Canvas, facts: SbbkFacts) -> float:
    y: float = _HEIGHT - 20 * mm
    text(canvas, _MARGIN, y, f"{TITLE}, nomor {facts.document} (lanjutan)", 9, font=BOLD, colour=ACCENT)
    return y - 6 * mm


def _words(canvas: Canvas, facts: SbbkFacts, y: float) -> None:
    lines = [
        "Penerima menghitung vial, memeriksa VVM dan tanggal, lalu mengisi kolom Diterima. Selisih ditulis sebabnya. "
        "Simpan pada 2–8 °C, jangan dibekukan."
    ]
    if facts.note:
        lines.insert(0, f"Catatan: {facts.note}")
    for words in lines:
        for each in wrapped(words, REGULAR, 8, _WIDTH - 2 * _MARGIN):
            text(canvas, _MARGIN, y, each, 8, colour=SOFT)
            y -= 3.8 * mm


def _signatures(canvas: Canvas, facts: SbbkFacts) -> None:
    room = (_WIDTH - 2 * _MARGIN) / 3
    top = 62 * mm
    signers = (
        ("Yang menyerahkan", facts.sender, ""), ("Mengetahui, kepala puskesmas", facts.head, facts.head_nip),
        ("Yang menerima", "", "Tanggal, jam:"),
    )  # fmt: skip
    for at, (office, name, below) in enumerate(signers):
        left = _MARGIN + at * room
        text(canvas, left, top, office, 8.5)
        text(canvas, left, top - 22 * mm, name, 8.5, font=BOLD)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.5)
        canvas.line(left, top - 23 * mm, left + room - 8 * mm, top - 23 * mm)
        nip = f"NIP {below}" if below.isdigit() else below or "NIP"
        text(canvas, left, top - 26.6 * mm, nip, 7.5, colour=SOFT)


def _page_foot(canvas: Canvas, facts: SbbkFacts, page: int, pages: int) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(_MARGIN, 15 * mm, _WIDTH - _MARGIN, 15 * mm)
    text(canvas, _MARGIN, 11.4 * mm, f"Rangkap 2: satu dibawa, satu disimpan. Nomor {facts.document}", 6.5, colour=SOFT)
    canvas.setFont(REGULAR, 6.5)
    canvas.drawRightString(_WIDTH - _MARGIN, 11.4 * mm, f"Pos Vaksin · halaman {page} dari {pages}")
