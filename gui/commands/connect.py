"""`connect`: this PC becomes one more desk of a puskesmas whose records are on a PostgreSQL server."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from gui.commands.output import add_json, answer
from gui.commands.session import add_folder, folder_of
from gui.language import tr
from gui.set_up import join
from models.records.keys import new_recovery_code


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "connect",
        help=tr("sambungkan komputer ini ke server puskesmas"),
        description=tr(
            "Menjadikan komputer ini satu meja lagi dari puskesmas yang datanya di server PostgreSQL.\n"
            "Meja pertama disiapkan lewat jendela: python3 main.py, lalu isi alamat servernya."
        ),
        epilog=tr("Kode keluar: 0 tersambung; 2 isian salah atau server kosong; 3 tidak dapat (server, folder berisi)."),
    )
    parser.options.add_argument(
        "--server", metavar="ALAMAT", required=True, help=tr("misalnya postgresql://pengguna:sandi@server/nama")
    )
    add_folder(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Join it and show this desk's own recovery code once."""
    path, code = folder_of(options), new_recovery_code()
    accounts = join(path, code, options.server)
    lines = [
        tr("Tersambung. {accounts} akun dapat masuk di komputer ini.").format(accounts=accounts),
        tr("Kode pemulihan kunci tanda tangan meja ini, tulis di kertas: {code}").format(code=code),
    ]
    answer(options, {"folder": path, "accounts": accounts, "recovery": code}, lines)
    return 0
