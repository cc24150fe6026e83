"""`doses`: which doses were recorded for a day, with the number that `slip` asks for. No names: an output may be passed on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from gui.commands.output import add_json, answer
from gui.commands.parser import day
from gui.commands.recap import post_of
from gui.commands.session import Session, add_account, signed_in
from gui.language import tr
from models.doses.queries import DoseRow, doses_on
from models.places.zones import ZONES
from reports import formats


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "doses",
        help=tr("daftar dosis satu hari dengan nomor catatannya"),
        description=tr("Menulis dosis yang diberikan pada satu hari: nomor catatannya untuk perintah slip, tanpa nama orang."),
        epilog=tr(
            "Kode keluar: 0 ada; 1 tidak ada dosis hari itu; 2 isian salah; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun meja, vaksinator, dokter, koordinator, atau kepala."
        ),
    )
    parser.options.add_argument("--date", metavar="TANGGAL", type=day, required=True, help=tr("hari, misalnya 20-12-2021"))
    parser.options.add_argument("--post", metavar="KODE", help=tr("satu pos saja (biasanya semua pos)"))
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """List them in order of time."""
    with signed_in(options, "visits.view") as session:
        with session.opened.database.reading() as records:
            post = post_of(records, session, options.post) if options.post else None
            found = doses_on(records, session.actor.facility, options.date, post=post)
        answer(options, {"doses": [_told(row) for row in found]}, _lines(session, found))
    return 0 if found else 1


def _told(row: DoseRow) -> dict[str, Any]:
    return {
        "id": row.id, "at": row.at, "product": row.product, "number": row.number, "batch": row.batch_number,
        "valid": row.valid, "voided": row.voided,
    }  # fmt: skip


def _lines(session: Session, found: list[DoseRow]) -> Iterator[str]:
    for row in found:
        product = session.shipped.catalogue.products.get(row.product)
        state = tr("dibatalkan") if row.voided else ("" if row.valid else tr("tidak dihitung"))
        yield tr("{id}  {time}  dosis {number}  {product}  {batch}  {state}").format(
            id=row.id.hex, time=formats.clock(row.at, ZONES[session.zone]), number=row.number,
            product=product.name if product else row.product, batch=row.batch_number, state=state,
        ).rstrip()  # fmt: skip
    if not found:
        yield tr("Tidak ada dosis pada hari itu.")
