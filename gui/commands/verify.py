"""`verify`: whether a slip is genuine. It needs no account: it tells nothing that is not signed on the slip itself."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gui.checking.asking import judged, judged_here, texts_in
from gui.checking.words import details, headline, holder, pile_words, worst
from gui.commands.demo_folder import plan_of
from gui.commands.output import add_json, answer, moment
from gui.commands.session import add_folder, opened
from gui.language import tr
from gui.messages import sentence_of
from models.certificates.judging import Judgement, State


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "verify",
        help=tr("periksa keaslian slip"),
        description=tr(
            "Memeriksa QR slip atau surat dokter tanpa internet, dengan kunci yang dipercaya folder data ini dan daftar\n"
            "kabupaten. Tidak perlu akun: yang ditampilkan hanya isi bertanda tangan dari QR itu. Cocokkan nama dan tanggal\n"
            "lahir dengan KTP. Semua QR dalam satu gambar atau PDF diperiksa."
        ),
        epilog=tr(
            "Kode keluar: 0 semua asli dan berlaku, juga bila daftar di sini lama; 1 bila satu saja dicabut, palsu atau rusak,\n"
            "lewat masa, atau bukan terbitan sistem ini;\n"
            "2 QR tidak ada di gambar atau isian salah; 3 tidak dapat."
        ),
    )
    which = parser.words.add_mutually_exclusive_group(required=True)
    which.add_argument("text", metavar="TEKS", nargs="?", help=tr("isi QR, dimulai dengan HC1: (apit dengan tanda petik)"))
    which.add_argument("--image", metavar="GAMBAR", type=Path, help=tr("foto atau PDF slip (png, jpg, pdf)"))
    parser.options.add_argument(
        "--lists", metavar="FOLDER", help=tr("folder daftar dari kabupaten saja, seperti pada loket tanpa data (verifier)")
    )
    add_folder(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """0 only where everything is genuine and in force."""
    texts = [options.text.strip()] if options.image is None else texts_in(options.image)
    now = datetime.now(UTC)
    if options.lists is not None:
        seen, zone, demo = judged(texts, Path(options.lists), now), "WIB", False
    else:
        with opened(options) as (of, _), of.database.reading() as records:
            seen = judged_here(records, texts, of.folder.path / "trust", now)
            zone, demo = of.facility.zone, plan_of(of.folder.path) is not None
    found = [each.found for each in seen]
    facts = _facts(worst(found), demo=demo)
    if len(found) > 1:
        facts["all"] = [_facts(each, demo=demo) for each in found]
    answer(options, facts, _all_lines(found, zone, demo=demo))
    return 0 if worst(found).state in {State.VALID, State.OLD_LIST} else 1


def _facts(found: Judgement, *, demo: bool) -> dict[str, Any]:
    return {
        "state": found.state.value, "code": found.code, "reason": sentence_of(found.code, {}), "issued_at": found.issued_at,
        "expires_at": found.expires_at, "kid": found.kid, "certificate": found.certificate, "letter": found.is_letter,
        "lists_age_days": found.age.days if found.age is not None else None, "demo": demo,
    }  # fmt: skip


def _all_lines(found: list[Judgement], zone: str, *, demo: bool) -> Iterator[str]:
    """Of several, what is not in order comes first: nobody reads all of a long answer."""
    several = len(found) > 1
    if several:
        yield tr("{count} QR di berkas ini. {rest}").format(count=len(found), rest=pile_words(found)[1]).strip()
    for number, each in enumerate(found, 1):
        if several:
            yield ""
            yield tr("QR {number} dari {count}").format(number=number, count=len(found))
        yield from _lines(each, sentence_of(each.code, {}), zone, demo=demo)


def _lines(found: Judgement, reason: str, zone: str, *, demo: bool) -> Iterator[str]:
    said = headline(found)
    # On the first line, the one that is looked at: a slip of the demo is signed as truly as a real one.
    yield tr("{headline} (demo: data rekaan)").format(headline=said) if demo else said
    yield reason
    if found.certificate is None:
        return
    name, birth = holder(found)
    for word, value in ((tr("Nama"), name), (tr("Tanggal lahir"), birth), *details(found)):
        yield f"{word:<13}: {value}"
    yield tr("Terbit {issued}, berlaku sampai {expires}").format(
        issued=moment(found.issued_at, zone), expires=moment(found.expires_at, zone)
    )
