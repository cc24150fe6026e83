"""`recap`: the figures of a day as one A4 page."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from gui.commands.output import add_json, add_out, answer, write_paper
from gui.commands.parser import day
from gui.commands.session import Session, add_account, signed_in
from gui.language import tr
from models.errors import Refused
from models.overview.recap import recap_of
from models.overview.recap_facts import RecapFacts
from models.places.queries import post_by_code, posts
from reports import formats
from reports.recap import draw_recap


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "recap",
        help=tr("rekap satu hari sebagai PDF"),
        description=tr("Menulis rekap satu hari pada satu lembar A4: orang, kelompok, desa, dan vial per batch."),
        epilog=tr(
            "Kode keluar: 0 cocok; 1 tertulis, tetapi ada selisih; 2 isian salah; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun koordinator, kepala, admin, atau dinkes."
        ),
    )
    parser.options.add_argument("--date", metavar="TANGGAL", type=day, required=True, help=tr("hari rekap, misalnya 20-12-2021"))
    parser.options.add_argument("--post", metavar="KODE", help=tr("satu pos saja (biasanya semua pos)"))
    add_out(parser)
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Write it; 1 when its figures do not add up."""
    with signed_in(options, "figures.view") as session:
        now = session.clock.now()
        if options.date > session.clock.today(session.zone):
            raise Refused("command.day_ahead", field="date")
        with session.opened.database.reading() as records:
            facts = recap_of(
                records,
                facility_id=session.actor.facility,
                post_id=post_of(records, session, options.post) if options.post else None,
                day=options.date,
                site=session.opened.database.site,
                regions=session.shipped.regions,
                catalogue=session.shipped.catalogue,
                taken_at=now,
            )
        paper = io.BytesIO()
        draw_recap(facts, paper, watermark=session.watermark)
    write_paper(options.out, paper.getvalue())
    adds_up = not facts.people.difference and not any(row.vial_difference or row.content_difference for row in facts.batches)
    answer(options, {"file": options.out, "adds_up": adds_up, "recap": facts}, _lines(options, facts, adds_up=adds_up))
    return 0 if adds_up else 1


def post_of(records: Any, session: Session, code: str) -> UUID:
    """The post with this code; Refused with the codes that there are."""
    found = post_by_code(records, session.actor.facility, code.strip().upper())
    if found is None:
        known = posts(records, session.actor.facility, with_inactive=True)
        raise Refused("command.no_post", field="post", codes=", ".join(row.code for row in known))
    return found.id


def _lines(options: Namespace, facts: RecapFacts, *, adds_up: bool) -> Iterator[str]:
    people = facts.people
    yield tr("{day}, {post}").format(day=formats.day_long(facts.day), post=facts.post or tr("semua pos"))
    yield tr(
        "Terdaftar {registered} = disuntik {given} + ditunda {postponed} + tidak diberikan {not_given} + pergi {left} "
        "+ masih proses {in_process}"
    ).format(
        registered=people.registered, given=people.given, postponed=people.postponed, not_given=people.not_given,
        left=people.left, in_process=people.in_process,
    )  # fmt: skip
    for row in facts.batches:
        yield tr(
            "{product} {batch}: awal {opening} + terima {received} - kirim {sent} - dibuka {opened} + lain {other} "
            "= akhir {closing}"
        ).format(
            product=row.product, batch=row.batch, opening=row.opening, received=row.received, sent=row.sent,
            opened=row.opened, other=row.other, closing=row.closing,
        )  # fmt: skip
    if facts.errors:
        yield tr("Termasuk {errors} suntikan dengan kesalahan prosedur, yang tidak berlaku sebagai dosis.").format(
            errors=formats.number(facts.errors)
        )
    if not adds_up:
        yield tr("ADA SELISIH: lihat baris merah pada rekap.")
    yield tr("Tertulis: {file}").format(file=options.out)
