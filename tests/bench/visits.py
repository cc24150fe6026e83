"""`python -m tests.bench.visits [--visits 1000]`: one window, one person alone at the lone desk, visit after visit by keys.

Told are the resident memory after every hundred visits, how much of it is held and grows after the first two hundred, the
longest stretch of the screen's thread on a processor, and that every injection is a dose in records that `check` finds clean.
Held is what stays when all is let go that may be: pages of the file, of which each connection keeps up to 4 MiB and fills them
as the file grows, and what malloc keeps for later. Fails above the limits of README.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import gui.parts
from gui.clock import DemoClock
from gui.head import LOCK_SETTING
from gui.opening import load_shipped
from gui.pages.lone import LonePage
from gui.theme import dress
from gui.window import Window
from gui.wish import Opening
from models.doses.queries import doses_on
from models.overview.check import check
from models.people.person import PersonDraft
from models.records.base import new_id
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.perform import perform
from models.stock.actions import receive_batch
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import sign_in
from tests.journeys.table import EARLY, Table
from tests.scenes.ground import TODAY, adults, centre_of, found, signed
from tests.scenes.people import at_the_centre, go_to, open_vial_of
from tests.scenes.watchdog import BEAT, Watchdog

MOST_MIB: Final = 250
GROWTH_MIB: Final = 0.5
"""Held more per hundred visits, once everything has been on screen: the rows of the day are some 3 KiB for each visit."""
BUSY: Final = 0.05
_WARM: Final = 200
_LET_GO: Final = 20
"""So many visits between two looks at who may go home: at this pace some forty people sit in observation."""
_PACE: Final = timedelta(seconds=20)
"""How far the clock goes on with each visit, so that a thousand end before the day does."""


class Bot:
    """What `Hands` asks of pytest-qt, without pytest."""

    def waitUntil(self, check: Callable[[], bool], timeout: int) -> None:  # noqa: N802 - as pytest-qt calls it
        """Let the program work until `check()` holds."""
        # Other work on this machine makes it slow, not wrong.
        last, loop, timer = time.monotonic() + 6 * timeout / 1000, QEventLoop(), QTimer()

        def look() -> None:
            if check() or time.monotonic() > last:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(5)
        look()
        while not check():
            assert time.monotonic() < last, "nothing came"
            loop.exec()

    @contextmanager
    def waitExposed(self, window: Any) -> Iterator[None]:  # noqa: N802 - see above
        """Until it is on screen."""
        yield
        self.waitUntil(window.isVisible, 10_000)


class Fingers(Hands):
    """Key by key, and the program works in between: a whole NIK at one stretch is something that nobody types."""

    def wait(self, check: Callable[[], bool]) -> None:
        """As long as a busy machine takes."""
        self.bot.waitUntil(check, timeout=10_000)

    def press(self, *keys: Key, control: bool = False) -> None:
        """One key after the other."""
        for key in keys:
            super().press(key, control=control)
            _breathe()

    def type(self, text: str) -> None:
        """Sign by sign."""
        for sign in text:
            super().type(sign)
            _breathe()


def _breathe() -> None:
    """As long as two beats of the watchdog."""
    QTest.qWait(2 * BEAT)  # QTimer.singleShot keeps what it called: 2 KiB for each visit, which would be told of the program


def resident() -> float:
    """MiB of this process that are in memory now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20


def held(database: Database) -> float:
    """MiB that are still resident when everything is let go that may be."""
    for reach in (database.reading, database.writing):
        with reach() as records:
            records.exec_driver_sql("PRAGMA shrink_memory")
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return resident()


