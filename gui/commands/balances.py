"""`balances`: what was on the shelves at the end of a day, or of each day of a span."""

from __future__ import annotations

import csv
import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final
from uuid import UUID

from gui.commands.ledger_folder import has_ledger, ledger_path, ledger_records
from gui.commands.output import add_json
from gui.commands.parser import day
from gui.commands.session import add_account, signed_in
from gui.language import tr
from models.errors import Refused
from models.exchange.ledger_queries import NamedBalance, Wanted, named_balances
from reports import formats

COLUMNS: Final = ("day", "place", "place_code", "product", "batch", "expiry", "doses_per_vial", "vials", "doses")


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "balances",
        help=tr("saldo stok pada akhir suatu hari"),
        description=tr(
            "Menulis berapa vial tiap batch di tiap tempat pada akhir suatu hari, atau tiap hari dari --from sampai --to.\n"
            "Tanpa --user, dari buku stok lain yang dimasukkan dengan import-ledger."
        ),
        epilog=tr(
            "--json: satu daftar; tiap unsurnya memuat day, place, place_code, product, batch, expiry, doses_per_vial, vials,\n"
            "dan doses; expiry, doses_per_vial, dan doses null bila tidak diketahui. Kata-katanya seperti di berkas. Urut\n"
            "menurut hari, tempat, barang, batch, kedaluwarsa. Yang bersaldo 0 ikut, sejak hari baris pertamanya, kecuali\n"
            "dengan --no-zero.\n"
            "Kode keluar: 0 terjawab; 1 tidak ada yang cocok dengan --place, --product, atau --batch; 2 isian salah atau\n"
            "belum ada buku; 3 tidak dapat; 4 tidak berhak."
        ),
    )
    option = parser.options.add_argument
    option("--as-of", metavar="TANGGAL", type=day, help=tr("akhir hari ini, misalnya 2021-12-20"))
    option("--from", dest="first", metavar="TANGGAL", type=day, help=tr("hari pertama"))
    option("--to", dest="last", metavar="TANGGAL", type=day, help=tr("hari terakhir"))
    option("--place", metavar="NAMA", default="", help=tr("satu tempat saja, nama atau kodenya"))
    option("--product", metavar="NAMA", default="", help=tr("satu barang saja"))
    option("--batch", metavar="NOMOR", default="", help=tr("satu batch saja"))
    option("--no-zero", action="store_true", help=tr("tanpa yang bersaldo 0"))
    option("--csv", action="store_true", help=tr("jawab sebagai CSV"))
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Write them; 1 where what was named is not there."""
    first, last = _days(options)
    wanted = Wanted(*(" ".join(words.split()) for words in (options.place, options.product, options.batch)))
    with _records(options) as (records, facility):
        found = named_balances(records, facility, first, last, wanted)
        count = _write(options, (each for each in found if each.vials or not options.no_zero))
    return 0 if count or wanted == Wanted() else 1


def _days(options: Namespace) -> tuple[date, date]:
    if options.as_of and not (options.first or options.last):
        return options.as_of, options.as_of
    if options.as_of or not (options.first and options.last):
        raise Refused("ledger.which_days", field="as_of")
    if options.first > options.last:
        raise Refused("ledger.days", field="first")
    return options.first, options.last


@contextmanager
def _records(options: Namespace) -> Iterator[tuple[Any, UUID]]:
    if options.user or options.demo:
        with signed_in(options, "stock.view") as session, session.opened.database.reading() as records:
            yield records, session.actor.facility
        return
    folder = ledger_path(options.data)
    if not has_ledger(folder):
        raise Refused("ledger.no_ledger", field="data")
    with ledger_records(folder) as (database, facility), database.reading() as records:
        yield records, facility


def _write(options: Namespace, found: Iterable[NamedBalance]) -> int:
    """Write them one by one, however many days they are; how many there were."""
    count = 0
    table = csv.writer(sys.stdout, lineterminator="\n")
    if options.csv:
        table.writerow(COLUMNS)
    for each in found:
        if options.json:
            row = {name: getattr(each, name) for name in COLUMNS}
            sys.stdout.write(("[\n" if not count else ",\n") + " " + json.dumps(row, default=str, ensure_ascii=False))
        elif options.csv:
            table.writerow("" if (value := getattr(each, name)) is None else value for name in COLUMNS)
        else:
            sys.stdout.write(_line(each) + "\n")
        count += 1
    if options.json:
        sys.stdout.write("\n]\n" if count else "[]\n")
    elif not count and not options.csv:
        sys.stdout.write(tr("Tidak ada saldo yang cocok.") + "\n")
    sys.stdout.flush()
    return count


def _line(each: NamedBalance) -> str:
    expiry = formats.day_short(each.expiry) if each.expiry else formats.NOTHING
    doses = formats.number(each.doses) if each.doses is not None else formats.NOTHING
    return tr("{day}  {place}  {product}  {batch}  ED {expiry}  {vials} vial  {doses} dosis").format(
        day=formats.day_short(each.day), place=each.place, product=each.product or formats.NOTHING,
        batch=each.batch or formats.NOTHING, expiry=expiry, vials=formats.number(each.vials), doses=doses,
    )  # fmt: skip
