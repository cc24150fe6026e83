"""`recap`: the figures of a day as one A4 page or as a workbook, live or as they were closed."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from gui.commands.output import add_json, answer, write_paper
from gui.commands.parser import day, whole
from gui.commands.session import Session, add_account, signed_in
from gui.language import tr
from models.errors import Refused
from models.overview.queries import closed_days
from models.overview.recap import recap_of
from models.overview.recap_facts import RecapFacts
from models.places.queries import post_by_code, posts
from reports import formats
from reports.recap import draw_recap
from reports.recap_rows import state_words, unwritten_words
from reports.workbook import write_workbook


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "recap",
        help=tr("rekap satu hari sebagai PDF"),
        description=tr(
            "Menulis rekap satu hari pada satu lembar A4 atau sebagai buku kerja Excel: orang, kelompok, desa, pos, dan vial "
            "per batch. Biasanya angka saat ini; dengan --closed atau --version seperti saat hari itu ditutup, sama untuk "
            "selamanya."
        ),
        epilog=tr(
            "Kode keluar: 0 cocok; 1 tertulis, tetapi ada selisih; 2 isian salah; 3 tidak dapat; 4 tidak berhak.\n"
            "Perlu akun koordinator, kepala, admin, atau dinkes. Contoh:\n"
            "  recap --date 20-12-2021 --closed --out rekap.pdf --xlsx rekap.xlsx"
        ),
    )
    parser.options.add_argument("--date", metavar="TANGGAL", type=day, required=True, help=tr("hari rekap, misalnya 20-12-2021"))
    parser.options.add_argument("--post", metavar="KODE", help=tr("satu pos saja (biasanya semua pos)"))
    which = parser.options.add_mutually_exclusive_group()
    which.add_argument("--closed", action="store_true", help=tr("versi terakhir yang ditutup, bukan angka saat ini"))
    which.add_argument("--version", metavar="N", type=whole, help=tr("versi ke-N yang ditutup"))
    parser.options.add_argument("--out", metavar="BERKAS", type=Path, help=tr("berkas PDF yang ditulis; yang lama diganti"))
    parser.options.add_argument(
        "--xlsx", metavar="BERKAS", type=Path, help=tr("buku kerja Excel dengan angka yang sama; boleh bersama --out")
    )
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Write it; 1 when its figures do not add up."""
    if options.out is None and options.xlsx is None:
        raise Refused("command.missing", names="--out", program="recap")
    with signed_in(options, "figures.view") as session:
        if options.date > session.clock.today(session.zone):
            raise Refused("command.day_ahead", field="date")
        with session.opened.database.reading() as records:
            facts = _facts(records, session, options)
    for path, draw in ((options.out, draw_recap), (options.xlsx, write_workbook)):
        if path is not None:
            paper = io.BytesIO()
            draw(facts, paper, watermark=session.watermark)
            write_paper(path, paper.getvalue())
    files = {"file": options.out, "xlsx": options.xlsx}
    answer(options, {**files, "adds_up": facts.adds_up, "recap": facts}, _lines(options, facts))
    return 0 if facts.adds_up else 1


def _facts(records: Any, session: Session, options: Namespace) -> RecapFacts:
    """As they stand or as they were closed; Refused when that version was never closed."""
    facility = session.actor.facility
    post = post_of(records, session, options.post) if options.post else None
    if not options.closed and options.version is None:
        return recap_of(
            records,
            facility_id=facility,
            post_id=post,
            day=options.date,
            site=session.opened.database.site,
            regions=session.shipped.regions,
            catalogue=session.shipped.catalogue,
            taken_at=session.clock.now(),
        )
    versions = closed_days(records, facility, post, options.date)
    found = next((each for each in versions if options.closed or each.version == options.version), None)
    if found is None:
        raise Refused("command.not_closed", field="version", newest=versions[0].version if versions else 0)
    return found.facts


def post_of(records: Any, session: Session, code: str) -> UUID:
    """The post with this code; Refused with the codes that there are."""
    found = post_by_code(records, session.actor.facility, code.strip().upper())
    if found is None:
        known = posts(records, session.actor.facility, with_inactive=True)
        raise Refused("command.no_post", field="post", codes=", ".join(row.code for row in known))
    return found.id


def _lines(options: Namespace, facts: RecapFacts) -> Iterator[str]:
    people = facts.people
    yield tr("{day}, {post}").format(day=formats.day_long(facts.day), post=facts.post or tr("semua pos"))
    yield state_words(facts)
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
    if facts.unwritten:
        yield unwritten_words(facts)
    if not facts.adds_up:
        yield tr("ADA SELISIH: lihat baris merah pada rekap.")
    for file in filter(None, (options.out, options.xlsx)):
        yield tr("Tertulis: {file}").format(file=file)
