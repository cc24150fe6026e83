"""The call list on A4: whom to call while doses are open, to be ticked by hand. Names and telephones, never a NIK."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from reportlab.lib.pagesizes import A4

from models.people.phone import national
from reports import formats
from reports.fonts import BOLD, REGULAR
from reports.page import ACCENT, INK, SOFT, draw_watermark, mm, new_canvas, text
from reports.table import Column, Row, Table

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from models.overview.calls.call_list import Called, CallSheet

_TITLE = "Daftar panggilan"
_WIDTH: float = A4[0]
_HEIGHT: float = A4[1]
_MARGIN = 12 * mm
_ROW = 7.6
_ON_PAGE = 28
_COLUMNS = (
    Column("No", 8), Column("Nama", 48, number=False), Column("Umur", 11), Column("L/P", 8, number=False),
    Column("Alamat", 46, number=False), Column("Telepon", 29, number=False), Column("Dosis", 10),
    *(Column(title, width, number=False, over="Jawaban", tick=True) for title, width in (("Datang", 10), ("Tidak", 8), ("–", 7))),
)  # fmt: skip


def draw_call_list(sheet: CallSheet, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The list as PDF into `out`; the same list gives the same bytes. What was ticked on the screen is ticked here."""
    canvas = new_canvas(out, A4, _TITLE, compressed=False)
    lines = list(enumerate(sheet.lines, 1))
    pages = [lines[at : at + _ON_PAGE] for at in range(0, len(lines), _ON_PAGE)] or [[]]
    for number, part in enumerate(pages, 1):
        if watermark:
            draw_watermark(canvas, watermark, A4)
        top = _head(canvas, sheet)
        y = Table(_COLUMNS, _MARGIN, _ROW).draw(canvas, [_row(at, line) for at, line in part], top)
        _foot(canvas, y, number, len(pages))
        canvas.showPage()
    canvas.save()


def _head(canvas: Canvas, sheet: CallSheet) -> float:
    top: float = _HEIGHT - 17 * mm
    text(canvas, _MARGIN, top, sheet.facility, 13, font=BOLD, colour=ACCENT)
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 11)
    canvas.drawRightString(_WIDTH - _MARGIN, top, _TITLE)
    text(canvas, _MARGIN, top - 5 * mm, f"{sheet.post} · {formats.day_long(sheet.day)}", 9, colour=SOFT)
    words = f"{formats.number(sheet.doses)} dosis {sheet.product} masih terbuka. Lansia dahulu, lalu yang terdekat."
    text(canvas, _MARGIN, top - 10 * mm, words, 9, font=BOLD)
    return top - 13 * mm


def _row(at: int, line: Called) -> Row:
    home = ", ".join(each for each in (line.dusun, _blocks(line), line.desa) if each)
    ticks = tuple(answer if line.answer == answer else "" for answer in ("comes", "no", "unreached"))
    sex = "L" if line.sex == "male" else "P"
    return Row((str(at), line.name, str(line.age), sex, home, national(line.phone), str(line.dose), *ticks))


def _blocks(line: Called) -> str:
    return "/".join(f"{name} {value}" for name, value in (("RT", line.rt), ("RW", line.rw)) if value)


def _foot(canvas: Canvas, y: float, page: int, pages: int) -> None:
    words = "Jawaban: Datang, Tidak, – tidak tersambung. Lembar ini memuat nomor telepon warga: simpan, lalu musnahkan."
    text(canvas, _MARGIN, y - 6 * mm, words, 7, colour=SOFT)
    canvas.setFont(REGULAR, 6)
    canvas.setFillColor(SOFT)
    canvas.drawRightString(_WIDTH - _MARGIN, 11.8 * mm, f"Pos Vaksin · halaman {page} dari {pages}")
