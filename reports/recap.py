"""The recap of a day on one A4 page; lists that do not fit go whole onto a continuation page and are summed on the first.

Its sentences are Indonesian in this file and not in the translations: the paper goes to the Dinas whatever language the
screen has. Source of the columns: kartu kendali, the national dashboard's groups and the logistics sheet of KMK 6424/2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from reportlab.lib.pagesizes import A4

from models.overview.recap_facts import BatchRow, Correction, DesaRow, RecapFacts
from reports import formats
from reports.fonts import BOLD, REGULAR, width, wrapped
from reports.page import ACCENT, ALARM, FAINT, INK, LINE, SOFT, draw_watermark, mm, new_canvas, text
from reports.recap_rows import (
    BATCH_COLUMNS,
    DESA_COLUMNS,
    GROUP_COLUMNS,
    POST_COLUMNS,
    batch_rows,
    batch_total,
    correction_words,
    desa_rows,
    dose_difference,
    error_words,
    fridge_words,
    goods_words,
    group_rows,
    hour_words,
    other_desas,
    planned_words,
    post_rows,
    state_words,
    unwritten_words,
)
from reports.table import Row, Table

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from models.overview.recap_facts import Signer

TITLE = "Rekap harian vaksinasi COVID-19"
FORMULA = (
    "Pemeriksaan: awal + terima – kirim – dibuka + lain = akhir (vial); isi dari hari sebelumnya + vial dibuka + lebih isi = "
    "disuntikkan + hilang + sisa + masih terbuka (dosis). IP (indeks pemakaian) = suntikan ÷ vial dibuka."
)
MARGIN = 12 * mm
_WIDTH: float = A4[0]
_HEIGHT: float = A4[1]
_ROOM: float = _WIDTH - 2 * MARGIN
_FOOT: float = 56 * mm  # signatures, head hash
_ROW_HEIGHTS = (5.0, 4.6, 4.2, 3.8)
_CORRECTION = 3.6 * mm
_NOTE = 3.4 * mm


def draw_recap(facts: RecapFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The recap as PDF into `out`; the same facts give the same bytes. No person is named on it but the two signers."""
    canvas = new_canvas(out, A4, TITLE, compressed=False)
    if watermark:
        draw_watermark(canvas, watermark, A4)
    fits, row = _plan(facts)
    y = _people(canvas, facts, _head(canvas, facts))
    y = _coverage(canvas, facts, row, y, fits)
    y = _posts(canvas, facts, row, y, fits)
    y = _stock(canvas, facts, row, y, fits)
    _corrections(canvas, facts.corrections[: fits.corrections], len(facts.corrections), y)
    _signatures(canvas, facts)
    _foot(canvas, facts, 1)
    canvas.showPage()
    if not fits.all_of(facts):
        _continued(canvas, facts, watermark)
    canvas.save()


class _Fits:
    """How many rows of each list the first page shows."""

    def __init__(self, desas: int, posts: int, batches: int, corrections: int) -> None:
        self.desas = desas
        self.posts = posts
        self.batches = batches
        self.corrections = corrections

    def all_of(self, facts: RecapFacts) -> bool:
        return (self.desas, self.posts, self.batches, self.corrections) == (
            len(facts.desas),
            _posts_of(facts),
            len(facts.batches),
            len(facts.corrections),
        )


def _plan(facts: RecapFacts) -> tuple[_Fits, float]:
    """All rows at the largest height that fits the page; failing that, the smallest height and fewer rows."""
    fits = _Fits(len(facts.desas), _posts_of(facts), len(facts.batches), len(facts.corrections))
    for posts in {_posts_of(facts): None, 0: None}:
        fits.posts = posts
        for row in _ROW_HEIGHTS:
            if _needed(facts, fits, row) <= _room(facts):
                return fits, row
    row = _ROW_HEIGHTS[-1]
    fits.desas = min(fits.desas, max(14, len(facts.groups)))
    fits.corrections = min(fits.corrections, 3)
    while fits.batches and _needed(facts, fits, row) > _room(facts):
        fits.batches -= 1
    return fits, row


def _posts_of(facts: RecapFacts) -> int:
    """One post alone is what the first lines say already."""
    return len(facts.posts) if len(facts.posts) > 1 else 0


