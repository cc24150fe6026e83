"""The berita acara pemusnahan: what was destroyed, where, how, before whom. A4, and as a workbook.

Vaccine is property of the state (BMN); the circular HK.02.02/E/1552/2022 of the ministry asks for this paper over unopened
vials and opened ones alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import BinaryIO, Final

from models.overview.stock.paper_facts import DestroyedLine, DestructionFacts
from reports import formats
from reports.page import mm
from reports.sheets import Cell, workbook
from reports.signed_pages import MARGIN, SignedPages
from reports.stock_words import CAUSES
from reports.table import Column, Row, Table

TITLE: Final = "BERITA ACARA PEMUSNAHAN VAKSIN COVID-19"
_CIRCULAR: Final = 2022
_SHORT: Final = {"outreach": "kotak lapangan rusak"}
_CLOSED: Final = (
    Column("No.", 8), Column("Vaksin", 39, number=False), Column("Nomor batch", 27, number=False),
    Column("ED", 18, number=False), Column("Asal", 34, number=False), Column("Sebab", 28, number=False), Column("Vial", 12),
    Column("Dosis", 14),
)  # fmt: skip
_OPENED: Final = (
    Column("No.", 8), Column("Vaksin", 39, number=False), Column("Nomor batch", 27, number=False),
    Column("ED", 18, number=False), Column("Asal", 34, number=False), Column("Ditutup", 28, number=False), Column("Vial", 12),
    Column("Sisa dosis", 14),
)  # fmt: skip


def draw_destruction(facts: DestructionFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The paper as PDF into `out`; the same facts give the same bytes."""
    pages = SignedPages(out, f"Berita acara pemusnahan nomor {facts.number}", watermark)
    pages.head(facts.head, TITLE, f"Nomor: {facts.number}")
    if facts.taken_back:
        pages.alarm("DIBATALKAN: pemusnahan ini tercatat keliru dan sudah dibatalkan.")
    weekday, day = formats.DAYS[facts.day.weekday()], formats.day_plain(facts.day)
    pages.words(f"Pada hari {weekday}, tanggal {day}, bertempat di {facts.place}, kami yang bertanda tangan di bawah ini:")
    for at, person in enumerate((*facts.witnesses, facts.signer), 1):
        parts = (person.name, person.position, f"NIP {person.nip}" if person.nip else "")
        pages.words(f"{at}. {', '.join(part for part in parts if part)}")
    pages.words(
        f"telah menyaksikan dan melaksanakan pemusnahan vaksin milik negara yang dikelola {facts.head.facility}, dengan cara "
        f"{facts.method}, sebagai berikut:"
    )
    if facts.closed:
        pages.heading("A. Vial utuh (belum dibuka)", 14 * mm)
        pages.table(Table(_CLOSED, MARGIN, 5), [*_closed(facts.closed), _sum(facts.closed, _doses(facts.closed))])
    if facts.opened:
        pages.heading("B. Vial terbuka dan sisanya", 14 * mm)
        pages.table(Table(_OPENED, MARGIN, 5), [*_opened(facts.opened), _sum(facts.opened, _left(facts.opened))])
    if facts.note:
        pages.words(f"Keterangan: {facts.note}.")
    pages.words(_end(facts))
    signed = [(f"Saksi {at}", person) for at, person in enumerate(facts.witnesses, 1)]
    pages.signatures(facts.head.town, day, [*signed, ("Mengetahui,", facts.signer)])
    pages.finish()


def write_destruction(facts: DestructionFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The same as a workbook: a sheet for closed vials, one for opened ones."""
    head = (
        f"{facts.head.facility} · kode {facts.head.code} · {facts.head.place}",
        f"Nomor {facts.number} · {formats.day_long(facts.day)} · {facts.place} · {facts.method}"
        f"{' · DIBATALKAN' if facts.taken_back else ''}",
        "Saksi: " + "; ".join(f"{each.name}, {each.position}" for each in facts.witnesses) + f". Mengetahui: {facts.signer.name}",
    )
    with workbook(out, TITLE, head, taken_at=facts.recorded_at, zone=facts.head.zone, watermark=watermark) as sheets:
        closed: list[Sequence[Cell]] = [
            (each.product, each.number, each.expiry, each.post, CAUSES.get(each.cause, each.cause), _note(each), each.vials,
             each.vials * each.doses_per_vial)
            for each in facts.closed
        ]  # fmt: skip
        titles = ("Vaksin", "Nomor batch", "ED", "Asal", "Sebab", "Keterangan", "Vial", "Dosis")
        sheets.add("Vial utuh", titles, closed, wide=True)
        opened: list[Sequence[Cell]] = [
            (each.product, each.number, each.expiry, each.post, each.first, each.last, each.vials,
             each.left_ul / each.ul_per_dose)
            for each in facts.opened
        ]  # fmt: skip
        titles = ("Vaksin", "Nomor batch", "ED", "Asal", "Ditutup dari", "sampai", "Vial", "Sisa (dosis penuh)")
        sheets.add("Vial terbuka", titles, opened, wide=True)


def _closed(lines: Sequence[DestroyedLine]) -> list[Row]:
    return [
        Row(
            (str(at), each.product, each.number, formats.day_short(each.expiry), each.post,
             _SHORT.get(each.cause) or CAUSES.get(each.cause, each.cause), formats.number(each.vials),
             formats.number(each.vials * each.doses_per_vial)),
            note=_note(each),
        )
        for at, each in enumerate(lines, 1)
    ]  # fmt: skip


def _note(line: DestroyedLine) -> str:
    """What was noted, and the last day of use where it is not the one printed on the vial."""
    until = line.usable_until
    other = ""
    if until is not None and until != line.expiry:
        words = "batas sesudah dicairkan" if until < line.expiry else "ED diperpanjang sampai"
        other = f"{words} {formats.day_short(until)}"
    return " · ".join(each for each in (other, line.note) if each)


def _opened(lines: Sequence[DestroyedLine]) -> list[Row]:
    return [
        Row(
            (str(at), each.product, each.number, formats.day_short(each.expiry), each.post, _span(each),
             formats.number(each.vials), formats.decimal(each.left_ul, each.ul_per_dose, 1))
        )
        for at, each in enumerate(lines, 1)
    ]  # fmt: skip


def _span(line: DestroyedLine) -> str:
    if line.first is None or line.last is None or line.first == line.last:
        return formats.day_short(line.first)
    return f"{line.first:%d-%m} s.d. {formats.day_short(line.last)}"


def _doses(lines: Sequence[DestroyedLine]) -> str:
    return formats.number(sum(each.vials * each.doses_per_vial for each in lines))


def _left(lines: Sequence[DestroyedLine]) -> str:
    """Full doses in all of them, to a tenth."""
    total = sum((Fraction(each.left_ul, each.ul_per_dose) for each in lines if each.ul_per_dose), Fraction())
    return formats.decimal(total.numerator, total.denominator, 1)


def _sum(lines: Sequence[DestroyedLine], doses: str) -> Row:
    return Row(("", "Jumlah", "", "", "", "", formats.number(sum(each.vials for each in lines)), doses), bold=True)


def _end(facts: DestructionFacts) -> str:
    basis = " sesuai Surat Edaran HK.02.02/E/1552/2022" if facts.day.year >= _CIRCULAR else ""
    return f"Demikian berita acara ini dibuat dengan sebenarnya{basis} untuk dipergunakan sebagaimana mestinya."
