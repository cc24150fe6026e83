"""The A6 slip a person takes home after a dose."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A6

from reports import formats
from reports.certificate_layout import A6 as LAYOUT
from reports.certificate_layout import DPI
from reports.certificate_words import (
    CHECK,
    DISCLAIMER,
    KIPI,
    OFF_LIST,
    TITLE,
    TITLE_ENGLISH,
    dose_words,
    nik_words,
    short_name,
)  # fmt: skip
from reports.fonts import BOLD, REGULAR, shortened, width, wrapped
from reports.page import ACCENT, FAINT, INK, LINE, SOFT, draw_watermark, mm, new_canvas, text
from reports.qr import QUIET, draw_qr, fit_qr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.pdfgen.canvas import Canvas

    from models.overview.slip_facts import SlipFacts

QR_BOX = LAYOUT.qr
MARGIN = LAYOUT.margin * mm

_STEP = 3.7 * mm
_CODE_BOTTOM = 18.2 * mm
_CODE_TOP = _CODE_BOTTOM + (QR_BOX - 1.5) * mm  # what is above is at least the quiet zone away from the code itself

_WIDTH: float = A6[0]
_HEIGHT: float = A6[1]
_ROOM: float = _WIDTH - 2 * MARGIN


def draw_slip(facts: SlipFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """One A6 page as PDF into `out`; the same facts give the same bytes.

    `watermark` is for paper that must not be taken for real. Refused("slip.qr_too_small") for a text no QR of this size
    can hold. Metadata and title hold nothing of the person.
    """
    draw_slips([facts], out, watermark=watermark)


def draw_slips(slips: Iterable[SlipFacts], out: BinaryIO, *, watermark: str | None = None) -> None:
    """One A6 page a slip, otherwise as `draw_slip`."""
    canvas = new_canvas(out, A6, TITLE)
    for facts in slips:
        nik = nik_words(facts.nik_start)
        if watermark:
            draw_watermark(canvas, watermark, A6, height=0.63, angle=38)  # above the QR, which covers what lies behind it
        y = _head(canvas, facts)
        y = _person(canvas, facts, nik, y)
        _dose(canvas, facts, y)
        _check(canvas, facts)
        _foot(canvas)
        canvas.showPage()
    canvas.save()


def _head(canvas: Canvas, facts: SlipFacts) -> float:
    y: float = _HEIGHT - 9.5 * mm
    text(canvas, MARGIN, y, shortened(facts.facility, BOLD, 11, _ROOM), 11, font=BOLD, colour=ACCENT)
    text(canvas, MARGIN, y - 4.2 * mm, shortened(facts.place, REGULAR, 7.5, _ROOM), 7.5, colour=SOFT)
    y -= 7.2 * mm
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.2)
    canvas.line(MARGIN, y, _WIDTH - MARGIN, y)
    text(canvas, MARGIN, y - 4.6 * mm, TITLE.upper(), 7, font=BOLD, colour=SOFT)
    canvas.setFont(REGULAR, 6.5)
    canvas.drawRightString(_WIDTH - MARGIN, y - 4.6 * mm, TITLE_ENGLISH)
    return y - 7 * mm


def _person(canvas: Canvas, facts: SlipFacts, nik: str, y: float) -> float:
    """The name is never cut: it becomes smaller until it fits."""
    for size in (15.0, 13.0, 11.0, 9.0, 7.5, 6.0):
        lines = wrapped(facts.name, BOLD, size, _ROOM)
        if len(lines) * size * 1.2 <= 32:
            break
    for line in lines:
        y -= size * 1.2
        text(canvas, MARGIN, y + 0.15 * size, line, size, font=BOLD)
    y -= 4.8 * mm
    born = formats.birth_date(facts.birth_date, facts.birth_precision)
    _pair(canvas, MARGIN, y, "Lahir", born)
    _pair(canvas, MARGIN + _ROOM / 2, y, "NIK", nik)
    return y - 3.6 * mm


def _pair(canvas: Canvas, x: float, y: float, label: str, value: str) -> None:
    text(canvas, x, y, label, 7.5, colour=SOFT)
    text(canvas, x + 9 * mm, y, value, 8.5, font=BOLD)


def _dose(canvas: Canvas, facts: SlipFacts, y: float) -> None:
    column = _ROOM / 2
    fields = (
        ("Dosis · Dose", dose_words(facts)),
        ("Tanggal · Date", formats.day_plain(facts.day)),
        ("Vaksin · Vaccine", facts.product),
        ("Nomor batch · Batch no.", facts.batch),
        ("Tempat · Place", facts.post),
        ("Vaksinator · Vaccinator", facts.vaccinator),
    )
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, y, _WIDTH - MARGIN, y)
    for place, (label, value) in enumerate(fields):
        x = MARGIN + column * (place % 2)
        top = y - 4 * mm - (place // 2) * 8.4 * mm
        text(canvas, x, top, label, 6.5, colour=SOFT)
        _value(canvas, x, top - 3.6 * mm, value, column - 2 * mm)
    y = _next_dose(canvas, facts, y - 28 * mm)
    _further(canvas, facts, y)


def _value(canvas: Canvas, x: float, y: float, value: str, room: float) -> None:
    size = 8.5
    while size > 6 and width(value, BOLD, size) > room:
        size -= 0.5
    text(canvas, x, y, shortened(value, BOLD, size, room), size, font=BOLD)


def _next_dose(canvas: Canvas, facts: SlipFacts, y: float) -> float:
    """The band, higher by a line where a day of service is planned; answers its lower edge."""
    inside, high = MARGIN + 3 * mm, (10.6 if facts.service_day else 7.0) * mm
    canvas.setFillColor(ACCENT if facts.next_day else FAINT)
    canvas.roundRect(MARGIN, y - high, _ROOM, high + 0.4 * mm, 1.4 * mm, stroke=0, fill=1)
    if facts.next_day:
        text(canvas, inside, y - 4.5 * mm, "Dosis berikutnya mulai", 8, colour=FAINT)
        canvas.setFont(BOLD, 10)
        canvas.drawRightString(_WIDTH - MARGIN - 3 * mm, y - 4.6 * mm, formats.day_long(facts.next_day))
    else:
        said = f"Dosis ke-{facts.later} sudah tercatat" if facts.later else "Belum ada jadwal dosis berikutnya"
        text(canvas, inside, y - 4.5 * mm, said, 8, colour=SOFT)
    if facts.service_day:
        said = f"Layanan: {formats.day_long(facts.service_day)}, {facts.service_at}"
        text(canvas, inside, y - 8.8 * mm, shortened(said, REGULAR, 8, _ROOM - 6 * mm), 8, colour=FAINT)
    return y - high


def _further(canvas: Canvas, facts: SlipFacts, y: float) -> None:
    """How long to stay and the other doses; on one line where a long name leaves no room for two."""
    stay = f"Tunggu observasi sampai {facts.observe_until:%H.%M}" if facts.observe_until else ""
    others = "; ".join(
        f"ke-{dose.number} {formats.day_short(dose.day)} {short_name(dose.product)}, {dose.place or formats.NOTHING}"
        for dose in facts.doses
        if (dose.number, dose.day) != (facts.number, facts.day)
    )
    lines = [words for words in (stay, f"Dosis lain: {others}" if others else "") if words]
    if y - len(lines) * _STEP < _CODE_TOP:
        lines = [" · ".join(lines)]
    for number, words in enumerate(lines):
        font = BOLD if number == 0 and stay else REGULAR
        text(canvas, MARGIN, y - (number + 0.95) * _STEP, shortened(words, font, 7.5, _ROOM), 7.5, font=font)


def _check(canvas: Canvas, facts: SlipFacts) -> None:
    qr = fit_qr(facts.certificate, QR_BOX, DPI)
    quiet = QUIET * qr.module * mm
    bottom = _CODE_BOTTOM
    draw_qr(canvas, qr, MARGIN - quiet, bottom)
    x = MARGIN + QR_BOX * mm + 1 * mm
    room = _WIDTH - MARGIN - x
    y = bottom + qr.side * mm - quiet - 1.8 * mm
    for words in (CHECK, KIPI) if facts.has_eu_code else (CHECK, OFF_LIST, KIPI):
        y = _paragraph(canvas, x, y, words, room) - 1.6 * mm
    text(canvas, x, y, shortened(facts.kipi_phone, BOLD, 9.5, room), 9.5, font=BOLD, colour=ACCENT)
    text(canvas, MARGIN, 15.6 * mm, "Nomor bukti", 6.4, colour=SOFT)
    text(canvas, MARGIN + 14.5 * mm, 15.6 * mm, facts.uvci, 6.4)


def _paragraph(canvas: Canvas, x: float, y: float, words: str, room: float, colour: Color = INK) -> float:
    """Lines of small print from `y` down; answers the baseline under the last."""
    for line in wrapped(words, REGULAR, 6.4, room):
        text(canvas, x, y, line, 6.4, colour=colour)
        y -= 6.4 * 1.3
    return y


def _foot(canvas: Canvas) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, 13.6 * mm, _WIDTH - MARGIN, 13.6 * mm)
    _paragraph(canvas, MARGIN, 10.6 * mm, DISCLAIMER, _ROOM, SOFT)
