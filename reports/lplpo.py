"""The stock report of a period in the shape of the LPLPO, with the rates of use and loss and what is to be asked for.

One set of figures for the screen, the paper and the workbook. Vials throughout; doses where the column says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from models.overview.stock.paper_facts import Letterhead
from models.overview.stock.report_facts import Need, ReportRow, StockReportFacts
from models.stock.discards.discard import Witness
from reports import formats
from reports.page import mm
from reports.sheets import Cell, Sheets, workbook
from reports.signed_pages import MARGIN, SignedPages
from reports.stock_words import CAUSES
from reports.table import Column, Row, Table

TITLE: Final = "LAPORAN PEMAKAIAN DAN PERMINTAAN VAKSIN (LPLPO)"
TITLES: Final = (
    "Awal", "Terima", "Kirim", "Dipakai", "Dibuang", "Koreksi", "Akhir", "Dosis", "IP", "Sisa buka", "Buang utuh",
)  # fmt: skip
FORMULAS: Final = (
    "Awal + terima – kirim – dipakai – dibuang + koreksi = akhir, dalam vial utuh. Dipakai = vial dibuka; koreksi = selisih stok "
    "opname, kekurangan kiriman dan pencairan. Baris yang dibatalkan mengurangi kolomnya sendiri.",
    "IP (indeks pemakaian) = suntikan ÷ vial yang dibuka dan sudah ditutup; dosis separuh dihitung satu suntikan, jadi vial 10 "
    "dosis dapat memberi 20. Sisa buka = (isi pada label – isi yang disuntikkan) ÷ isi pada label, menurut isi: dua dosis "
    "separuh sama dengan satu dosis. Tanpa dosis separuh IP = dosis per vial × (1 – sisa buka).",
    "Buang utuh = vial utuh yang dibuang ÷ (vial utuh yang dibuang + vial dibuka).",
)
_WIDTHS: Final = (12, 12, 12, 13, 13, 13, 12, 14, 12, 15, 15)
_NEED: Final = (
    Column("Vaksin", 37, number=False), Column("Sasaran (orang)", 26), Column("× dosis", 14), Column("× target", 16),
    Column("÷ IP", 14), Column("= perlu (vial)", 24), Column("– sisa", 18), Column("= diminta (vial)", 31),
)  # fmt: skip


def row_cells(row: ReportRow) -> tuple[str, ...]:
    """The figures of a row under TITLES."""
    adjusted = f"+{formats.number(row.adjusted)}" if row.adjusted > 0 else formats.number(row.adjusted)
    counts = (row.opening, row.received, row.sent, row.used, row.wasted_vials)
    return (
        *map(formats.number, counts), adjusted, formats.number(row.closing), formats.number(row.closing_doses),
        formats.decimal(row.opened.injections, row.opened.closed, 1), formats.percent(*row.open_rate),
        formats.percent(*row.closed_rate),
    )  # fmt: skip


def wasted_words(row: ReportRow) -> str:
    """The intact vials thrown away, by cause."""
    return ", ".join(f"{CAUSES.get(cause, cause)} {formats.number(vials)}" for cause, vials in row.wasted)


def rate_words(row: ReportRow) -> tuple[str, ...]:
    """How the rates of one row were reckoned, figure by figure."""
    opened, number = row.opened, formats.number
    if not opened.closed:
        return ("Belum ada vial yang dibuka dan ditutup pada masa ini.",)
    ul = opened.content_ul // opened.closed
    half = f" ({number(opened.half)} di antaranya separuh)" if opened.half else ""
    index = formats.decimal(opened.injections, opened.closed, 1)
    lost, content = row.open_rate
    wasted, out = row.closed_rate
    return (
        f"IP = {number(opened.injections)} suntikan{half} ÷ {number(opened.closed)} vial = {index}",
        f"Sisa buka = ({_ml(content)} – {_ml(opened.drawn_ul)}) ÷ {_ml(content)} = {formats.percent(lost, content)}"
        f", isi rata-rata {_ml(ul)} per vial",
        f"Buang utuh = {number(wasted)} ÷ {number(out)} = {formats.percent(wasted, out)}"
        f"{f' ({wasted_words(row)})' if wasted else ''}",
        f"Keduanya = 1 – (1 – buang utuh) × (1 – sisa buka) = {formats.percent(*row.whole_rate)}",
    )


def need_words(need: Need) -> str:
    """What is to be asked for, and how it was reckoned."""
    number = formats.number
    index = formats.decimal(need.index_tenths, 10, 1)
    words = (
        f"{number(need.people)} orang × {need.doses} dosis × {need.percent} % ÷ IP {index} = {number(need.needed)} vial; "
        f"– sisa {number(need.stock)} = "
    )
    return words + (f"minta {number(need.vials)} vial" if need.vials else "stok cukup")


def draw_lplpo(facts: StockReportFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The report as PDF into `out`; the same facts give the same bytes."""
    pages = SignedPages(out, f"LPLPO {facts.facility}, {facts.post or 'semua pos'}, {span_words(facts)}", watermark)
    pages.head(Letterhead(facts.facility, facts.facility_code, facts.place, "", "", facts.zone), TITLE, _subject(facts))
    if not facts.rows:
        pages.words("Tidak ada vaksin dengan saldo atau mutasi pada masa ini.")
    if not facts.adds_up:
        pages.alarm("SELISIH: ada baris yang tidak berjumlah.")
    table = Table(_columns("Vaksin"), MARGIN, 5)
    if facts.rows:
        pages.heading(f"Vaksin, {facts.post or 'semua pos bersama'} (vial utuh)", 14 * mm)
        pages.table(table, [_row(row, row.product_name) for row in facts.rows])
    if facts.needs:
        pages.heading("Permintaan", 14 * mm)
        pages.table(Table(_NEED, MARGIN, 5), [_need(facts, need) for need in facts.needs])
    for words in (*FORMULAS, _open_words(facts)):
        if words:
            pages.words(words, 7.5)
    head = facts.head_of_facility
    office = "Plt. Kepala Puskesmas" if head.acting else "Kepala Puskesmas"
    signed = (("Pengelola vaksin", Witness("")), (office, Witness(head.name, "", head.nip)))
    local = facts.taken_at.astimezone(facts.zone)
    pages.signatures(facts.facility, formats.day_plain(local.date()), signed)
    for at, product in enumerate(dict.fromkeys(row.product for row in facts.by_post)):
        if not at:
            pages.turn()  # what is signed stands on the pages before
        rows = [row for row in facts.by_post if row.product == product]
        pages.heading(f"{rows[0].product_name} menurut pos (kiriman antarpos dihitung terima dan kirim)", 14 * mm)
        pages.table(Table(_columns("Pos"), MARGIN, 5), [_row(row, row.post) for row in rows])
    pages.finish()


