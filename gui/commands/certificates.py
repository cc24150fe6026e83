"""`certificates`: the slips of all doses of a day as one PDF, each page with its signed QR."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from gui.commands.output import Progress, add_json, add_out, answer, write_paper
from gui.commands.parser import day
from gui.commands.recap import post_of
from gui.commands.session import add_account, signed_in
from gui.language import tr
from models.doses.queries import doses_on
from models.errors import Refused
from models.overview.slips import SlipDesk, slips_of
from reports.batch import draw_batch


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "certificates",
        help=tr("slip semua dosis satu hari sebagai satu PDF"),
        description=tr(
            "Menulis slip A6 dengan QR bertanda tangan untuk semua dosis yang dihitung pada satu hari, menurut jamnya, sebagai\n"
            "satu PDF. Yang belum punya nomor ditandatangani; cetak ulang memakai QR yang sama. Dihentikan dengan Ctrl+C\n"
            "tidak meninggalkan berkas setengah jadi."
        ),
        epilog=tr(
            "Kode keluar: 0 tertulis; 1 tidak ada dosis hari itu; 2 isian salah; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun meja, vaksinator, dokter, koordinator, atau kepala."
        ),
    )
    parser.options.add_argument("--date", metavar="TANGGAL", type=day, required=True, help=tr("hari, misalnya 20-12-2021"))
    parser.options.add_argument("--post", metavar="KODE", help=tr("satu pos saja (biasanya semua pos)"))
    add_out(parser)
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Sign what is not signed yet, draw all, write the file when it is complete."""
    with signed_in(options, "slips.print") as session:
        if options.date > session.clock.today(session.zone):
            raise Refused("command.day_ahead", field="date")
        database = session.opened.database
        with database.reading() as records:
            post = post_of(records, session, options.post) if options.post else None
            doses = [row.id for row in doses_on(records, session.actor.facility, options.date, post=post) if row.valid]
        if not doses:
            answer(options, {"file": None, "pages": 0}, [tr("Tidak ada dosis pada hari itu.")])
            return 1
        desk = SlipDesk(session.opened.keys, session.opened.folder.signer, session.shipped.regions, session.shipped.catalogue)
        slips = slips_of(database, session.actor, desk, doses, now=session.clock.now(), real_now=datetime.now(UTC))
        paper, progress = io.BytesIO(), Progress(tr("Slip"))
        draw_batch(slips, paper, count=len(doses), watermark=session.watermark, step=progress.step)
        progress.end()
    write_paper(options.out, paper.getvalue())
    answer(options, {"file": options.out, "pages": len(doses)}, _lines(options, len(doses)))
    return 0


def _lines(options: Namespace, pages: int) -> Iterator[str]:
    yield tr("{pages} slip tertulis: {file}").format(pages=pages, file=options.out)
