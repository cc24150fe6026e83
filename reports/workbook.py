"""The recap as a workbook: the same frozen facts as the paper, numbers as numbers, a sheet for each part.

Sums are values, as on the paper: what was signed must not change when somebody opens it. Whatever was typed by people is
written as text, so that a name that begins with "=" is never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from models.overview.recap_facts import RecapFacts
from reports import formats
from reports.recap_rows import GROUPS, LOSSES, correction_words, dose_difference, error_words, state_words, unwritten_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | date | None
_TITLE = "Rekap harian vaksinasi COVID-19"
_DOSES = ("Dosis 1", "Dosis 2", "Dosis 3", "Dosis 4+")


def write_workbook(facts: RecapFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """Write the workbook into `out`; the same facts give the same bytes."""
    # Here because it takes a tenth of a second to import and most windows never export.
    from xlsxwriter import Workbook

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        # The moment of the figures, not of the export: an export made again is the same file.
        created = facts.taken_at.astimezone(facts.zone).replace(tzinfo=None)
        book.set_properties({"title": _TITLE, "author": "Pos Vaksin", "created": created})
        book.set_size(1600, 1000)
        sheets = _Sheets(book, facts, watermark)
        _people(sheets, facts)
        _groups(sheets, facts)
        _desas(sheets, facts)
        if facts.posts:
            _posts(sheets, facts)
        _vials(sheets, facts)
        _content(sheets, facts)
        if facts.corrections:
            lines = [[correction_words(each)] for each in facts.corrections]
            sheets.add("Koreksi", ["Tambahan dan koreksi hari sebelumnya"], lines)


class _Sheets:
    """Every sheet begins with the same head and prints on A4."""

    def __init__(self, book: Any, facts: RecapFacts, watermark: str | None) -> None:
        self._book = book
        self._head = [
            *([watermark] if watermark else []),
            _TITLE,
            f"{facts.facility} · kode {facts.facility_code} · {facts.place}",
            f"{facts.post or 'Semua pos'} · {formats.day_long(facts.day)}",
            state_words(facts),
        ]
        self._bold: Format = book.add_format({"bold": True})
        self._title: Format = book.add_format({"bold": True, "bg_color": "#EEF3F4", "bottom": 1, "text_wrap": True})
        self._plain: Format = book.add_format()
        self._number: Format = book.add_format({"num_format": "#,##0"})
        self._content: Format = book.add_format({"num_format": "#,##0.0"})
        self._day: Format = book.add_format({"num_format": "dd-mm-yyyy"})
        self._sum: Format = book.add_format({"bold": True, "num_format": "#,##0", "top": 1})

    def add(
        self, name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]], *, last_is_sum: bool = False, wide: bool = False
    ) -> None:
        """A sheet with a table; whole numbers stay whole, floats are full doses."""
        sheet: Worksheet = self._book.add_worksheet(name)
        for at, words in enumerate(self._head):
            sheet.write_string(at, 0, words, self._bold if at < len(self._head) - 1 else self._plain)
        top = len(self._head) + 1
        for column, title in enumerate(titles):
            sheet.write_string(top, column, title, self._title)
        table = list(rows)
        for at, row in enumerate(table, top + 1):
            last = last_is_sum and at == top + len(table)
            for column, value in enumerate(row):
                self._cell(sheet, at, column, value, last=last)
        sheet.set_column(0, 0, 44 if len(titles) < 3 else 30)
        sheet.set_column(1, max(len(titles) - 1, 1), 12)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_paper(9)
        if wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer("&L&8Pos Vaksin&R&8&A · &P / &N")

    def _cell(self, sheet: Worksheet, at: int, column: int, value: Cell, *, last: bool) -> None:
        if value is None:
            return
        if isinstance(value, str):
            sheet.write_string(at, column, value, self._sum if last else self._plain)
        elif isinstance(value, date):
            sheet.write_datetime(at, column, value, self._day)
        else:
            form = self._sum if last else self._content if isinstance(value, float) else self._number
            sheet.write_number(at, column, value, form)


def _people(sheets: _Sheets, facts: RecapFacts) -> None:
    people = facts.people
    rows: list[Sequence[Cell]] = [
        ("Rencana (orang)", facts.planned or None), ("Terdaftar", people.registered), ("Disuntik", people.given),
        ("Ditunda", people.postponed), ("Tidak diberikan", people.not_given), ("Pergi", people.left),
        ("Masih proses", people.in_process), ("Hadir di meja skrining", people.came), ("Selisih", people.difference),
        ("Suntikan menurut kelompok", facts.by_group), ("Suntikan menurut desa", facts.by_desa),
        ("Suntikan menurut batch", facts.by_batch), ("Salah catat, belum ditulis ulang", facts.unwritten),
        ("Termasuk kesalahan prosedur", facts.errors),
    ]  # fmt: skip
    rows += [(words,) for words in (dose_difference(facts), unwritten_words(facts), error_words(facts)) if words]
    rows += [(f"Jam {hour.hour:02}–{(hour.hour + 1) % 24:02}: terdaftar", hour.registered) for hour in facts.hours]
    rows += [(f"Jam {hour.hour:02}–{(hour.hour + 1) % 24:02}: disuntik", hour.injected) for hour in facts.hours]
    for office, signer in (("Koordinator Imunisasi", facts.coordinator), ("Kepala Puskesmas", facts.head_of_facility)):
        acting = "Plt. " if signer.acting else ""
        rows.append((f"{acting}{office}", f"{signer.name}{f' · NIP {signer.nip}' if signer.nip else ''}"))
    if facts.reason:
        rows.append(("Ditutup lagi karena", facts.reason))
    rows.append(("Sidik catatan", f"sampai entri {facts.entries}: {facts.head.hex()}"))
    sheets.add("Orang", ("Angka", "Jumlah"), rows)


def _groups(sheets: _Sheets, facts: RecapFacts) -> None:
    rows: list[list[Cell]] = []
    for group in facts.groups:
        counts = [count for both in group.counts for count in both]
        rows.append([GROUPS.get(group.group, group.group), *counts, sum(counts)])
    titles = ["Kelompok", *(f"{dose} {sex}" for dose in _DOSES for sex in ("L", "P")), "Jumlah"]
    sheets.add("Kelompok", titles, [*rows, _sums(rows, 9)], last_is_sum=True, wide=True)


def _desas(sheets: _Sheets, facts: RecapFacts) -> None:
    rows: list[list[Cell]] = [[each.desa or "Tidak diketahui", *each.counts, sum(each.counts)] for each in facts.desas]
    sheets.add("Desa", ["Desa", *_DOSES, "Jumlah"], [*rows, _sums(rows, 5)], last_is_sum=True)


def _posts(sheets: _Sheets, facts: RecapFacts) -> None:
    titles = ("Pos", "Rencana", "Terdaftar", "Disuntik", "Tanpa suntikan", "Masih proses", "Dosis")
    rows: list[list[Cell]] = [
        [each.post, each.planned, each.registered, each.given, each.ended_without, each.in_process, each.doses]
        for each in facts.posts
    ]
    sheets.add("Pos", titles, [*rows, _sums(rows, 6)], last_is_sum=True)


def _vials(sheets: _Sheets, facts: RecapFacts) -> None:
    titles = (
        "Vaksin", "Batch", "ED", "Awal", "Terima", "Kirim", "Dibuka", "Lain", "Akhir", "Selisih vial", "Suntikan penuh",
        "Suntikan separuh",
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            each.product, each.batch, each.expires, each.opening, each.received, each.sent, each.opened, each.other,
            each.closing, each.vial_difference, each.full, each.half,
        ]
        for each in facts.batches
    ]  # fmt: skip
    sums: list[Cell] = ["Jumlah", None, None, *_sums([row[2:] for row in rows], 9)[1:]]
    sheets.add("Vial", titles, [*rows, sums], last_is_sum=True, wide=True)


def _content(sheets: _Sheets, facts: RecapFacts) -> None:
    """In full doses of the batch, one decimal, as on the paper; never added up over batches, for doses differ in size."""
    kinds = sorted({kind for each in facts.batches for kind, _ in each.lost})
    titles = [
        "Vaksin", "Batch", "Dari hari sebelumnya", "Vial dibuka", "Lebih isi", "Disuntikkan",
        *(f"Hilang: {LOSSES.get(kind, kind)}" for kind in kinds), "Sisa", "Masih terbuka", "Selisih isi", "ml per dosis",
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for each in facts.batches:
        lost = dict(each.lost)
        amounts = (
            each.carried_ul, each.content_ul, each.overfill_ul, each.injected_ul, *(lost.get(kind, 0) for kind in kinds),
            each.left_ul, each.still_open_ul, each.content_difference,
        )  # fmt: skip
        dose = formats.decimal(each.dose_ul, 1000, 2)
        rows.append([each.product, each.batch, *(amount / each.dose_ul for amount in amounts), dose])
    sheets.add("Isi vial", titles, rows, wide=True)


def _sums(rows: Sequence[Sequence[Cell]], columns: int) -> list[Cell]:
    """The sums under a table whose first column is a name."""

    def total(at: int) -> int:
        return sum(value for row in rows if isinstance(value := row[at], int))

    return ["Jumlah", *map(total, range(1, columns + 1))]
