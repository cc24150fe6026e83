"""From what came after a closing to words: the figures that changed, and what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from models.overview.supplement_facts import Change, Line, SupplementFacts
from reports import formats
from reports.recap_rows import GROUPS, LOSSES
from reports.table import Column, Row

LINE_COLUMNS = (
    Column("Angka", 90, number=False),
    Column("Saat ditutup", 24),
    Column("Koreksi", 24),
    Column("Sekarang", 24),
    Column("Tidak terjelaskan", 24),
)
STEPS: Final = {
    "registered": "terdaftar", "screened": "diskrining", "injected": "disuntik", "observed": "observasi", "finished": "selesai",
    "postponed": "ditunda", "not_given": "tidak diberikan", "left": "pergi", "cancelled": "dibatalkan",
}  # fmt: skip
MOVED: Final = {
    "receipt": "diterima dari luar", "sent": "dikirim", "received": "diterima", "returned": "kembali ke pengirim",
    "missing": "tidak sampai", "removal": "dikeluarkan", "reversal": "catatan dibatalkan",
    "discard": "dibuang", "destroyed": "dimusnahkan", "back": "kembali dari lapangan", "count": "selisih stok opname",
}  # fmt: skip
_SECTIONS: Final = {
    "people": "Orang", "dose": "Suntikan", "group": "Kelompok", "desa": "Desa", "batch": "Vial dan suntikan",
    "content": "Isi vial (dosis penuh)",
}  # fmt: skip
_FIGURES: Final = {
    "registered": "terdaftar", "given": "disuntik", "postponed": "ditunda", "not_given": "tidak diberikan", "left": "pergi",
    "in_process": "masih proses", "came": "hadir di meja skrining", "errors": "kesalahan prosedur",
    "unwritten": "salah catat, belum ditulis ulang", "opening": "vial awal", "received": "vial diterima", "sent": "vial dikirim",
    "opened": "vial dibuka", "other": "vial lain", "closing": "vial akhir", "full": "suntikan penuh", "half": "suntikan separuh",
    "carried_ul": "dari hari sebelumnya", "content_ul": "vial dibuka", "overfill_ul": "lebih isi",
    "injected_ul": "disuntikkan", "left_ul": "sisa", "still_open_ul": "masih terbuka",
}  # fmt: skip


def line_words(line: Line) -> str:
    """Which figure it is."""
    figure = _FIGURES.get(line.column)
    if line.column.startswith("lost."):
        figure = f"hilang ({LOSSES.get(line.column[5:], line.column[5:])})"
    elif line.section == "group":
        number, sex = line.column.split(".")
        figure = f"{_dose(number)} {'L' if sex == 'male' else 'P'}"
    elif line.section == "desa":
        figure = _dose(line.column)
    if line.section == "people":
        return f"Orang {figure}"
    if line.section == "dose":
        return f"Suntikan {figure}"
    row = GROUPS.get(line.row, line.row) if line.section == "group" else line.row or "Tidak diketahui"
    return f"{row}: {figure}"


def _dose(number: str) -> str:
    return f"dosis {number}" + ("+" if number == "4" else "")


def amount_words(line: Line, value: int) -> str:
    """A number or, for content, full doses."""
    return formats.decimal(value, line.dose_ul, 1) if line.dose_ul else formats.number(value)


def change_sign(line: Line) -> str:
    """+3, -2 or nothing at all."""
    words = amount_words(line, line.change)
    return f"+{words}" if line.change > 0 else (words if line.change else formats.NOTHING)


def line_sections(facts: SupplementFacts) -> list[tuple[str, list[Row]]]:
    """The figures under their headings: closed + correction = now; what nothing explains stands out."""
    found: list[tuple[str, list[Row]]] = []
    for section, title in _SECTIONS.items():
        rows = [_row(line) for line in facts.lines if line.section == section]
        if rows:
            found.append((title, rows))
    return found


def _row(line: Line) -> Row:
    strange = line.unexplained
    return Row(
        (
            line_words(line), amount_words(line, line.closed), change_sign(line), amount_words(line, line.now),
            amount_words(line, strange) if strange else "",
        ),
        bold=bool(line.change) and not strange,
        alarm=bool(strange),
    )  # fmt: skip


def change_words(change: Change, facts: SupplementFacts) -> str:
    """One line: when, how often, what, and why."""
    zone = facts.closed.zone
    first, last = change.first.astimezone(zone), change.last.astimezone(zone)
    when = f"{first:%d-%m-%Y %H.%M}"
    if f"{last:%d-%m-%Y %H.%M}" != when:
        when += f"–{last:%H.%M}" if last.date() == first.date() else f" s.d. {last:%d-%m-%Y %H.%M}"
    reason = f" ({change.reason})" if change.reason and change.reason != "-" else ""
    return f"{when} · {formats.number(change.count)} × {_what(change)}{reason}"


def _what(change: Change) -> str:
    dose = f"dosis {change.number} {change.product}"
    vial = f"vial {change.product} {change.batch}"
    content = formats.decimal(change.amount, change.dose_ul, 1)
    if change.kind == "visit":
        start = STEPS.get(change.before, change.before)
        return f"kunjungan {start} menjadi {STEPS[change.after]}" if start else f"kunjungan menyusul, {STEPS[change.after]}"
    return {
        "dose": f"{dose} dicatat menyusul",
        "rewritten": f"{dose} ditulis ulang untuk suntikan yang salah catat",
        "injected": f"{dose} dibatalkan: sudah disuntikkan, salah catat",
        "not_injected": f"{dose} dibatalkan: salah ketik, tidak disuntikkan",
        "opened": f"{vial} dibuka",
        "closed": f"{vial} ditutup dengan sisa {content} dosis",
        "lost": f"{vial}: hilang {content} dosis, {LOSSES.get(change.after, change.after)}",
        "moved": f"{formats.number(change.amount)} {vial} {MOVED.get(change.after, change.after)}",
    }[change.kind]


def summary_words(facts: SupplementFacts) -> str:
    """What the reader has to know first."""
    if facts.unexplained:
        count = formats.number(len(facts.unexplained))
        return f"{count} ANGKA BERUBAH TANPA CATATAN YANG MENJELASKAN. Jalankan pemeriksaan catatan."
    if facts.unchanged and not facts.changes:
        return "Tidak ada yang dicatat setelah hari ini ditutup; semua angka tetap."
    if facts.unchanged:
        return "Ada catatan setelah penutupan, tetapi semua angka tetap."
    return "Setiap angka yang berubah dijelaskan: angka saat ditutup + koreksi = angka sekarang."


def change_lines(facts: SupplementFacts) -> Sequence[str]:
    """All of them."""
    return [change_words(change, facts) for change in facts.changes]
