"""The officer's list with two columns added: what is recorded here, and what is the matter with a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, BinaryIO

from models.overview.aid.cells import Cell, Line
from models.overview.aid.rows import AidList, AidRequest, Answer
from reports import formats

NOT_HERE = "tidak tercatat di sini (bukan bukti belum divaksin)"


@dataclass(frozen=True, repr=False)
class AidAnswers:
    """`notes` has one text a row, empty where nothing is the matter."""

    asked: AidList
    answers: Sequence[Answer]
    notes: Sequence[str]
    request: AidRequest
    facility: str
    taken_at: datetime
    zone: tzinfo


def answer_words(answer: Answer) -> str:
    """What is recorded, without a judgement."""
    if answer.state == "recorded":
        return f"tercatat: dosis {', '.join(map(str, answer.doses))}"
    return {
        "unrecorded": NOT_HERE,
        "disputed": "belum dapat dijawab: NIK ini sedang diperiksa, tanyakan ke puskesmas",
        "unread": "tidak dicari",
    }[answer.state]


def write_answers(facts: AidAnswers, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The same rows in the same places and order; texts stay texts, so that no NIK becomes a number again."""
    from xlsxwriter import Workbook  # a tenth of a second that most windows never need

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        created = facts.taken_at.astimezone(facts.zone).replace(tzinfo=None)
        book.set_properties({"title": "Jawaban daftar", "author": "Pos Vaksin", "created": created})
        bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#EEF3F4"})
        sheet = book.add_worksheet("Jawaban")
        asked, beside = facts.asked, facts.asked.width
        for line in (*asked.head, *(row.line for row in asked.rows)):
            _copy(sheet, line, asked.column)
        titles = ("Catatan di puskesmas ini", "Keterangan baris")
        if asked.head:
            for at, title in enumerate(titles):
                sheet.write_string(asked.head[-1].row - 1, beside + at, title, bold)
        for row, answer, note in zip(asked.rows, facts.answers, facts.notes, strict=True):
            sheet.write_string(row.line.row - 1, beside, answer_words(answer))
            if note:
                sheet.write_string(row.line.row - 1, beside + 1, note)
        sheet.set_column(0, max(beside - 1, 0), 18)
        sheet.set_column(beside, beside + 1, 52)
        _explain(book.add_worksheet("Penjelasan"), facts, watermark)


def _copy(sheet: Any, line: Line, column: int) -> None:
    for at, cell in enumerate(line.cells):
        number = _number(cell) if at != column else None
        if number is not None:
            sheet.write_number(line.row - 1, at, number)
        elif cell.text:
            sheet.write_string(line.row - 1, at, cell.text)


def _number(cell: Cell) -> float | None:
    """A number that a spreadsheet shows as it was; a longer one stays a text."""
    if cell.kind != "number" or len(cell.text) > 15:
        return None
    try:
        return float(cell.text)
    except ValueError:
        return None


def _explain(sheet: Any, facts: AidAnswers, watermark: str | None) -> None:
    asked, at = facts.request, facts.taken_at.astimezone(facts.zone)
    lines = [
        *([watermark] if watermark else []),
        f"Jawaban {facts.facility}, {formats.day_short(at.date())} pukul {formats.clock(facts.taken_at, facts.zone)}",
        f"Permintaan {asked.agency} nomor {asked.number} tanggal {formats.day_short(asked.dated)}",
        f"Keperluan: {asked.purpose}",
        "Dijawab dari catatan puskesmas ini saja. Yang tidak tercatat di sini dapat saja divaksin di tempat lain:",
        "bukan bukti belum divaksin, dan tidak dapat dipakai untuk menolak bantuan.",
        "Baris yang tidak dicari: NIK-nya tidak terbaca, lihat keterangannya. Perbaiki, lalu minta lagi.",
    ]
    for row, words in enumerate(lines):
        sheet.write_string(row, 0, words)
    sheet.set_column(0, 0, 110)
