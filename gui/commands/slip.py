"""`slip`: one dose's slip with its signed QR."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from gui.commands.output import add_json, add_out, answer, write_paper
from gui.commands.parser import identity
from gui.commands.session import add_account, signed_in
from gui.language import tr
from gui.printing.choices import RESOLUTIONS, roll_of
from gui.printing.slips import slip_paper
from models.errors import Refused
from models.overview.slip_facts import SlipFacts
from models.overview.slips import SlipDesk, slip_of

_PAPERS: Final[dict[str, int | None]] = {"a6": None, "roll80": 80, "roll58": 58}


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "slip",
        help=tr("slip satu dosis sebagai PDF"),
        description=tr(
            "Menulis slip satu dosis dengan QR bertanda tangan, pada A6 atau kertas gulung. Cetak ulang memakai QR yang sama.\n"
            "Waktu tanda tangan selalu waktu yang sebenarnya, juga di demo."
        ),
        epilog=tr(
            "Kode keluar: 0 tertulis; 2 dosis tidak ada atau tidak berlaku; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun meja, vaksinator, dokter, koordinator, atau kepala."
        ),
    )
    wanted = tr("nomor catatan dosis, dari perintah doses")
    parser.options.add_argument("--dose", metavar="ID", type=identity, required=True, help=wanted)
    kinds = tr("a6 (bila tidak disebut), roll80, atau roll58: kertas gulung 80 atau 58 mm")
    parser.options.add_argument("--paper", metavar=tr("KERTAS"), type=_paper, default="a6", help=kinds)
    dots = tr("titik per inci pencetak kertas gulung: 203 (bila tidak disebut) atau 300")
    parser.options.add_argument("--dpi", metavar="DPI", type=dots_per_inch, default=203, help=dots)
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
    write_paper(options.out, slip_paper(facts, roll_of(options.dpi, options.paper) if options.paper else None, session.watermark))
    told = {
        "file": options.out, "dose": options.dose, "uvci": facts.uvci, "certificate": facts.certificate,
        "has_eu_code": facts.has_eu_code,
    }  # fmt: skip
    answer(options, told, _lines(options, facts))
    return 0


def _paper(text: str) -> int | None:
    """Millimetres of the roll, or None for A6."""
    if text not in _PAPERS:
        raise Refused("command.paper")
    return _PAPERS[text]


def dots_per_inch(text: str) -> int:
    """Of a roll's printer; Refused("command.dpi") for what no such printer has."""
    if text not in map(str, RESOLUTIONS):
        raise Refused("command.dpi")
    return int(text)


def _lines(options: Namespace, facts: SlipFacts) -> Iterator[str]:
    yield tr("Nomor: {uvci}").format(uvci=facts.uvci)
    if not facts.has_eu_code:
        yield tr("Kode produk ini di luar daftar Uni Eropa; pembaca lain dapat menolaknya.")
    yield tr("Tertulis: {file}").format(file=options.out)
