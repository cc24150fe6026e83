"""`verify`: whether a slip is genuine. It needs no account: it tells nothing that is not signed on the slip itself."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from gui.commands.demo_folder import plan_of
from gui.commands.output import add_json, answer, moment
from gui.commands.pictures import qr_texts
from gui.commands.session import add_folder, opened
from gui.language import tr
from gui.messages import sentence_of
from models.certificates.checking import Verdict, verify
from models.certificates.queries import is_revoked, trusted_keys
from models.errors import Refused

_STRANGE: Final = {"certificate.not_hc1", "certificate.signer_unknown"}
_NO_LONGER: Final = {"certificate.expired", "certificate.signer_expired"}
_CLOCK: Final = {"certificate.clock"}


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "verify",
        help=tr("periksa keaslian slip"),
        description=tr(
            "Memeriksa QR slip tanpa internet, dengan kunci yang dipercaya folder data ini. Tidak perlu akun:\n"
            "yang ditampilkan hanya isi bertanda tangan dari QR itu. Cocokkan nama dan tanggal lahir dengan KTP."
        ),
        epilog=tr(
            "Kode keluar: 0 asli dan berlaku; 1 dicabut, palsu atau rusak, lewat masa, atau bukan terbitan sistem ini;\n"
            "2 QR tidak ada di gambar atau isian salah; 3 tidak dapat."
        ),
    )
    which = parser.words.add_mutually_exclusive_group(required=True)
    which.add_argument("text", metavar="TEKS", nargs="?", help=tr("isi QR, dimulai dengan HC1: (apit dengan tanda petik)"))
    which.add_argument("--image", metavar="GAMBAR", type=Path, help=tr("foto atau PDF slip (png, jpg, pdf)"))
    add_folder(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """0 only for what is genuine and in force."""
    text = options.text.strip() if options.image is None else _chosen(qr_texts(options.image))
    with opened(options) as (found, _), found.database.reading() as records:
        verdict = verify(text, trusted_keys(records), datetime.now(UTC))
        entry = _vaccination(verdict)
        revoked = bool(entry) and is_revoked(records, str(entry.get("ci", "")))
        zone, demo = found.facility.zone, plan_of(found.folder.path) is not None
    state = _state(verdict, revoked=revoked)
    code = "command.revoked" if revoked else verdict.reason
    reason = sentence_of(code, {})
    facts = {
        "state": state, "code": code, "reason": reason, "issued_at": verdict.issued_at, "expires_at": verdict.expires_at,
        "kid": verdict.kid, "certificate": verdict.certificate, "demo": demo,
    }  # fmt: skip
    answer(options, facts, _lines(state, reason, verdict, zone, demo=demo))
    return 0 if state == "valid" else 1


def _chosen(texts: list[str]) -> str:
    """A page may carry other QR codes: the first that looks like a certificate, else the first."""
    if not texts:
        raise Refused("command.no_qr", field="image")
    return next((text for text in texts if text.startswith("HC1:")), texts[0]).strip()


def _vaccination(verdict: Verdict) -> Mapping[str, Any]:
    entries = (verdict.certificate or {}).get("v") or [{}]
    return dict(entries[0])


def _state(verdict: Verdict, *, revoked: bool) -> str:
    """ "valid", "revoked", "ended", "clock", "unknown" or "false"."""
    if revoked:
        return "revoked"
    if verdict.valid:
        return "valid"
    groups = ((_STRANGE, "unknown"), (_NO_LONGER, "ended"), (_CLOCK, "clock"))
    return next((state for codes, state in groups if verdict.reason in codes), "false")


def _lines(state: str, reason: str, verdict: Verdict, zone: str, *, demo: bool) -> Iterator[str]:
    headline = {
        "valid": tr("ASLI DAN BERLAKU"),
        "revoked": tr("DICABUT"),
        "ended": tr("ASLI, LEWAT MASA"),
        "clock": tr("BELUM PASTI: PERIKSA JAM KOMPUTER"),
        "unknown": tr("BUKAN TERBITAN SISTEM INI"),
        "false": tr("PALSU ATAU RUSAK"),
    }[state]
    # On the first line, the one that is looked at: a slip of the demo is signed as truly as a real one.
    yield tr("{headline} (demo: data rekaan)").format(headline=headline) if demo else headline
    yield reason
    if verdict.certificate is None:
        return
    name = verdict.certificate.get("nam", {})
    yield tr("Nama         : {name}").format(name=" ".join(name[key] for key in ("gn", "fn") if name.get(key)))
    yield tr("Tanggal lahir: {birth}").format(birth=_birth(str(verdict.certificate.get("dob", ""))))
    dose = _vaccination(verdict)
    if dose:
        yield tr("Dosis        : ke-{number} dari {series}, {product}, tanggal {day}").format(
            number=dose["dn"], series=dose["sd"], product=dose["mp"], day=_birth(dose["dt"])
        )
        yield tr("Penerbit     : {issuer}").format(issuer=dose["is"])
        yield tr("Nomor        : {uvci}").format(uvci=dose["ci"])
    yield tr("Terbit {issued}, berlaku sampai {expires}").format(
        issued=moment(verdict.issued_at, zone), expires=moment(verdict.expires_at, zone)
    )


def _birth(signed: str) -> str:
    """1987-04-12 as 12-04-1987, also where only month or year are signed."""
    return "-".join(reversed(signed[:10].split("-"))) or "–"
