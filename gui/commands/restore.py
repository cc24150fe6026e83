"""`restore`: a proved copy becomes the records of a new, empty data folder."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from gui.commands.output import add_json, answer
from gui.commands.session import secret
from gui.language import tr
from models.errors import Refused
from models.records.backup import prove, restore


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "restore",
        help=tr("pulihkan salinan ke folder baru"),
        description=tr(
            "Memulihkan salinan data ke folder kosong sebagai komputer baru, setelah salinan itu terbukti utuh.\n"
            "Kode pemulihan dibaca dari POSVAKSIN_RECOVERY atau ditanyakan."
        ),
        epilog=tr("Kode keluar: 0 pulih; 2 kode atau isian salah; 3 tidak dapat (salinan rusak, folder berisi)."),
    )
    parser.options.add_argument("--copy", metavar="SALINAN", type=Path, required=True, help=tr("berkas salinan (.db)"))
    parser.options.add_argument("--data", metavar="FOLDER", type=Path, required=True, help=tr("folder baru yang kosong"))
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Restore it and say how far the records go."""
    copy: Path = options.copy
    if not copy.is_file():
        raise Refused("command.no_copy", field="copy")
    code = secret("POSVAKSIN_RECOVERY", tr("Kode pemulihan: "))
    keys = restore(copy, copy.with_suffix(".keys"), options.data, code)
    heads = prove(options.data / "records.db", keys)
    entries = sum(head.seq for head in heads.values())
    facts = {"folder": options.data, "entries": entries, "heads": {str(site): head.hash for site, head in heads.items()}}
    answer(options, facts, [tr("Pulih: {entries} entri di {folder}").format(entries=entries, folder=options.data)])
    return 0
