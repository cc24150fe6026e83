"""The A4 certificate: everything of one person on a page, up to three doses, each with a signed QR of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from reports import formats
from reports.certificate_layout import A4, BLOCK, CERTIFICATE_DOSES, DPI
from reports.certificate_words import (
    CERTIFICATE,
    CERTIFICATE_ENGLISH,
    CHECK,
    CHECK_ENGLISH,
    DISCLAIMER,
    DISCLAIMER_ENGLISH,
    KIPI,
    OFF_LIST,
    OFF_LIST_ENGLISH,
    dose_english,
    dose_words,
    nik_words,
)  # fmt: skip
from reports.fonts import BOLD, REGULAR, shortened, width, wrapped
from reports.page import ACCENT, FAINT, INK, LINE, SOFT, draw_watermark, mm, new_canvas, text
from reports.qr import draw_qr, fit_qr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas

    from models.overview.slip_facts import SlipFacts

_SIZE: Final = (A4.width * mm, A4.height * mm)
_LEFT: Final = A4.margin * mm
_RIGHT: Final = _SIZE[0] - _LEFT
_ROOM: Final = _RIGHT - _LEFT
_TOP: Final = 225 * mm
"""Upper edge of the first dose."""


def draw_certificates(people: Iterable[Sequence[SlipFacts]], out: BinaryIO, *, watermark: str | None = None) -> None:
    """The doses of each person on A4 as PDF into `out`, three on a page; the same facts give the same bytes.

    The doses of one person follow each other in the order given; the head is that of the last one, which knows most.
    Refused("slip.qr_too_small") for a text no QR of this size can hold. Metadata and title hold nothing of the person.
    """
    canvas = new_canvas(out, _SIZE, CERTIFICATE)
    for doses in people:
        for first in range(0, len(doses), CERTIFICATE_DOSES):
            page = doses[first : first + CERTIFICATE_DOSES]
            if watermark:
                draw_watermark(canvas, watermark, _SIZE, height=0.52)
            _head(canvas, doses[-1])
            for place, facts in enumerate(page):
                _dose(canvas, facts, _TOP - place * BLOCK * mm)
            _foot(canvas, page)
            canvas.showPage()
    canvas.save()


def _head(canvas: Canvas, facts: SlipFacts) -> None:
    y = _SIZE[1] - 17 * mm
    text(canvas, _LEFT, y, shortened(facts.facility, BOLD, 14, _ROOM), 14, font=BOLD, colour=ACCENT)
    text(canvas, _LEFT, y - 5 * mm, shortened(facts.place, REGULAR, 9, _ROOM), 9, colour=SOFT)
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.4)
    canvas.line(_LEFT, y - 8 * mm, _RIGHT, y - 8 * mm)
    text(canvas, _LEFT, y - 15.5 * mm, CERTIFICATE.upper(), 13, font=BOLD)
    canvas.setFillColor(SOFT)
    canvas.setFont(REGULAR, 10)
    canvas.drawRightString(_RIGHT, y - 15.5 * mm, CERTIFICATE_ENGLISH)
    _person(canvas, facts, y - 22 * mm)


def _person(canvas: Canvas, facts: SlipFacts, y: float) -> None:
    """The name is never cut: it becomes smaller until it fits."""
    text(canvas, _LEFT, y, "Nama · Name", 8, colour=SOFT)
    for size in (17.0, 14.0, 12.0, 10.0, 8.0):
        lines = wrapped(facts.name, BOLD, size, _ROOM)
        if len(lines) * size * 1.15 <= 27:
            break
    for line in lines:
        y -= size * 1.15
        text(canvas, _LEFT, y, line, size, font=BOLD)
    y = _SIZE[1] - 17 * mm - 22 * mm - 15.5 * mm
    born = formats.birth_date(facts.birth_date, facts.birth_precision)
    _pair(canvas, _LEFT, y, "Tanggal lahir · Date of birth", born)
    _pair(canvas, _LEFT + _ROOM / 2, y, "NIK · National ID number", nik_words(facts.nik_start))


def _pair(canvas: Canvas, x: float, y: float, label: str, value: str) -> None:
    text(canvas, x, y, label, 8, colour=SOFT)
    text(canvas, x, y - 5 * mm, value, 11, font=BOLD)


def _dose(canvas: Canvas, facts: SlipFacts, top: float) -> None:
    high = (BLOCK - 3) * mm
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.7)
    canvas.roundRect(_LEFT, top - high, _ROOM, high, 2 * mm, stroke=1, fill=0)
    canvas.setFillColor(FAINT)
    canvas.roundRect(_LEFT, top - 9 * mm, _ROOM, 9 * mm, 2 * mm, stroke=0, fill=1)
    text(canvas, _LEFT + 4 * mm, top - 6.1 * mm, f"Dosis {dose_words(facts)}", 11, font=BOLD, colour=ACCENT)
    canvas.setFillColor(SOFT)
    canvas.setFont(REGULAR, 9)
    canvas.drawRightString(_RIGHT - 4 * mm, top - 6.1 * mm, f"Dose {dose_english(facts)}")
    qr = fit_qr(facts.certificate, A4.qr, DPI)
    below = top - 9 * mm
    draw_qr(canvas, qr, _LEFT + 1 * mm + (A4.qr - qr.side) / 2 * mm, below - (51 - (51 - qr.side) / 2) * mm)
    x = _LEFT + (A4.qr + 5) * mm
    _fields(canvas, facts, x, below - 5 * mm)


def _fields(canvas: Canvas, facts: SlipFacts, x: float, y: float) -> None:
    room = _RIGHT - x - 3 * mm
    half = room / 2
    fields = (
        ("Tanggal · Date", f"{formats.day_plain(facts.day)} · {facts.day.isoformat()}", 0, 0, room),
        ("Vaksin · Vaccine", facts.product, 0, 1, room),
        ("Nomor batch · Batch number", facts.batch or formats.NOTHING, 0, 2, half),
        ("Vaksinator · Vaccinator", facts.vaccinator, 1, 2, half),
        ("Tempat · Place", facts.post or formats.NOTHING, 0, 3, half),
        ("Penerbit · Issued by", facts.facility, 1, 3, half),
    )
    for label, value, column, row, wide in fields:
        left, line = x + column * half, y - row * 9.4 * mm
        text(canvas, left, line, label, 7.5, colour=SOFT)
        size = 9.5
        while size > 6.5 and width(value, BOLD, size) > wide - 2 * mm:
            size -= 0.5
        text(canvas, left, line - 4.2 * mm, shortened(value, BOLD, size, wide - 2 * mm), size, font=BOLD)
    line = y - 4 * 9.4 * mm
    text(canvas, x, line, f"Nomor bukti · Certificate ID  {facts.uvci}", 7, colour=SOFT)
    if not facts.has_eu_code:
        for at, words in enumerate((OFF_LIST, OFF_LIST_ENGLISH), 1):
            text(canvas, x, line - at * 3.1 * mm, shortened(words, REGULAR, 6.5, room), 6.5)


def _foot(canvas: Canvas, page: Sequence[SlipFacts]) -> None:
    y = _TOP - CERTIFICATE_DOSES * BLOCK * mm - 1 * mm
    column = (_ROOM - 6 * mm) / 2
    for x, check, disclaimer in (
        (_LEFT, CHECK, DISCLAIMER), (_LEFT + column + 6 * mm, CHECK_ENGLISH, DISCLAIMER_ENGLISH),
    ):  # fmt: skip
        line = _paragraph(canvas, x, y, check, column, INK)
        _paragraph(canvas, x, line - 1 * mm, disclaimer, column, SOFT)
    if page[-1].kipi_phone:
        text(canvas, _LEFT, 8 * mm, f"{KIPI} {page[-1].kipi_phone}", 8, font=BOLD, colour=ACCENT)


def _paragraph(canvas: Canvas, x: float, y: float, words: str, room: float, colour: Color) -> float:
    for line in wrapped(words, REGULAR, 7, room):
        text(canvas, x, y, line, 7, colour=colour)
        y -= 7 * 1.25
    return y

