"""`district`: the health office's own folder, which certifies the keys of its puskesmas and signs the two lists."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from gui.checking.lists import read_file
from gui.commands.output import add_json, answer, check_place, write_paper
from gui.commands.session import secret
from gui.language import tr
from gui.opening import load_shipped
from gui.where import data_path
from models.certificates.authority import fingerprint, read_request, who
from models.certificates.district import District
from models.certificates.keys import signing_key
from models.errors import Refused
from reports import formats

PASSPHRASE: Final = "POSVAKSIN_PASSPHRASE"  # noqa: S105 - the name of a variable
Said = tuple[dict[str, Any], list[str]]


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "district",
        help=tr("kunci kabupaten: mengesahkan puskesmas, daftar kepercayaan dan pencabutan"),
        description=tr(
            "Untuk Dinkes, di komputer atau flash disk yang tidak pernah tersambung ke internet. Kunci kabupaten mengesahkan\n"
            "kunci setiap puskesmas dan menandatangani dua daftar untuk loket. Di foldernya tidak ada data vaksinasi.\n\n"
            "  create       membuat kunci kabupaten (--code, --name)\n"
            "  show         sidik kabupaten dan semua kunci yang pernah disahkan\n"
            "  certificate  sertifikat kabupaten, untuk dipercaya puskesmas dan loket (--out kabupaten.crt)\n"
            "  certify      mengesahkan permintaan puskesmas (--file permintaan.csr --out jawaban.crt); permintaan yang sama\n"
            "               mendapat jawaban yang sama, kunci yang sudah dicabut ditolak\n"
            "  take-back    mencabut kunci yang hilang atau dicuri, dengan semua jawabannya (--kid KID --reason ALASAN)\n"
            "  report       memasukkan laporan pencabutan dari puskesmas (--file laporan.pvl)\n"
            "  trust-list   daftar kepercayaan berikutnya (--out kepercayaan.pvl)\n"
            "  revocations  daftar pencabutan berikutnya (--out pencabutan.pvl)\n"
            "  jwks         kunci yang dipercaya dalam bentuk baku JWKS (--out kunci.jwks.json)"
        ),
        epilog=tr(
            "Kode keluar: 0 baik; 2 isian salah; 3 tidak dapat.\n"
            "Kata kunci kabupaten dari POSVAKSIN_PASSPHRASE atau ditanyakan. Urutan bila laptop dicuri: take-back, lalu\n"
            "trust-list, lalu bawa daftarnya ke semua loket; slip jujur dari laptop itu dicetak ulang di puskesmas."
        ),
    )
    parser.words.add_argument("what", metavar="PEKERJAAN", choices=sorted(_WORK), help=tr("salah satu di atas"))
    parser.options.add_argument("--folder", metavar="FOLDER", help=tr("folder kabupaten (biasanya di data komputer ini)"))
    parser.options.add_argument(
        "--code", metavar="KODE", default="", help=tr("empat angka kode kabupaten atau kota, misalnya 6112")
    )
    parser.options.add_argument("--name", metavar="NAMA", default="", help=tr("nama Dinkes"))
    parser.options.add_argument("--file", metavar="BERKAS", help=tr("berkas yang dibaca"))
    parser.options.add_argument("--out", metavar="BERKAS", type=Path, help=tr("berkas yang ditulis; yang lama diganti"))
    parser.options.add_argument("--kid", metavar="KID", default="", help=tr("kunci yang dicabut, seperti ditulis show"))
    parser.options.add_argument("--reason", metavar="ALASAN", default="", help=tr("mengapa dicabut"))
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Do the one thing."""
    district = District(Path(options.folder).expanduser() if options.folder else data_path() / "kabupaten")
    facts, lines = _WORK[options.what](district, options)
    answer(options, facts, lines)
    return 0


def _create(district: District, options: Namespace) -> Said:
    der = district.create(options.code, options.name, _passphrase(), _now(), load_shipped().regions)
    return {"fingerprint": fingerprint(der)}, [
        tr("Kunci kabupaten dibuat di {folder}.").format(folder=district.path),
        tr("Sidik, untuk dibacakan lewat telepon: {fingerprint}").format(fingerprint=fingerprint(der)),
        tr("Simpan salinan folder ini dan kata kuncinya di dua lemari terkunci yang berbeda."),
    ]


def _show(district: District, _options: Namespace) -> Said:
    der, signers = district.certificate(), district.signers()
    facts = {
        "fingerprint": fingerprint(der),
        "signers": [
            {
                "kid": each.kid, "code": each.code, "name": each.name, "certified_at": each.certified_at,
                "signs_until": signing_key(each.certificate, b"").signs_until, "revoked_from": each.revoked_from, "why": each.why,
            }
            for each in signers
        ],
    }  # fmt: skip
    return facts, list(_shown(facts))