def _room(facts: RecapFacts) -> float:
    return float(_HEIGHT - 30 * mm - 23 * mm - _FOOT - _NOTE * len(_day_lines(facts)))


def _needed(facts: RecapFacts, fits: _Fits, row: float) -> float:
    coverage = max(
        Table(GROUP_COLUMNS, 0, row).height(group_rows(facts.groups)),
        Table(DESA_COLUMNS, 0, row).height(_shown_desas(facts.desas, fits.desas)),
    )
    stock = Table(BATCH_COLUMNS, 0, row).height(_shown_batches(facts.batches, fits.batches))
    corrections = min(len(facts.corrections), fits.corrections + 1) * _CORRECTION
    notes = _NOTE * sum(map(bool, (dose_difference(facts), unwritten_words(facts), error_words(facts))))
    posts = Table(POST_COLUMNS, 0, row).height(post_rows(facts.posts)) + 7.5 * mm if fits.posts else 0
    return float(coverage + notes + posts + stock + corrections + 3 * 7.5 * mm + 10.4 * mm)


def _head(canvas: Canvas, facts: RecapFacts) -> float:
    y: float = _HEIGHT - 17 * mm
    text(canvas, MARGIN, y, facts.facility, 14, font=BOLD, colour=ACCENT)
    text(canvas, MARGIN, y - 4.6 * mm, f"{facts.place} · kode {facts.facility_code}", 8, colour=SOFT)
    canvas.setFont(BOLD, 10)
    canvas.setFillColor(INK)
    canvas.drawRightString(_WIDTH - MARGIN, y + 0.6 * mm, TITLE)
    canvas.setFont(BOLD, 9)
    canvas.drawRightString(_WIDTH - MARGIN, y - 4 * mm, formats.day_long(facts.day))
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(SOFT)
    canvas.drawRightString(_WIDTH - MARGIN, y - 8 * mm, f"{facts.post or 'Semua pos'} · {state_words(facts)}")
    y -= 10.4 * mm
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1.2)
    canvas.line(MARGIN, y, _WIDTH - MARGIN, y)
    return y - 2.6 * mm


def _day_lines(facts: RecapFacts) -> list[str]:
    """What stands under the people: planned, per hour, and why the day was closed again."""
    again = f"Ditutup lagi karena: {facts.reason}." if facts.reason else ""
    fridges = fridge_words(facts.fridges, several_posts=not facts.post)
    words = (planned_words(facts), hour_words(facts.hours), fridges, goods_words(facts.goods), again)
    return [line for each in words if each for line in wrapped(each, REGULAR, 7.5, _ROOM)]


def _people(canvas: Canvas, facts: RecapFacts, y: float) -> float:
    """Registered = given + postponed + not given + left + still at a desk, as a line of figures."""
    people = facts.people
    figures = (
        ("", people.registered, "terdaftar"),
        ("=", people.given, "disuntik"),
        ("+", people.postponed, "ditunda"),
        ("+", people.not_given, "tidak diberikan"),
        ("+", people.left, "pergi"),
        ("+", people.in_process, "masih proses"),
    )
    gap = 5 * mm
    tile = (_ROOM - gap * (len(figures) - 1)) / len(figures)
    for place, (sign, figure, label) in enumerate(figures):
        left = MARGIN + place * (tile + gap)
        canvas.setFillColor(ACCENT if place == 0 else FAINT)
        canvas.roundRect(left, y - 13 * mm, tile, 13 * mm, 1.4 * mm, stroke=0, fill=1)
        middle = left + tile / 2
        canvas.setFillColor(FAINT if place == 0 else INK)
        canvas.setFont(BOLD, 15)
        canvas.drawCentredString(middle, y - 6.8 * mm, formats.number(figure))
        canvas.setFont(REGULAR, 7)
        canvas.drawCentredString(middle, y - 11 * mm, label)
        canvas.setFillColor(SOFT)
        canvas.setFont(BOLD, 11)
        canvas.drawCentredString(left - gap / 2, y - 8 * mm, sign)
    y -= 16.4 * mm
    came = f"Hadir di meja skrining: {formats.number(people.came)} dari {formats.number(people.registered)} orang terdaftar."
    text(canvas, MARGIN, y, came, 7.5, colour=SOFT)
    if people.difference:
        words = f"SELISIH {formats.number(people.difference)} orang: jumlah terdaftar tidak sama dengan rinciannya."
        canvas.setFont(BOLD, 8)
        canvas.setFillColor(ALARM)
        canvas.drawRightString(_WIDTH - MARGIN, y, words)
    for line in _day_lines(facts):
        y -= _NOTE
        text(canvas, MARGIN, y, line, 7.5, colour=SOFT)
    return y - 3.5 * mm


