"""Stock card and stock report say on paper and in the workbook what their facts say, and own up to what does not add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from models.overview.recap_facts import Signer
from models.overview.stock.report_facts import Need, Opened, ReportRow, StockReportFacts
from models.places.zones import ZONES
from models.records.base import new_id
from models.stock.cards.book import BookFacts, BookLine, Card, with_rests
from reports.lplpo import draw_lplpo, row_cells, write_lplpo
from reports.stock_card import card_rows, draw_stock_card, sum_words, write_stock_card
from reports.stock_words import line_words
from tests.reports.papers import pages
from tests.reports.sheets import sheets

WIB = ZONES["WIB"]
POST = str(new_id())
NOON = datetime(2021, 12, 20, 5, 5, tzinfo=UTC)


def _line(kind: str, other: str, into: int, out: int, **values: Any) -> BookLine:
    return BookLine(new_id(), NOON, kind, other, into, out, 0, "Bd. Dewi", **values)


LINES = with_rests(
    2,
    [
        _line("receipt", "supplier", 40, 0, supplier="IFK Kubu Raya", document="SBBK 440/017"),
        _line("sent", POST, 0, 15, document="SBBK 3"),
        _line("opened", "opened", 0, 1, station="Meja 1", doses=9, left=1),
        _line("discard", "discarded", 0, 2, cause="heat", reason="listrik padam"),
    ],
)
CARD = Card(new_id(), "coronavac", "CoronaVac", "20210812", date(2022, 3, 12), date(2022, 3, 12), 10, "", 2, LINES)
BOOK = BookFacts(
    "Puskesmas Sungai Kakap", "P6112090101", "Sungai Kakap, Kubu Raya", "Gudang", date(2021, 12, 1), date(2021, 12, 20), WIB,
    NOON, (CARD,), ((POST, "Pos Pal Sembilan"),),
)  # fmt: skip
ROW = ReportRow(
    "coronavac", "CoronaVac", "", 20, 5, 0, 4, (("broken", 2),), -2, 17, 170, 16, Opened(4, 3, 15_000, 13_500, 36, 18)
)
AT_POST = replace(ROW, post="Gudang")
REPORT = StockReportFacts(
    BOOK.facility, BOOK.facility_code, BOOK.place, "", BOOK.first, BOOK.last, WIB, NOON, (ROW,), (AT_POST,), 1,
    Signer("dr. Ratna", "197905122006042001"), (Need("coronavac", 2340, 2, 70, 97, 16, "diketik", measured=False),),
)  # fmt: skip


def _bytes(draw: Any, facts: Any) -> bytes:
    out = BytesIO()
    draw(facts, out)
    return out.getvalue()


def _words(text: str) -> str:
    return " ".join(text.split())


def test_every_line_of_the_card_stands_on_paper_and_in_the_workbook_with_its_rest() -> None:
    paper = _words(" ".join(pages(_bytes(draw_stock_card, BOOK))))
    table = sheets(_bytes(write_stock_card, BOOK))["Kartu stok"]
    for row in card_rows(BOOK, CARD):
        assert _words(" ".join(filter(None, row.cells))) in paper
    assert [row[7:10] for row in table.rows[-6:]] == [
        [None, None, 2], [40, None, 42], [None, 15, 27], [None, 1, 26], [None, 2, 24], [40, 18, 24],
    ]  # fmt: skip
    assert "Saldo awal 2 + masuk 40 – keluar 18 = sisa 24 vial (240 dosis)" in paper
    assert "Diterima dari IFK Kubu Raya" in paper
    assert "Dikirim ke Pos Pal Sembilan" in paper
    assert "Dibuka, Meja 1: 9 dosis, terbuang 1" in paper
    assert "Dibuang: kena panas · listrik padam" in paper
    assert _bytes(draw_stock_card, BOOK) == _bytes(draw_stock_card, BOOK)


def test_a_long_reason_goes_on_below_and_stands_whole_on_paper() -> None:
    words = " ".join(f"kotak {at} dibuka di depan kurir lalu dihitung dua kali" for at in range(1, 7))
    lines = with_rests(2, [_line("discard", "discarded", 0, 2, cause="heat", reason=words)])
    text = _words("\n".join(pages(_bytes(draw_stock_card, replace(BOOK, cards=(replace(CARD, lines=lines),))))))
    for at in range(1, 7):
        assert f"kotak {at} dibuka" in text


def test_a_card_that_does_not_add_up_says_so() -> None:
    wrong = replace(CARD, lines=(*LINES[:-1], replace(LINES[-1], rest=25)))
    assert sum_words(wrong).startswith("SELISIH")
    assert "SELISIH" in " ".join(pages(_bytes(draw_stock_card, replace(BOOK, cards=(wrong,)))))


def test_a_card_of_many_lines_goes_over_pages_and_ends_with_its_sum() -> None:
    lines = with_rests(2, [_line("receipt", "supplier", 1, 0) for _ in range(120)])
    found = pages(_bytes(draw_stock_card, replace(BOOK, cards=(replace(CARD, lines=lines),))))
    assert len(found) == 3
    assert "= sisa 122 vial" in found[-1]
    assert all("Uraian" in page or "uraian" in page for page in found)


def test_a_mirror_line_says_what_it_takes_back() -> None:
    names = {POST: "Pos Pal Sembilan"}
    assert line_words(_line("reversal", "opened", 1, 0, reason="salah batch"), names) == (
        "Pembatalan, dari vial terbuka · salah batch"
    )
    assert line_words(replace(LINES[0], reversed=True), names).endswith("(dibatalkan)")
    assert line_words(_line("opened", "opened", 0, 1), names) == "Dibuka"
    assert line_words(_line("unheard", "outer space", 0, 1), names) == "Keluar ke pos lain"


def test_the_report_has_the_same_figures_on_paper_and_in_the_workbook() -> None:
    paper = _words(" ".join(pages(_bytes(draw_lplpo, REPORT))))
    assert row_cells(ROW) == ("20", "5", "0", "4", "2", "-2", "17", "170", "12,0", "10,00 %", "33,33 %")
    assert _words(f"CoronaVac {' '.join(row_cells(ROW))}") in paper
    assert "CoronaVac 2.340 2 70 % 9,7 338 16 322" in paper
    assert "Dibuang: pecah 2" in paper
    assert "1 vial masih terbuka" in paper
    assert "NIP 197905122006042001" in paper
    book = sheets(_bytes(write_lplpo, REPORT))
    assert list(book) == ["LPLPO", "Menurut pos", "Dibuang", "Permintaan", "Rumus"]
    assert book["LPLPO"].rows[-1][2:15] == [20, 5, 0, 4, 2, -2, 17, 170, 16, 4, 3, 36, 18]
    assert book["LPLPO"].rows[-1][15] == 12
    assert book["LPLPO"].rows[-1][-1] == 0
    assert book["Permintaan"].rows[-1][-3:] == [338, 16, 322]


def test_a_report_that_does_not_add_up_says_so() -> None:
    paper = " ".join(pages(_bytes(draw_lplpo, replace(REPORT, rows=(replace(ROW, closing=16),)))))
    assert "SELISIH" in paper
    assert "SELISIH 1 vial" in paper
