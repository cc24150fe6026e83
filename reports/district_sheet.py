"""The sheet of the health office: the fingerprint to be read aloud, where things are kept, and the drill for loss and theft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from reports import formats
from reports.fonts import BOLD, REGULAR, wrapped
from reports.page import ACCENT, INK, LINE, SOFT, box_to_tick, mm, new_canvas, text

_TITLE = "Kunci kabupaten Pos Vaksin"
_MARGIN = 20 * mm
_ROOM = A4[0] - 2 * _MARGIN
_TICKED = 5 * mm
_READING = (
    "Puskesmas dan loket menelepon untuk mencocokkan sidik ini sebelum mempercayai kabupaten. Bacakan dari kertas ini, "
    "kelompok demi kelompok. Jangan mengirimkannya bersama berkas sertifikat."
)
_DRILLS = (
    ("Setiap permintaan puskesmas", (
        "Telepon puskesmas di nomor yang dikenal. Minta mereka menyebut kode puskesmas, lalu ketik; nama dan kode harus cocok.",
        "Sahkan, kirim jawabannya (.crt). Jawaban hanya berguna di komputer yang meminta.",
    )),
    ("Setiap bulan", (
        "Masukkan laporan pencabutan semua puskesmas, lalu tulis kedua daftar dan kirim ke puskesmas dan loket.",
        "Daftar dianggap segar 45 hari. Daftar yang lebih tua tetap dipakai loket, dengan peringatan.",
    )),
    ("Komputer puskesmas hilang atau dicuri", (
        "Hari itu juga: cabut kuncinya dengan alasan, tulis daftar kepercayaan, kirim ke semua puskesmas dan loket.",
        "Semua slip dari komputer itu ditolak sesudah daftar diambil; puskesmas mencetak ulang yang jujur.",
        "Sahkan permintaan baru dari komputer penggantinya.",
    )),
    ("Kunci kabupaten hilang atau bocor", (
        "Hilang, kata kunci aman: pulihkan folder dari lemari kedua. Tidak ada yang berubah.",
        "Bocor, atau kata kunci lupa: buat kunci kabupaten baru, cocokkan sidik barunya dengan setiap puskesmas dan loket, "
        "sahkan lagi semua puskesmas, dan tulis kedua daftar. Slip lama harus dicetak ulang.",
    )),
)  # fmt: skip


@dataclass(frozen=True)
class SheetFacts:
    """Nothing secret: the fingerprint is made to be read aloud."""

    code: str
    name: str
    fingerprint: str
    certifies_until: datetime | None


def draw_sheet(facts: SheetFacts, out: BinaryIO) -> None:
    """One A4 page."""
    canvas = new_canvas(out, A4, _TITLE)
    y = A4[1] - 24 * mm
    text(canvas, _MARGIN, y, _TITLE, 18, font=BOLD, colour=ACCENT)
    y -= 8 * mm
    for line in wrapped(f"{facts.name} ({facts.code})", REGULAR, 12, _ROOM):
        text(canvas, _MARGIN, y, line, 12)
        y -= 6 * mm
    groups = facts.fingerprint.split()
    half = (len(groups) + 1) // 2
    y -= 8 * mm
    for part in (groups[:half], groups[half:]):
        text(canvas, _MARGIN, y, "   ".join(part), 26, font=BOLD, colour=INK)
        y -= 13 * mm
    y = _paragraph(canvas, y + 3 * mm, _READING)
    if facts.certifies_until is not None:
        y = _paragraph(canvas, y - 1 * mm, f"Kunci ini mengesahkan sampai {formats.day_short(facts.certifies_until.date())}.")
    for title, steps in _DRILLS:
        y -= 5 * mm
        text(canvas, _MARGIN, y, title, 12, font=BOLD)
        y -= 6 * mm
        for step in steps:
            box_to_tick(canvas, _MARGIN + 1.5 * mm, y + 1.2 * mm, 1.3 * mm)
            y = _paragraph(canvas, y, step, _TICKED)
    y -= 8 * mm
    for words in (
        "Folder kabupaten disimpan di:",
        "Salinan folder disimpan di:",
        "Amplop kata kunci disimpan di:",
        "Penanggung jawab, telepon:",
    ):
        text(canvas, _MARGIN, y, words, 10, colour=SOFT)
        canvas.setStrokeColor(LINE)
        canvas.line(_MARGIN + 60 * mm, y - 1 * mm, A4[0] - _MARGIN, y - 1 * mm)
        y -= 9 * mm
    canvas.showPage()
    canvas.save()


def _paragraph(canvas: Canvas, y: float, words: str, indent: float = 0.0) -> float:
    for line in wrapped(words, REGULAR, 10, _ROOM - indent):
        text(canvas, _MARGIN + indent, y, line, 10)
        y -= 5 * mm
    return y