def _section(canvas: Canvas, x: float, y: float, words: str) -> float:
    text(canvas, x, y - 3.4 * mm, words, 8.5, font=BOLD, colour=ACCENT)
    return y - 5.2 * mm


def _coverage(canvas: Canvas, facts: RecapFacts, row: float, y: float, fits: _Fits) -> float:
    groups = Table(GROUP_COLUMNS, MARGIN, row)
    desas = Table(DESA_COLUMNS, MARGIN + groups.total + 4 * mm, row)
    _section(canvas, desas.x, y, "Desa tempat tinggal × dosis")
    y = _section(canvas, MARGIN, y, "Kelompok sasaran × dosis × jenis kelamin")
    ends = (
        groups.draw(canvas, group_rows(facts.groups), y),
        desas.draw(canvas, _shown_desas(facts.desas, fits.desas), y),
    )
    y = min(ends)
    for words, colour in ((dose_difference(facts), ALARM), (unwritten_words(facts), INK), (error_words(facts), INK)):
        if words:
            y -= _NOTE
            text(canvas, MARGIN, y, words, 8, font=BOLD, colour=colour)
    return y - 2.3 * mm


def _shown_desas(desas: Sequence[DesaRow], limit: int) -> list[Row]:
    if len(desas) <= limit:
        return desa_rows(desas)
    busiest = sorted(desas, key=lambda desa: (-sum(desa.counts), desa.desa))[:limit]
    shown = [desa for desa in desas if desa in busiest]
    return desa_rows([*shown, other_desas([desa for desa in desas if desa not in busiest])])


def _shown_batches(batches: Sequence[BatchRow], limit: int) -> list[Row]:
    rows = batch_rows(batches[:limit])
    if limit < len(batches):
        rows.append(batch_total(batches[limit:], f"{len(batches) - limit} batch lain, lihat lampiran"))
    return [*rows, batch_total(batches, "Jumlah")] if len(batches) > 1 else rows


def _posts(canvas: Canvas, facts: RecapFacts, row: float, y: float, fits: _Fits) -> float:
    if not fits.posts:
        return y
    y = _section(canvas, MARGIN, y, "Pos × orang")
    return Table(POST_COLUMNS, MARGIN, row).draw(canvas, post_rows(facts.posts), y) - 2.3 * mm


def _stock(canvas: Canvas, facts: RecapFacts, row: float, y: float, fits: _Fits) -> float:
    y = _section(canvas, MARGIN, y, "Vaksin per batch (vial utuh; suntikan; isi vial dibuka dalam dosis penuh)")
    table = Table(BATCH_COLUMNS, MARGIN, row)
    if facts.batches:
        y = table.draw(canvas, _shown_batches(facts.batches, fits.batches), y)
    else:
        text(canvas, MARGIN, y - 3 * mm, "Tidak ada vaksin di pos ini hari itu.", 7.6, colour=SOFT)
        y -= 4 * mm
    y -= 3.2 * mm
    for line in wrapped(FORMULA, REGULAR, 6.4, _ROOM):
        text(canvas, MARGIN, y, line, 6.4, colour=SOFT)
        y -= 2.9 * mm
    return y - 0.4 * mm


def _corrections(canvas: Canvas, shown: Sequence[Correction], total: int, y: float) -> None:
    if not total:
        return
    y = _section(canvas, MARGIN, y, "Tambahan dan koreksi hari sebelumnya") - 2.2 * mm
    for correction in shown:
        text(canvas, MARGIN + 1 * mm, y, correction_words(correction), 7)
        y -= _CORRECTION
    if len(shown) < total:
        text(canvas, MARGIN + 1 * mm, y, f"{total - len(shown)} koreksi lain di lampiran.", 7, font=BOLD)


