"""Certificates for the wallet: eight cards on a sheet of A4, to be cut along the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from reports import formats
from reports.certificate_layout import A4, CARDS, DPI
from reports.certificate_words import CERTIFICATE, CERTIFICATE_ENGLISH, dose_english, dose_words, nik_words, short_name
from reports.fonts import BOLD, REGULAR, shortened, width, wrapped
from reports.page import ACCENT, LINE, SOFT, draw_watermark, mm, new_canvas, text
from reports.qr import QUIET, draw_qr, fit_qr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.pdfgen.canvas import Canvas

    from models.overview.slip_facts import SlipFacts

_SIZE: Final = (A4.width * mm, A4.height * mm)
_WIDE: Final = CARDS.width * mm
_HIGH: Final = CARDS.height * mm
_LEFT: Final = (_SIZE[0] - CARDS.across * _WIDE) / 2
_TOP: Final = (_SIZE[1] + CARDS.down * _HIGH) / 2
_MARGIN: Final = CARDS.margin * mm


def draw_cards(slips: Iterable[SlipFacts], out: BinaryIO, *, watermark: str | None = None) -> None:
    """One card a dose, in their order, as PDF into `out`; the same facts give the same bytes.

    Refused("slip.qr_too_small") for a text no QR of this size can hold. Metadata and title hold nothing of the people.
    """
    canvas = new_canvas(out, _SIZE, CERTIFICATE)
    place = 0
    for place, facts in enumerate(slips):
        at = place % CARDS.count
        if place and not at:
            canvas.showPage()
        if not at:
            _cut_lines(canvas)
        left, top = _LEFT + at % CARDS.across * _WIDE, _TOP - at // CARDS.across * _HIGH
        canvas.saveState()
        canvas.translate(left, top - _HIGH)
        if watermark:
            draw_watermark(canvas, watermark, (CARDS.width * mm * 0.45, _HIGH), angle=50)
        _card(canvas, facts)
        canvas.restoreState()
    canvas.showPage()
    canvas.save()


def _cut_lines(canvas: Canvas) -> None:
    """Along every edge and a little beyond, for the ruler."""
    canvas.saveState()
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    canvas.setDash(2, 2)
    right, bottom = _LEFT + CARDS.across * _WIDE, _TOP - CARDS.down * _HIGH
    beyond = 6 * mm
    for column in range(CARDS.across + 1):
        x = _LEFT + column * _WIDE
        canvas.line(x, bottom - beyond, x, _TOP + beyond)
    for row in range(CARDS.down + 1):
        y = _TOP - row * _HIGH
        canvas.line(_LEFT - beyond, y, right + beyond, y)
    canvas.restoreState()


def _card(canvas: Canvas, facts: SlipFacts) -> None:
    """From the card's lower left corner: words on the left, the code on the right."""
    qr = fit_qr(facts.certificate, CARDS.qr, DPI)
    quiet = QUIET * qr.module * mm
    # The quiet zone may lie over the card's own margin, never over the cut.
    left = _WIDE - qr.side * mm - 0.4 * mm
    draw_qr(canvas, qr, left, _HIGH - qr.side * mm - 1.2 * mm)
    room = left + quiet - _MARGIN - 1.6 * mm
    y = _HIGH - _MARGIN - 2.2 * mm
    text(canvas, _MARGIN, y, shortened(facts.facility, BOLD, 7, room), 7, font=BOLD, colour=ACCENT)
    for words in (*wrapped(CERTIFICATE, REGULAR, 5.4, room), *wrapped(CERTIFICATE_ENGLISH, REGULAR, 5.4, room)):
        y -= 2.4 * mm
        text(canvas, _MARGIN, y, words, 5.4, colour=SOFT)
    y = _name(canvas, facts.name, y - 1.2 * mm, room)
    born = formats.birth_date(facts.birth_date, facts.birth_precision)
    for label, value in (
        ("Lahir · Born", born),
        ("NIK · National ID", nik_words(facts.nik_start)),
        ("Dosis · Dose", f"{dose_words(facts)} · {dose_english(facts)}"),
        ("Tanggal · Date", f"{formats.day_short(facts.day)}"),
        ("Vaksin · Vaccine", f"{short_name(facts.product)} {facts.batch}".strip()),
    ):
        text(canvas, _MARGIN, y - 2.1 * mm, label, 4.8, colour=SOFT)
        size = 7.0
        while size > 4.5 and width(value, BOLD, size) > room:
            size -= 0.25
        text(canvas, _MARGIN, y - 4.7 * mm, shortened(value, BOLD, size, room), size, font=BOLD)
        y -= 5.5 * mm
    no_code = "" if facts.has_eu_code else "  ·  tanpa kode Uni Eropa, no EU code"
    text(canvas, _MARGIN, 2.2 * mm, facts.uvci + no_code, 5, colour=SOFT)


def _name(canvas: Canvas, name: str, y: float, room: float) -> float:
    """Never cut: smaller until it fits into its place."""
    for size in (9.0, 8.0, 7.0, 6.0, 5.0, 4.4):
        lines = wrapped(name, BOLD, size, room)
        if len(lines) * size * 1.1 <= 20:
            break
    for line in lines:
        y -= size * 1.1
        text(canvas, _MARGIN, y, line, size, font=BOLD)
    return y - 0.6 * mm
