"""What the lines of a stock card say, the same on the screen, on paper and in the workbook.

Indonesian in this file and not in the translations: the paper goes to the Dinas whatever language the screen has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from models.stock.cards.book import BookLine
from models.stock.places import DESTROYED, DIFFERENCE, DISCARDED, OPENED, OTHER_FACILITY, SUPPLIER, THAWED, TRANSIT
from reports import formats

PLACES: Final = {
    SUPPLIER: "pemasok", OPENED: "vial terbuka", DISCARDED: "pembuangan", DESTROYED: "pemusnahan", DIFFERENCE: "selisih",
    TRANSIT: "perjalanan", OTHER_FACILITY: "faskes lain", THAWED: "pencairan",
}  # fmt: skip
CAUSES: Final = {
    "expired": "kedaluwarsa", "vvm": "VVM C/D", "frozen": "beku", "heat": "kena panas", "broken": "pecah", "missing": "hilang",
    "outreach": "kotak dingin dari lapangan tidak terjaga", "recalled": "ditarik", "other": "lain",
    "not_entered_out": "keluar belum dicatat", "not_entered_in": "masuk belum dicatat", "swapped": "tertukar batch",
    "earlier_count": "salah hitung sebelumnya",
}  # fmt: skip
_GONE: Final = {DISCARDED: "Dibuang", DESTROYED: "Dimusnahkan", DIFFERENCE: "Selisih", OTHER_FACILITY: "Ke faskes lain"}


def line_words(line: BookLine, names: Mapping[str, str]) -> str:
    """What happened, with whom and why; `names` are those of the posts by their place in the ledger."""
    words = opened_words(line) if line.kind == "opened" else _moved(line, place_words(line.other, names))
    if line.cause and line.cause != "other":
        words += f": {CAUSES.get(line.cause, line.cause)}"
    if line.inside:
        words += f", {formats.number(line.inside)} vial"
    if line.reason:
        words += f" · {line.reason}"
    return words + (" (dibatalkan)" if line.reversed else "")


def place_words(place: str, names: Mapping[str, str]) -> str:
    """A post by its name, a virtual place in words."""
    return names.get(place) or PLACES.get(place, "pos lain")


def opened_words(line: BookLine) -> str:
    """Opened vials with what was drawn of them by now."""
    what = f"Dibuka {formats.number(line.count)} vial" if line.count > 1 else "Dibuka"
    where = f", {line.station}" if line.station else ""
    if not line.doses and line.closed and not line.left and not line.station:
        return what  # of another system's ledger: nobody knows what was drawn
    rest = f", {'terbuang' if line.closed else 'sisa'} {formats.number(line.left)}" if line.left else ""
    return f"{what}{where}: {formats.number(line.doses)} dosis{rest}"


def _moved(line: BookLine, other: str) -> str:
    """A movement of whole vials."""
    kinds = {
        "receipt": f"Diterima dari {line.supplier or other}",
        "sent": f"Dikirim ke {other}",
        "received": f"Diterima dari {other}",
        "returned": f"Ditolak {other}, kembali" if line.into else "Ditolak, kembali ke pengirim",
        "missing": "Kurang saat diterima",
        "back": f"Kembali dari {other}" if line.into else f"Kembali ke {other}",
        "discard": "Dibuang",
        "destroyed": "Dimusnahkan",
        "count": "Stok opname",
        "thawed": "Dicairkan" if line.out else "Hasil pencairan",
        "reversal": f"Pembatalan, dari {other}" if line.into else f"Pembatalan, ke {other}",
    }
    known = kinds.get(line.kind) or (_GONE.get(line.other) if line.out else None)
    return known or (f"Masuk dari {other}" if line.into else f"Keluar ke {other}")
