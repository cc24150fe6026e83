"""The berita acara and the papers of a count, read back as a person reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO

from models.overview.stock.paper_facts import CountFacts, CountLine, DestroyedLine, DestructionFacts, Letterhead
from models.stock.discards.discard import CAUSES, NOBODY, Witness
from reports.batch_people import people_workbook
from reports.count_form import draw_count, write_count
from reports.destruction import draw_destruction, write_destruction
from tests.reports.papers import pages
from tests.reports.sheets import sheets

HEAD = Letterhead(
    "Puskesmas Sungai Kakap", "P6112090101", "Sungai Kakap, Kubu Raya, Kalimantan Barat", "Sungai Kakap", "",
    timezone(timedelta(hours=7)),
)  # fmt: skip
AT = datetime(2022, 1, 12, 3, tzinfo=UTC)
RATNA = Witness("dr. Ratna Wulandari", "Kepala Puskesmas", "197803122005012003")
SITI, BUDI = Witness("Siti Aminah", "Pengelola vaksin"), Witness("Budi Santoso", "Sanitarian")
CLOSED = DestroyedLine("CoronaVac (Sinovac)", "20210812", date(2022, 1, 3), "Gudang", 3, 10, "broken", "jatuh dari rak")
OPENED = DestroyedLine(
    "CoronaVac (Sinovac)", "20210812", date(2022, 1, 3), "Pos Pal", 14, 0, "", left_ul=9300, ul_per_dose=500,
    first=date(2021, 12, 20), last=date(2022, 1, 11),
)  # fmt: skip
PAPER = DestructionFacts(
    HEAD, "445/017", date(2022, 1, 12), "halaman belakang", "insinerator", (CLOSED, replace(CLOSED, vials=2, cause="expired")),
    (OPENED,), RATNA, (SITI, BUDI), "", AT, False,
)  # fmt: skip
LINE = CountLine("CoronaVac (Sinovac)", "20210812", date(2022, 3, 12), 10, 8, 10, AT, "Rina", "broken", "dua pecah")
COUNT = CountFacts(
    HEAD, "Gudang puskesmas", AT,
    (LINE, replace(LINE, number="B7", counted=6, book=0, cause="not_entered_in", note=""),
     replace(LINE, counted=None, cause="", note="")),
    False, SITI, BUDI, RATNA,
)  # fmt: skip


def drawn(draw: object, facts: object) -> str:
    out = BytesIO()
    draw(facts, out, watermark=None)  # type: ignore[operator]  # a drawing of reports
    return "\n".join(pages(out.getvalue()))


def test_a_destruction_names_what_where_how_and_before_whom_with_its_sums() -> None:
    text = drawn(draw_destruction, PAPER)
    for words in (
        "Nomor: 445/017", "hari Rabu, tanggal 12 Januari 2022", "halaman belakang", "insinerator", "jatuh dari rak", "pecah",
        "kedaluwarsa", "20-12 s.d. 11-01-2022", "18,6", "HK.02.02/E/1552/2022", "Siti Aminah, Pengelola vaksin", "Budi Santoso",
        "Mengetahui,", "NIP 197803122005012003",
    ):  # fmt: skip
        assert words in text, words
    assert "Jumlah 5 50" in text
    assert "Jumlah 14 18,6" in text, "with the doses that were left in them"
    thawed = replace(CLOSED, cause="expired", expiry=date(2022, 1, 31), usable_until=date(2021, 12, 13), note="")
    assert "batas sesudah dicairkan 13-12-2021" in drawn(draw_destruction, replace(PAPER, closed=(thawed,)))
    assert "DIBATALKAN" not in text
    assert "DIBATALKAN" in drawn(draw_destruction, replace(PAPER, taken_back=True))
    assert "1552" not in drawn(draw_destruction, replace(PAPER, day=date(2021, 12, 20))), "no circular before its time"


def test_a_long_destruction_goes_on_over_pages_and_is_the_same_at_every_reprint() -> None:
    long = replace(PAPER, closed=tuple(replace(CLOSED, number=f"N{at:03}", cause=CAUSES[at % len(CAUSES)]) for at in range(90)))
    first, again = BytesIO(), BytesIO()
    draw_destruction(long, first)
    draw_destruction(long, again)
    assert first.getvalue() == again.getvalue()
    found = pages(first.getvalue())
    assert len(found) > 3
    assert all(f"N{at:03}" in "\n".join(found) for at in range(90))
    assert all("Nomor batch" in page for page in found[:-1]), "the head of the table stands on each page"
    assert "Mengetahui," in found[-1]


def test_a_blank_form_shows_no_figure_of_the_book() -> None:
    blank = replace(COUNT, blank=True, lines=(CountLine("CoronaVac (Sinovac)", "20210812", date(2022, 3, 12), 10, book=4711),))
    text = drawn(draw_count, replace(blank, counter=NOBODY, witness=NOBODY))
    assert "4711" not in text
    assert "FORMULIR STOK OPNAME" in text
    assert "20210812" in text


def test_a_result_says_book_shelf_difference_and_cause_of_every_batch() -> None:
    text = drawn(draw_count, COUNT)
    for words in ("HASIL STOK OPNAME", "-2", "+6", "pecah", "masuk belum dicatat", "dua pecah", "Tidak dihitung", "10.00",
                  "Dihitung 2 dari 3 batch", "lebih 6 vial, kurang 2 vial", "Siti Aminah", "Budi Santoso"):  # fmt: skip
        assert words in text, words


def test_the_workbooks_hold_the_same_as_numbers() -> None:
    out = BytesIO()
    write_destruction(PAPER, out)
    book = sheets(out.getvalue())
    assert book["Vial utuh"].row("CoronaVac (Sinovac)")[-2:] == [3, 30]
    assert book["Vial terbuka"].row("CoronaVac (Sinovac)")[-2:] == [14, 18.6]
    out = BytesIO()
    write_count(COUNT, out)
    assert sheets(out.getvalue())["Stok opname"].row("CoronaVac (Sinovac)")[4:7] == [10, 8, -2]
    people = people_workbook(HEAD, "Penerima", [("=SUM(1)", "1952", "0812", "Kapuas", "", "", "", 1, AT.date(), "Pos")], AT, None)
    assert sheets(people)["Penerima"].row("=SUM(1)")[2] == "0812", "a name is never a formula"
