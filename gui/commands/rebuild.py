"""`rebuild`: every derived table anew from the facts, after a proved copy."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from gui.commands.check import as_facts, lines, looked_at
from gui.commands.output import add_json, answer
from gui.commands.session import add_account, signed_in
from gui.language import tr
from models.errors import Refused
from models.overview.check import rebuild
from models.records.backup import make_copy
from reports import formats


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "rebuild",
        help=tr("susun ulang tabel turunan"),
        description=tr(
            "Membuat salinan yang terbukti utuh, menyusun ulang semua tabel turunan dari fakta, lalu memeriksanya.\n"
            "Fakta tidak diubah. Hanya untuk data di komputer ini, bukan di server."
        ),
        epilog=tr(
            "Kode keluar: 0 semua cocok; 1 masih ada selisih; 2 isian salah; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun koordinator, kepala, admin, atau dinkes."
        ),
    )
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """1 when differences are left, which then lie in the facts."""
    with signed_in(options, "records.check") as session:
        database, folder = session.opened.database, session.opened.folder
        if database.dialect != "sqlite":
            raise Refused("command.on_server")
        copy = make_copy(database, session.opened.keys, folder.key_file, folder.copies, now=session.clock.now())
        with database.writing() as records:
            written = rebuild(records)
        report = looked_at(database)
    told = [
        tr("Salinan: {copy}").format(copy=copy.path),
        tr("Disusun ulang: {rows} baris.").format(rows=formats.number(written)),
        *lines(report),
    ]
    answer(options, {"copy": copy.path, "rows": written, **as_facts(report)}, told)
    return 0 if report.clean else 1
