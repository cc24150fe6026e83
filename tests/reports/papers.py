"""Facts of an invented day and tools that read a PDF as a person, a scanner or a search machine would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from io import BytesIO

import pypdfium2
import zxingcpp

from models.certificates.issuing import issue
from models.certificates.keys import SigningKey, make_signing_key
from models.certificates.payload import CertificateFacts
from models.certificates.uvci import make_uvci
from models.overview.recap_facts import BatchRow, Correction, DesaRow, GroupRow, People, RecapFacts, Signer
from models.overview.slip_facts import SlipDose, SlipFacts
from reports.recap import draw_recap
from reports.roll import draw_roll
from reports.slip import draw_slip

ISSUED = datetime(2026, 11, 20, 3, tzinfo=UTC)
AT = datetime(2026, 12, 1, tzinfo=UTC)
UVCI = make_uvci("6112090101", bytes(range(10)))
NIK = "3201015204870003"  # issued elsewhere, so that the facility's own code cannot hide it


@cache
def signer() -> SigningKey:
    return make_signing_key("6112090101", "Puskesmas Sungai Kakap", ISSUED - timedelta(days=30))


@cache
def certificate(name: str) -> str:
    facts = CertificateFacts(
        name=name,
        birth="1987-04-12",
        product="coronavac",
        product_name="CoronaVac (Sinovac)",
        maker="Sinovac",
        number=2,
        series=2,
        day=date(2021, 12, 20),
        facility="Puskesmas Sungai Kakap",
        facility_code="6112090101",
    )
    return issue(facts, signer(), uvci=UVCI, issued_at=ISSUED)


SITI = SlipFacts(
    facility="Puskesmas Sungai Kakap",
    place="Kecamatan Sungai Kakap, Kabupaten Kubu Raya",
    name="Siti Nur Hidayati Rahmawati",
    birth_date=date(1987, 4, 12),
    birth_precision="day",
    nik_start=NIK[:4],
    number=2,
    primary=2,
    half=False,
    product="CoronaVac (Sinovac)",
    batch="202108019K",
    day=date(2021, 12, 20),
    post="Posyandu Melati",
    vaccinator="Ns. Dewi Lestari, S.Kep",
    next_day=date(2022, 6, 20),
    kipi_phone="0561-123456",
    uvci=UVCI,
    certificate=certificate("Siti Nur Hidayati Rahmawati"),
)

FULL = replace(
    SITI,
    doses=(
        SlipDose(1, date(2021, 11, 22), "CoronaVac (Sinovac)", "RSUD Soedarso"),
        SlipDose(2, date(2021, 12, 20), "CoronaVac (Sinovac)", "Posyandu Melati"),
    ),
    service_day=date(2022, 6, 22),
    service_at="Posyandu Melati",
    observe_until=time(10, 57),
)
"""Everything that can stand on a slip."""


def named(name: str) -> SlipFacts:
    return replace(SITI, name=name, certificate=certificate(name))


GROUPS = (
    GroupRow("sdm_kesehatan", ((0, 1), (0, 0), (2, 3), (0, 0))),
    GroupRow("petugas_publik", ((1, 0), (2, 4), (1, 1), (0, 0))),
    GroupRow("lansia", ((6, 9), (4, 7), (0, 0), (0, 0))),
    GroupRow("masyarakat_umum", ((14, 17), (20, 22), (3, 2), (0, 0))),
    GroupRow("kelompok_usia_12_17", ((5, 6), (3, 8), (0, 0), (0, 0))),
    GroupRow("kelompok_usia_6_11", ((11, 12), (0, 0), (0, 0), (0, 0))),
)
DESAS = (
    DesaRow("Sungai Kakap", (20, 14, 4, 0)),
    DesaRow("Sungai Rengas", (18, 12, 3, 0)),
    DesaRow("Jeruju Besar", (11, 10, 1, 0)),
    DesaRow("Pal Sembilan", (9, 9, 0, 0)),
    DesaRow("Punggur Besar", (7, 10, 2, 0)),
    DesaRow("", (17, 15, 2, 0)),
)
SINOVAC = BatchRow(
    product="CoronaVac (Sinovac)",
    batch="202108019K",
    expires=date(2023, 7, 31),
    opening=120,
    received=0,
    sent=40,
    opened=10,
    other=-1,
    closing=69,
    full=96,
    half=0,
    dose_ul=500,
    content_ul=50_000,
    injected_ul=48_000,
    lost=(("spilled", 500), ("dropped", 0)),
    left_ul=1_500,
)
MODERNA = BatchRow(
    product="Moderna (Spikevax)",
    batch="000021A",
    expires=date(2022, 2, 3),
    opening=6,
    received=2,
    sent=0,
    opened=3,
    other=0,
    closing=5,
    full=56,
    half=12,
    dose_ul=500,
    content_ul=21_000,
    injected_ul=31_000,
    lost=(),
    left_ul=500,
    overfill_ul=11_500,
    still_open_ul=1_000,
)
DAY = RecapFacts(
    facility="Puskesmas Sungai Kakap",
    facility_code="6112090101",
    place="Kecamatan Sungai Kakap, Kabupaten Kubu Raya",
    post="",
    day=date(2021, 12, 20),
    zone=timezone(timedelta(hours=7)),
    zone_name="WIB",
    taken_at=datetime(2021, 12, 20, 9, 30, tzinfo=UTC),
    people=People(registered=178, given=164, postponed=8, not_given=3, left=1, in_process=2, came=176),
    groups=GROUPS,
    desas=DESAS,
    batches=(SINOVAC, MODERNA),
    corrections=(Correction(date(2021, 12, 18), "not_injected", "CoronaVac (Sinovac)", 2, 1, "tertukar nama"),),
    errors=0,
    coordinator=Signer("Ns. Dewi Lestari, S.Kep", "198503122010012004"),
    head_of_facility=Signer("dr. Hendra Wijaya", "197609082005011003", acting=True),
    head=bytes(range(32)),
    entries=12_345,
)


def slip(facts: SlipFacts = SITI, watermark: str | None = None) -> bytes:
    out = BytesIO()
    draw_slip(facts, out, watermark=watermark)
    return out.getvalue()


def recap(facts: RecapFacts = DAY, watermark: str | None = None) -> bytes:
    out = BytesIO()
    draw_recap(facts, out, watermark=watermark)
    return out.getvalue()


def pages(pdf: bytes) -> list[str]:
    """The text of each page, spaces and line ends made single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return texts


def read_qr(pdf: bytes, dpi: int, spoil: Callable[[object], None] | None = None) -> list[str]:
    """What a scanner reads from the first page as printed with `dpi`."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[0].render(scale=dpi / 72).to_pil()
    if spoil:
        spoil(image)
    found = [code.text for code in zxingcpp.read_barcodes(image)]
    document.close()
    return found


def boxes(pdf: bytes, page: int = 0) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each printed piece of text with left, bottom, right, top in points."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[page].get_textpage()
    found = [text.get_rect(at) for at in range(text.count_rects())]
    pieces = [(text.get_text_bounded(*box), box) for box in found]
    document.close()
    return pieces


def metadata(pdf: bytes) -> dict[str, str]:
    document = pypdfium2.PdfDocument(pdf)
    found: dict[str, str] = document.get_metadata_dict()
    document.close()
    return found


def size(pdf: bytes) -> tuple[float, float]:
    """Points of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    width, height = document[0].get_size()
    document.close()
    return width, height


def roll(facts: SlipFacts = SITI, watermark: str | None = None, dpi: int = 203, dots: int = 576) -> bytes:
    out = BytesIO()
    draw_roll(facts, out, dpi=dpi, dots=dots, watermark=watermark)
    return out.getvalue()
