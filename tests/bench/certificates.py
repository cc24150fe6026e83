"""`python -m tests.bench.certificates`: a thousand slips as one PDF beside the plain way, and the district's revocation list.

The plain way is what the libraries' first examples show: qrcode looks for its mask, the code becomes a PNG, ReportLab puts the
picture on the page, one process. The text of the page is the same. Every tenth page of ours is read back and verified.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pypdfium2
import qrcode
import zxingcpp
from reportlab.lib.pagesizes import A6
from reportlab.lib.utils import ImageReader

from models.certificates import TrustedKey, verify
from models.certificates.authority import make_authority
from models.certificates.issuing import issue
from models.certificates.keys import make_signing_key
from models.certificates.lists import read_revocation_list, sign_revocation_list
from models.certificates.payload import CertificateFacts
from models.certificates.uvci import make_uvci
from models.overview.slip_facts import SlipFacts
from reports.batch import draw_batch
from reports.certificate_words import TITLE
from reports.page import mm, new_canvas, text
from reports.slip import draw_slips
from tests.reports.papers import FULL

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
KEY = make_signing_key("6112090101", "Puskesmas Sungai Kakap", NOW)
FIRST = ("SITI", "AHMAD", "NUR", "DEWI", "BUDI", "SRI", "MUHAMMAD", "AGUS", "RINA", "YUSUF")
LAST = ("HIDAYATI", "SUSANTO", "RAHMAWATI", "PRATAMA", "LESTARI", "WIJAYA", "HASANAH", "SAPUTRA")


def say(line: str) -> None:
    """One line of the answer."""
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.certificates", description=__doc__)
    parser.add_argument("--slips", type=int, default=1_000)
    parser.add_argument("--plain", type=int, default=200, help="how many the plain way draws; its time is per slip")
    parser.add_argument("--certificates", type=int, default=3_900_000)
    wanted = parser.parse_args()
    _batch(wanted.slips, wanted.plain)
    _revocations(wanted.certificates)
    return 0


def signed(count: int) -> list[SlipFacts]:
    """Different people with a signed certificate each."""
    chance = random.Random(20_211_220)  # noqa: S311 - the same names in every run
    made = []
    for number in range(count):
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {chance.choice(LAST)}".title()
        uvci = make_uvci("6112090101", chance.randbytes(10))
        facts = CertificateFacts(
            name=name, birth=f"{1940 + number % 60}-04-12", product="coronavac", product_name="CoronaVac", maker="Sinovac",
            number=2, series=2, day=FULL.day, facility="Puskesmas Sungai Kakap", facility_code="6112090101",
        )  # fmt: skip
        made.append(replace(FULL, name=name, uvci=uvci, certificate=issue(facts, KEY, uvci=uvci, issued_at=NOW)))
    return made


def plain_pdf(slips: list[SlipFacts]) -> bytes:
    """The page's words as ours, the code as a picture."""
    out = io.BytesIO()
    canvas = new_canvas(out, A6, TITLE)
    for facts in slips:
        for line, words in enumerate((facts.facility, facts.name, facts.product, facts.batch, facts.post, facts.uvci)):
            text(canvas, 8 * mm, A6[1] - (line + 2) * 5 * mm, words, 8)
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q)
        code.add_data(facts.certificate)
        code.make(fit=True)
        picture = io.BytesIO()
        code.make_image().save(picture, "PNG")
        picture.seek(0)
        canvas.drawImage(ImageReader(picture), 8 * mm, 18 * mm, 43 * mm, 43 * mm)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _timed(work: Callable[[], bytes]) -> tuple[float, int, bytes]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, len(made), made


def _batch(slips: int, plain: int) -> None:
    def ours() -> bytes:
        out = io.BytesIO()
        draw_batch(signed(slips), out, count=slips)
        return out.getvalue()

    def one_process() -> bytes:
        out = io.BytesIO()
        draw_slips(signed(plain), out)
        return out.getvalue()

    plain_time, plain_size, _ = _timed(lambda: plain_pdf(signed(plain)))
    single_time, single_size, _ = _timed(one_process)
    our_time, our_size, pdf = _timed(ours)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for name, took, size, count in (
        ("plain", plain_time, plain_size, plain), ("ours, one process", single_time, single_size, plain),
        ("ours", our_time, our_size, slips),
    ):  # fmt: skip
        say(f"{name:18} {1000 * took / count:7.1f} ms and {size / count / 1024:5.1f} KiB a slip ({count} slips, {took:.1f} s)")
    say(f"{(plain_time / plain) / (our_time / slips):.1f} times faster, {(plain_size / plain) / (our_size / slips):.1f} times "
          f"smaller, {memory:.0f} MiB at its highest")  # fmt: skip
    say(f"{_verified(pdf, slips)} of 50 pages read at 203 dpi and verified")


def _verified(pdf: bytes, slips: int) -> int:
    trust = [TrustedKey(KEY.kid, KEY.der)]
    document = pypdfium2.PdfDocument(pdf)
    good = 0
    for number in range(0, slips, max(slips // 50, 1)):
        codes = zxingcpp.read_barcodes(document[number].render(scale=203 / 72).to_pil())
        good += len(codes) == 1 and verify(codes[0].text, trust, NOW + timedelta(days=1)).valid
    document.close()
    return good


def _revocations(certificates: int) -> None:
    """0.5 % of them taken back."""
    authority = make_authority("6112", "Dinas Kesehatan Kabupaten Kubu Raya", NOW)
    revoked = certificates // 200
    hashes = [hashlib.sha256(number.to_bytes(8, "big")).digest()[:16] for number in range(revoked)]
    file = sign_revocation_list(hashes, authority, sequence=1, now=NOW)
    begun = time.perf_counter()
    found = read_revocation_list(file, authority.der)
    loaded = time.perf_counter() - begun
    numbers = [f"URN:UVCI:01:ID:6112090101/{number:016}#A" for number in range(10_000)]
    begun = time.perf_counter()
    hits = sum(number in found for number in numbers)
    took = (time.perf_counter() - begun) / len(numbers)
    say(f"{certificates:,} certificates, {revoked:,} taken back: {len(file) / 1024:.0f} KiB, read and checked in "
          f"{1000 * loaded:.0f} ms, {1e6 * took:.1f} µs a look-up, {hits} of {len(numbers):,} others found")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
