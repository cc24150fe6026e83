"""The recap as a workbook: the same frozen facts as the paper, a sheet for each part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from models.overview.recap_facts import RecapFacts
from reports import formats
from reports.recap_rows import GROUPS, LOSSES, correction_words, dose_difference, error_words, state_words, unwritten_words
from reports.sheets import Cell, Sheets, workbook

_TITLE = "Rekap harian vaksinasi COVID-19"
_DOSES = ("Dosis 1", "Dosis 2", "Dosis 3", "Dosis 4+")


def write_workbook(facts: RecapFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """Write the workbook into `out`; the same facts give the same bytes."""
    head = [
        f"{facts.facility} · kode {facts.facility_code} · {facts.place}",
        f"{facts.post or 'Semua pos'} · {formats.day_long(facts.day)}",
        state_words(facts),
    ]
    with workbook(out, _TITLE, head, taken_at=facts.taken_at, zone=facts.zone, watermark=watermark) as sheets:
        _people(sheets, facts)
        _groups(sheets, facts)
        _desas(sheets, facts)
        if facts.posts:
            _posts(sheets, facts)
        _vials(sheets, facts)
        _content(sheets, facts)
        if facts.fridges:
            _fridges(sheets, facts)
        if facts.goods:
            _goods(sheets, facts)
        if facts.corrections:
            lines = [[correction_words(each)] for each in facts.corrections]
            sheets.add("Koreksi", ["Tambahan dan koreksi hari sebelumnya"], lines)


def _people(sheets: Sheets, facts: RecapFacts) -> None:
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


def _groups(sheets: Sheets, facts: RecapFacts) -> None:
    rows: list[list[Cell]] = []
    for group in facts.groups:
        counts = [count for both in group.counts for count in both]
        rows.append([GROUPS.get(group.group, group.group), *counts, sum(counts)])
    titles = ["Kelompok", *(f"{dose} {sex}" for dose in _DOSES for sex in ("L", "P")), "Jumlah"]
    sheets.add("Kelompok", titles, [*rows, _sums(rows, 9)], last_is_sum=True, wide=True)


def _desas(sheets: Sheets, facts: RecapFacts) -> None:
    rows: list[list[Cell]] = [[each.desa or "Tidak diketahui", *each.counts, sum(each.counts)] for each in facts.desas]
    sheets.add("Desa", ["Desa", *_DOSES, "Jumlah"], [*rows, _sums(rows, 5)], last_is_sum=True)


def _posts(sheets: Sheets, facts: RecapFacts) -> None:
    titles = ("Pos", "Rencana", "Terdaftar", "Disuntik", "Tanpa suntikan", "Masih proses", "Dosis")
    rows: list[list[Cell]] = [
        [each.post, each.planned, each.registered, each.given, each.ended_without, each.in_process, each.doses]
        for each in facts.posts
    ]
    sheets.add("Pos", titles, [*rows, _sums(rows, 6)], last_is_sum=True)


def _vials(sheets: Sheets, facts: RecapFacts) -> None:
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


def _content(sheets: Sheets, facts: RecapFacts) -> None:
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


def _fridges(sheets: Sheets, facts: RecapFacts) -> None:
    """Degrees as numbers."""
    titles = ("Pos", "Alat", "Terendah °C", "Tertinggi °C", "Pagi °C", "Sore °C", "Jam lain °C", "Rentang")
    rows: list[list[Cell]] = []
    for each in facts.fridges:
        degrees = (each.lowest, each.highest, each.morning, each.afternoon)
        others = ", ".join(f"{hour}: {formats.degrees(tenths)}" for hour, tenths in each.others)
        numbers = [None if tenths is None else tenths / 10 for tenths in degrees]
        rows.append([each.post, each.equipment, *numbers, others or None, "di luar" if each.outside else "dalam"])
    sheets.add("Suhu", titles, rows, wide=True)


def _goods(sheets: Sheets, facts: RecapFacts) -> None:
    """The rest stays empty where nobody received or counted any."""
    titles = ("Barang", "Satuan", "Awal", "Diterima", "Dikirim", "Dipakai", "Lain", "Sisa")
    rows: list[list[Cell]] = [
        [each.item, each.unit, each.opening, each.received, each.sent, each.used, each.other, each.closing]
        for each in facts.goods
    ]
    sheets.add("Logistik", titles, rows)


def _sums(rows: Sequence[Sequence[Cell]], columns: int) -> list[Cell]:
    """The sums under a table whose first column is a name."""

    def total(at: int) -> int:
        return sum(value for row in rows if isinstance(value := row[at], int))

    return ["Jumlah", *map(total, range(1, columns + 1))]
