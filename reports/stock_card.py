"""The stock card (kartu stok) of a batch, or of every batch of a product one after the other: A4, and as a workbook.

Columns as on the paper card of the puskesmas: day, document, from or to whom, in, out, rest, who. Every card ends with its sum
opening + in - out = rest, and says so when the lines do not add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from models.overview.stock.paper_facts import Letterhead
from models.stock.cards.book import BookFacts, BookLine, Card
from reports import formats
from reports.fonts import REGULAR
from reports.page import SOFT, mm, text
from reports.sheets import Cell, workbook
from reports.signed_pages import MARGIN, SignedPages
from reports.stock_words import line_words
from reports.table import Column, Row, Table

TITLE: Final = "KARTU STOK VAKSIN"
_COLUMNS: Final = (
    Column("Tanggal", 17, number=False), Column("Jam", 11, number=False), Column("Dokumen", 27, number=False),
    Column("Dari / kepada, uraian", 62, number=False, wraps=True), Column("Masuk", 12), Column("Keluar", 12), Column("Sisa", 13),
    Column("Petugas", 26, number=False),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardRow:
    """One line as it is read: `day` is local; `line` is None for an opening and a sum, which stand in bold."""

    day: date
    clock: str
    document: str
    words: str
    into: int
    out: int
    rest: int
    who: str
    line: BookLine | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """As on screen and paper."""
        into, out = (formats.number(count) if count else "" for count in (self.into, self.out))
        day = formats.day_short(self.day)
        return (day, self.clock, self.document, self.words, into, out, formats.number(self.rest), self.who)


def card_rows(facts: BookFacts, card: Card) -> list[CardRow]:
    """Opening, every line, and the sum of them all."""
    names = dict(facts.names)
    rows = [CardRow(facts.first, "", "", "Saldo awal", 0, 0, card.opening, "")]
    for line in card.lines:
        local = line.at.astimezone(facts.zone)
        clock = "" if line.count > 1 else formats.clock(line.at, facts.zone)
        rows.append(
            CardRow(local.date(), clock, line.document, line_words(line, names), line.into, line.out, line.rest, line.who, line)
        )
    rows.append(CardRow(facts.last, "", "", "Jumlah dan saldo akhir", card.into, card.out, card.closing, ""))
    return rows


def card_words(card: Card) -> str:
    """What the card is of."""
    until = f", dipakai sampai {formats.day_short(card.usable_until)}" if card.usable_until != card.expiry else ""
    donor = f" · {card.donor}" if card.donor else ""
    doses = formats.number(card.doses_per_vial)
    return (
        f"{card.product_name} · batch {card.number} · ED {formats.day_short(card.expiry)}{until} · {doses} dosis per vial{donor}"
    )


def sum_words(card: Card) -> str:
    """The sum in words, or what is wrong with it."""
    amounts = tuple(map(formats.number, (card.opening, card.into, card.out, card.closing, card.closing * card.doses_per_vial)))
    words = "Saldo awal {} + masuk {} – keluar {} = sisa {} vial ({} dosis)".format(*amounts)
    return words if card.adds_up else f"SELISIH: baris tidak berjumlah. {words}"


def draw_stock_card(facts: BookFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The cards as PDF into `out`; the same facts give the same bytes."""
    pages = SignedPages(out, f"Kartu stok {facts.facility}, {facts.post or 'semua pos'}, {_span(facts)}", watermark)
    head = Letterhead(facts.facility, facts.facility_code, facts.place, "", "", facts.zone)
    pages.head(head, TITLE, f"{facts.post or 'Semua pos'} · {_span(facts)} · satuan: vial")
    table = Table(_COLUMNS, MARGIN, 5)
    if not facts.cards:
        pages.words("Tidak ada batch dengan saldo atau mutasi pada masa ini.")
    for card in facts.cards:
        pages.heading(card_words(card), 24 * mm)
        rows = card_rows(facts, card)
        pages.table(table, [_paper_row(row, first=at == 0, last=at == len(rows) - 1) for at, row in enumerate(rows)])
        pages.y += 2 * mm
        if card.adds_up:
            pages.words(f"{sum_words(card)}.", 8.5)
        else:
            pages.alarm(f"{sum_words(card)}.")
    text(pages.canvas, MARGIN, 10 * mm, _taken(facts), 7, font=REGULAR, colour=SOFT)
    pages.finish()


def write_stock_card(facts: BookFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The same cards as a workbook: one table, so that it can be filtered."""
    head = (
        f"{facts.facility} · kode {facts.facility_code} · {facts.place}",
        f"{facts.post or 'Semua pos'} · {_span(facts)} · satuan: vial",
        _taken(facts),
    )
    titles = ("Vaksin", "Batch", "ED", "Tanggal", "Jam", "Dokumen", "Dari / kepada, uraian", "Masuk", "Keluar", "Sisa", "Petugas")
    with workbook(out, TITLE.capitalize(), head, taken_at=facts.taken_at, zone=facts.zone, watermark=watermark) as sheets:
        sheets.add("Kartu stok", titles, list(_sheet_rows(facts)), wide=True)


def _sheet_rows(facts: BookFacts) -> Iterable[Sequence[Cell]]:
    for card in facts.cards:
        for row in card_rows(facts, card):
            into, out = row.into or None, row.out or None
            yield (
                card.product_name, card.number, card.expiry, row.day, row.clock, row.document, row.words, into, out, row.rest,
                row.who,
            )  # fmt: skip


def _paper_row(row: CardRow, *, first: bool, last: bool) -> Row:
    return Row(row.cells, bold=first or last, alarm=row.rest < 0)


def _span(facts: BookFacts) -> str:
    if facts.first == facts.last:
        return formats.day_plain(facts.first)
    return f"{formats.day_short(facts.first)} s.d. {formats.day_short(facts.last)}"


def _taken(facts: BookFacts) -> str:
    local = facts.taken_at.astimezone(facts.zone)
    return f"Keadaan {formats.day_short(local.date())} pukul {formats.clock(facts.taken_at, facts.zone)}"
