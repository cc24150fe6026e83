"""`import-ledger`: the stock ledger of another system, from a flat file."""

from __future__ import annotations

import csv
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timezone
from pathlib import Path
from typing import Any, Final
from uuid import UUID

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
from models.exchange.ledger_days import Reading
from models.exchange.ledger_file import LedgerFile, read_ledger
from models.exchange.ledger_plan_queries import LedgerRefused, Ours, ours, plan, told
from models.exchange.ledger_words import COLUMNS, INCOMING, KINDS, OUTGOING, kind_of, plain
from models.places.zones import ZONES, clock_of
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import perform
from models.staff.queries import Installer
from models.stock.balance_day_queries import ledger_zone
from reports import formats

SHOWN: Final = 100
"""How many problems are written out; the rest is counted."""
_ZONE: Final = "WIB"


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
    option("--zone", metavar="ZONA", type=_zone, help=tr("jam buku baru: WIB (biasanya), WITA, WIT, UTC, atau +02"))
    option(
        "--dates", choices=("day-first", "month-first"), default="day-first", help=tr("12/01/2021: 12 Januari, atau 1 Desember")
    )
    option("--kinds", metavar="BERKAS", type=Path, help=tr("CSV dua kolom, kata di kolom jenis dan artinya (receipt, …)"))
    option(
        "--below-zero", choices=("refuse", "keep"), default="refuse", help=tr("saldo di bawah nol: tolak, atau simpan apa adanya")
    )
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
        "Wajib: date, kind, quantity (atau in dan out), serta product atau batch. Lainnya boleh tidak ada.\n"
        "direction: CREDIT, +, in menambah; DEBIT, -, out mengurangi; untuk jumlah tanpa tanda.\n\n"
        "Jenis (+ masuk, - keluar, = menetapkan saldo, ± menurut tanda jumlahnya):\n{kinds}\n\n"
        "Jumlah ditulis tanpa tanda (atau semua yang keluar dengan minus), bulat tanpa pemisah ribuan.\n"
        "count = hasil hitung fisik: saldo menjadi jumlah itu, selisihnya dibukukan. transfer mengubah dua tempat (place, to);\n"
        'transfer_in dan transfer_out hanya tempat di baris itu. Penjelasan lengkap: README, "A ledger of another system".\n\n'
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


def _zone(text: str) -> str:
    found = clock_of(text)
    if found is None:
        raise Refused("ledger.zone", field="zone")
    return str(found)


def _into_own(options: Namespace, content: bytes, progress: Progress) -> dict[str, Any]:
    """Into the puskesmas' own records."""
    if options.below_zero == "keep":
        raise Refused("ledger.keep_own", field="below_zero")
    if options.zone:
        raise Refused("ledger.zone_own", field="zone")
    with signed_in(options, "stock.correct") as session:
        file = read_ledger(content, _how(options, ZONES[session.zone], session.clock), progress.step)
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
    how = _how(options, clock_of(options.zone or _ZONE) or ZONES[_ZONE], clock)
    file = None if present else read_ledger(content, how, progress.step)
    keep = options.below_zero == "keep"
    if file is not None and options.dry_run:
        found = told(plan(file, Ours(how.zone), catalogue, create_posts=True, keep=keep))
        return _facts(options, folder, file, {"already": False, "lines": len(file.lines)} | found)
    with (
        _held(folder),
        ledger_records(folder) if present else new_ledger(folder, str(how.zone), clock.now()) as (
            database,
            facility,
        ),
    ):
        if file is None:
            file = _read_more(options, content, database, facility, how, progress)
        if options.dry_run:
            with database.reading() as records:
                before = imported_before(records, facility, file.digest)
                here = ours(records, facility, strict=False)
                figures = {} if before else told(plan(file, here, catalogue, create_posts=True, keep=keep))
            return _facts(options, folder, file, {"already": before is not None, "lines": len(file.lines)} | figures)
        booked = perform(
            database, Installer(new_id(), facility), import_ledger, clock.now(), new_id(), file=file, name=options.file.name,
            catalogue=catalogue, strict=False, create_posts=True, keep=keep, step=progress.step,
        )  # fmt: skip
        return _facts(options, folder, file, booked)


