"""The SBBK as it is read: every batch once, sums, both signatures, on as many pages as it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from zipfile import ZipFile

import pypdfium2

from models.stock.deliveries.sbbk import SbbkFacts, SbbkLine
from reports.sbbk import draw_sbbk, write_sbbk

LINES = (
    SbbkLine("CoronaVac (Sinovac)", "20210812", date(2022, 3, 31), "", 12, 120),
    SbbkLine("Vaksin COVID-19 AstraZeneca", "CTMAV512", date(2021, 12, 31), "B", 3, 30),
)
FACTS = SbbkFacts(
    facility="Puskesmas Sungai Kakap", facility_code="P6112090101", document="017/SBBK/GUDANG/2021",
    sent_at=datetime(2021, 12, 20, 1, 5, tzinfo=UTC), zone=timezone(timedelta(hours=7)), from_name="Gudang puskesmas",
    to_name="Pos Pal Sembilan", sender="Rina Farmasi", carrier="Pak Udin", note="dua cool pack", head="dr. Ratna Wulandari",
    head_nip="197905122006042001", lines=LINES,
)  # fmt: skip


def drawn(facts: SbbkFacts) -> tuple[bytes, list[str]]:
    out = BytesIO()
    draw_sbbk(facts, out)
    document = pypdfium2.PdfDocument(out.getvalue())
    return out.getvalue(), [page.get_textpage().get_text_range() for page in document]


def test_a_box_of_two_batches_is_one_signed_page() -> None:
    content, (page,) = drawn(FACTS)
    for words in (
        "Nomor 017/SBBK/GUDANG/2021", "Gudang puskesmas", "Pos Pal Sembilan", "Senin, 20 Desember 2021 pukul 08.05", "Pak Udin",
        "CTMAV512", "31-12-2021", "Yang menyerahkan", "Yang menerima", "Rina Farmasi", "NIP 197905122006042001", "dua cool pack",
    ):  # fmt: skip
        assert words in page, words
    assert "Jumlah 15 150" in " ".join(page.split())
    assert drawn(FACTS)[0] == content


def test_what_the_receiver_counted_stands_beside_with_its_reason() -> None:
    short = replace(LINES[0], arrived=11, state="short", reason="satu pecah di jalan")
    _, (page,) = drawn(replace(FACTS, lines=(short, replace(LINES[1], arrived=3, state="received"))))
    assert "satu pecah di jalan" in page
    assert "Jumlah 15 150 14" in " ".join(page.split())
    _, (back,) = drawn(replace(FACTS, lines=tuple(replace(line, state="taken_back") for line in LINES)))
    assert "DITARIK KEMBALI" in back


def test_sixty_lines_take_several_pages_and_none_is_lost() -> None:
    many = tuple(replace(LINES[0], number=f"B{at:03}") for at in range(60))
    _, pages = drawn(replace(FACTS, lines=many))
    together = "\n".join(pages)
    assert all(together.count(line.number) == 1 for line in many)
    assert [("Yang menerima" in page) for page in pages] == [False] * (len(pages) - 1) + [True]
    assert "Jumlah 720 7.200" in " ".join(pages[-1].split())


def test_the_workbook_has_numbers_and_the_same_sums() -> None:
    out = BytesIO()
    write_sbbk(FACTS, out)
    with ZipFile(out) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>150</v>" in sheet
    assert "<v>12</v>" in sheet
