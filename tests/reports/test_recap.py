"""The recap: all figures, differences that stand out, and nothing lost when there is too much for a page."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfbase.ttfonts import TTFont

from models.overview.recap_facts import DesaRow, HourCount, People, RecapFacts
from models.people.groups import GROUPS as PEOPLE_GROUPS
from models.stock.vials import LOSSES as STOCK_LOSSES
from models.stock.vials import NOT_INJECTED
from reports.fonts import BOLD, REGULAR, load_fonts
from reports.recap_rows import GROUPS, LOSSES
from tests.reports.papers import DAY, DESAS, MODERNA, SINOVAC, boxes, metadata, pages, recap


def many(desas: int, batches: int, corrections: int) -> RecapFacts:
    return replace(
        DAY,
        desas=tuple(replace(DESAS[at % 5], desa=f"Desa Nomor{at:03}") for at in range(desas)),
        batches=tuple(replace((SINOVAC, MODERNA)[at % 2], batch=f"BATCH{at:03}") for at in range(batches)),
        corrections=tuple(replace(DAY.corrections[0], reason=f"sebab{at:03}") for at in range(corrections)),
    )


def test_the_invented_day_adds_up() -> None:
    assert DAY.people.difference == 0
    assert [(batch.vial_difference, batch.content_difference) for batch in DAY.batches] == [(0, 0), (0, 0)]
    (page,) = pages(recap())
    assert "SELISIH" not in page


def test_every_figure_of_the_day_stands_on_one_page() -> None:
    (page,) = pages(recap())
    for words in (
        "Puskesmas Sungai Kakap", "kode 6112090101", "Senin, 20 Desember 2021", "Semua pos", "pukul 16.30 WIB",
        "178 terdaftar", "164 disuntik", "8 ditunda", "3 tidak diberikan", "1 pergi", "2 masih proses",
        "Masyarakat umum 14 17 20 22 3 2 0 0 78", "Jumlah 37 45 29 41 6 6 0 0 164",
        "Sungai Kakap 20 14 4 0 38", "Tidak diketahui 17 15 2 0 34", "Jumlah 82 70 12 0 164",
        "CoronaVac (Sinovac) 202108019K 31-07-2023 120 0 40 10 -1 69 96 0 1,0 3,0 0,0 9,6",
        "10 vial berisi 100,0 = disuntikkan 96,0 + hilang 1,0 (tumpah 1,0) + sisa 3,0 dosis.",
        "3 vial berisi 42,0 + lebih isi 23,0 = disuntikkan 62,0 + hilang 0,0 + sisa 1,0 + masih terbuka 2,0 dosis.",
        "Jumlah 126 2 40 13 -1 74 152 12 12,6", "suntikan ÷ vial dibuka",
        "Tanggal 18-12-2021: 1 × dosis 2 CoronaVac (Sinovac) dibatalkan (salah ketik, tidak disuntikkan): tertukar nama",
        "Koordinator Imunisasi", "Ns. Dewi Lestari, S.Kep", "NIP 198503122010012004", "Plt. Kepala Puskesmas",
        "dr. Hendra Wijaya", "entri 12.345: 00010203 04050607",
    ):  # fmt: skip
        assert words in page, words


def test_differences_stand_out_wherever_they_are() -> None:
    assert "SELISIH 1 orang" in pages(recap(replace(DAY, people=replace(DAY.people, given=163))))[0]
    short = replace(DAY, batches=(replace(SINOVAC, closing=68), MODERNA))
    assert "SELISIH VIAL 1:" in pages(recap(short))[0]
    leaking = replace(DAY, batches=(replace(SINOVAC, left_ul=1_000), MODERNA))
    assert "tetapi disuntikkan 96,0 + hilang 1,0 (tumpah 1,0) + sisa 2,0: SELISIH ISI 1,0 dosis." in pages(recap(leaking))[0]
    uncounted = replace(DAY, desas=DAY.desas[1:])
    assert "SELISIH dosis: menurut kelompok 164, desa 126, suntikan menurut batch 164." in pages(recap(uncounted))[0]


def test_injections_that_were_procedural_errors_are_named_and_only_they() -> None:
    assert "kesalahan prosedur" not in pages(recap())[0]
    assert "Termasuk 2 suntikan dengan kesalahan prosedur" in pages(recap(replace(DAY, errors=2)))[0]


@pytest.mark.parametrize(("desas", "batches", "corrections"), [(15, 6, 3), (10, 12, 0), (80, 3, 1), (8, 70, 2), (40, 40, 150)])
def test_no_row_is_ever_lost(desas: int, batches: int, corrections: int) -> None:
    facts = many(desas, batches, corrections)
    texts = pages(recap(facts))
    whole = " ".join(texts)
    for at in range(desas):
        assert f"Desa Nomor{at:03}" in whole
    for at in range(batches):
        assert f"BATCH{at:03}" in whole
    for at in range(corrections):
        assert f"sebab{at:03}" in whole
    assert f"Jumlah {' '.join(f'{sum(d.counts[n] for d in facts.desas):,}'.replace(',', '.') for n in range(4))}" in texts[0]
    if len(texts) > 1:
        assert "lampiran" in texts[0]
        assert all("Lampiran rekap harian" in text and f"halaman {n}" in text for n, text in enumerate(texts[1:], 2))


@pytest.mark.parametrize(
    ("desas", "batches", "corrections"), [(0, 0, 0), (6, 2, 1), (12, 9, 2), (80, 3, 1), (8, 70, 9), (40, 40, 150)]
)
def test_no_text_covers_other_text_or_leaves_the_page(desas: int, batches: int, corrections: int) -> None:
    pdf = recap(replace(many(desas, batches, corrections), errors=2))
    for number in range(len(pages(pdf))):
        placed = boxes(pdf, number)
        for words, (left, bottom, right, top) in placed:
            assert 30 <= left < right <= 595 - 30, words
            assert 25 <= bottom < top <= 842 - 25, words
        for at, (words, one) in enumerate(placed):
            for other_words, other in placed[at + 1 :]:
                apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] - 1.5 or other[1] >= one[3] - 1.5
                assert apart, (words, other_words)


def test_a_day_on_which_nothing_happened_is_a_page_too() -> None:
    empty = replace(DAY, groups=(), desas=(), batches=(), corrections=())
    (page,) = pages(recap(replace(empty, people=People(0, 0, 0, 0, 0, 0, 0))))
    assert "Tidak ada vaksin di pos ini hari itu." in page


def test_a_reprint_is_the_same_file_and_metadata_names_nobody() -> None:
    assert recap() == recap()
    data = " ".join(metadata(recap()).values())
    assert "Dewi" not in data
    assert "Hendra" not in data


def test_the_watermark_is_on_every_page() -> None:
    texts = pages(recap(many(80, 70, 9), watermark="DEMO — DATA REKAAN"))
    assert len(texts) > 2
    assert all("DEMO — DATA REKAAN" in text for text in texts)


def test_every_group_and_every_kind_of_loss_has_its_words() -> None:
    assert set(PEOPLE_GROUPS) <= set(GROUPS)
    assert {*STOCK_LOSSES, NOT_INJECTED} <= set(LOSSES)


def test_the_typeface_has_every_sign_that_paper_is_written_with() -> None:
    load_fonts()
    folder = Path(__file__).parents[2] / "reports"
    signs = {ord(sign) for file in folder.glob("*.py") for sign in file.read_text("utf-8") if sign.isprintable()}
    letters = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | signs | {ord("—")}
    for name in (REGULAR, BOLD):
        font = getFont(name)
        assert isinstance(font, TTFont)
        assert letters <= set(font.face.charToGlyph), [chr(sign) for sign in letters - set(font.face.charToGlyph)]


def test_a_desa_that_is_not_known_is_counted_too() -> None:
    assert "Tidak diketahui" in pages(recap(replace(DAY, desas=(DesaRow("", (1, 0, 0, 0)),))))[0]


def test_a_closed_day_is_drawn_as_on_the_day_it_was_signed() -> None:
    """The digest of one closed recap, on every PC and with every later program.

    A change of the drawing that this finds would change papers that somebody has signed. Once a version is released, the old
    drawing stays for facts of format 1 and the new one gets the next format; until then the digest here is renewed.
    """
    closed = replace(DAY, version=1, closed_by="dr. Hendra Wijaya", planned=150, hours=(HourCount(8, 60, 40),))
    assert sha256(recap(closed)).hexdigest() == "47e1cd74ecf665140450098781dd34c8d62448be267b76f2126327faeb633d4d"
