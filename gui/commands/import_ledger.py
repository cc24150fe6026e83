"""`import-ledger`: the stock ledger of another system, from a flat file."""

from __future__ import annotations

import csv
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from gui.clock import Clock
from gui.commands.ledger_folder import has_ledger, ledger_path, ledger_records, new_ledger
from gui.commands.output import Progress, add_json, answer
from gui.commands.session import add_account, signed_in
from gui.language import tr
from gui.messages import sentence
from gui.opening import load_shipped
from gui.where import lock
from models.errors import Refused
from models.exchange.ledger_actions import import_ledger, imported_before
from models.exchange.ledger_file import LedgerFile, Reading, read_ledger
from models.exchange.ledger_plan_queries import LedgerRefused, Ours, ours, plan, told
from models.exchange.ledger_words import COLUMNS, INCOMING, KINDS, OUTGOING
from models.places.zones import ZONES
from models.records.base import new_id
from models.records.perform import perform
from models.staff.queries import Installer
from reports import formats

SHOWN: Final = 100
"""How many problems are written out; the rest is counted."""


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "import-ledger",
        help=tr("masukkan buku stok sistem lain dari berkas CSV"),
        description=tr(
            "Memasukkan buku stok dari sistem lain: satu baris CSV satu mutasi. Seluruh berkas masuk, atau tidak sama sekali;\n"
            "semua yang salah disebut sekaligus dengan nomor barisnya. Berkas yang sama dua kali tidak mengubah apa pun.\n"
            "Tanpa --user, buku itu mendapat folder sendiri yang terenkripsi dan terpisah dari catatan puskesmas."
        ),
        epilog=_description(),
    )
    parser.words.add_argument("file", metavar="BERKAS.csv", type=Path, help=tr("berkas CSV"))
    option = parser.options.add_argument
    option("--dry-run", action="store_true", help=tr("periksa saja; tidak ada yang disimpan"))
    option("--anew", action="store_true", help=tr("buang buku stok lain yang ada, lalu mulai dengan berkas ini"))
    option("--unit", choices=("vials", "doses"), default="vials", help=tr("satuan bila berkas tidak menyebutnya (vials)"))
    option("--place", metavar="NAMA", default="", help=tr("tempat untuk baris yang tidak menyebutnya"))
    option("--zone", choices=tuple(ZONES), default="WIB", help=tr("zona waktu buku baru (biasanya WIB)"))
    option("--create-posts", action="store_true", help=tr("dengan --user: buat pos untuk tempat yang belum ada"))
    option("--places", metavar="BERKAS", type=Path, help=tr("dengan --user: CSV dua kolom, nama tempat dan kode pos"))
    add_account(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def _description() -> str:
    columns = "\n".join(f"  {name:15} {', '.join(words)}" for name, words in COLUMNS.items())
    kinds = "\n".join(f"  {_sign(name)} {name:17} {', '.join(words)}" for name, words in KINDS.items())
    return tr(
        "Kolom (judul di baris pertama; huruf besar, spasi, dan tanda baca tidak dibedakan):\n{columns}\n"
        "Wajib: date, kind, quantity (atau in dan out), serta product atau batch. Lainnya boleh tidak ada.\n\n"
        "Jenis (+ masuk, - keluar, = menetapkan saldo, ± menurut tanda jumlahnya):\n{kinds}\n\n"
        "Jumlah ditulis tanpa tanda (atau semua yang keluar dengan minus), bulat tanpa pemisah ribuan.\n"
        "count = hasil hitung fisik: saldo menjadi jumlah itu, selisihnya dibukukan. transfer mengubah dua tempat (place, to);\n"
        "transfer_in dan transfer_out hanya tempat di baris itu. Penjelasan lengkap: README, \"A ledger of another system\".\n\n"
        "Kode keluar: 0 masuk (atau sudah pernah masuk); 2 ada yang salah, tidak ada yang tersimpan; 3 tidak dapat;\n"
        "4 tidak berhak; 130 dihentikan, tidak ada yang tersimpan. Dengan --user perlu akun farmasi atau koordinator."
    ).format(columns=columns, kinds=kinds)


def _sign(kind: str) -> str:
    if kind == "count":
        return "="
    return "+" if kind in INCOMING else "-" if kind in OUTGOING else "±"


def run(options: Namespace) -> int:
    """Take it in; everything that is wrong on standard error."""
    try:
        content = options.file.read_bytes()
    except OSError as fault:
        raise Refused("ledger.no_file", field="file") from fault
    progress = Progress(tr("Memasukkan"))
    try:
        facts = (_into_own if options.user or options.demo else _into_folder)(options, content, progress)
    except LedgerRefused as refusal:
        _show(refusal, options)
        raise
    finally:
        progress.end()
    answer(options, facts, _lines(facts))
    return 0


def _into_own(options: Namespace, content: bytes, progress: Progress) -> dict[str, Any]:
    """Into the puskesmas' own records."""
    with signed_in(options, "stock.correct") as session:
        file = read_ledger(content, _how(options, session.zone, session.clock), progress.step)
        database, catalogue = session.opened.database, session.shipped.catalogue
        named = _named(options.places)
        if options.dry_run:
            with database.reading() as records:
                here = ours(records, session.actor.facility, strict=True, named=named)
                found = told(plan(file, here, catalogue, create_posts=options.create_posts))
            return _facts(options, session.opened.folder.path, file, {"already": False, "lines": len(file.lines)} | found)
        booked = perform(
            database, session.actor, import_ledger, session.clock.now(), new_id(), file=file, name=options.file.name,
            catalogue=catalogue, strict=True, create_posts=options.create_posts, named=named, step=progress.step,
        )  # fmt: skip
        return _facts(options, session.opened.folder.path, file, booked)


def _into_folder(options: Namespace, content: bytes, progress: Progress) -> dict[str, Any]:
    """Into the folder of ledgers, which is made when it is not there."""
    folder, clock, catalogue = ledger_path(options.data), Clock(), load_shipped().catalogue
    present = has_ledger(folder) and not options.anew
    file = read_ledger(content, _how(options, options.zone, clock), progress.step)
    if options.dry_run and not present:
        found = told(plan(file, Ours(ZONES[options.zone]), catalogue, create_posts=True))
        return _facts(options, folder, file, {"already": False, "lines": len(file.lines)} | found)
    with _held(folder), (ledger_records(folder) if present else new_ledger(folder, options.zone, clock.now())) as (
        database,
        facility,
    ):
        if options.dry_run:
            with database.reading() as records:
                before = imported_before(records, facility, file.digest)
                here = ours(records, facility, strict=False)
                figures = {} if before else told(plan(file, here, catalogue, create_posts=True))
            return _facts(options, folder, file, {"already": before is not None, "lines": len(file.lines)} | figures)
        booked = perform(
            database, Installer(new_id(), facility), import_ledger, clock.now(), new_id(), file=file, name=options.file.name,
            catalogue=catalogue, strict=False, create_posts=True, step=progress.step,
        )  # fmt: skip
        return _facts(options, folder, file, booked)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    held = lock(folder)
    try:
        yield
    finally:
        held.unlock()


def _how(options: Namespace, zone: str, clock: Clock) -> Reading:
    return Reading(ZONES[zone], clock.now(), " ".join(options.place.split()), options.unit)


def _named(path: Path | None) -> Mapping[str, str] | None:
    """What the mapping file says: words for places and codes of posts."""
    if path is None:
        return None
    try:
        rows = [row for row in csv.reader(path.read_text("utf-8-sig").splitlines()) if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Refused("ledger.places_file", field="places") from fault
    if any(len(row) != 2 for row in rows):
        raise Refused("ledger.places_file", field="places")
    return {" ".join(word.split()): code.strip() for word, code in rows}


def _facts(options: Namespace, folder: Path, file: LedgerFile, booked: Mapping[str, Any]) -> dict[str, Any]:
    return {"folder": folder, "digest": file.digest, "dry_run": options.dry_run, "unused_columns": file.unused, **booked}


def _show(refusal: LedgerRefused, options: Namespace) -> None:
    """What is wrong, line by line."""
    shown = refusal.problems[:SHOWN]
    if options.json:
        told_ = [{"line": each.details["line"], "code": each.code, "sentence": sentence(each)} for each in shown]
        answer(options, {"imported": False, "count": len(refusal.problems), "problems": told_}, ())
        return
    sys.stderr.writelines(f"{sentence(each)}\n" for each in shown)
    if len(refusal.problems) > SHOWN:
        sys.stderr.write(tr("… dan {more} lagi.").format(more=formats.number(len(refusal.problems) - SHOWN)) + "\n")


def _lines(facts: Mapping[str, Any]) -> Iterator[str]:
    if facts["already"]:
        yield tr("Berkas ini sudah pernah dimasukkan; tidak ada yang berubah.")
        return
    yield (tr("Dapat dimasukkan") if facts["dry_run"] else tr("Dimasukkan")) + tr(
        ": {lines} baris, {places} tempat, {cards} kartu, {movements} mutasi, {counts} penghitungan ({differences} berselisih)."
    ).format(**{name: formats.number(facts[name]) for name in _FIGURES})
    if facts["unused_columns"]:
        yield tr("Kolom yang tidak dipakai: {columns}").format(columns=", ".join(facts["unused_columns"]))
    yield tr("Folder: {folder}").format(folder=facts["folder"])


_FIGURES: Final = ("lines", "places", "cards", "movements", "counts", "differences")
