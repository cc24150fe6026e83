"""Kartu monitoring suhu vaksin: a fridge and a month on one A4 page, and the same figures as a workbook.

Its sentences are Indonesian in this file and not in the translations: the paper hangs on the fridge whatever language the screen
has. Beneath the grid the figures themselves and, per day, what the Fridge-tag kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from reportlab.lib.pagesizes import A4, landscape

from models.places.zones import ZONES
from models.stock.cold.card_queries import CardDay, CardFacts, CardNote
from models.stock.cold.fridge_tag import TagDay
from reports import formats
from reports.fonts import BOLD, REGULAR, shortened, width, wrapped
from reports.page import ACCENT, ALARM, FAINT, INK, LINE, SOFT, draw_watermark, mm, new_canvas, text
from reports.sheets import Cell, workbook
from reports.temperature_chart import Chart, draw_mark, draw_triangle

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

TITLE: Final = "Kartu monitoring suhu vaksin"
KINDS: Final = {"fridge": "lemari es", "freezer": "freezer", "cool_box": "kotak dingin"}
DECISIONS: Final = {"open": "masih diperiksa", "good": "masih baik", "held": "ditahan", "discarded": "dibuang"}
_SIZE: Final = landscape(A4)
_WIDTH: Final = float(_SIZE[0])
_HEIGHT: Final = float(_SIZE[1])
_MARGIN: Final = 10 * mm
_LABELS: Final = 25 * mm
_GRID: Final = 93 * mm
_ROW: Final = 4 * mm
_NOTES: Final = 4


def draw_temperature_card(facts: CardFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The card as PDF into `out`; the same facts give the same bytes."""
    canvas = new_canvas(out, _SIZE, TITLE)
    if watermark:
        draw_watermark(canvas, watermark, _SIZE, angle=35)
    y = _head(canvas, facts)
    chart = Chart(facts, _MARGIN + _LABELS, y - 7.6 * mm, _WIDTH - 2 * _MARGIN - _LABELS, _GRID)
    _days(canvas, chart, y)
    chart.draw(canvas)
    y = _figures(canvas, facts, chart, chart.top - chart.high)
    y = _tag(canvas, facts, chart, y - 1.2 * mm)
    _legend(canvas, facts, y - 4.2 * mm)
    _notes(canvas, facts, y - 9 * mm)
    _signatures(canvas, facts)
    canvas.showPage()
    canvas.save()


def _head(canvas: Canvas, facts: CardFacts) -> float:
    of, y = facts.equipment, _HEIGHT - 13 * mm
    text(canvas, _MARGIN, y, facts.facility, 13, font=BOLD, colour=ACCENT)
    text(canvas, _MARGIN, y - 4.4 * mm, f"{facts.place} · kode {facts.facility_code}", 7.6, colour=SOFT)
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 12)
    canvas.drawRightString(_WIDTH - _MARGIN, y, f"{TITLE} · {formats.MONTHS[facts.month.month - 1]} {facts.month.year}")
    canvas.setFont(REGULAR, 7.6)
    canvas.setFillColor(SOFT)
    serial = f" · no. seri {of.serial}" if of.serial else ""
    logger = f" · Fridge-tag {of.logger}" if of.logger else ""
    kind = f"{KINDS.get(of.kind, of.kind)}{serial}{logger}"
    canvas.drawRightString(_WIDTH - _MARGIN, y - 4.4 * mm, kind)
    y -= 9.4 * mm
    words = f"Unit: {of.post_name}   ·   Alat: {of.name}   ·   Suhu yang diperbolehkan: {_range(facts)}"
    if of.keeper:
        words += f"   ·   Penanggung jawab: {of.keeper}"
    size = 9.0
    while size > 5 and width(words, BOLD, size) > _WIDTH - 2 * _MARGIN:
        size -= 0.2
    text(canvas, _MARGIN, y, words, size, font=BOLD)
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.1)
    canvas.line(_MARGIN, y - 1.8 * mm, _WIDTH - _MARGIN, y - 1.8 * mm)
    return y - 3 * mm


def _range(facts: CardFacts) -> str:
    return f"{_signed(facts.equipment.lowest)} sampai {_signed(facts.equipment.highest)} °C"


def _signed(tenths: int) -> str:
    return f"{'+' if tenths > 0 else ''}{formats.decimal(tenths, 10, 1 if tenths % 10 else 0)}"


def _days(canvas: Canvas, chart: Chart, y: float) -> None:
    """The dates and P and S over every column; Sundays bold, for they are read too."""
    text(canvas, _MARGIN, y - 3 * mm, "Tanggal", 6.8, font=BOLD, colour=SOFT)
    text(canvas, _MARGIN, y - 6.4 * mm, "P pagi, S sore", 6.2, colour=SOFT)
    for at, day in enumerate(chart.facts.days):
        canvas.setFillColor(INK)
        canvas.setFont(BOLD if day.day.weekday() == 6 else REGULAR, 7.4)
        canvas.drawCentredString((chart.x(at, 0) + chart.x(at, 1)) / 2, y - 3 * mm, str(day.day.day))
        canvas.setFont(REGULAR, 5.6)
        for half, letter in enumerate("PS"):
            canvas.drawCentredString(chart.x(at, half), y - 6.4 * mm, letter)


