"""The slip on a thermal roll: as long as what stands on it, black only, its QR in whole dots of that printer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from typing import TYPE_CHECKING, BinaryIO, Final

from reportlab.lib.colors import black

from models.errors import Refused
from reports import formats
from reports.certificate_layout import ROLL_QR
from reports.certificate_words import CHECK, DISCLAIMER, KIPI, OFF_LIST, TITLE, TITLE_ENGLISH, dose_words, nik_words, short_name
from reports.fonts import BOLD, REGULAR, load_fonts, width, wrapped
from reports.page import mm, new_canvas, text
from reports.qr import QUIET, SURE_MODULE_MM, Qr, draw_qr, fit_qr

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from models.overview.slip_facts import SlipFacts

_MARGIN: Final = 1.5 * mm  # the head reaches the edge of the picture; paper is not always put in straight
_LINE: Final = 1.25
FEED: Final = 3 * mm


def draw_roll(facts: SlipFacts, out: BinaryIO, *, dpi: int = 203, dots: int = 576, watermark: str | None = None) -> None:
    """One page, `dots` wide and exactly as long as it needs, in whole dots of a printer of `dpi`.

    Refused("slip.qr_too_small") when the code would need modules under three dots.
    """
    draw_rolls([facts], out, dpi=dpi, dots=dots, watermark=watermark)


def draw_rolls(
    slips: Iterable[SlipFacts], out: BinaryIO, *, dpi: int = 203, dots: int = 576, watermark: str | None = None
) -> None:
    """The same for many slips, each on a page as long as itself."""
    load_fonts()
    strips = [_slip(facts, dpi, dots, watermark) for facts in slips]
    canvas = new_canvas(out, (dots * 72 / dpi, strips[0].length), TITLE)
    for strip in strips:
        strip.draw(canvas)
    canvas.save()


def _slip(facts: SlipFacts, dpi: int, dots: int, watermark: str | None) -> Strip:
    page = Strip(dpi, dots)
    if watermark:
        page.lines(watermark, 10, bold=True, centred=True)
        page.rule()
    page.lines(facts.facility, 11, bold=True)
    page.lines(facts.place, 8)
    page.rule()
    page.lines(TITLE.upper(), 8)
    page.lines(TITLE_ENGLISH, 7)
    page.name(facts.name)
    page.pair("Lahir", formats.birth_date(facts.birth_date, facts.birth_precision))
    page.pair("NIK", nik_words(facts.nik_start))
    page.rule()
    for label, value in (
        ("Dosis", dose_words(facts)),
        ("Tanggal", formats.day_plain(facts.day)),
        ("Vaksin", facts.product),
        ("Batch", facts.batch),
        ("Tempat", facts.post),
        ("Vaksinator", facts.vaccinator),
    ):
        page.pair(label, value)
    _history(page, facts)
    _next(page, facts)
    _complaints(page, facts)
    page.code(_fitted(facts.certificate, dpi, dots))
    page.lines(f"Nomor bukti {facts.uvci}", 7, centred=True)
    page.rule()
    for words in (CHECK, DISCLAIMER) if facts.has_eu_code else (CHECK, OFF_LIST, DISCLAIMER):
        page.lines(words, 7)
        page.down(0.8 * mm)
    if watermark:
        page.rule()
        page.lines(watermark, 10, bold=True, centred=True)
    page.down(FEED)
    return page


def _history(page: Strip, facts: SlipFacts) -> None:
    """All doses, when there is more than the one of this slip."""
    if len(facts.doses) < 2:
        return
    page.rule()
    page.lines("Semua dosis", 8)
    for dose in facts.doses:
        said = f"{short_name(dose.product)}, {dose.place or formats.NOTHING}"
        page.lines(f"ke-{dose.number} {formats.day_short(dose.day)} {said}", 8, bold=True)


def _next(page: Strip, facts: SlipFacts) -> None:
    page.rule()
    if facts.next_day:
        page.lines("Dosis berikutnya mulai", 8)
        page.lines(formats.day_long(facts.next_day), 12, bold=True)
        if facts.service_day:
            page.lines(f"Layanan: {formats.day_long(facts.service_day)}, {facts.service_at}", 9)
    elif facts.later:
        page.lines(f"Dosis ke-{facts.later} sudah tercatat", 9)
    else:
        page.lines("Belum ada jadwal dosis berikutnya", 9)


def _complaints(page: Strip, facts: SlipFacts) -> None:
    page.rule()
    if facts.observe_until:
        page.lines(f"Tunggu observasi sampai {facts.observe_until:%H.%M}", 11, bold=True)
    if facts.kipi_phone:
        page.lines(KIPI, 8)
        page.lines(facts.kipi_phone, 12, bold=True)


def _fitted(certificate: str, dpi: int, dots: int) -> Qr:
    """With modules of at least 0.40 mm in the first box that has room for them; else the largest there are."""
    reach = dots * 25.4 / dpi
    found: Qr | None = None
    for box in ROLL_QR:
        try:
            found = fit_qr(certificate, min(box, reach), dpi)
        except Refused:
            continue
        if found.module >= SURE_MODULE_MM:
            return found
    if found is None:
        raise Refused("slip.qr_too_small", box=round(min(ROLL_QR[-1], reach)))
    return found


class Strip:
    """Things one below the other; `at` is how far down it goes, in points. Drawn when its length is known."""

    def __init__(self, dpi: int, dots: int) -> None:
        self._dot = 72 / dpi
        self._dots = dots
        self._wide = dots * self._dot
        self._room = self._wide - 2 * _MARGIN
        self._at = 1 * mm
        self._things: list[Callable[[Canvas, float], None]] = []

    def down(self, points: float) -> None:
        """Leave room."""
        self._at += points

    def rule(self) -> None:
        """A line across, two dots thick: one would break up on a worn head."""
        self._at = self._whole(self._at + 1 * mm)
        at, thick = self._at, 2 * self._dot
        self._things.append(lambda canvas, top: canvas.rect(_MARGIN, top - at - thick, self._room, thick, stroke=0, fill=1))
        self._at += thick + 0.6 * mm

    def lines(self, words: str, size: float, *, bold: bool = False, centred: bool = False) -> None:
        """Text, wrapped."""
        font = BOLD if bold else REGULAR
        for line in wrapped(words, font, size, self._room):
            x = (self._wide - width(line, font, size)) / 2 if centred else _MARGIN
            self._line(x, line, size, font)
            self._at += size * _LINE

    def name(self, name: str) -> None:
        """Never cut: smaller until it fits into three lines."""
        size = next((size for size in (15, 13, 11) if len(wrapped(name, BOLD, size, self._room)) <= 3), 9)
        self.lines(name, size, bold=True)

    def pair(self, label: str, value: str) -> None:
        """A label and, beside it, its value in as many lines as it needs."""
        column = 17 * mm
        self._line(_MARGIN, label, 8, REGULAR, down=9)
        for line in wrapped(value or formats.NOTHING, BOLD, 9, self._room - column):
            self._line(_MARGIN + column, line, 9, BOLD)
            self._at += 9 * _LINE

    def code(self, qr: Qr) -> None:
        """In the middle, its edges on whole dots."""
        side = (len(qr.rows) + 2 * QUIET) * qr.dots
        left = (self._dots - side) // 2 * self._dot
        at = self._whole(self._at)
        self._things.append(lambda canvas, top: draw_qr(canvas, qr, left, top - at - side * self._dot))
        self._at = at + side * self._dot

    @property
    def length(self) -> float:
        """Points, a whole number of dots."""
        return self._whole(self._at)

    def draw(self, canvas: Canvas) -> None:
        """A page of its own, exactly as long as what stands on it."""
        high = self.length
        canvas.setPageSize((self._wide, high))
        canvas.setFillColor(black)
        for thing in self._things:
            thing(canvas, high)
        canvas.showPage()

    def _line(self, x: float, words: str, size: float, font: str, down: float = 0) -> None:
        base = self._at + (down or size)
        self._things.append(lambda canvas, top: text(canvas, x, top - base, words, size, font=font, colour=black))

    def _whole(self, points: float) -> float:
        return ceil(points / self._dot - 1e-6) * self._dot