def _signatures(canvas: Canvas, facts: RecapFacts) -> None:
    top = 50 * mm
    right = _WIDTH - MARGIN - 66 * mm
    text(canvas, right, top, f"{facts.facility}, {formats.day_plain(facts.day)}", 8)
    acting = "Plt. " if facts.head_of_facility.acting else ""
    _signature(canvas, MARGIN, top - 4 * mm, "Koordinator Imunisasi", facts.coordinator)
    _signature(canvas, right, top - 4 * mm, f"{acting}Kepala Puskesmas", facts.head_of_facility)


def _signature(canvas: Canvas, x: float, y: float, office: str, signer: Signer) -> None:
    text(canvas, x, y, office, 8)
    text(canvas, x, y - 19 * mm, signer.name, 8.5, font=BOLD)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.5)
    canvas.line(x, y - 19.9 * mm, x + max(55 * mm, width(signer.name, BOLD, 8.5)), y - 19.9 * mm)
    text(canvas, x, y - 23.4 * mm, f"NIP {signer.nip}" if signer.nip else "NIP", 7.5, colour=SOFT)


def _foot(canvas: Canvas, facts: RecapFacts, page: int) -> None:
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, 15.4 * mm, _WIDTH - MARGIN, 15.4 * mm)
    head = facts.head.hex()
    grouped = " ".join(head[at : at + 8] for at in range(0, len(head), 8))
    text(canvas, MARGIN, 11.8 * mm, f"Sidik catatan sampai entri {formats.number(facts.entries)}: {grouped}", 6, colour=SOFT)
    canvas.setFont(REGULAR, 6)
    canvas.drawRightString(_WIDTH - MARGIN, 11.8 * mm, f"Pos Vaksin · halaman {page}")


def _continued(canvas: Canvas, facts: RecapFacts, watermark: str | None) -> None:
    """Every list whole, on as many pages as it takes."""
    row = 4.6
    lists: list[tuple[str, Table, list[Row]]] = [
        ("Desa tempat tinggal × dosis", Table(DESA_COLUMNS, MARGIN, row), desa_rows(facts.desas)),
        ("Pos × orang", Table(POST_COLUMNS, MARGIN, row), post_rows(facts.posts) if _posts_of(facts) else []),
        ("Vaksin per batch", Table(BATCH_COLUMNS, MARGIN, row), batch_rows(facts.batches)),
    ]
    page = 1
    y = 0.0
    for title, table, rows in lists:
        left = list(rows)
        while left:
            if y - table.height(left[:2]) - 8 * mm < 20 * mm:
                page, y = page + 1, _next_page(canvas, facts, watermark, page)
            y = _section(canvas, MARGIN, y, title)
            count = len(left)
            while count > 1 and table.height(left[:count]) > y - 20 * mm:
                count -= 1
            y = table.draw(canvas, left[:count], y) - 4 * mm
            left = left[count:]
            if left:
                y = 0.0
    for number, correction in enumerate(facts.corrections):
        if y < 26 * mm:
            page, y = page + 1, _next_page(canvas, facts, watermark, page)
        if number == 0:
            y = _section(canvas, MARGIN, y, "Tambahan dan koreksi hari sebelumnya") - 2.2 * mm
        text(canvas, MARGIN + 1 * mm, y, correction_words(correction), 7)
        y -= _CORRECTION
    _foot(canvas, facts, page)
    canvas.showPage()


def _next_page(canvas: Canvas, facts: RecapFacts, watermark: str | None, page: int) -> float:
    if page > 1:
        _foot(canvas, facts, page)
        canvas.showPage()
    if watermark:
        draw_watermark(canvas, watermark, A4)
    y: float = _HEIGHT - 17 * mm
    words = f"Lampiran rekap harian {facts.facility}, {facts.post or 'Semua pos'}, {formats.day_long(facts.day)}"
    text(canvas, MARGIN, y, words, 9, font=BOLD, colour=ACCENT)
    return y - 4 * mm
