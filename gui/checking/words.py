"""What a counter reads: one headline for each state, and how old the lists are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from unicodedata import category

from gui.language import tr
from gui.parts import Kind
from models.certificates.judging import Judgement, State
from models.certificates.trust_store import Believed
from reports import formats

KINDS: dict[State, Kind] = {
    State.VALID: "good", State.OTHER_ISSUER: "ask", State.OLD_LIST: "ask", State.ENDED: "ask", State.CLOCK: "ask",
    State.UNKNOWN: "calm", State.REVOKED: "stop", State.FALSE: "stop",
}  # fmt: skip


_UNREADABLE: Final = "\N{REPLACEMENT CHARACTER}"
_GRAVEST: Final = (
    State.FALSE, State.REVOKED, State.OTHER_ISSUER, State.CLOCK, State.UNKNOWN, State.ENDED, State.OLD_LIST, State.VALID,
)  # fmt: skip


def worst(found: Sequence[Judgement]) -> Judgement:
    """Of what one file holds, the one that has to be looked at first."""
    return min(found, key=lambda each: _GRAVEST.index(each.state))


def pile_words(found: Sequence[Judgement]) -> tuple[Kind, str]:
    """What of a whole file is not in order, whoever is on the screen; never that something is: that is said one by one."""
    counts = Counter(each.state for each in found)
    bad = [state for state in _GRAVEST if counts[state] and state not in {State.VALID, State.OLD_LIST}]
    if not bad:
        return "calm", ""
    titles = {each.state: headline(each) for each in found}
    parts = ", ".join(f"{counts[state]} {titles[state]}" for state in bad)
    kind: Kind = "stop" if KINDS[bad[0]] == "stop" else "ask"
    return kind, tr("Perhatian: {parts}").format(parts=parts)


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
    whole = " ".join(harmless(name[key]) for key in ("gn", "fn") if name.get(key))
    return whole, day(harmless(signed.get("dob") or ""))


def harmless(signed: object) -> str:
    """What somebody else wrote, for a screen or a terminal: a sign that moves the cursor, turns the line or is not seen at all
    is shown as the sign of an unreadable one."""
    return "".join(sign if sign.isprintable() or category(sign) == "Zs" else _UNREADABLE for sign in str(signed))


def details(found: Judgement) -> list[tuple[str, str]]:
    """What else was signed, as pairs of a word and its value."""
    entry: dict[str, Any] = {name: harmless(value) if isinstance(value, str) else value for name, value in found.entry.items()}
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
        taken_back = sum(each.revoked_from is not None for each in trust.signers)
        words = tr("no. {number}, {count} kunci") if not taken_back else tr("no. {number}, {count} kunci ({back} dicabut)")
        signers = words.format(number=trust.sequence, count=len(trust.signers), back=taken_back)
    numbers = ""
    if revocation is not None:  # an empty list is a list
        numbers = tr("no. {number}, {count} nomor").format(number=revocation.sequence, count=formats.number(len(revocation)))
    return tr("Kepercayaan: {trust} · pencabutan: {revocation}").format(
        trust=signers or tr("belum ada"), revocation=numbers or tr("belum ada")
    )
