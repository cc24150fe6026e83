"""`certificates`: the papers of all doses of a day as one PDF, each with its signed QR."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from gui.commands.output import Progress, add_json, add_out, answer, check_place, write_paper
from gui.commands.parser import day
from gui.commands.recap import post_of
from gui.commands.session import add_account, signed_in
from gui.commands.slip import dots_per_inch
from gui.language import tr
from gui.printing.slips import KINDS, write_certificates
from models.doses.queries import doses_on
from models.errors import Refused
from models.overview.slips import SlipDesk


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "certificates",
        help=tr("slip atau sertifikat semua dosis satu hari sebagai satu PDF"),
        description=tr(
            "Menulis slip dengan QR bertanda tangan untuk semua dosis yang dihitung pada satu hari, menurut jamnya, sebagai\n"
            "satu PDF, pada kertas mana pun. Pada A4 semua dosis satu orang bersama-sama, tiga dosis sehalaman. Yang belum\n"
            "punya nomor ditandatangani; cetak ulang memakai QR yang sama. Dihentikan dengan Ctrl+C\n"
            "tidak meninggalkan berkas setengah jadi."
        ),
        epilog=tr(
            "Kode keluar: 0 tertulis; 1 tidak ada dosis hari itu; 2 isian salah; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun meja, vaksinator, dokter, koordinator, atau kepala."
        ),
    )
    parser.options.add_argument("--date", metavar="TANGGAL", type=day, required=True, help=tr("hari, misalnya 20-12-2021"))
    parser.options.add_argument("--post", metavar="KODE", help=tr("satu pos saja (biasanya semua pos)"))
    kinds = tr("a6 (bila tidak disebut), roll80, roll58, a4, atau cards: delapan kartu dompet pada A4")
    parser.options.add_argument("--paper", metavar=tr("KERTAS"), type=_paper, default="a6", help=kinds)
    dots = tr("titik per inci pencetak kertas gulung: 203 (bila tidak disebut) atau 300")
    parser.options.add_argument("--dpi", metavar="DPI", type=dots_per_inch, default=203, help=dots)
    add_out(parser)
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Sign what is not signed yet, draw all, write the file when it is complete."""
    with signed_in(options, "slips.print") as session:
        check_place(options.out)
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
        paper, progress = io.BytesIO(), Progress(tr("Slip"))
        count = write_certificates(
            database, session.actor, desk, doses, options.paper, paper, dpi=options.dpi, now=session.clock.now(),
            real_now=datetime.now(UTC), watermark=session.watermark, step=progress.step,
        )  # fmt: skip
        progress.end()
    write_paper(options.out, paper.getvalue())
    told = {"file": options.out, "paper": options.paper, "doses": len(doses), "pages": count}
    answer(options, told, _lines(options, len(doses), count))
    return 0


def _paper(text: str) -> str:
    if text not in KINDS:
        raise Refused("command.certificate_paper")
    return text


def _lines(options: Namespace, doses: int, count: int) -> Iterator[str]:
    words = {
        "a4": tr("Sertifikat {count} orang ({doses} dosis) tertulis: {file}"),
        "cards": tr("{count} kartu dompet tertulis: {file}"),
    }
    yield words.get(options.paper, tr("{count} slip tertulis: {file}")).format(count=count, doses=doses, file=options.out)
