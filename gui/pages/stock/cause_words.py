"""Why vials are written off or differ, and how they are destroyed, as the screen says it."""

from __future__ import annotations

from gui.language import tr
from models.stock.counts import count
from models.stock.discards import discard


def discard_causes() -> list[tuple[str, str]]:
    """(code, words), in the order of the codes."""
    words = {
        "expired": tr("Kedaluwarsa"), "vvm": tr("VVM C atau D"), "frozen": tr("Beku"), "heat": tr("Kena panas"),
        "broken": tr("Pecah atau rusak"), "missing": tr("Hilang"), "outreach": tr("Kembali dari lapangan, kotak tidak terjaga"),
        "recalled": tr("Ditarik (recall)"), "other": tr("Lain, tulis keterangannya"),
    }  # fmt: skip
    return [(code, words[code]) for code in discard.CAUSES]


def count_causes(difference: int = 0) -> list[tuple[str, str]]:
    """The same for differences of a count; of the causes that fit a `difference`, all of them for none."""
    words = {
        "not_entered_out": tr("Keluar belum dicatat"), "not_entered_in": tr("Masuk belum dicatat"),
        "broken": tr("Pecah, belum dicatat"), "missing": tr("Hilang"), "swapped": tr("Tertukar dengan batch lain"),
        "earlier_count": tr("Salah hitung sebelumnya"), "other": tr("Lain, tulis keterangannya"),
    }  # fmt: skip
    return [(code, words[code]) for code in (count.causes_of(difference) if difference else count.CAUSES)]


def methods() -> list[tuple[str, str]]:
    """(what stands on the paper, what is chosen); nothing on the paper where the note says it."""
    return [
        (tr("insinerator"), tr("Insinerator")), (tr("autoklaf"), tr("Autoklaf")), (tr("enkapsulasi"), tr("Enkapsulasi")),
        (tr("penyerahan kepada pengolah limbah medis berizin"), tr("Pengolah limbah medis berizin")),
        ("other", tr("Lain, tulis keterangannya")),
    ]  # fmt: skip
