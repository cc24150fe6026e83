"""The slip of somebody who goes home without an injection because the day has not come or the vaccine has run out.

It says that the person came and when to come again; no reason of the person stands on it, and it shames nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from reports import formats
from reports.certificate_layout import A6
from reports.fonts import BOLD, REGULAR, load_fonts, shortened, wrapped
from reports.page import ACCENT, FAINT, INK, SOFT, draw_watermark, mm, new_canvas, text
from reports.roll import FEED, Strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.overview.letter_facts import WaitingFacts

TITLE: Final = "Menunggu vaksinasi"
_STATE: Final = {True: "STOK VAKSIN KOSONG HARI INI", False: "MENUNGGU JADWAL"}
_KEPT: Final = "Simpan kertas ini dan bawa saat datang lagi. Kertas ini bukan bukti vaksinasi."
_SIZE: Final = (A6.width * mm, A6.height * mm)
_LEFT: Final = A6.margin * mm
_ROOM: Final = _SIZE[0] - 2 * _LEFT


def draw_waiting(facts: WaitingFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """One A6 page as PDF into `out`; the same facts give the same bytes. Metadata and title hold nothing of the person."""
    canvas = new_canvas(out, _SIZE, TITLE)
    if watermark:
        draw_watermark(canvas, watermark, _SIZE, height=0.3, angle=38)
    y = _SIZE[1] - 11 * mm
    text(canvas, _LEFT, y, shortened(facts.facility, BOLD, 11, _ROOM), 11, font=BOLD, colour=ACCENT)
    text(canvas, _LEFT, y - 4.2 * mm, shortened(facts.place, REGULAR, 7.5, _ROOM), 7.5, colour=SOFT)
    y -= 7.2 * mm
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.2)
    canvas.line(_LEFT, y, _LEFT + _ROOM, y)
    y -= 8 * mm
    text(canvas, _LEFT, y, _STATE[facts.stock], 13, font=BOLD)
    y -= 3 * mm
    for line in wrapped(facts.name, BOLD, 13, _ROOM):
        y -= 13 * 1.2
        text(canvas, _LEFT, y, line, 13, font=BOLD, colour=ACCENT)
    y -= 6 * mm
    for line in wrapped(_came(facts), REGULAR, 9, _ROOM):
        text(canvas, _LEFT, y, line, 9)
        y -= 9 * 1.35
    y -= 24 * mm
    canvas.setFillColor(FAINT)
    canvas.roundRect(_LEFT, y, _ROOM, 22 * mm, 2 * mm, stroke=0, fill=1)
    label, day, where = _again(facts)
    text(canvas, _LEFT + 4 * mm, y + 16.5 * mm, label, 9, colour=SOFT)
    text(canvas, _LEFT + 4 * mm, y + 9.5 * mm, day, 14, font=BOLD, colour=INK)
    first, *rest = wrapped(where, REGULAR, 9, _ROOM - 8 * mm) or [""]
    text(canvas, _LEFT + 4 * mm, y + (5.2 if rest else 4) * mm, first, 9)
    text(canvas, _LEFT + 4 * mm, y + 1.8 * mm, shortened(" ".join(rest), REGULAR, 9, _ROOM - 8 * mm), 9)
    y -= 8 * mm
    for words, font in _further(facts):
        for line in wrapped(words, font, 9, _ROOM):
            text(canvas, _LEFT, y, line, 9, font=font)
            y -= 9 * 1.35
        y -= 2 * mm
    canvas.showPage()
    canvas.save()


def draw_waiting_roll(
    facts: WaitingFacts, out: BinaryIO, *, dpi: int = 203, dots: int = 576, watermark: str | None = None
) -> None:
    """The same on a roll, as long as it needs to be."""
    load_fonts()
    page = Strip(dpi, dots)
    if watermark:
        page.lines(watermark, 10, bold=True, centred=True)
        page.rule()
    page.lines(facts.facility, 11, bold=True)
    page.lines(facts.place, 8)
    page.rule()
    page.lines(_STATE[facts.stock], 12, bold=True)
    page.name(facts.name)
    page.lines(_came(facts), 9)
    page.rule()
    label, day, where = _again(facts)
    page.lines(label, 9)
    page.lines(day, 14, bold=True)
    page.lines(where, 10)
    page.rule()
    for words, font in _further(facts):
        page.lines(words, 9, bold=font == BOLD)
        page.down(1 * mm)
    page.down(FEED)
    canvas = new_canvas(out, (dots * 72 / dpi, page.length), TITLE)
    page.draw(canvas)
    canvas.save()


def _came(facts: WaitingFacts) -> str:
    at = f" ke {facts.post}" if facts.post else ""
    return f"sudah datang{at} pada {formats.day_long(facts.day)} dan tercatat. Vaksinasinya dilanjutkan pada hari lain."


def _again(facts: WaitingFacts) -> tuple[str, str, str]:
    """What stands in the band: a planned day of service, or the first day that is possible."""
    if facts.service_day is not None:
        return "Hari layanan berikutnya", formats.day_long(facts.service_day), facts.service_at
    return "Mulai tanggal", formats.day_long(facts.from_day), "Hari layanan diumumkan puskesmas; tanyakan dahulu."


def _further(facts: WaitingFacts) -> Iterator[tuple[str, str]]:
    if facts.phone:
        yield f"Tanya jadwal atau stok: {facts.phone}", BOLD
    yield _KEPT, REGULAR