def _figures(canvas: Canvas, facts: CardFacts, chart: Chart, y: float) -> float:
    """What was read, as figures, half a column each; other hours stand beneath."""
    y -= _ROW
    text(canvas, _MARGIN, y + 1.1 * mm, "Suhu dibaca °C", 6.6, font=BOLD)
    for at, day in enumerate(facts.days):
        for half, tenths in enumerate((day.morning, day.afternoon)):
            if tenths is not None:
                _small(canvas, chart.x(at, half), y + 1.1 * mm, tenths, facts, chart.column)
    _rule(canvas, chart, y)
    if any(day.others for day in facts.days):
        y -= _ROW
        text(canvas, _MARGIN, y + 1.1 * mm, "Jam lain, terjauh", 6.6, font=BOLD)
        for at, day in enumerate(facts.days):
            if day.others:
                far = max((tenths for _, tenths in day.others), key=lambda tenths: _away(facts, tenths))
                middle = (chart.x(at, 0) + chart.x(at, 1)) / 2
                _small(canvas, middle, y + 1.1 * mm, far, facts, 2 * chart.column)
        _rule(canvas, chart, y)
    return y


def _away(facts: CardFacts, tenths: int) -> int:
    return max(tenths - facts.equipment.highest, facts.equipment.lowest - tenths)


def _small(canvas: Canvas, x: float, y: float, tenths: int, facts: CardFacts, room: float) -> None:
    out = facts.equipment.side(tenths)
    words, size = formats.degrees(tenths), 5.8
    while size > 3.6 and width(words, BOLD, size) > room - 0.6:
        size -= 0.1
    canvas.setFillColor(ALARM if out else INK)
    canvas.setFont(BOLD if out else REGULAR, size)
    canvas.drawCentredString(x, y, words)


def _rule(canvas: Canvas, chart: Chart, y: float) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.4)
    canvas.line(_MARGIN, y, chart.left + chart.wide, y)


def _tag(canvas: Canvas, facts: CardFacts, chart: Chart, y: float) -> float:
    """Per day: highest, how long above the limit of its alarm and whether that went off; the same for lowest."""
    titles = (
        "Fridge-tag maks.", "   lama di atas batas", "   status panas",
        "Fridge-tag min.", "   lama di bawah batas", "   status dingin",
    )  # fmt: skip
    top = y
    for number, title in enumerate(titles):
        y -= _ROW
        if number % 3 == 2:
            canvas.setFillColor(FAINT)
            canvas.rect(_MARGIN, y, chart.left + chart.wide - _MARGIN, _ROW, stroke=0, fill=1)
        text(canvas, _MARGIN, y + 1.1 * mm, title, 6.6, font=BOLD if number % 3 == 0 else REGULAR)
        if number % 3 == 2:
            draw_triangle(canvas, chart.left - 2.4 * mm, y + 1.9 * mm, 1.1 * mm, up=number == 2)
        for at, day in enumerate(facts.days):
            if day.tag is None:
                continue
            words = _tag_words(day.tag)[number]
            alarm = words == "ALARM"
            canvas.setFillColor(ALARM if alarm else INK)
            canvas.setFont(BOLD if alarm else REGULAR, 5.4 if alarm else 6)
            canvas.drawCentredString((chart.x(at, 0) + chart.x(at, 1)) / 2, y + 1.1 * mm, words)
        _rule(canvas, chart, y)
    canvas.setStrokeColor(SOFT)
    canvas.setLineWidth(0.45)
    for at in range(32):
        canvas.line(chart.left + 2 * at * chart.column, top, chart.left + 2 * at * chart.column, y)
    return y


def _tag_words(tag: TagDay) -> tuple[str, ...]:
    """In the order of the rows."""
    return (
        formats.degrees(tag.highest), _duration(tag.high_minutes), _status(tag.high_alarm),
        formats.degrees(tag.lowest), _duration(tag.low_minutes), _status(tag.low_alarm),
    )  # fmt: skip


def _duration(minutes: int) -> str:
    return f"{minutes // 60}.{minutes % 60:02}" if minutes else "0"


def _status(alarm: str) -> str:
    return "ALARM" if alarm else "OK"


def _legend(canvas: Canvas, facts: CardFacts, y: float) -> None:
    x = _MARGIN
    signs = (("morning", "pagi"), ("afternoon", "sore"), ("extra", "jam lain"))
    for name, words in signs:
        draw_mark(canvas, x + 1 * mm, y + 0.9 * mm, name)
        text(canvas, x + 2.8 * mm, y, words, 6.6)
        x += 5 * mm + width(words, REGULAR, 6.6)
    draw_triangle(canvas, x + 1 * mm, y + 0.9 * mm, 1.2 * mm, up=True)
    draw_triangle(canvas, x + 4 * mm, y + 0.9 * mm, 1.2 * mm, up=False)
    how = "di luar rentang · lama Fridge-tag dalam jam.menit · dibaca dua kali sehari, juga hari libur"
    text(canvas, x + 6 * mm, y, how, 6.6)
    words = f"Di luar rentang {facts.outside} bacaan · tidak dibaca {facts.missed} kali"
    canvas.setFont(BOLD, 7)
    canvas.setFillColor(ALARM if facts.outside else INK)
    canvas.drawRightString(_WIDTH - _MARGIN, y, words)


