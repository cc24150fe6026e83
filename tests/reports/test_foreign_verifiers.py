"""Programs that nobody here wrote read the code from the printed dots of every paper and check it with the public key alone.

zxing reads; cwt and pycose check. An edited certificate is refused by both.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from io import BytesIO
from typing import Any

import cbor2
import cwt
import pypdfium2
import pytest
import zxingcpp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cwt import COSE, COSEKey
from pycose.keys.ec2 import EC2Key
from pycose.messages.sign1message import Sign1Message

from models.certificates import base45
from reports.cards import draw_cards
from reports.certificate import draw_certificates
from reports.certificate_layout import A4, CARDS, DPI
from reports.qr import fit_qr
from reports.waiting_slip import draw_waiting, draw_waiting_roll
from tests.reports.letters import WAITING, letter, letter_paper
from tests.reports.papers import FULL, NIK, SITI, boxes, certificate, metadata, named, pages, roll, signer, slip

LONG = "Raden Ajeng Kanjeng Gusti Putri Siti Nurhayati Kusumaningrum Wulandari Sastroatmodjo Hadiningrat Ayu"
THREE = (replace(named("Sukarno"), name="Sukarno", number=1), FULL, replace(named(LONG), number=3, has_eu_code=False))


def drawn(draw: Callable[..., None], *args: Any) -> bytes:
    out = BytesIO()
    draw(*args, out)
    return out.getvalue()


PAPERS: dict[str, tuple[Callable[[], bytes], int, int]] = {
    "a6": (partial(slip, FULL), 300, 1),
    "a6 at 203 dpi": (partial(slip, FULL), 203, 1),
    "80 mm at 203 dpi": (partial(roll, FULL), 203, 1),
    "80 mm at 300 dpi": (partial(roll, FULL, dpi=300, dots=848), 300, 1),
    "58 mm at 203 dpi": (partial(roll, FULL, dots=384), 203, 1),
    "a4": (partial(drawn, draw_certificates, [THREE]), 203, 3),
    "cards": (partial(drawn, draw_cards, [*THREE, *THREE, FULL, SITI]), 300, 8),
    "letter": (partial(letter, letter_paper()), 203, 1),
}
"""How each is drawn, the dots an inch it is printed with, and how many codes are on it."""


@cache
def paper(name: str) -> bytes:
    return PAPERS[name][0]()


@cache
def read(name: str) -> tuple[str, ...]:
    """What zxing finds among the dots of the first page."""
    document = pypdfium2.PdfDocument(paper(name))
    picture = document[0].render(scale=PAPERS[name][1] / 72, grayscale=True).to_pil()
    document.close()
    return tuple(code.text for code in zxingcpp.read_barcodes(picture))


def packed(text: str) -> bytes:
    return zlib.decompress(base45.decode(text.partition(":")[2]))


def accepted_by_cwt(message: bytes) -> bool:
    pem = _public().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        COSE.new().decode(message, COSEKey.from_pem(pem, kid=signer().kid, alg="ES256"))
    except cwt.VerifyError:
        return False
    return True


def accepted_by_pycose(message: bytes) -> bool:
    decoded = Sign1Message.decode(message)
    numbers = _public().public_numbers()
    decoded.key = EC2Key(crv="P_256", x=numbers.x.to_bytes(32, "big"), y=numbers.y.to_bytes(32, "big"))
    return bool(decoded.verify_signature())


def _public() -> ec.EllipticCurvePublicKey:
    key = x509.load_der_x509_certificate(signer().der).public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key


def edited(message: bytes) -> bytes:
    """Another dose, another doctor's day: one letter of what was signed."""
    protected, unprotected, payload, signature = cbor2.loads(message).value
    other = payload.replace(b"2021-12-20", b"2021-12-21").replace(b"2026-12-04", b"2027-12-04")
    assert other != payload
    return cbor2.dumps(cbor2.CBORTag(18, [protected, unprotected, other, signature]))


@pytest.mark.parametrize("name", PAPERS)
def test_two_foreign_programs_accept_what_is_read_from_the_dots_and_refuse_it_once_edited(name: str) -> None:
    texts = read(name)
    assert len(texts) == PAPERS[name][2]
    for text in set(texts):
        message = packed(text)
        assert accepted_by_cwt(message)
        assert accepted_by_pycose(message)
        assert not accepted_by_cwt(edited(message))
        assert not accepted_by_pycose(edited(message))


