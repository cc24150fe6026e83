"""(b) Forty people over two desks, with two PCs at one server; nobody waits for the program."""

from __future__ import annotations

import resource
from pathlib import Path

from tests.scenes.conftest import ON_SCREEN, Scene
from tests.scenes.ground import adults, found, join_desk
from tests.scenes.people import Clerk, nurse, open_vial_of
from tests.scenes.watchdog import Watchdog

PEOPLE = 40 if ON_SCREEN else 10
BUSY = 0.05
"""Seconds of the screen's thread at one stretch that nobody notices."""


def test_b_rush_of_two_desks_at_one_server(scene: Scene, server: str, tmp_path: Path) -> None:
    found(tmp_path / "one", server=server, known=PEOPLE * 3 // 4)
    join_desk(tmp_path / "two", server)
    clerk = Clerk(scene.desk(tmp_path / "one"))
    table = nurse(scene.desk(tmp_path / "two", at=1))
    open_vial_of(table, "coronavac")
    queue = adults(PEOPLE)
    known = PEOPLE * 3 // 4
    watchdog = Watchdog()
    watchdog.start()
    for number, person in enumerate(queue, 1):
        clerk.hands.sit_down()
        if number <= known:
            clerk.known(person)
        else:
            clerk.new(person)
        if number == known:
            scene.look(clerk.hands, "registration")
        if number % 5 == 0:  # the nurse works on while people come in; five in a row, so that a queue stands there
            table.hands.sit_down()
            for called in range(number - 4, number + 1):
                held = table.counter.vial.in_hand()
                if held is None or not held.left_ul:
                    open_vial_of(table, "coronavac")
                table.serve(called)
            if number == 10:
                scene.look(table.hands, "clinic")
    watchdog.stop()
    scene.say(f"{clerk.told('known')}; {clerk.told('new')}; known person: NIK, look, F9")
    scene.say(
        f"screen's thread: longest stretch {watchdog.longest * 1000:.0f} ms of its own time, "
        f"{watchdog.late * 1000:.0f} ms by the wall, over {watchdog.beats} beats"
    )
    scene.say(
        f"memory at its highest, both windows and the test: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB"
    )
    scene.compare(tmp_path / "one", PEOPLE)
    # Without a screen, keys come a whole word at one stretch and beside other tests: there the figure is only told.
    assert watchdog.longest < BUSY or not ON_SCREEN
