"""The slip as it comes out of the printer."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import replace

import cbor2
import pytest

from models.certificates import TrustedKey, base45, verify
from reports.certificate_words import dose_words
from tests.reports.papers import AT, NIK, SITI, UVCI, boxes, metadata, named, pages, read_qr, signer, size, slip

TRUST = [TrustedKey(signer().kid, signer().der)]
LONG = "Raden Ajeng Kanjeng Gusti Putri Siti Nurhayati Kusumaningrum Wulandari Sastroatmodjo Hadiningrat Ayu"
NAMES = (SITI.name, "Sukarno", LONG, "M" * 100, "Ng. Ma'ruf É. Ørsted-Ünal")


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("name", NAMES)
def test_the_code_read_from_the_page_verifies_and_one_changed_character_does_not(name: str, dpi: int) -> None:
    (text,) = read_qr(slip(named(name)), dpi)
    verdict = verify(text, TRUST, AT)
    assert verdict.valid
    assert verdict.certificate is not None
    assert name.startswith(verdict.certificate["nam"]["fn"])
    for place in (3, 4, len(text) // 2, len(text) - 1):
        other = "A" if text[place] != "A" else "B"
        assert not verify(text[:place] + other + text[place + 1 :], TRUST, AT).valid


def test_the_code_is_read_through_a_watermark_too() -> None:
    assert read_qr(slip(watermark="DEMO — DATA REKAAN"), 203) == [SITI.certificate]


def test_everything_the_person_needs_stands_on_one_a6_page() -> None:
    (page,) = pages(slip())
    for words in (
        "Puskesmas Sungai Kakap", "Kubu Raya", "Siti Nur Hidayati Rahmawati", "12-04-1987", "3201************",
        "ke-2 dari 2", "CoronaVac (Sinovac)", "202108019K", "20 Desember 2021", "Ns. Dewi Lestari, S.Kep",
        "Posyandu Melati", "Senin, 20 Juni 2022", "0561-123456", UVCI, "KIPI", "Cara memeriksa",
        "bukan sertifikat PeduliLindungi/SATUSEHAT; untuk keperluan pelayanan dalam negeri",
    ):  # fmt: skip
        assert words in page, words
    width, height = size(slip())
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (105, 148)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_is_cut_and_no_text_leaves_the_page_or_covers_other_text(name: str) -> None:
    pdf = slip(replace(named(name), product="COVID-19 Vaccine (Bio Farma)", post="Posyandu Melati Desa Sungai Rengas"))
    assert name.replace(" ", "") in pages(pdf)[0].replace(" ", "")
    placed = boxes(pdf)
    for words, (left, bottom, right, top) in placed:
        assert 15 <= left < right <= 298 - 15, words
        assert 8 <= bottom < top <= 420 - 15, words
    for number, (words, one) in enumerate(placed):
        for other_words, other in placed[number + 1 :]:
            apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] - 1.5 or other[1] >= one[3] - 1.5
            assert apart, (words, other_words)


def test_no_digit_of_the_nik_beyond_the_fourth_is_anywhere_in_the_file() -> None:
    pdf = slip()
    layers = [pdf.decode("latin-1"), *pages(pdf)]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            layers.append(zlib.decompress(base_85(stream)).decode("latin-1"))
        except (ValueError, zlib.error):
            layers.append(stream.decode("latin-1"))
    (text,) = read_qr(pdf, 300)
    layers.append(zlib.decompress(base45.decode(text[4:])).decode("latin-1"))
    assert any("3201" in layer for layer in layers)
    for secret in (NIK, NIK[4:], NIK[4:12], NIK[-8:], NIK[:6]):
        assert not any(secret in layer for layer in layers), secret
    claims = str(cbor2.loads(cbor2.loads(zlib.decompress(base45.decode(text[4:]))).value[2]))
    said = [*pages(pdf), claims, str(metadata(pdf))]
    assert not any(NIK[-4:] in words for words in said)
    assert not any(NIK[:4] in words for words in said[1:])


def base_85(stream: bytes) -> bytes:
    return base64.a85decode(stream.strip().removesuffix(b"~>")) if stream.strip().endswith(b"~>") else stream


def test_the_metadata_names_nobody() -> None:
    data = metadata(slip())
    assert data["Title"] == "Bukti vaksinasi COVID-19"
    said = " ".join(data.values())
    for word in ("Siti", "Rahmawati", "3201", "1987", "Dewi"):
        assert word not in said


def test_more_than_four_digits_of_a_nik_are_not_taken() -> None:
    with pytest.raises(ValueError, match="at most four digits") as caught:
        slip(replace(SITI, nik_start=NIK))
    assert NIK not in str(caught.value)


def test_a_reprint_is_the_same_file() -> None:
    assert slip() == slip()
    assert slip(watermark="DEMO") != slip()


def test_without_nik_birth_date_or_next_dose_the_slip_says_so() -> None:
    (page,) = pages(slip(replace(SITI, nik_start="", birth_date=None, next_day=None, has_eu_code=False)))
    assert "belum ada" in page
    assert "Belum ada jadwal dosis berikutnya" in page
    assert "di luar daftar Uni Eropa" in page
    assert "****" not in page


def test_a_reprint_of_an_earlier_dose_says_that_a_later_one_is_there() -> None:
    (page,) = pages(slip(replace(SITI, next_day=None, later=2)))
    assert "Dosis ke-2 sudah tercatat" in page


def test_doses_are_named_as_staff_say_them() -> None:
    assert dose_words(replace(SITI, number=1)) == "ke-1 dari 2"
    assert dose_words(replace(SITI, number=3, half=True)) == "ke-3 (penguat), separuh dosis"
    assert dose_words(replace(SITI, number=2, primary=1)) == "ke-2 (penguat)"


def test_the_watermark_is_on_the_paper() -> None:
    assert "DEMO — DATA REKAAN" in pages(slip(watermark="DEMO — DATA REKAAN"))[0]