@pytest.mark.parametrize("name", PAPERS)
def test_of_the_nik_no_paper_holds_more_than_four_digits_in_any_layer(name: str) -> None:
    pdf = paper(name)
    layers = [pdf.decode("latin-1"), *pages(pdf)]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        layers.append(_unpacked(stream).decode("latin-1"))
    claims = []
    for text in set(read(name)):
        message = packed(text)
        layers += [text, base45.decode(text.partition(":")[2]).decode("latin-1"), message.decode("latin-1")]
        claims.append(str(cbor2.loads(cbor2.loads(message).value[2])))
    assert any(f"{NIK[:4]}****" in layer for layer in layers)
    for secret in (NIK, NIK[4:], NIK[4:12], NIK[-8:], NIK[:6]):
        assert not any(secret in layer for layer in [*layers, *claims]), secret
    said = [*pages(pdf), *claims, str(metadata(pdf))]
    assert not any(NIK[-4:] in words for words in said)
    assert not any(NIK[:4] in words for words in [*claims, str(metadata(pdf))])


def _unpacked(stream: bytes) -> bytes:
    try:
        plain = base64.a85decode(stream.strip().removesuffix(b"~>")) if stream.strip().endswith(b"~>") else stream
        return zlib.decompress(plain)
    except (ValueError, zlib.error):
        return stream


@pytest.mark.parametrize("name", PAPERS)
def test_the_metadata_names_nobody_and_every_font_is_in_the_file(name: str) -> None:
    said = " ".join(metadata(paper(name)).values())
    assert not [word for word in ("Siti", "Rahmawati", "Sukarno", "Sari", "1987") if word in said]
    document = pypdfium2.PdfDocument(paper(name))
    fonts = [item.get_font().is_embedded for item in document[0].get_objects([1])]
    document.close()
    assert fonts
    assert all(fonts)


@pytest.mark.parametrize("name", ["Sukarno", SITI.name, LONG, "M" * 100])
@pytest.mark.parametrize("box", [A4.qr, CARDS.qr])
def test_office_paper_has_the_sure_correction_in_whole_dots_whatever_the_name(name: str, box: float) -> None:
    code = fit_qr(certificate(name), box, DPI)
    assert (code.correction, code.dots >= 5, code.side <= box) == ("Q", True, True)


def test_english_stands_beside_indonesian_and_no_words_leave_the_page_or_cover_others() -> None:
    (page,) = pages(paper("a4"))
    for words in (
        "SERTIFIKAT VAKSINASI COVID-19", "COVID-19 vaccination certificate", "Date of birth", "Dose 2 of 2", "2021-12-20",
        "ke-3 (penguat)", "3 (booster)", "Certificate ID", "di luar daftar Uni Eropa", "no EU code", "0561-123456", "NIK",
    ):  # fmt: skip
        assert words in page, words
    for name, (width, height) in {"a4": (595, 842), "cards": (595, 842), "letter": (420, 595)}.items():
        placed = boxes(paper(name))
        for at, (words, one) in enumerate(placed):
            assert 15 <= one[0] < one[2] <= width - 15, words
            assert 15 <= one[1] < one[3] <= height - 15, words
            for other_words, other in placed[at + 1 :]:
                apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] - 1.5 or other[1] >= one[3] - 1.5
                assert apart, (name, words, other_words)


def test_a_fourth_dose_goes_on_to_another_page_and_each_person_begins_a_new_one() -> None:
    people = pages(drawn(draw_certificates, [(*THREE, SITI), THREE[:1]]))
    assert [page.count("Certificate ID") for page in people] == [3, 1, 1]


def test_a_letter_is_no_certificate_at_first_sight_and_tells_no_reason() -> None:
    (page,) = pages(paper("letter"))
    for words in (
        "SURAT KETERANGAN, BUKAN SERTIFIKAT", "dr. Sari Puspita", "SIP 503/1234/SIP-D/2021", "DITUNDA",
        "sampai dengan Jumat, 4 Desember 2026", "tidak memuat diagnosis", "Periksa slip",
    ):  # fmt: skip
        assert words in page, words
    assert read("letter")[0].startswith("PVS1:"), "no HC1 reader takes it for a certificate"
    (page,) = pages(letter(letter_paper(kind="excluded", until=None)))
    assert "TIDAK DIBERIKAN" in page
    assert "sampai ditinjau kembali oleh dokter" in page


def test_the_slip_of_who_waits_says_when_and_where_and_shames_nobody() -> None:
    for pdf in (drawn(draw_waiting, WAITING), drawn(draw_waiting_roll, WAITING)):
        (page,) = pages(pdf)
        for words in ("STOK VAKSIN KOSONG", SITI.name, "Jumat, 27 November 2026", "Posyandu Melati", "0561-123456"):
            assert words in page, words
        assert "ditunda" not in page.lower()
    (page,) = pages(drawn(draw_waiting, replace(WAITING, stock=False, service_day=None)))
    assert "tanyakan dahulu." in " ".join(page.split()), "to its last word"
    assert "MENUNGGU JADWAL" in page
    assert "Sabtu, 21 November 2026" in page