def _read_more(
    options: Namespace, content: bytes, database: Database, facility: UUID, how: Reading, progress: Progress
) -> LedgerFile:
    """A file for the book that is there, by its clock: that of the file it began with."""
    with database.reading() as records:
        zone = ledger_zone(records, facility)
    if options.zone and options.zone != str(zone):
        raise Refused("ledger.other_zone", field="zone", zone=str(zone))
    return read_ledger(content, replace(how, zone=zone), progress.step)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    held = lock(folder)
    try:
        yield
    finally:
        held.unlock()


def _how(options: Namespace, zone: timezone, clock: Clock) -> Reading:
    kinds = {}
    for word, kind in _pairs(options.kinds, "ledger.kinds_file", "kinds"):
        known = kind_of(kind)
        if known is None:
            raise Refused("ledger.map_kind", field="kinds", kind=kind[:40])
        kinds[plain(word)] = known
    place = " ".join(options.place.split())
    return Reading(zone, clock.now(), place, options.unit, kinds, month_first=options.dates == "month-first")


def _named(path: Path | None) -> Mapping[str, str] | None:
    """What the mapping file says: words for places and codes of posts."""
    return dict(_pairs(path, "ledger.places_file", "places")) if path else None


def _pairs(path: Path | None, code: str, field: str) -> Iterator[tuple[str, str]]:
    """The two columns of a file that gives words a meaning; comma or semicolon."""
    if path is None:
        return
    try:
        lines = path.read_text("utf-8-sig").splitlines()
        semicolon = any(";" in line for line in lines) and not any("," in line for line in lines)
        rows = [row for row in csv.reader(lines, delimiter=";" if semicolon else ",") if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Refused(code, field=field) from fault
    if any(len(row) != 2 for row in rows):
        raise Refused(code, field=field)
    yield from ((" ".join(word.split()), meaning.strip()) for word, meaning in rows)


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
    yield from _warnings(facts)
    if facts["unused_columns"]:
        yield tr("Kolom yang tidak dipakai: {columns}").format(columns=", ".join(facts["unused_columns"]))
    yield tr("Folder: {folder}").format(folder=facts["folder"])


def _warnings(facts: Mapping[str, Any]) -> Iterator[str]:
    """What fits and may yet not be meant."""
    if facts["moved_days"]:
        yield tr(
            "Perhatian: {lines} baris jatuh pada hari lain daripada yang tertulis, karena jamnya memakai Z atau selisih jam. "
            "Pakai --zone UTC (dengan --anew) bila harinya menurut jam itu."
        ).format(lines=formats.number(facts["moved_days"]))
    if facts["contradicting"]:
        yield tr("Perhatian: di {lines} alasan koreksi berlawanan dengan tandanya. Periksa tanda atau kolom direction.").format(
            lines=_named_lines(facts["contradicting"])
        )
    for words in facts["spellings"]:
        yield tr("Perhatian: dianggap berbeda karena huruf atau spasinya: {words}").format(
            words=", ".join(f'"{word}"' for word in words)
        )
    if facts["below_zero"]:
        yield tr("Saldo di bawah nol, disimpan apa adanya: {lines}.").format(lines=_named_lines(facts["below_zero"]))


def _named_lines(numbers: Sequence[int]) -> str:
    """How many lines, and which come first."""
    first = ", ".join(str(number) for number in numbers[:5]) + (", …" if len(numbers) > 5 else "")
    return tr("{count} baris ({first})").format(count=formats.number(len(numbers)), first=first)


_FIGURES: Final = ("lines", "places", "cards", "movements", "counts", "differences")
