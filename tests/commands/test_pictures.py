"""QR codes in whatever a phone, a scanner or a chat made of a slip, and in files that hold several."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import qrcode
from PIL import Image, ImageOps
from reportlab.pdfgen.canvas import Canvas

from gui.commands.pictures import MOST_PAGES, qr_texts
from models.certificates.authority import certify, fingerprint, make_authority
from models.certificates.issuing import issue
from models.certificates.keys import make_request, signing_key
from models.certificates.lists import ListedSigner, sign_revocation_list, sign_trust_list
from models.certificates.trust_store import TrustStore
from models.errors import Refused
from tests.commands.conftest import Call
from tests.models.certificates.vectors import FACTS, UVCI

TEXT = "HC1:" + "6BFOXN*TS0BI$ZD" * 4
CODE = qrcode.make(TEXT, box_size=4).convert("L")


def turned(by: int) -> Image.Exif:
    """As a phone notes how it was held."""
    exif = Image.Exif()
    exif[0x0112] = by
    return exif


def dark_on_nothing(mode: str) -> Image.Image:
    """Black signs on a ground that is transparent, and black underneath."""
    empty = Image.new(mode, CODE.size, 0)
    empty.putalpha(ImageOps.invert(CODE))
    return empty


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("abu.png", CODE.save),
        ("abu.jpg", CODE.save),
        ("abu-alfa.png", CODE.convert("LA").save),
        ("tembus.png", lambda path: dark_on_nothing("LA").save(path)),
        ("tembus-warna.png", lambda path: dark_on_nothing("RGBA").save(path)),
        ("16-bit.png", lambda path: CODE.convert("I").point(lambda value: value * 257).convert("I;16").save(path)),
        ("gelap-16-bit.tif", lambda path: CODE.convert("I").point(lambda value: value * 9).convert("I;16").save(path)),
        ("cetak.jpg", CODE.convert("RGB").convert("CMYK").save),
        ("palet.png", CODE.convert("RGB").quantize(8).save),
        ("palet-tembus.png", lambda path: CODE.convert("1").convert("P").save(path, transparency=255)),
        ("hitam-putih.png", CODE.convert("1").save),
        ("miring.jpg", lambda path: CODE.rotate(90, expand=True).save(path, exif=turned(6))),
        ("cermin.jpg", lambda path: ImageOps.mirror(CODE).save(path, exif=turned(2))),
        ("warna.webp", CODE.convert("RGB").save),
    ],
)
def test_every_kind_of_picture_is_read(tmp_path: Path, name: str, save: Callable[[Path], None]) -> None:
    save(tmp_path / name)
    assert qr_texts(tmp_path / name) == [TEXT]


@pytest.mark.parametrize("content", [b"", b"HC1:", b"\x89PNG\r\n\x1a\n", b"%!PS-Adobe-3.0", b"%PDF-1.7"])
def test_what_is_no_picture_is_called_that(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.png").write_bytes(content)
    with pytest.raises(Refused) as problem:
        qr_texts(tmp_path / "x.png")
    assert problem.value.code == "command.no_picture"


def test_a_pdf_is_looked_at_to_its_last_page_or_not_at_all(tmp_path: Path) -> None:
    def pdf(pages: int) -> Path:
        paper = Canvas(str(tmp_path / "x.pdf"), pagesize=(CODE.width, CODE.height))
        for _ in range(pages - 1):
            paper.showPage()
        paper.drawInlineImage(CODE, 0, 0)
        paper.save()
        return tmp_path / "x.pdf"

    assert qr_texts(pdf(12)) == [TEXT]
    with pytest.raises(Refused) as problem:
        qr_texts(pdf(MOST_PAGES + 1))
    assert problem.value.code == "command.too_many_pages"


def test_all_of_a_picture_are_told_and_the_worst_one_is_the_exit_code(tmp_path: Path, call: Call) -> None:
    now = datetime.now(UTC)
    district = make_authority("3201", "Dinas Kesehatan", now)
    request, private = make_request("3201010101", "Puskesmas Sukamaju", "")  # as the certificates name it
    key = signing_key(certify(request, district, now), private)
    counter = TrustStore(tmp_path / "loket")
    counter.pin(district.der, fingerprint(district.der))
    counter.take_in(sign_trust_list([ListedSigner(key.der)], district, sequence=1, now=now), now)
    counter.take_in(sign_revocation_list([], district, sequence=1, now=now), now)
    good = [issue(FACTS, key, uvci=UVCI, issued_at=now) for _ in range(2)]
    forged = good[0][:99] + ("A" if good[0][99] != "A" else "B") + good[0][100:]

    def told(*texts: str) -> tuple[int, str, dict[str, object]]:
        page = Image.new("L", (700 * len(texts), 700), 255)
        for at, text in enumerate(texts):
            page.paste(qrcode.make(text, box_size=6).convert("L"), (700 * at + 20, 20))
        page.save(tmp_path / "halaman.png")
        words = call("verify", "--image", tmp_path / "halaman.png", "--lists", counter.path)
        facts = call("verify", "--image", tmp_path / "halaman.png", "--lists", counter.path, "--json").facts
        return words.code, words.out, facts

    code, out, facts = told(*good, "https://contoh.id/survei")
    assert (code, out.count("ASLI DAN BERLAKU"), out.count("BUKAN")) == (0, 2, 0)  # a poster beside the slips is none of them
    assert (facts["state"], len(facts["all"])) == ("valid", 2)  # type: ignore[arg-type]  # a list
    code, out, facts = told(good[0], forged, good[1])
    assert (code, facts["state"], out.splitlines()[0]) == (1, "false", "3 QR di berkas ini. Perhatian: 1 PALSU ATAU RUSAK")
    code, out, facts = told(good[0])
    assert (code, out.splitlines()[0], "all" in facts) == (0, "ASLI DAN BERLAKU", False)