def _shown(facts: dict[str, Any]) -> Iterator[str]:
    yield tr("Sidik kabupaten: {fingerprint}").format(fingerprint=facts["fingerprint"])
    for each in facts["signers"]:
        state = tr("menandatangani sampai {day}").format(day=formats.day_short(each["signs_until"].date()))
        if each["revoked_from"]:
            state = tr("DICABUT: {why}").format(why=each["why"])
        yield tr("{kid}  {code}  {name}: {state}").format(
            kid=each["kid"].hex(), code=each["code"], name=each["name"], state=state
        )
    if not facts["signers"]:
        yield tr("Belum ada kunci puskesmas yang disahkan.")


def _certificate(district: District, options: Namespace) -> Said:
    der = district.certificate()
    _write(options, _pem(der))
    return {"file": options.out, "fingerprint": fingerprint(der)}, [
        tr("Tertulis: {file}").format(file=options.out),
        tr("Sidik, untuk dibacakan lewat telepon: {fingerprint}").format(fingerprint=fingerprint(der)),
    ]


def _certify(district: District, options: Namespace) -> Said:
    _needs(options, "out")
    request = read_file(_file(options))
    code, name = who(read_request(request).subject)
    answered = district.certified(request, _now())
    # Only a new signature needs the passphrase: what was certified before is written again.
    der = answered.certificate if answered else district.certify(request, district.unlock(_passphrase()), _now())
    _write(options, _pem(der))
    key = signing_key(der, b"")
    words = tr("Disahkan: {name} ({code}), menandatangani sampai {day}.")
    if answered:
        words = tr("Kunci {name} ({code}) sudah disahkan: jawaban yang sama ditulis lagi, menandatangani sampai {day}.")
    outside = district.is_outside(code)
    facts = {
        "file": options.out, "kid": key.kid, "code": code, "name": name, "signs_until": key.signs_until,
        "again": answered is not None, "outside": outside,
    }  # fmt: skip
    warned = tr("Perhatian: kode {code} bukan kode kabupaten ini. Tanyakan, dan cabut kuncinya (take-back) bila tidak benar.")
    return facts, [
        words.format(name=name, code=code, day=formats.day_short(key.signs_until.date())),
        *([warned.format(code=code)] if outside else []),
        tr("Tertulis: {file}").format(file=options.out),
    ]


def _take_back(district: District, options: Namespace) -> Said:
    try:
        kid = bytes.fromhex(options.kid.strip())
    except ValueError as fault:
        raise Refused("district.no_such_signer", field="kid") from fault
    district.take_back(kid, _now(), options.reason)
    return {"kid": kid}, [tr("Dicabut. Sekarang buat daftar kepercayaan (trust-list) dan bawa ke semua puskesmas dan loket.")]


def _report(district: District, options: Namespace) -> Said:
    new = district.add_reported(read_file(_file(options)))
    return {"new": new}, [tr("{count} nomor baru dicabut.").format(count=formats.number(new))]


def _trust_list(district: District, options: Namespace) -> Said:
    _needs(options, "out")
    return _listed(options, district.trust_list(district.unlock(_passphrase()), _now()))


def _revocations(district: District, options: Namespace) -> Said:
    _needs(options, "out")
    return _listed(options, district.revocation_list(district.unlock(_passphrase()), _now()))


def _listed(options: Namespace, data: bytes) -> Said:
    _write(options, data)
    words = tr("Tertulis: {file} ({size} byte). Kirim dengan flash disk, surel, atau pesan; yang dihitung tanda tangannya.")
    return {"file": options.out, "bytes": len(data)}, [words.format(file=options.out, size=formats.number(len(data)))]


def _jwks(district: District, options: Namespace) -> Said:
    keys = district.jwks()
    _write(options, json.dumps(keys, indent=1).encode())
    return {"file": options.out, "keys": len(keys["keys"])}, [tr("Tertulis: {file}").format(file=options.out)]


_WORK: Final[dict[str, Callable[[District, Namespace], Said]]] = {
    "create": _create, "show": _show, "certificate": _certificate, "certify": _certify, "take-back": _take_back,
    "report": _report, "trust-list": _trust_list, "revocations": _revocations, "jwks": _jwks,
}  # fmt: skip


def _needs(options: Namespace, name: str) -> None:
    """Before anything is used up for a file that nobody named or that cannot be written."""
    if not getattr(options, name):
        raise Refused("command.missing", names=f"--{name}", program="district")
    if name == "out":
        check_place(options.out)


def _file(options: Namespace) -> str:
    _needs(options, "file")
    return str(options.file)


def _write(options: Namespace, data: bytes) -> None:
    _needs(options, "out")
    write_paper(options.out, data)


def _pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def _passphrase() -> str:
    return secret(PASSPHRASE, tr("Kata kunci kabupaten: "))


def _now() -> datetime:
    return datetime.now(UTC)
