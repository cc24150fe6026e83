"""The slip as it comes out of a thermal printer: dots, and nothing that leaves the paper."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import groupby

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from models.certificates import TrustedKey, verify
from models.errors import Refused
from reports.certificate_words import TITLE_ENGLISH
from reports.raster import Dots, one_bit
from reports.roll import draw_roll
from tests.reports.papers import AT, FULL, NIK, SITI, boxes, metadata, named, pages, roll, signer, size, slip

TRUST = [TrustedKey(signer().kid, signer().der)]
LONG = "Raden Ajeng Kanjeng Gusti Putri Siti Nurhayati Kusumaningrum Wulandari Sastroatmodjo Hadiningrat Ayu"
ROLLS = [(203, 576), (300, 848), (203, 384), (300, 560)]


def picture(dots: Dots) -> Image.Image:
    """Black on white, as it comes out."""
    white = bytes(255 - byte for byte in dots.rows)
    return Image.frombytes("1", (dots.stride * 8, dots.height), white).crop((0, 0, dots.width, dots.height)).convert("L")


@pytest.mark.parametrize(("dpi", "dots"), ROLLS)
@pytest.mark.parametrize("name", [SITI.name, LONG])
def test_the_code_read_from_the_printed_dots_verifies(name: str, dpi: int, dots: int) -> None:
    (page,) = one_bit(roll(named(name), dpi=dpi, dots=dots), dpi)
    (code,) = zxingcpp.read_barcodes(picture(page))
    verdict = verify(code.text, TRUST, AT)
    assert verdict.valid
    assert verdict.certificate is not None
    assert name.startswith(verdict.certificate["nam"]["fn"])


@pytest.mark.parametrize(("dpi", "dots"), ROLLS)
@pytest.mark.parametrize("name", [SITI.name, LONG])
def test_every_module_is_the_same_whole_number_of_dots_and_never_under_three(name: str, dpi: int, dots: int) -> None:
    (page,) = one_bit(roll(named(name), dpi=dpi, dots=dots), dpi)
    image = picture(page)
    (code,) = zxingcpp.read_barcodes(image)
    corner, other, below = code.position.top_left, code.position.top_right, code.position.bottom_left
    left, top, right, bottom = corner.x, corner.y, other.x, below.y
    # The finder's edge is seven modules of black, so the first run of the first row tells the size of one.
    row = [image.getpixel((x, top + 2)) for x in range(left - 2, right + 3)]
    first = next(len(list(group)) for dark, group in groupby(row, key=lambda grey: grey == 0) if dark)
    module, rest = divmod(first, 7)
    assert rest == 0
    assert module >= 3
    start = left - 2 + row.index(0)
    first_row = next(y for y in range(top - 3, top + 4) if image.getpixel((start, y)) == 0)
    across = round((right - left) / module)
    assert across in {77, 81, 85, 89, 93, 97, 101, 105}
    assert round((bottom - top) / module) == across
    for line in range(across):
        for column in range(across):
            box = (start + column * module, first_row + line * module)
            cell = image.crop((*box, box[0] + module, box[1] + module))
            assert len(set(cell.tobytes())) == 1, (line, column)
    # Four modules of white round it.
    quiet = image.crop(
        (start - 4 * module, first_row - 4 * module, start + (across + 4) * module, first_row + (across + 4) * module)
    )
    assert quiet.crop((0, 0, quiet.width, 4 * module)).getextrema() == (255, 255)
    assert quiet.crop((0, 0, 4 * module, quiet.height)).getextrema() == (255, 255)
    assert quiet.crop((0, quiet.height - 4 * module, quiet.width, quiet.height)).getextrema() == (255, 255)
    assert quiet.crop((quiet.width - 4 * module, 0, quiet.width, quiet.height)).getextrema() == (255, 255)


def test_it_is_called_a_vaccination_record_in_english_too() -> None:
    (page,) = pages(roll())
    assert TITLE_ENGLISH in " ".join(page.split())


def test_the_usual_code_has_modules_of_four_dots_on_the_usual_printer() -> None:
    (page,) = one_bit(roll(), 203)
    (code,) = zxingcpp.read_barcodes(picture(page))
    assert (code.position.top_right.x - code.position.top_left.x + 1) / 77 == pytest.approx(4, abs=0.05)


@pytest.mark.parametrize(("dpi", "dots"), ROLLS)
def test_the_page_is_as_wide_as_the_head_and_exactly_as_long_as_what_stands_on_it(dpi: int, dots: int) -> None:
    pdf = roll(FULL, dpi=dpi, dots=dots)
    wide, high = size(pdf)
    assert wide * dpi / 72 == pytest.approx(dots, abs=1e-3)
    assert high * dpi / 72 == pytest.approx(round(high * dpi / 72), abs=1e-3)
    (page,) = one_bit(pdf, dpi)
    assert page.width == dots
    last = max(at for at, byte in enumerate(page.rows) if byte) // page.stride
    assert 0 <= page.height - last <= 6 * dpi / 25.4
    assert size(roll(SITI, dpi=dpi, dots=dots))[1] < high


@settings(max_examples=20)
@given(
    st.text(st.characters(codec="latin-1", categories=["Lu", "Ll"]) | st.sampled_from(" '.-"), min_size=1, max_size=100).filter(
        lambda name: name.strip()
    ),
    st.sampled_from(ROLLS),
)
def test_no_name_is_cut_and_nothing_is_printed_beyond_the_paper(name: str, roll_: tuple[int, int]) -> None:
    dpi, dots = roll_
    pdf = roll(replace(FULL, name=name, vaccinator=name, service_at=name), dpi=dpi, dots=dots)
    said = "".join("".join(pages(pdf)).split())
    assert said.count("".join(name.split())) >= 3
    wide, high = size(pdf)
    placed = boxes(pdf)
    for words, (left, bottom, right, top) in placed:
        assert -0.01 <= left <= right <= wide + 0.01, words
        assert -0.01 <= bottom <= top <= high + 0.01, words


def test_the_a6_slip_has_room_for_all_of_it_too() -> None:
    for facts in (FULL, replace(FULL, name=LONG, has_eu_code=False)):
        placed = boxes(slip(facts))
        (page,) = pages(slip(facts))
        for words in ("Rabu, 22 Juni 2022, Posyandu Melati", "observasi sampai 10.57", "ke-1 22-11-2021"):
            assert words in page, words
        for number, (words, one) in enumerate(placed):
            for other_words, other in placed[number + 1 :]:
                apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] - 1.5 or other[1] >= one[3] - 1.5
                assert apart, (words, other_words)


def test_everything_the_person_needs_stands_on_it() -> None:
    (page,) = pages(roll(FULL))
    for words in (
        "Puskesmas Sungai Kakap", "Kubu Raya", "Siti Nur Hidayati", "12-04-1987", "3201************", "ke-2 dari 2",
        "CoronaVac (Sinovac)", "202108019K", "20 Desember 2021", "Ns. Dewi Lestari, S.Kep", "Posyandu Melati",
        "Senin, 20 Juni 2022", "Rabu, 22 Juni 2022", "ke-1 22-11-2021 CoronaVac, RSUD Soedarso", "sampai 10.57",
        "0561-123456", "KIPI", "Nomor bukti", "Cara memeriksa", "bukan sertifikat PeduliLindungi/SATUSEHAT",
    ):  # fmt: skip
        assert words in page, words


def test_what_is_not_known_is_said_or_left_out() -> None:
    (page,) = pages(roll(replace(SITI, nik_start="", next_day=None, kipi_phone="", post="", has_eu_code=False)))
    for words in ("belum ada", "Belum ada jadwal dosis berikutnya", "Tempat –", "di luar daftar Uni Eropa"):
        assert words in page, words
    for words in ("****", "KIPI", "observasi", "Semua dosis", "Layanan"):
        assert words not in page, words
    assert "Dosis ke-2 sudah tercatat" in pages(roll(replace(SITI, next_day=None, later=2)))[0]


def test_it_names_nobody_outside_the_page_and_shows_no_more_of_a_nik() -> None:
    said = " ".join(metadata(roll()).values())
    assert not [word for word in ("Siti", "Rahmawati", "3201", "1987") if word in said]
    assert NIK[-4:] not in pages(roll())[0]
    with pytest.raises(ValueError, match="at most four digits"):
        roll(replace(SITI, nik_start=NIK))


def test_fonts_are_embedded_and_a_reprint_is_the_same_file() -> None:
    assert roll(FULL) == roll(FULL)
    document = pypdfium2.PdfDocument(roll(FULL))
    fonts = {item.get_font().get_base_name(): item.get_font().is_embedded for item in document[0].get_objects([1])}
    document.close()
    assert fonts
    assert all(fonts.values())


def test_a_demo_says_so_at_both_ends() -> None:
    assert pages(roll(watermark="DEMO — DATA REKAAN"))[0].count("DEMO — DATA REKAAN") == 2


def test_paper_too_narrow_for_three_dots_is_refused() -> None:
    with pytest.raises(Refused, match=r"slip\.qr_too_small"):
        draw_roll(SITI, BytesIO(), dpi=203, dots=240)


def test_a_row_of_dots_is_packed_from_the_left_and_a_page_is_never_stretched() -> None:
    (page,) = one_bit(roll(), 203)
    assert page.stride == 72
    assert len(page.rows) == page.stride * page.height
    (odd,) = one_bit(roll(dots=578, dpi=203), 203)
    assert (odd.width, odd.stride) == (578, 73)
    assert not any(byte & 0b00111111 for byte in odd.rows[72::73])
