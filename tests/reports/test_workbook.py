"""The workbook says what the paper says, with numbers that are numbers and texts that are never formulas."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from models.overview.recap_facts import HourCount, PostCount, RecapFacts, Signer
from reports.workbook import write_workbook
from tests.reports.papers import DAY, MODERNA, SINOVAC, pages, recap
from tests.reports.sheets import sheets

POSTS = (PostCount("Puskesmas Sungai Kakap", 150, 128, 120, 8, 0, 120), PostCount("Pos Pal Sembilan", 0, 50, 44, 4, 2, 44))
FULL = replace(DAY, posts=POSTS, planned=150, hours=(HourCount(8, 60, 40), HourCount(9, 118, 124)))


def workbook(facts: RecapFacts, watermark: str | None = None) -> bytes:
    out = BytesIO()
    write_workbook(facts, out, watermark=watermark)
    return out.getvalue()


def test_every_figure_of_the_paper_is_a_number_in_the_workbook() -> None:
    found = sheets(workbook(FULL))
    assert list(found) == ["Orang", "Kelompok", "Desa", "Pos", "Vial", "Isi vial", "Koreksi"]
    people = found["Orang"]
    assert [people.row(name)[1] for name in ("Rencana (orang)", "Terdaftar", "Disuntik", "Masih proses", "Selisih")] == [
        150, 178, 164, 2, 0,
    ]  # fmt: skip
    assert found["Kelompok"].row("Masyarakat umum") == ["Masyarakat umum", 14, 17, 20, 22, 3, 2, 0, 0, 78]
    assert found["Kelompok"].rows[-1] == ["Jumlah", 37, 45, 29, 41, 6, 6, 0, 0, 164]
    assert found["Desa"].rows[-1] == ["Jumlah", 82, 70, 12, 0, 164]
    assert found["Pos"].rows[-1] == ["Jumlah", 150, 178, 164, 12, 2, 164]
    assert found["Vial"].rows[-2][3:] == [6, 2, 0, 3, 0, 5, 0, 56, 12]
    assert found["Vial"].rows[-1] == ["Jumlah", None, None, 126, 2, 40, 13, -1, 74, 0, 152, 12]
    assert found["Isi vial"].row(SINOVAC.product)[2:] == [0, 100, 0, 96, 0, 1, 3, 0, 0, "0,50"]
    assert found["Isi vial"].row(MODERNA.product)[2:6] == [0, 42, 23, 62]
    assert "tertukar nama" in str(found["Koreksi"].rows[-1][0])


def test_every_sheet_says_whose_day_it_is_and_as_of_when() -> None:
    closed = replace(FULL, version=2, closed_by="dr. Hendra Wijaya", reason="Entri malam")
    states = ("angka sementara, keadaan 20-12-2021 pukul 16.30 WIB", "versi 2, ditutup 20-12-2021 pukul 16.30")
    for facts, state in zip((FULL, closed), states, strict=True):
        for sheet in sheets(workbook(facts, watermark="DEMO")).values():
            head = " ".join(str(row[0]) for row in sheet.rows[:5] if row)
            for words in ("DEMO", "Puskesmas Sungai Kakap", "kode 6112090101", "Semua pos", "Senin, 20 Desember 2021", state):
                assert words in head
            assert 'paperSize="9"' in sheet.xml
            assert "fitToPage" in sheet.xml
    assert "Entri malam" in str(sheets(workbook(closed))["Orang"].row("Ditutup lagi karena"))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "{=", "\t=", "http://"])
def test_no_name_becomes_a_formula_or_a_link(sign: str) -> None:
    evil = f"{sign}HYPERLINK(\"x\";\"y\")"
    facts = replace(
        FULL, facility=evil, post=evil, posts=(replace(POSTS[0], post=evil),), desas=(replace(DAY.desas[0], desa=evil),),
        batches=(replace(SINOVAC, batch=evil, product=evil),), closed_by=evil, reason=evil, coordinator=Signer(evil, ""),
    )  # fmt: skip
    for sheet in sheets(workbook(facts)).values():
        assert "<f>" not in sheet.xml
        assert "<f " not in sheet.xml
        assert "hyperlink" not in sheet.xml.casefold()
    assert sheets(workbook(facts))["Vial"].row(evil)[1] == evil


def test_the_same_facts_are_the_same_file_and_name_nobody_in_its_properties() -> None:
    assert workbook(FULL) == workbook(FULL)
    data = workbook(FULL)
    assert b"Hendra" not in data[: data.index(b"xl/worksheets")]


def test_an_empty_day_is_a_workbook_too() -> None:
    empty = replace(DAY, groups=(), desas=(), batches=(), corrections=())
    assert sheets(workbook(empty))["Desa"].rows[-1] == ["Jumlah", 0, 0, 0, 0, 0]


def test_planned_people_posts_and_hours_stand_on_the_paper_with_what_they_are_counted_of() -> None:
    (page,) = pages(recap(FULL))
    for words in (
        "Rencana hari ini: 164 dari 150 orang sudah disuntik.", "08–09: 60/40; 09–10: 118/124.",
        "Pos Pal Sembilan – 50 44 4 2 44", "Jumlah 150 178 164 12 2 164", "angka sementara, keadaan 20-12-2021 pukul 16.30 WIB",
    ):  # fmt: skip
        assert words in page, words
    assert "%" not in page
    closed = replace(FULL, version=2, closed_by="dr. Hendra Wijaya", reason="Entri malam", unwritten=1)
    (page,) = pages(recap(replace(closed, batches=(replace(SINOVAC, full=97, carried_ul=500, injected_ul=48_500), MODERNA))))
    for words in (
        "versi 2, ditutup 20-12-2021 pukul 16.30 WIB oleh dr. Hendra Wijaya", "Ditutup lagi karena: Entri malam.",
        "Suntikan: 164 dalam kelompok dan desa + 1 salah catat yang belum ditulis ulang = 165 menurut batch.",
        "dari hari sebelumnya 1,0 + 10 vial berisi 100,0 = disuntikkan 97,0",
    ):  # fmt: skip
        assert words in page, words
    assert "SELISIH" not in page
