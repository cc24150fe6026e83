"""An invented doctor's letter and the slip of who waits."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO

from models.certificates.letters import LetterFacts, write_letter
from models.overview.letter_facts import LetterPaper, WaitingFacts
from reports.letter import draw_letter
from tests.reports.papers import ISSUED, NIK, UVCI, signer

UNTIL = date(2026, 12, 4)


@cache
def letter_text(name: str, kind: str, until: date | None) -> str:
    facts = LetterFacts(
        kind=kind, name=name, birth="1987-04-12", doctor="dr. Sari Puspita", sip="503/1234/SIP-D/2021", until=until,
        day=date(2026, 11, 20), facility="Puskesmas Sungai Kakap", facility_code="6112090101",
    )  # fmt: skip
    return write_letter(facts, signer(), number=UVCI, issued_at=ISSUED)


def letter_paper(name: str = "Siti Nur Hidayati Rahmawati", kind: str = "postponed", until: date | None = UNTIL) -> LetterPaper:
    return LetterPaper(
        facility="Puskesmas Sungai Kakap", place="Kecamatan Sungai Kakap, Kabupaten Kubu Raya, Kalimantan Barat",
        address="Jl. Raya Sungai Kakap No. 12", town="Sungai Kakap", name=name, birth_date=date(1987, 4, 12),
        birth_precision="day", nik_start=NIK[:4], kind=kind, doctor="dr. Sari Puspita", sip="503/1234/SIP-D/2021",
        until=until, day=date(2026, 11, 20), post="Posyandu Melati", phone="0561-123456", number=UVCI,
        text=letter_text(name, kind, until),
    )  # fmt: skip


WAITING = WaitingFacts(
    facility="Puskesmas Sungai Kakap", place="Kecamatan Sungai Kakap, Kabupaten Kubu Raya", name="Siti Nur Hidayati Rahmawati",
    day=date(2026, 11, 20), post="Posyandu Melati", stock=True, from_day=date(2026, 11, 21), service_day=date(2026, 11, 27),
    service_at="Posyandu Melati", phone="0561-123456",
)  # fmt: skip


def letter(paper: LetterPaper, watermark: str | None = None) -> bytes:
    out = BytesIO()
    draw_letter(paper, out, watermark=watermark)
    return out.getvalue()
