"""What stands on the papers of a dose, in the words of all of them: A6, roll, A4 and card.

Indonesian in this file and not in the translations: the paper is an Indonesian document whatever language the screen has.
English stands beside it where somebody abroad may have to read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from models.overview.slip_facts import SlipFacts

TITLE: Final = "Bukti vaksinasi COVID-19"
TITLE_ENGLISH: Final = "COVID-19 vaccination record"
CERTIFICATE: Final = "Sertifikat vaksinasi COVID-19"
CERTIFICATE_ENGLISH: Final = "COVID-19 vaccination certificate"
CHECK: Final = (
    "Cara memeriksa: pindai QR dengan Pos Vaksin atau pembaca HC1 lain yang memuat daftar "
    "kepercayaan kabupaten; tidak perlu internet. Cocokkan nama dan tanggal lahir dengan KTP."
)
CHECK_ENGLISH: Final = (
    "To check: scan the QR with Pos Vaksin or another HC1 verifier that holds the trust list of the district; no internet "
    "is needed. Compare name and date of birth with an identity card."
)
OFF_LIST: Final = "Kode produk ini di luar daftar Uni Eropa; pembaca lain dapat menolaknya."
OFF_LIST_ENGLISH: Final = "This product has no EU code; other verifiers may not accept it."
KIPI: Final = "Ada keluhan setelah vaksinasi (KIPI)? Hubungi"
DISCLAIMER: Final = (
    "Bukti pelayanan puskesmas, bukan sertifikat PeduliLindungi/SATUSEHAT; untuk keperluan pelayanan dalam negeri. "
    "Simpan baik-baik dan jangan unggah foto QR ke media sosial."
)
DISCLAIMER_ENGLISH: Final = (
    "Issued by the health centre for services within the country; not an international travel document. Keep it safe and do "
    "not post a picture of the QR."
)


def nik_words(nik_start: str) -> str:
    """3201************: where it was issued and nothing more. ValueError for more than four digits.

    The usual "last four" would give the whole NIK away, since the birth date stands beside it.
    """
    if len(nik_start) > 4:
        raise ValueError("paper shows at most four digits of a NIK")
    return f"{nik_start}{'*' * 12}" if nik_start else "belum ada"


def short_name(product: str) -> str:
    """Without the maker in brackets, for whom there is no room in a list."""
    return product.split(" (", maxsplit=1)[0]


def dose_words(facts: SlipFacts) -> str:
    """ke-2 dari 2, or ke-3 (penguat), with "separuh dosis" where that was given."""
    place = f"dari {facts.primary}" if facts.number <= facts.primary else "(penguat)"
    words = f"ke-{facts.number} {place}"
    return words + (", separuh dosis" if facts.half else "")


def dose_english(facts: SlipFacts) -> str:
    """2 of 2, or 3 (booster)."""
    words = f"{facts.number} of {facts.primary}" if facts.number <= facts.primary else f"{facts.number} (booster)"
    return words + (", half dose" if facts.half else "")
