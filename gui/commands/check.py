"""`check`: are the records whole, and do vials, doses and certificates agree?"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from gui.commands.output import Progress, add_json, answer
from gui.commands.session import add_account, signed_in
from gui.language import tr
from gui.messages import sentence_of
from models.overview.check import Difference, Report, check
from models.records.database import Database
from reports import formats


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "check",
        help=tr("periksa keutuhan semua catatan"),
        description=tr(
            "Memeriksa rantai catatan dan menghitung ulang semua yang diturunkan darinya: antrean, dosis yang berlaku,\n"
            "isi vial, stok, dan sertifikat. Tidak ada yang diubah."
        ),
        epilog=tr(
            "Kode keluar: 0 semua cocok; 1 ada selisih; 2 isian salah; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun koordinator, kepala, admin, atau dinkes."
        ),
    )
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """1 with any difference."""
    with signed_in(options, "records.check") as session:
        report = looked_at(session.opened.database)
    answer(options, as_facts(report), lines(report))
    return 0 if report.clean else 1


def looked_at(database: Database) -> Report:
    """The check of everything, with its progress."""
    progress = Progress(tr("Memeriksa"))
    noted = database.noted_head()
    try:
        with database.reading() as records:
            return check(records, {database.site: noted} if noted else {}, progress.step)
    finally:
        progress.end()


def as_facts(report: Report) -> dict[str, Any]:
    """The report for --json."""
    return {
        "clean": report.clean, "entries": report.entries, "facts": report.facts, "derived": report.derived,
        "doses": report.doses, "vials": report.vials,
        "heads": [{"site": site, "entries": head.seq, "hash": head.hash} for site, head in report.heads.items()],
        "differences": [
            {"code": each.code, "count": each.count, "where": each.where, "sentence": _sentence(each)}
            for each in report.differences
        ],
    }  # fmt: skip


def lines(report: Report) -> Iterator[str]:
    """The report for people."""
    yield tr("Diperiksa: {entries} entri, {facts} fakta, {derived} baris turunan, {doses} dosis, {vials} vial.").format(
        entries=formats.number(report.entries), facts=formats.number(report.facts), derived=formats.number(report.derived),
        doses=formats.number(report.doses), vials=formats.number(report.vials),
    )  # fmt: skip
    for site, head in report.heads.items():
        yield tr("Sidik komputer {site} sampai entri {entries}: {hash}").format(
            site=site.hex[-8:], entries=formats.number(head.seq), hash=head.hash.hex()
        )
    for each in report.differences:
        yield tr("SELISIH: {sentence} ({where}{more})").format(
            sentence=_sentence(each), where=", ".join(each.where), more=", …" if each.count > len(each.where) else ""
        )
    if report.clean:
        yield tr("Semua cocok.")


def _sentence(difference: Difference) -> str:
    return sentence_of(difference.code, {"count": difference.count})
