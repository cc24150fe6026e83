"""The form of a stock count: blank, to be filled in before the shelf, or with its result and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from models.overview.stock.paper_facts import CountFacts, CountLine
from reports import formats
from reports.sheets import Cell, workbook
from reports.signed_pages import MARGIN, SignedPages
from reports.stock_words import CAUSES
from reports.table import Column, Row, Table

BLANK: Final = "FORMULIR STOK OPNAME VAKSIN"
RESULT: Final = "HASIL STOK OPNAME VAKSIN"
_EMPTY_LINES: Final = 6  # for batches that the book does not name
_BLANK: Final = (
    Column("No.", 8), Column("Vaksin", 44, number=False), Column("Nomor batch", 32, number=False),
    Column("ED", 20, number=False), Column("Dosis/vial", 16), Column("Vial utuh", 20), Column("Jam", 14),
    Column("Keterangan", 26, number=False),
)  # fmt: skip
_COUNTED: Final = (
    Column("No.", 7), Column("Vaksin", 36, number=False), Column("Nomor batch", 27, number=False),
    Column("ED", 17, number=False), Column("Jam", 10), Column("Buku", 13), Column("Fisik", 13), Column("Selisih", 14),
    Column("Sebab", 27, number=False), Column("Penghitung", 16, number=False),
)  # fmt: skip


def draw_count(facts: CountFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The paper as PDF into `out`; the same facts give the same bytes."""
    title = BLANK if facts.blank else RESULT
    day = formats.day_plain(facts.at.astimezone(facts.head.zone).date())
    pages = SignedPages(out, f"{title.capitalize()}, {facts.post}, {day}", watermark)
    pages.head(facts.head, title, "")
    if facts.taken_back:
        pages.alarm("DIBATALKAN: hasil ini keliru dan selisihnya sudah dibalik.")
    pages.words(f"Tempat: {facts.post}")
    if facts.blank:
        _draw_blank(pages, facts)
    else:
        _draw_result(pages, facts, day)
    pages.signatures(
        facts.head.town, "................................" if facts.blank else day,
        [("Penghitung", facts.counter), ("Saksi", facts.witness), ("Mengetahui,", facts.signer)],
    )  # fmt: skip
    pages.finish()


def write_count(facts: CountFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The same as a workbook; a blank one has empty cells for what is counted."""
    zone = facts.head.zone
    head = (
        f"{facts.head.facility} · kode {facts.head.code} · {facts.head.place}",
        f"{facts.post} · {formats.day_long(facts.at.astimezone(zone).date())}{' · DIBATALKAN' if facts.taken_back else ''}",
    )
    title = BLANK if facts.blank else RESULT
    with workbook(out, title, head, taken_at=facts.at, zone=zone, watermark=watermark) as sheets:
        if facts.blank:
            titles: tuple[str, ...] = ("Vaksin", "Nomor batch", "ED", "Dosis/vial", "Vial utuh", "Jam", "Keterangan")
            rows: list[Sequence[Cell]] = [
                (each.product, each.number, each.expiry, each.doses_per_vial, None, None, None) for each in facts.lines
            ]
        else:
            titles = ("Vaksin", "Nomor batch", "ED", "Jam", "Buku", "Fisik", "Selisih", "Sebab", "Keterangan", "Penghitung")
            rows = [
                (each.product, each.number, each.expiry, formats.clock(each.at, zone) if each.at else None, each.book,
                 each.counted, each.difference, CAUSES.get(each.cause, each.cause), each.note, each.by)
                for each in facts.lines
            ]  # fmt: skip
        sheets.add("Stok opname", titles, rows, wide=True)


def _draw_blank(pages: SignedPages, facts: CountFacts) -> None:
    pages.words("Hitung vial utuh tiap batch di rak dan tulis jamnya. Batch yang tidak tercetak ditulis di baris kosong.")
    printed = [
        Row((str(at), each.product, each.number, formats.day_short(each.expiry), str(each.doses_per_vial), "", "", ""))
        for at, each in enumerate(facts.lines, 1)
    ]
    empty = [Row((str(len(printed) + at), *[""] * 7)) for at in range(1, _EMPTY_LINES + 1)]
    pages.table(Table(_BLANK, MARGIN, 7.5), [*printed, *empty], grid=(1, 2, 3, 4, 5, 6, 7))


def _draw_result(pages: SignedPages, facts: CountFacts, day: str) -> None:
    found = [each for each in facts.lines if each.counted is not None]
    more = sum(each.difference or 0 for each in found if (each.difference or 0) > 0)
    fewer = -sum(each.difference or 0 for each in found if (each.difference or 0) < 0)
    summary = (
        f"Dihitung {len(found)} dari {len(facts.lines)} batch pada {day}: lebih {formats.number(more)} vial, "
        f"kurang {formats.number(fewer)} vial. Buku adalah saldo pada jam hitungan."
    )
    pages.words(summary)
    pages.table(Table(_COUNTED, MARGIN, 5.4), [*(_line(at, each, facts) for at, each in enumerate(facts.lines, 1)), _sum(found)])
    if facts.note:
        pages.words(f"Keterangan: {facts.note}.")


def _line(at: int, line: CountLine, facts: CountFacts) -> Row:
    difference = line.difference
    signed = formats.NOTHING if difference is None else f"{'+' if difference > 0 else ''}{formats.number(difference)}"
    return Row(
        (str(at), line.product, line.number, formats.day_short(line.expiry),
         formats.clock(line.at, facts.head.zone) if line.at else formats.NOTHING, formats.number(line.book),
         formats.NOTHING if line.counted is None else formats.number(line.counted), signed,
         CAUSES.get(line.cause, line.cause), line.by),
        note=line.note or ("Tidak dihitung; buku tetap." if line.counted is None else ""),
    )  # fmt: skip


def _sum(lines: Sequence[CountLine]) -> Row:
    book, counted = sum(each.book for each in lines), sum(each.counted or 0 for each in lines)
    difference = f"{'+' if counted > book else ''}{formats.number(counted - book)}"
    cells = ("", "Jumlah yang dihitung", "", "", "", formats.number(book), formats.number(counted), difference, "", "")
    return Row(cells, bold=True)


def file_name(facts: CountFacts) -> str:
    """Of the saved paper, without ending."""
    post = "".join(sign if sign.isalnum() else "-" for sign in facts.post)
    kind = "formulir-opname" if facts.blank else "hasil-opname"
    return f"{kind}-{facts.at.astimezone(facts.head.zone):%Y-%m-%d}-{post}"