def furnish(path: Path, people: list[PersonDraft]) -> None:
    """Three of four are known, and there is vaccine for all."""
    found(path, known=len(people) * 3 // 4)
    database, _ = DataFolder(path).open()
    who = signed(database, "koordinator")
    perform(
        database, who, receive_batch, EARLY, new_id(), catalogue=load_shipped().catalogue, today=TODAY,
        post=centre_of(database, who.facility), product="coronavac", number="20210913", expiry=TODAY + timedelta(days=99),
        vials=len(people) // 10 + 2, doses_per_vial=10, ul_per_dose=500, confirmed=frozenset({"stock.unknown_packing"}),
        reason="uji",
    )  # fmt: skip
    database.close()


class LoneDesk:
    """Somebody with all desks before one window."""

    def __init__(self, path: Path) -> None:
        self.window = Window(Opening(path))
        self.window.clock = DemoClock(TODAY, "WIB")
        self.window.resize(1366, 768)
        self.hands = Fingers(Bot(), self.window)  # type: ignore[arg-type]  # the two methods that are used
        self.hands.show()
        self.window.open_data()
        sign_in(self.hands, "vaksinator")
        self.page: LonePage = go_to(self.hands, "Meja tunggal", LonePage)
        at_the_centre(self.page)
        # These keys go to the widgets; the seats hear only those of a keyboard, and would lock after a quarter of an hour.
        self.page.desk.place.settings.setValue(LOCK_SETTING, 0)
        self.table = Table(self.hands, self.page, self.page.clinic, [])
        self.hands.wait(lambda: self.page.clinic.day is not None and bool(self.page.clinic.vial.shelf))

    def visit(self, person: PersonDraft, *, known: bool) -> None:
        """From the first key to the cursor in the first field again."""
        desk, hands, table = self.page.registration, self.hands, self.table
        assert person.nik is not None
        hands.wait(desk.first.hasFocus)
        hands.type(person.nik.digits)
        if known:
            hands.wait(lambda: desk.left.currentWidget() is desk.card and desk.card.name.text() == person.name)
        else:
            hands.press(Key.Key_Return)
            hands.wait(lambda: desk.left.currentWidget() is desk.form and desk.form.name.line.hasFocus())
            hands.type(person.name.lower())
        hands.press(Key.Key_F9)
        self._answer_twins()
        table.screen()
        hands.wait(table.counter.injection.limb.hasFocus)
        held = table.counter.vial.in_hand()
        if held is None or not held.left_ul:
            open_vial_of(table, "coronavac")
            hands.wait(table.counter.injection.limb.hasFocus)
        table.inject()
        self.page.desk.clock._begin += _PACE  # type: ignore[attr-defined]  # of a demo

    def _answer_twins(self) -> None:
        """Of a thousand invented names some are so near that the desk asks."""
        counter, hands, asked = self.table.counter, self.hands, self.page.question

        def at_the_table() -> bool:
            return counter.case is not None and counter.doing == "screening"

        hands.wait(lambda: at_the_table() or asked.isVisible())
        if asked.isVisible():
            hands.type("orang lain")
            hands.press(Key.Key_F9)
        hands.wait(at_the_table)

    def let_go(self) -> None:
        """All whose time of observation is over, as at any desk: F6, Ctrl+B, F4."""
        clinic, hands = self.page.clinic, self.hands
        hands.press(Key.Key_F6)
        hands.wait(lambda: clinic.observation.isVisible() and not self.page._under_way)
        free = {row.visit.id for row in clinic.observation.free()}
        if free:
            hands.wait(clinic.observation.all.isEnabled)  # it looks at the clock from time to time only
            hands.press(Key.Key_B, control=True)
            hands.wait(lambda: not free & {row.visit.id for row in clinic.observation.free()})
        hands.press(Key.Key_F4)
        hands.wait(self.page.registration.first.hasFocus)

    def held(self) -> float:
        """Once nothing is under way."""
        self.hands.wait(lambda: self.window.work.oldest() is None)
        assert self.window.opened is not None
        return held(self.window.opened.database)

    def close(self) -> None:
        """As a person closes it, with a copy."""
        ended: list[bool] = []
        self.window.closed.connect(lambda: ended.append(True))
        self.window.close()
        self.hands.wait(lambda: bool(ended))


def run(path: Path, visits: int) -> dict[str, Any]:
    """Furnish, work, compare."""
    people = adults(visits)
    furnish(path, people)
    desk, watchdog, memory, seconds = LoneDesk(path), Watchdog(), [resident()], []
    stretches, kept = [], []
    for number, person in enumerate(people, 1):
        begun = time.perf_counter()
        watchdog.longest = 0.0
        watchdog.start()
        desk.visit(person, known=number <= visits * 3 // 4)
        if number % _LET_GO == 0:
            desk.let_go()
        watchdog.stop()
        stretches.append(watchdog.longest)
        seconds.append(time.perf_counter() - begun)
        if number % 100 == 0:
            memory.append(resident())
            sys.stderr.write(f"{number}: {memory[-1]:.1f} MiB, longest {1000 * max(stretches[-100:]):.0f} ms\n")
        if number % _WARM == 0:
            kept.append(desk.held())
    facility = desk.page.desk.facility.id
    desk.close()
    database, _ = DataFolder(path).open()
    with database.reading() as records:
        given = [dose for dose in doses_on(records, facility, TODAY) if dose.voided is None]
        noted = database.noted_head()
        assert not check(records, {database.site: noted} if noted else {}).differences
    database.close()
    assert len(given) == visits
    grown = 100 / _WARM * statistics.linear_regression(range(len(kept)), kept).slope if len(kept) > 1 else 0.0
    return {
        "visits": visits, "memory_mib": [round(each, 1) for each in memory], "held_mib": [round(each, 1) for each in kept],
        "growth_mib_per_100": round(grown, 2),
        "longest_ms": round(1000 * max(stretches[1:])), "over_50_ms": sum(each > BUSY for each in stretches[1:]),
        "seconds_per_visit": round(statistics.median(seconds), 2),
    }  # fmt: skip


def main() -> int:
    """Print the figures as JSON; 1 when one is above its limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.visits", description=__doc__)
    parser.add_argument("--visits", type=int, default=1000)
    wanted = parser.parse_args()
    gui.parts.BOUNCE_SECONDS = 0.0  # these keys come faster than a worn key bounces
    application = QApplication([])
    folder = Path(tempfile.mkdtemp(prefix="pv-visits-"))
    os.environ["HOME"] = str(folder)
    try:
        dress(application)
        told = run(folder / "data", wanted.visits)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(json.dumps(told) + "\n")
    return int(max(told["memory_mib"]) > MOST_MIB or told["growth_mib_per_100"] > GROWTH_MIB)


if __name__ == "__main__":
    raise SystemExit(main())
