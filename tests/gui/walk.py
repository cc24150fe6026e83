"""`python -m tests.gui.walk [--roles] FOLDER [WIDTHxHEIGHT …]`: every page, and with --roles those of every role, is
looked at with long names on screen.

Prints one JSON object: where → faults. A process of its own, because QT_SCALE_FACTOR holds for a whole process.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from gui.clock import DemoClock
from gui.seats import Seats
from gui.theme import dress
from gui.window import Window
from gui.wish import Opening
from models.doses.actions import arrive
from models.people.actions import register
from models.people.nik import Nik
from models.places.actions import PostDraft, set_post
from models.places.queries import facilities, posts
from models.records.base import new_id
from models.records.folder import DataFolder
from models.records.perform import perform
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import SignedIn, account_for_sign_in
from models.staff.rights import Role
from models.stock.actions import receive_batch
from tests.gui.looks import faults
from tests.gui.puskesmas import BEFORE, KNOWN, PASSWORD, TODAY, found_puskesmas

LONG = "SITI NURHALIZA RATU MAHARANI KUSUMAWARDHANI BINTI HAJI ABDURRAHMAN WAHID SASTROWIDJOJO KARTAWINATA PUTRI"[:100]
EVERYTHING = "semua"


def found_long(path: Path) -> None:
    """A puskesmas where everything has a long name, and somebody waits."""
    found_puskesmas(path)
    database, _ = DataFolder(path).open()
    clock = DemoClock(TODAY, "WIB")
    try:
        with database.reading() as records:
            facility = facilities(records)[0].id

        def act(who: SignedIn, action: Any, **values: Any) -> Any:
            return perform(database, who, action, values.pop("when", BEFORE), new_id(), **values)

        admin = _who(database, "admin")
        roles = [role.value for role in Role]
        act(admin, set_account, draft=AccountDraft(EVERYTHING, LONG, roles, PASSWORD))
        for role in Role:
            act(admin, set_account, draft=AccountDraft(f"peran.{role.value}", LONG.title(), [role.value], PASSWORD))
        all_ = _who(database, EVERYTHING)
        act(all_, set_post, draft=PostDraft(code="POS9", name=f"Pos Desa {LONG.title()}"[:100], kind="village_post"))
        twin = replace(KNOWN, name=LONG, nik=Nik.parse("6112095206629004"))
        person = act(all_, register, person=twin, confirmed=frozenset({"people.twin"}), reason="uji")
        with database.reading() as records:
            places = {row.code: row.id for row in posts(records, facility)}
        for post in places.values():
            if post != places.get("GUDANG"):
                act(all_, arrive, when=clock.now(), recipient=person, post_id=post)
                break
        from gui.opening import load_shipped  # only here

        act(
            all_, receive_batch, catalogue=load_shipped().catalogue, today=TODAY, post=places["INDUK"], product="coronavac",
            number="20210812-PANJANG-SEKALI", expiry=TODAY.replace(year=2022), vials=10, doses_per_vial=10, ul_per_dose=500,
            confirmed=frozenset({"stock.unknown_packing"}), reason="uji",
        )  # fmt: skip
    finally:
        database.close()


def _who(database: Any, login: str) -> SignedIn:
    with database.reading() as records:
        found = account_for_sign_in(records, login)
    assert found is not None
    row = found[0]
    return SignedIn(row.id, row.facility, row.login, row.name, row.roles)


def _until(check: Callable[[], bool], most: int = 10_000) -> None:
    """Let the program work until `check()`, looking every 20 ms."""
    loop, timer, left = QEventLoop(), QTimer(), [most // 20]

    def look() -> None:
        left[0] -= 1
        if check() or not left[0]:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(20)
    loop.exec()
    assert left[0], "nothing came"


def walk(path: Path, sizes: list[tuple[int, int]], logins: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Where, and what is wrong there. The first login is looked at in every size, the others in the first size only."""
    window = Window(Opening(path))
    window.clock = DemoClock(TODAY, "WIB")
    window.resize(*sizes[0])
    window.show()
    window.open_data()

    def quiet() -> bool:
        return window.work.oldest() is None

    _until(lambda: window.seats is not None and quiet())
    seats = window.seats
    assert seats is not None
    yield "sign-in", faults(window)
    for login in logins:
        _sit_down(seats, window, login)
        shell = window.shell
        assert shell is not None
        for at, button in enumerate(shell.buttons):
            shell.open_page(at)
            for size in sizes if login == logins[0] else sizes[:1]:
                window.resize(*size)
                _until(quiet)
                QApplication.sendPostedEvents()
                _until(quiet)
                found = faults(window)
                if (window.width(), window.height()) != size:
                    found.append(f"size: the window needs {window.width()}x{window.height()}")
                yield f"{login} · {button.accessibleName()} · {size[0]}x{size[1]}", found
        seats.ask_who()
    with_end = [False]
    window.closed.connect(lambda: with_end.__setitem__(0, True))
    window.close()
    _until(lambda: with_end[0])


def _sit_down(seats: Seats, window: Window, login: str) -> None:
    assert window.opened is not None
    seats._let_in(_who(window.opened.database, login))
    _until(lambda: window.shell is not None and window.work.oldest() is None)


def main(arguments: list[str]) -> int:
    """Walk and print."""
    roles = "--roles" in arguments
    arguments = [each for each in arguments if each != "--roles"]
    folder = Path(arguments[0])
    sizes = [(int(width), int(height)) for width, height in (text.split("x") for text in arguments[1:])] or [(1093, 614)]
    application = QApplication([])
    dress(application)
    if not (folder / "keys.json").exists():
        found_long(folder)
    # The account with all roles has every page; what one role alone sees is the same pages, fewer of them.
    logins = [EVERYTHING, *(f"peran.{role.value}" for role in Role)] if roles else [EVERYTHING]
    sys.stdout.write(json.dumps(dict(walk(folder, sizes, logins)), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
