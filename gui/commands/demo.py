"""`demo`: an invented puskesmas in a folder of its own, and the window on it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from gui.commands.demo_folder import make_demo, plan_of
from gui.commands.output import Progress, add_json, answer
from gui.commands.parser import day, whole
from gui.language import tr
from gui.where import data_path, lock
from models.exchange.demo import ACCOUNTS, DemoPlan, demo_password
from reports import formats


def add(commands: Any) -> None:
    """Describe it."""
    parser = commands.add_parser(
        "demo",
        help=tr("puskesmas rekaan untuk mencoba"),
        description=tr(
            "Membuka Puskesmas Sungai Kakap yang seluruh isinya rekaan, di folder sendiri; data asli tidak disentuh.\n"
            "Demo memegang harinya sendiri. Demo yang sudah ada dipakai lagi, kecuali dengan --anew."
        ),
        epilog=tr("Kode keluar: 0 baik; 2 isian salah; 3 tidak dapat (diska, folder berisi data asli); 130 dihentikan."),
    )
    option = parser.options.add_argument
    option("--no-window", action="store_true", help=tr("isi data saja, jendela tidak dibuka"))
    option("--people", metavar="N", type=whole, help=tr("banyaknya orang (biasanya 2000)"))
    option("--seed", metavar="N", type=whole, help=tr("angka awal acak: angka sama, orang sama"))
    option("--today", metavar="TANGGAL", type=day, help=tr("hari ini menurut demo (biasanya 2021-12-20)"))
    option("--anew", action="store_true", help=tr("buang demo yang ada, lalu isi dari awal"))
    option("--data", metavar="FOLDER", help=tr("folder demo (biasanya di samping folder data)"))
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Fill the folder where needed; then the window, or what to try next."""
    folder = data_path(options.data, demo=True)
    usual = DemoPlan()
    plan = DemoPlan(
        usual.people if options.people is None else options.people,
        usual.seed if options.seed is None else options.seed,
        options.today or usual.today,
    )
    made = False
    if options.no_window or options.anew:
        made = _made(folder, plan, anew=options.anew)
    if not options.no_window:
        from gui.start import main  # Qt's windows, which no other command needs

        # What was left out stays left out: an existing demo then keeps its own.
        asked = {"people": options.people, "seed": options.seed, "today": options.today}
        given = [f"--{name}={value}" for name, value in asked.items() if value is not None]
        return main(["demo", f"--data={folder}", *given])
    present = plan_of(folder) or plan
    facts = {
        "folder": folder, "made": made, "people": present.people, "seed": present.seed, "today": present.today,
        "accounts": [{"login": login, "password": demo_password(login), "role": role} for login, _, role in ACCOUNTS],
    }  # fmt: skip
    answer(options, facts, _lines(folder, present, made=made, same=present == plan))
    return 0


def _made(folder: Path, plan: DemoPlan, *, anew: bool) -> bool:
    progress = Progress(tr("Mengisi demo"))
    if not anew and plan_of(folder) and (folder / "keys.json").exists():
        return False  # a window may be open on it, and nothing needs its lock
    with _held(folder):
        try:
            return make_demo(folder, plan, progress.step, anew=anew)
        finally:
            progress.end()


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder's lock; a folder that came into being for nothing goes again."""
    was_there = folder.exists()
    held = lock(folder)
    try:
        yield
    finally:
        held.unlock()
        if not was_there:
            with suppress(OSError):  # not empty: something was made
                folder.rmdir()


def _lines(folder: Path, plan: DemoPlan, *, made: bool, same: bool) -> Iterator[str]:
    people, today = formats.number(plan.people), formats.day_short(plan.today)
    if made:
        yield tr("Demo siap: {people} orang rekaan, hari ini {today}.").format(people=people, today=today)
    else:
        yield tr("Demo sudah ada dan dipakai lagi: {people} orang rekaan, hari ini {today}.").format(people=people, today=today)
        if not same:
            yield tr("Jumlah orang, angka acak, atau harinya berbeda dari yang diminta: tambahkan --anew untuk mengganti.")
    yield tr("Folder: {folder}").format(folder=folder)
    logins = ", ".join(login for login, _, _ in ACCOUNTS)
    yield tr("Akun: {logins}. Kata sandi: demo- lalu nama akun, misalnya demo-kepala.").format(logins=logins)
