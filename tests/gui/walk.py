"""`python -m tests.gui.walk [--roles] [--dark] [--brief | --pages] [--pictures PLACE] FOLDER [WIDTHxHEIGHT …]`: every page with
its cards and lists open is looked at with long names on screen, with --roles also the pages of every role.

Prints one JSON object: where → faults; with --pictures each look is kept as a PNG too. --brief opens the cards in the
first size only and no lists, --pages nothing at all. A process of its own, because QT_SCALE_FACTOR holds for a whole process.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gui.clock import DemoClock
from gui.seats import Seats
from gui.theme import dress
from gui.window import Window
from gui.wish import Opening
from models.doses.actions import arrive
from models.people.actions import register
from models.people.birth import BirthDate
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
from models.stock.cold.actions import EquipmentDraft, set_equipment
from tests.gui.cards import MENDED, cards, popups
from tests.gui.looks import faults
from tests.gui.puskesmas import BEFORE, KNOWN, PASSWORD, TODAY, found_puskesmas

LONG = "SITI NURHALIZA RATU MAHARANI KUSUMAWARDHANI BINTI HAJI ABDURRAHMAN WAHID SASTROWIDJOJO KARTAWINATA PUTRI"[:100]
ELDER = "SUKARNI BINTI HAJI ABDURRAHMAN"
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
        other = replace(twin, name=LONG[:99], birth=BirthDate(date(1971, 3, 4)), disputed=True)
        act(all_, register, person=other, confirmed=frozenset({"people.twin", "nik.birth_date_differs"}), reason=LONG.lower())
        old = replace(twin, name=ELDER, nik=Nik.parse("6112095206419005"), birth=BirthDate(date(1941, 6, 12)))
        elder = act(all_, register, person=old, confirmed=frozenset({"people.twin"}), reason="uji")
        with database.reading() as records:
            places = {row.code: row.id for row in posts(records, facility)}
        for post in places.values():
            if post != places.get("GUDANG"):
                for waits in (person, elder):
                    act(all_, arrive, when=clock.now(), recipient=waits, post_id=post)
                break
        from gui.opening import load_shipped  # only here

        act(
            all_, receive_batch, catalogue=load_shipped().catalogue, today=TODAY, post=places["INDUK"], product="coronavac",
            number="20210812-PANJANG-SEKALI", expiry=TODAY.replace(year=2022), vials=10, doses_per_vial=10, ul_per_dose=500,
            confirmed=frozenset({"stock.unknown_packing"}), reason="uji",
        )  # fmt: skip
        act(all_, set_equipment, draft=EquipmentDraft(places["INDUK"], f"Kulkas {LONG.title()}"[:60], "fridge", 20, 80))
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


@dataclass
class Walk:
    """One walk through a window. The first login is looked at in every size, the others in the first size only."""

    window: Window
    sizes: list[tuple[int, int]]
    brief: bool = False
    pages: bool = False
    pictures: Path | None = None
    found: dict[str, list[str]] = field(default_factory=dict)

    def quiet(self) -> bool:
        """Whether nothing is under way."""
        return self.window.work.oldest() is None

    def settle(self, check: Callable[[], bool] = lambda: True) -> None:
        """Until `check()` holds and nothing is under way."""
        _until(lambda: check() and self.quiet())
        for _ in range(2):  # what is laid out anew may ask for another place
            QApplication.sendPostedEvents()
            _until(self.quiet)

    def look(self, where: str, shown: QWidget | None = None) -> None:
        """Note what is wrong with the window, or with a list that is `shown` over it."""
        window = self.window
        shown = shown or window
        found = faults(shown)
        if where.rsplit(": ", maxsplit=1)[-1] in MENDED:
            found = [each for each in found if not each.startswith("scrolled: ")]
        where = f"{where} · {window.width()}x{window.height()}"
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w ]+", " ", where)
            shown.grab().save(str(self.pictures / f"{len(self.found):03} {name}.png"))
        self.found[where] = found

    def look_in(self, sizes: list[tuple[int, int]], where: str) -> None:
        """The same in each size; the first one last, for what comes next."""
        for size in [*sizes[1:], sizes[0]]:
            self.window.resize(*size)
            self.settle()
            self.look(where)
            if (self.window.width(), self.window.height()) != size:
                asked = f"size: the window needs {self.window.width()}x{self.window.height()}, there are {size[0]}x{size[1]}"
                self.found[f"{where} · {self.window.width()}x{self.window.height()}"].append(asked)

    def every_page(self, login: str) -> None:
        """As it is when it is opened, and for who has every page with all that opens on it."""
        shell = self.window.shell
        assert shell is not None
        whole = login == EVERYTHING
        if not self.pages:
            self.settle()
            shell._show_step("")  # a demo has its first day behind it
        for at, button in enumerate(shell.buttons):
            shell.open_page(at)
            where = f"{login} · {button.accessibleName()}"
            self.look_in(self.sizes if whole else self.sizes[:1], where)
            page = shell.page()
            if not whole or page is None or self.pages:
                continue
            if not self.brief:
                self._lists(where, page if at else self.window)
            for card in cards(page, self.settle):
                self.look_in(self.sizes[:1] if self.brief else self.sizes, f"{where}: {card}")
                if not self.brief:
                    self._lists(f"{where}: {card}", page)

    def _lists(self, where: str, shown: QWidget) -> None:
        for what, popup in popups(shown):
            QApplication.sendPostedEvents()
            self.look(f"{where}: {what}", popup)


def walk(path: Path, sizes: list[tuple[int, int]], logins: list[str], **how: Any) -> dict[str, list[str]]:
    """Where, and what is wrong there."""
    window = Window(Opening(path))
    window.clock = DemoClock(TODAY, "WIB")
    window.resize(*sizes[0])
    window.show()
    window.open_data()
    tour = Walk(window, sizes, **how)
    tour.settle(lambda: window.seats is not None)
    if not tour.pages:
        window.demo_line.show()  # as new people see it first; it takes a line of the window
    seats = window.seats
    assert seats is not None
    tour.look("sign-in")
    for login in logins:
        _sit_down(seats, window, login)
        tour.every_page(login)
        seats.ask_who()
    with_end = [False]
    window.closed.connect(lambda: with_end.__setitem__(0, True))
    window.close()
    _until(lambda: with_end[0])
    return tour.found


def _sit_down(seats: Seats, window: Window, login: str) -> None:
    assert window.opened is not None
    seats._let_in(_who(window.opened.database, login))
    _until(lambda: window.shell is not None and window.work.oldest() is None)


def main() -> int:
    """Walk and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.gui.walk", description=__doc__)
    for flag in ("--roles", "--dark", "--brief", "--pages"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sizes", nargs="*", default=["1093x614"])
    wanted = parser.parse_intermixed_args()
    sizes = [(int(width), int(height)) for width, height in (text.split("x") for text in wanted.sizes)]
    application = QApplication([])
    look = dress(application)
    if wanted.dark:
        look.choose("dark")
    if not (wanted.folder / "keys.json").exists():
        found_long(wanted.folder)
    # The account with all roles has every page; what one role alone sees is the same pages, fewer of them.
    logins = [EVERYTHING, *(f"peran.{role.value}" for role in Role)] if wanted.roles else [EVERYTHING]
    found = walk(wanted.folder, sizes, logins, brief=wanted.brief, pages=wanted.pages, pictures=wanted.pictures)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
