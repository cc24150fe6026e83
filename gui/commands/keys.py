"""`keys`: the signing key of this puskesmas, and the lists that this PC believes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from gui.checking.lists import read_file
from gui.checking.words import age_words, list_words
from gui.commands.output import add_json, answer, write_paper
from gui.commands.session import Session, add_account, signed_in
from gui.language import tr
from gui.pages.keys.reading import answer_words, lapsed_words, save_request, take_answer, taken_back_words
from models.certificates.lists import TrustList, sign_reported
from models.certificates.queries import revoked
from models.certificates.signers import SignerFile
from models.certificates.trust_store import TrustStore, read_authority
from models.errors import Refused
from reports import formats

Said = tuple[dict[str, Any], list[str]]


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "keys",
        help=tr("kunci tanda tangan puskesmas ini dan daftar yang dipercaya komputer ini"),
        description=tr(
            "  show     kunci yang menandatangani, sampai kapan, dan daftar yang ada\n"
            "  request  permintaan pengesahan untuk Dinkes (--out permintaan.csr)\n"
            "  accept   jawaban Dinkes (--file jawaban.crt): mulai saat itu kunci baru menandatangani\n"
            "  report   laporan pencabutan untuk Dinkes (--out laporan.pvl)\n"
            "  pin      sertifikat kabupaten (--file kabupaten.crt --fingerprint SIDIK, seperti dibacakan lewat telepon)\n"
            "  take     daftar kepercayaan atau pencabutan (--file daftar.pvl)"
        ),
        epilog=tr(
            "Kode keluar: 0 baik; 1 kunci berakhir, dicabut, belum disahkan; 2 isian salah; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun admin."
        ),
    )
    parser.words.add_argument("what", metavar="PEKERJAAN", choices=sorted(_WORK), help=tr("salah satu di atas"))
    parser.options.add_argument("--file", metavar="BERKAS", help=tr("berkas yang dibaca"))
    parser.options.add_argument("--out", metavar="BERKAS", type=Path, help=tr("berkas yang ditulis; yang lama diganti"))
    parser.options.add_argument("--fingerprint", metavar="SIDIK", default="", help=tr("sidik sertifikat kabupaten"))
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Do the one thing; 1 when the key wants attention."""
    with signed_in(options, "certificates.keys") as session:
        facts, lines = _WORK[options.what](session, options)
    answer(options, facts, lines)
    return int(bool(facts.get("attention")))


def _show(session: Session, _options: Namespace) -> Said:
    now = datetime.now(UTC)
    state, believed = _signer(session).state(now), _store(session).read()
    attention = state.is_ending(now) or not state.certified or state.taken_back is not None
    trust, revocation = believed.trust, believed.revocation
    facts = {
        "kid": state.kid, "certified": state.certified, "signs_until": state.signs_until, "ended": state.lapsed,
        "taken_back": state.taken_back, "requested": state.request is not None, "attention": attention,
        "trust": trust.sequence if trust is not None else None,
        "revocation": revocation.sequence if revocation is not None else None,
    }  # fmt: skip
    lapsed = lapsed_words(state)
    lines = [lapsed or tr("Belum ada kunci: dibuat sendiri pada slip pertama.")]
    if state.kid is not None and state.signs_until is not None:
        by = tr("disahkan kabupaten") if state.certified else tr("belum disahkan kabupaten")
        lines = [
            tr("Kunci {kid}: {by}, menandatangani sampai {day}.").format(
                kid=state.kid.hex(), by=by, day=formats.day_short(state.signs_until.date())
            ),
            *filter(None, [lapsed]),
        ]
    if state.taken_back is not None and state.kid is not None:
        lines = [taken_back_words(state) + ".", tr("Nomor kunci: {kid}").format(kid=state.kid.hex())]
    if state.request is not None:
        lines.append(tr("Permintaan pengesahan menunggu jawaban Dinkes."))
    elif attention:
        lines.append(tr("Buat permintaan pengesahan sekarang: keys request --out permintaan.csr"))
    return facts, [*lines, list_words(believed), age_words(believed.age(now))]


def _request(session: Session, options: Namespace) -> Said:
    out = _needs(options, "out")
    of = session.opened.facility
    save_request(_signer(session), _store(session), of, session.opened.database.site.hex[-8:], Path(out))
    return {"file": out}, [tr("Tertulis: {file}. Bawa ke Dinkes, lalu ambil jawabannya dengan keys accept.").format(file=out)]


def _accept(session: Session, options: Namespace) -> Said:
    now = datetime.now(UTC)
    answer = take_answer(_signer(session), _store(session), _needs(options, "file"), now)
    facts = {"kid": answer.key.kid, "signs_until": answer.key.signs_until, "new": answer.is_new, "requested": answer.waits}
    words = answer_words(answer, now)[1]
    if answer.is_new:
        words = tr("Kunci {kid} menandatangani mulai sekarang sampai {day}.").format(
            kid=answer.key.kid.hex(), day=formats.day_short(answer.key.signs_until.date())
        )
    return facts, [words]


def _report(session: Session, options: Namespace) -> Said:
    out = _needs(options, "out")
    now = datetime.now(UTC)
    key = _signer(session).signing(now)
    if key is None:
        raise Refused("signer.none")
    with session.opened.database.reading() as records:
        numbers = revoked(records)
    write_paper(Path(out), sign_reported(numbers, key, now))
    return {"file": out, "numbers": len(numbers)}, [
        tr("{count} nomor dilaporkan: {file}").format(count=formats.number(len(numbers)), file=out)
    ]


def _pin(session: Session, options: Namespace) -> Said:
    data = read_file(_needs(options, "file"))
    _store(session).pin(read_authority(data), _needs(options, "fingerprint"))
    return {"pinned": True}, [tr("Kabupaten ini dipercaya. Sekarang ambil kedua daftarnya dengan keys take.")]


def _take(session: Session, options: Namespace) -> Said:
    found = _store(session).take_in(read_file(_needs(options, "file")), datetime.now(UTC))
    trust, revocation = tr("Daftar kepercayaan no. {number} dipakai."), tr("Daftar pencabutan no. {number} dipakai.")
    words = trust if isinstance(found, TrustList) else revocation
    return {"sequence": found.sequence}, [words.format(number=found.sequence)]


_WORK: Final[dict[str, Callable[[Session, Namespace], Said]]] = {
    "show": _show, "request": _request, "accept": _accept, "report": _report, "pin": _pin, "take": _take,
}  # fmt: skip


def _needs(options: Namespace, name: str) -> str:
    value = getattr(options, name)
    if not value:
        raise Refused("command.missing", names=f"--{name}", program="keys")
    return str(value)


def _signer(session: Session) -> SignerFile:
    return SignerFile(session.opened.folder.signer, session.opened.keys)


def _store(session: Session) -> TrustStore:
    return TrustStore(session.opened.folder.path / "trust")
