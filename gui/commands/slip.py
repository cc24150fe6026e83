"""`slip`: one dose's slip with its signed QR."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from gui.commands.output import add_json, add_out, answer, write_paper
from gui.commands.parser import identity
from gui.commands.session import add_account, signed_in
from gui.language import tr
from models.overview.slip_facts import SlipFacts
from models.overview.slips import SlipDesk, slip_of
from reports.slip import draw_slip


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "slip",
        help=tr("slip satu dosis sebagai PDF"),
        description=tr(
            "Menulis slip A6 satu dosis dengan QR bertanda tangan. Cetak ulang memakai QR yang sama.\n"
            "Waktu tanda tangan selalu waktu yang sebenarnya, juga di demo."
        ),
        epilog=tr(
            "Kode keluar: 0 tertulis; 2 dosis tidak ada atau tidak berlaku; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun meja, vaksinator, dokter, koordinator, atau kepala."
        ),
    )
    wanted = tr("nomor catatan dosis, dari perintah doses")
    parser.options.add_argument("--dose", metavar="ID", type=identity, required=True, help=wanted)
    add_out(parser)
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Sign it where it is not signed yet, then write it."""
    with signed_in(options, "slips.print") as session:
        folder, shipped = session.opened.folder, session.shipped
        desk = SlipDesk(session.opened.keys, folder.signer, shipped.regions, shipped.catalogue)
        facts = slip_of(
            session.opened.database, session.actor, desk, options.dose, now=session.clock.now(), real_now=datetime.now(UTC)
        )
        paper = io.BytesIO()
        draw_slip(facts, paper, watermark=session.watermark)
    write_paper(options.out, paper.getvalue())
    told = {
        "file": options.out, "dose": options.dose, "uvci": facts.uvci, "certificate": facts.certificate,
        "has_eu_code": facts.has_eu_code,
    }  # fmt: skip
    answer(options, told, _lines(options, facts))
    return 0


def _lines(options: Namespace, facts: SlipFacts) -> Iterator[str]:
    yield tr("Nomor: {uvci}").format(uvci=facts.uvci)
    if not facts.has_eu_code:
        yield tr("Kode produk ini di luar daftar Uni Eropa; pembaca lain dapat menolaknya.")
    yield tr("Tertulis: {file}").format(file=options.out)
