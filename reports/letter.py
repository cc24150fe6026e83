"""The doctor's letter on A5: a statement with a signed QR, and at first sight no certificate.

It names the doctor and how long, never why: a diagnosis is nobody's business at a counter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from reports import formats
from reports.certificate_layout import A5, DPI
from reports.certificate_words import nik_words
from reports.fonts import BOLD, REGULAR, shortened, width, wrapped
from reports.page import ACCENT, ALARM, ALARM_FAINT, INK, SOFT, draw_watermark, mm, new_canvas, text
from reports.qr import QUIET, draw_qr, fit_qr

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas

    from models.overview.letter_facts import LetterPaper

TITLE: Final = "Surat keterangan dokter"
NO_CERTIFICATE: Final = "SURAT KETERANGAN, BUKAN SERTIFIKAT"
NO_CERTIFICATE_ENGLISH: Final = "Medical statement, not a vaccination certificate"
_WHAT: Final = {
    "postponed": "Berdasarkan pemeriksaan, vaksinasi COVID-19 untuk orang tersebut DITUNDA.",
    "excluded": "Berdasarkan pemeriksaan, vaksinasi COVID-19 TIDAK DIBERIKAN kepada orang tersebut.",
}
_REVIEWED: Final = "sampai ditinjau kembali oleh dokter"
_SERVED: Final = (
    "Surat ini tidak memuat diagnosis dan bukan bukti vaksinasi. Mohon pemegangnya tetap dilayani sesuai ketentuan yang berlaku."
)
_CHECK: Final = (
    "Cara memeriksa: pindai QR dengan Pos Vaksin (halaman Periksa slip) yang memuat daftar kepercayaan kabupaten; tidak perlu "
    "internet. Cocokkan nama dan tanggal lahir dengan KTP."
)
_SIZE: Final = (A5.width * mm, A5.height * mm)
_LEFT: Final = A5.margin * mm
_RIGHT: Final = _SIZE[0] - _LEFT
_ROOM: Final = _RIGHT - _LEFT


def draw_letter(facts: LetterPaper, out: BinaryIO, *, watermark: str | None = None) -> None:
    """One A5 page as PDF into `out`; the same facts give the same bytes. Metadata and title hold nothing of the person.

    Refused("slip.qr_too_small") for a text no QR of this size can hold.
    """
    nik = nik_words(facts.nik_start)
    canvas = new_canvas(out, _SIZE, TITLE)
    if watermark:
        draw_watermark(canvas, watermark, _SIZE, height=0.6)
    y = _head(canvas, facts)
    y = _person(canvas, facts, nik, y)
    y = _decision(canvas, facts, y)
    _signed(canvas, facts, y)
    canvas.showPage()
    canvas.save()


def _head(canvas: Canvas, facts: LetterPaper) -> float:
    y = _SIZE[1] - 15 * mm
    text(canvas, _LEFT, y, shortened(facts.facility, BOLD, 12, _ROOM), 12, font=BOLD, colour=ACCENT)
    for line in (facts.place, facts.address):
        if line:
            y -= 4.2 * mm
            text(canvas, _LEFT, y, shortened(line, REGULAR, 8, _ROOM), 8, colour=SOFT)
    y -= 3 * mm
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.2)
    canvas.line(_LEFT, y, _RIGHT, y)
    y -= 13 * mm
    canvas.setFillColor(ALARM_FAINT)
    canvas.setStrokeColor(ALARM)
    canvas.rect(_LEFT, y, _ROOM, 10 * mm, stroke=1, fill=1)
    canvas.setFillColor(ALARM)
    canvas.setFont(BOLD, 12)
    canvas.drawCentredString(_SIZE[0] / 2, y + 4.9 * mm, NO_CERTIFICATE)
    canvas.setFont(REGULAR, 7.5)
    canvas.drawCentredString(_SIZE[0] / 2, y + 1.7 * mm, NO_CERTIFICATE_ENGLISH)
    text(canvas, _LEFT, y - 5 * mm, f"Nomor {facts.number}", 7.5, colour=SOFT)
    return y - 12 * mm


def _person(canvas: Canvas, facts: LetterPaper, nik: str, y: float) -> float:
    text(canvas, _LEFT, y, "Yang bertanda tangan di bawah ini menerangkan bahwa:", 9)
    for size in (14.0, 12.0, 10.0, 8.0):  # never cut
        lines = wrapped(facts.name, BOLD, size, _ROOM)
        if len(lines) * size * 1.15 <= 30:
            break
    y -= 1.5 * mm
    for line in lines:
        y -= size * 1.15
        text(canvas, _LEFT, y, line, size, font=BOLD)
    y -= 6 * mm
    text(canvas, _LEFT, y, f"lahir {formats.birth_date(facts.birth_date, facts.birth_precision)}   ·   NIK {nik}", 9)
    y -= 5 * mm
    came = f"datang untuk vaksinasi pada {formats.day_long(facts.day)}" + (f" di {facts.post}" if facts.post else "") + "."
    return _paragraph(canvas, y, came, 9, INK) - 2 * mm


def _decision(canvas: Canvas, facts: LetterPaper, y: float) -> float:
    y = _paragraph(canvas, y, _WHAT[facts.kind], 10, INK, font=BOLD) - 1.5 * mm
    until = f"sampai dengan {formats.day_long(facts.until)}" if facts.until else _REVIEWED
    text(canvas, _LEFT, y, "Berlaku", 9, colour=SOFT)
    size = 12.0
    while size > 8 and width(until, BOLD, size) > _ROOM - 15 * mm:
        size -= 0.5
    text(canvas, _LEFT + 15 * mm, y, until, size, font=BOLD, colour=ACCENT)
    return _paragraph(canvas, y - 8 * mm, _SERVED, 9, INK) - 5 * mm


def _signed(canvas: Canvas, facts: LetterPaper, y: float) -> None:
    """The code on the left, where the doctor signs on the right, how to check it below."""
    qr = fit_qr(facts.text, A5.qr, DPI)
    quiet = QUIET * qr.module * mm
    bottom = max(24 * mm, y - qr.side * mm)
    draw_qr(canvas, qr, _LEFT - quiet, bottom)
    x = _LEFT + (A5.qr + 4) * mm
    room = _RIGHT - x
    top = bottom + qr.side * mm - quiet - 3 * mm
    text(canvas, x, top, shortened(f"{facts.town}, {formats.day_plain(facts.day)}", REGULAR, 9, room), 9)
    text(canvas, x, top - 5 * mm, "Dokter", 9)
    size = 10.0
    while size > 6 and width(facts.doctor, BOLD, size) > room:
        size -= 0.25
    line = bottom + quiet + 6 * mm
    text(canvas, x, line, facts.doctor, size, font=BOLD)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.5)
    canvas.line(x, line - 1.2 * mm, _RIGHT, line - 1.2 * mm)
    text(canvas, x, line - 5 * mm, shortened(f"SIP {facts.sip}", REGULAR, 8.5, room), 8.5)
    y = _paragraph(canvas, bottom - 3.5 * mm, _CHECK, 7.5, INK)
    if facts.phone:
        _paragraph(canvas, y, f"Keterangan lebih lanjut: {facts.facility}, {facts.phone}.", 7.5, SOFT)


def _paragraph(canvas: Canvas, y: float, words: str, size: float, colour: Color, *, font: str = REGULAR) -> float:
    for line in wrapped(words, font, size, _ROOM):
        text(canvas, _LEFT, y, line, size, font=font, colour=colour)
        y -= size * 1.35
    return y
