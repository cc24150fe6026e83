"""What a NIK looks like beside the line it was typed in, and where the card says something else: the card wins."""

from __future__ import annotations

from gui.language import tr
from gui.parts import Kind
from models.people.birth import BirthDate
from models.people.nik import Nik
from models.places.regions import Regions


def note_of(nik: Nik, regions: Regions, born: BirthDate | None, sex: str, *, disputed: bool) -> tuple[str, Kind]:
    """Words and colour. `born` and `sex` are those on the card, None and "" while they are not typed."""
    if disputed:
        return tr("NIK dipakai juga oleh orang lain: diselesaikan nanti"), "ask"
    other = []
    if born is not None and any(each.code == "nik.birth_date_differs" for each in nik.questions(birth=born, sex=nik.sex)):
        other.append(tr("tanggal lahir"))
    if sex and sex != nik.sex:
        other.append(tr("jenis kelamin"))
    if other:
        return tr("Beda dari NIK: {what}. KTP yang berlaku").format(what=tr(" dan ").join(other)), "ask"
    prefix = regions.known_prefix(nik.prefix)
    where = prefix.name or tr("wilayah tidak dikenal: periksa angkanya")
    odd = nik.notices(regions)  # shown, never asked: codes of places change, a NIK does not
    words = tr("16 angka, kode lama · {where}") if odd and prefix.path else tr("16 angka, bentuk benar · {where}")
    return words.format(where=where), "ask" if odd else "good"