def note_words(note: CardNote, zone_name: str) -> str:
    """An excursion in one sentence."""
    zone = ZONES[zone_name]
    span = f"{note.began_at.astimezone(zone):%d-%m %H.%M}"
    span += f"–{note.ended_at.astimezone(zone):%d-%m %H.%M}" if note.ended_at else " (masih)"
    degrees = " sampai ".join(formats.degrees(each) for each in (note.lowest, note.highest) if each is not None)
    done = f" {note.done}." if note.done else ""
    return f"{span}: {degrees} °C.{done} Keputusan: {DECISIONS.get(note.decision, note.decision)}."


def _notes(canvas: Canvas, facts: CardFacts, y: float) -> None:
    room = _WIDTH - 2 * _MARGIN - 132 * mm
    lines = [line for note in facts.notes for line in wrapped(note_words(note, facts.zone_name), REGULAR, 6.8, room)]
    title = "Kejadian suhu bulan ini" if lines else "Tidak ada kejadian suhu yang dicatat bulan ini."
    text(canvas, _MARGIN, y, title, 7, font=BOLD)
    for number, line in enumerate(lines[:_NOTES]):
        last = number == _NOTES - 1 and len(lines) > _NOTES
        words = "… selengkapnya di lembar Excel" if last else line
        text(canvas, _MARGIN, y - (number + 1) * 3.4 * mm, shortened(words, REGULAR, 6.8, room), 6.8)


def _signatures(canvas: Canvas, facts: CardFacts) -> None:
    of, top = facts.equipment, 29 * mm
    acting = "Plt. " if facts.acting else ""
    for x, office, name, nip in (
        (_WIDTH - _MARGIN - 128 * mm, "Penanggung jawab", of.keeper, ""),
        (_WIDTH - _MARGIN - 62 * mm, f"{acting}Kepala Puskesmas", facts.head_name, facts.head_nip),
    ):
        text(canvas, x, top, office, 7.6)
        text(canvas, x, top - 13.4 * mm, shortened(name, BOLD, 8, 60 * mm), 8, font=BOLD)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(0.5)
        canvas.line(x, top - 14.2 * mm, x + 58 * mm, top - 14.2 * mm)
        text(canvas, x, top - 17.6 * mm, f"NIP {nip}" if nip else "NIP", 7, colour=SOFT)
    canvas.setFillColor(SOFT)
    canvas.setFont(REGULAR, 6)
    when = f"{facts.taken_at.astimezone(ZONES[facts.zone_name]):%d-%m-%Y %H.%M} {facts.zone_name}"
    canvas.drawString(_MARGIN, 7 * mm, f"Pos Vaksin · keadaan catatan {when}")


def write_temperature_workbook(facts: CardFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The same figures as a workbook: degrees as numbers, a sheet for the days and one for the excursions."""
    of = facts.equipment
    head = (
        f"{facts.facility} · kode {facts.facility_code} · {facts.place}",
        f"{of.post_name} · {of.name} · {_range(facts)}{f' · {of.keeper}' if of.keeper else ''}",
        f"{formats.MONTHS[facts.month.month - 1]} {facts.month.year}",
    )
    titles = (
        "Tanggal", "Pagi °C", "Sore °C", "Jam lain °C", "Di luar rentang", "Fridge-tag maks. °C", "Menit di atas", "Status panas",
        "Fridge-tag min. °C", "Menit di bawah", "Status dingin",
    )  # fmt: skip
    with workbook(
        out, TITLE, head, taken_at=facts.taken_at, zone=ZONES[facts.zone_name], watermark=watermark
    ) as sheets:
        sheets.add("Suhu", titles, [_sheet_row(facts, day) for day in facts.days], wide=True)
        if facts.notes:
            sheets.add("Kejadian", ("Kejadian suhu",), [(note_words(note, facts.zone_name),) for note in facts.notes])


def _sheet_row(facts: CardFacts, day: CardDay) -> list[Cell]:
    names = {"morning": "pagi", "afternoon": "sore"}
    out = [f"{names.get(name, name)} {formats.degrees(tenths)}" for name, tenths in day.read if facts.equipment.side(tenths)]
    row: list[Cell] = [day.day, _number(day.morning), _number(day.afternoon)]
    row += [", ".join(f"{hour}: {formats.degrees(tenths)}" for hour, tenths in day.others) or None, ", ".join(out) or None]
    tag = day.tag
    if tag is None:
        return row
    row += [_number(tag.highest), tag.high_minutes, _status(tag.high_alarm)]
    return [*row, _number(tag.lowest), tag.low_minutes, _status(tag.low_alarm)]


def _number(tenths: int | None) -> float | None:
    return None if tenths is None else tenths / 10
