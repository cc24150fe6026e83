"""The people of a batch as a workbook, for whoever calls them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from models.overview.stock.paper_facts import Letterhead
from reports import formats
from reports.sheets import Cell, workbook


def people_workbook(
    head: Letterhead, title: str, lines: Sequence[Sequence[Cell]], taken_at: datetime, watermark: str | None
) -> bytes:
    """`lines`: name, birth, phone, desa, dusun, RT, RW, dose number, day, post."""
    out = io.BytesIO()
    day = taken_at.astimezone(head.zone).date()
    as_of = f"Per {formats.day_long(day)} {formats.clock(taken_at, head.zone)}"
    words = (f"{head.facility} · kode {head.code} · {head.place}", as_of)
    with workbook(out, title, words, taken_at=taken_at, zone=head.zone, watermark=watermark) as sheets:
        titles = ("Nama", "Tanggal lahir", "HP", "Desa", "Dusun", "RT", "RW", "Dosis", "Tanggal", "Pos")
        sheets.add("Penerima", titles, lines, wide=True)
    return out.getvalue()
