"""What a counter reads: one headline for each state, and how old the lists are."""

from __future__ import annotations

from datetime import timedelta

from gui.language import tr
from gui.parts import Kind
from models.certificates.judging import Judgement, State
from models.certificates.trust_store import Believed
from reports import formats

KINDS: dict[State, Kind] = {
    State.VALID: "good", State.OTHER_ISSUER: "ask", State.OLD_LIST: "ask", State.ENDED: "ask", State.CLOCK: "ask",
    State.UNKNOWN: "calm", State.REVOKED: "stop", State.FALSE: "stop",
}  # fmt: skip


def headline(found: Judgement) -> str:
    """In capitals, as on a stamp."""
    if found.is_letter and found.state == State.VALID:
        return tr("SURAT DOKTER ASLI, MASIH BERLAKU")
    return {
        State.VALID: tr("ASLI DAN BERLAKU"),
        State.OLD_LIST: tr("ASLI, DAFTAR LAMA"),
        State.OTHER_ISSUER: tr("KUNCI PUSKESMAS LAIN: TANYAKAN DULU"),
        State.ENDED: tr("ASLI, LEWAT MASA"),
        State.REVOKED: tr("DICABUT"),
        State.FALSE: tr("PALSU ATAU RUSAK"),
        State.UNKNOWN: tr("BUKAN TERBITAN SISTEM INI"),
        State.CLOCK: tr("BELUM PASTI: PERIKSA JAM KOMPUTER"),
    }[found.state]


def holder(found: Judgement) -> tuple[str, str]:
    """Signed name and birth date, as far as they are known."""
    signed = found.certificate or {}
    name = signed.get("nam") or {}
    return " ".join(str(name[key]) for key in ("gn", "fn") if name.get(key)), day(str(signed.get("dob") or ""))


def details(found: Judgement) -> list[tuple[str, str]]:
    """What else was signed, as pairs of a word and its value."""
    entry = found.entry
    if not entry:
        return []
    if found.is_letter:
        kinds = {"postponed": tr("vaksinasi ditunda"), "excluded": tr("tidak dapat divaksin")}
        return [
            (tr("Keterangan"), kinds.get(str(entry.get("kind")), formats.NOTHING)),
            (tr("Dokter"), tr("{doctor}, SIP {sip}").format(doctor=entry["dr"], sip=entry["sip"])),
            (tr("Sampai"), day(str(entry["until"])) if entry["until"] else tr("ditinjau dokter")),
            (tr("Penerbit"), str(entry["is"])),
            (tr("Nomor"), str(entry["ci"])),
            *signed_by(found),
        ]
    return [
        (tr("Dosis"), tr("ke-{number} dari {series}").format(number=_whole(entry["dn"]), series=_whole(entry["sd"]))),
        (tr("Vaksin"), str(entry.get("mp", formats.NOTHING))),
        (tr("Tanggal"), day(str(entry.get("dt", "")))),
        (tr("Penerbit"), str(entry.get("is", formats.NOTHING))),
        (tr("Nomor"), str(entry.get("ci", formats.NOTHING))),
        *signed_by(found),
    ]


def signed_by(found: Judgement) -> list[tuple[str, str]]:
    """Whose key it is: what the district certified, where what is printed or written may say anything."""
    code, name = found.signer
    return [(tr("Kunci"), tr("{name} ({code})").format(name=name, code=code))] if code else []


def _whole(signed: float) -> str:
    """3, also where 3.0 was signed."""
    return f"{signed:.0f}"


def day(signed: str) -> str:
    """1987-04-12 as 12-04-1987, also where only month or year are signed."""
    return "-".join(reversed(signed[:10].split("-"))) or formats.NOTHING


def age_words(age: timedelta | None) -> str:
    """How old the lists are."""
    if age is None:
        return tr("daftar belum lengkap")
    return tr("daftar hari ini") if age.days == 0 else tr("daftar {days} hari yang lalu").format(days=age.days)


def list_words(believed: Believed) -> str:
    """Which lists are here."""
    if believed.authority is None:
        return tr("Belum ada kabupaten yang dipercaya di sini.")
    trust, revocation = believed.trust, believed.revocation
    signers = ""
    if trust is not None:
        signers = tr("no. {number}, {count} penerbit").format(number=trust.sequence, count=len(trust.signers))
    numbers = ""
    if revocation is not None:  # an empty list is a list
        numbers = tr("no. {number}, {count} nomor").format(number=revocation.sequence, count=formats.number(len(revocation)))
    return tr("Kepercayaan: {trust} · pencabutan: {revocation}").format(
        trust=signers or tr("belum ada"), revocation=numbers or tr("belum ada")
    )