def write_lplpo(facts: StockReportFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The same as a workbook: products, posts, causes, and what is to be asked for."""
    head = (
        f"{facts.facility} · kode {facts.facility_code} · {facts.place}",
        _subject(facts),
        _open_words(facts) or "Satuan: vial",
    )
    with workbook(out, TITLE.capitalize(), head, taken_at=facts.taken_at, zone=facts.zone, watermark=watermark) as sheets:
        _sheet(sheets, "LPLPO", "Vaksin", facts.rows)
        if facts.by_post:
            _sheet(sheets, "Menurut pos", "Vaksin", facts.by_post)
        causes = [
            (row.product_name, row.post or facts.post or "Semua pos", CAUSES.get(cause, cause), vials)
            for row in (*facts.rows, *facts.by_post)
            for cause, vials in row.wasted
        ]
        if causes:
            sheets.add("Dibuang", ("Vaksin", "Pos", "Sebab", "Vial utuh"), causes)
        if facts.needs:
            titles = ("Vaksin", "Sasaran (orang)", "Sumber sasaran", "Dosis", "Target %", "IP", "Perlu (vial)", "Sisa", "Diminta")
            sheets.add("Permintaan", titles, [_need_cells(facts, need) for need in facts.needs])
        sheets.add("Rumus", ("Keterangan",), [[words] for words in FORMULAS])


def span_words(facts: StockReportFacts) -> str:
    """1 Desember 2021, or from and to."""
    if facts.first == facts.last:
        return formats.day_plain(facts.first)
    return f"{formats.day_short(facts.first)} s.d. {formats.day_short(facts.last)}"


def _sheet(sheets: Sheets, name: str, first: str, rows: Sequence[ReportRow]) -> None:
    titles = (
        first, "Pos", *TITLES[:8], "Dapat dipakai", "Vial dibuka", "Sudah ditutup", "Suntikan", "Separuh", "IP", "Sisa buka %",
        "Buang utuh %", "Selisih",
    )  # fmt: skip
    sheets.add(name, titles, [_cells(row) for row in rows], wide=True)


def _cells(row: ReportRow) -> list[Cell]:
    opened = row.opened
    return [
        row.product_name, row.post or "Semua", row.opening, row.received, row.sent, row.used, row.wasted_vials, row.adjusted,
        row.closing, row.closing_doses, row.usable, opened.vials, opened.closed, opened.injections, opened.half,
        _quotient(opened.injections, opened.closed), _quotient(100 * row.open_rate[0], row.open_rate[1]),
        _quotient(100 * row.closed_rate[0], row.closed_rate[1]), row.difference,
    ]  # fmt: skip


def _quotient(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _columns(first: str) -> tuple[Column, ...]:
    return (Column(first, 37, number=False), *(Column(title, wide) for title, wide in zip(TITLES, _WIDTHS, strict=True)))


def _row(row: ReportRow, name: str) -> Row:
    notes = [f"SELISIH {formats.number(row.difference)} vial"] if row.difference else []
    if row.wasted:
        notes.append(f"Dibuang: {wasted_words(row)}")
    return Row((name, *row_cells(row)), note="; ".join(notes), alarm=bool(row.difference))


def _need(facts: StockReportFacts, need: Need) -> Row:
    number = formats.number
    cells = (
        _name(facts, need.product), number(need.people), number(need.doses), f"{need.percent} %",
        formats.decimal(need.index_tenths, 10, 1), number(need.needed), number(need.stock), number(need.vials),
    )  # fmt: skip
    measured = "IP menurut masa ini" if need.measured else "IP diketik"
    return Row(cells, note=f"Sasaran: {need.source}; {measured}; sisa = vial yang boleh dipakai pada akhir masa.")


def _need_cells(facts: StockReportFacts, need: Need) -> list[Cell]:
    return [
        _name(facts, need.product), need.people, need.source, need.doses, need.percent, need.index_tenths / 10, need.needed,
        need.stock, need.vials,
    ]  # fmt: skip


def _name(facts: StockReportFacts, product: str) -> str:
    return next((row.product_name for row in facts.rows if row.product == product), product)


def _subject(facts: StockReportFacts) -> str:
    local = facts.taken_at.astimezone(facts.zone)
    taken = f"keadaan {formats.day_short(local.date())} pukul {formats.clock(facts.taken_at, facts.zone)}"
    return f"{facts.post or 'Semua pos'} · {span_words(facts)} · {taken}"


def _open_words(facts: StockReportFacts) -> str:
    if not facts.still_open:
        return ""
    return f"{formats.number(facts.still_open)} vial masih terbuka: dihitung dipakai, belum dihitung dalam IP dan sisa buka."


def _ml(ul: int) -> str:
    return f"{formats.decimal(ul, 1000, 1)} ml"
