"""What is known of somebody, field by field, in the words of the KTP; and what a correction changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gui.desk import Desk
from gui.language import tr
from gui.panels.person_words import birth_words, group_names, sex_names
from models.overview.people import PersonFile
from models.people.person import PersonDraft
from models.people.phone import national
from models.people.queries import RecipientRow, VersionRow
from models.places.zones import ZONES, local_day
from reports import formats


@dataclass(frozen=True)
class Change:
    """One field that was changed, or the beginning of a record when `before` is empty and `field` says so."""

    at: datetime
    by: str
    field: str
    before: str
    after: str
    reason: str


def fields_of(person: PersonDraft, desk: Desk) -> dict[str, str]:
    """Label to text, in the order of the KTP; "–" where nothing is known. The whole NIK: the person was opened."""
    place = " / ".join(part for part in (person.rt, person.rw) if part)
    identity = {"passport": tr("paspor"), "kk": tr("KK")}.get(person.identity_kind or "", "")
    disputed = tr(" (dipersoalkan)") if person.disputed else ""
    texts = {
        tr("NIK"): formats.nik_grouped(person.nik.digits) + disputed if person.nik else "",
        tr("Tanpa NIK karena"): person.reason_without_nik,
        tr("Nomor lain"): f"{identity} {person.identity_number}" if person.identity_number else "",
        tr("Nama"): person.name,
        tr("Lahir"): birth_words(person.birth.date, person.birth.precision),
        tr("Jenis kelamin"): sex_names()[person.sex],
        tr("No. HP"): national(person.phone) if person.phone else "",
        tr("Kecamatan"): desk.regions.name(person.kecamatan) if person.kecamatan else "",
        tr("Desa"): desk.regions.name(person.desa) if person.desa else "",
        tr("Dusun, alamat"): ", ".join(part for part in (person.dusun, person.address) if part),
        tr("RT / RW"): place,
        tr("Wali"): person.guardian,
        tr("Pekerjaan"): person.occupation,
        tr("Kartu BPJS"): person.bpjs,
        tr("Kelompok"): group_names().get(person.group, person.group) if person.group else tr("menurut umur"),
        tr("Komorbid"): ", ".join(person.comorbidities),
    }
    return {label: text or formats.NOTHING for label, text in texts.items()}


def what_can_be_done(desk: Desk) -> str:
    """Before anybody is looked for: what this account may do here."""
    lines = [tr("Ketik NIK, nama (boleh dengan tahun lahir), atau nomor HP di atas, atau pindai slip.")]
    known = [tr("riwayat dosis dan kunjungan"), tr("semua perubahan dengan alasannya")]
    if desk.may("slips.print"):
        known.append(tr("cetak ulang slip"))
    if desk.may("people.correct"):
        known.append(tr("menggabungkan dua data milik satu orang"))
    lines.append(tr("Pada data seseorang: {known}.").format(known=", ".join(known)))
    if desk.may("people.correct"):
        lines.append(tr("Perlu diselesaikan (F4): NIK yang dipakai dua orang, dan data yang mungkin ganda."))
    return "\n\n".join(lines)


def changes_of(file: PersonFile, desk: Desk) -> list[Change]:
    """What was ever typed over, joined and parted, newest first."""
    found: list[Change] = []
    for record, versions in file.versions.items():
        found += _of_record(file, record, versions, desk)
    names = {row.id: row.person.name for row in file.records}
    for join in file.joins:
        pair = " + ".join(names.get(each, tr("data lain")) for each in (join.main, join.other))
        found.append(Change(join.at, _who(file, join.account), tr("Digabungkan"), "", pair, join.reason))
        if join.undone_at is not None:
            by = _who(file, join.undone_by)
            found.append(Change(join.undone_at, by, tr("Dipisahkan"), pair, "", join.undone_reason or ""))
    return sorted(found, key=lambda change: change.at, reverse=True)


def _of_record(file: PersonFile, record: UUID, versions: tuple[VersionRow, ...], desk: Desk) -> list[Change]:
    other = len(file.records) > 1 and record != file.row.id
    found = []
    before: dict[str, str] | None = None
    for version in versions:
        now, by = fields_of(version.person, desk), _who(file, version.account)
        if before is None:
            what = tr("Didaftarkan (data lain)") if other else tr("Didaftarkan")
            found.append(Change(version.recorded_at, by, what, "", version.person.name, version.reason))
        else:
            found += [
                Change(version.recorded_at, by, label, before[label], text, version.reason)
                for label, text in now.items()
                if text != before[label]
            ]
        before = now
    return found


def _who(file: PersonFile, account: UUID | None) -> str:
    return file.accounts.get(account, formats.NOTHING) if account else formats.NOTHING


def moment(at: datetime, desk: Desk) -> str:
    """20-12-2021 09.42 on the clocks of the puskesmas."""
    zone = desk.facility.zone
    return f"{formats.day_short(local_day(at, zone))} {formats.clock(at, ZONES[zone])}"


def who_is(row: RecipientRow) -> str:
    """Name and date of birth on one line."""
    return f"{row.person.name}, {birth_words(row.person.birth.date, row.person.birth.precision)}"
