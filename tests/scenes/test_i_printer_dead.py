"""(i) The printer refuses, then hangs, then comes back, and the program is closed in between; nobody at the desk waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from gui.opening import open_records
from gui.pages.printers import PrintersPage
from models.certificates.checking import Verdict, verify
from models.certificates.queries import trusted_keys
from tests.gui.hands import Hands, Key
from tests.gui.printing.printers import ThermalPrinter, dead_port
from tests.journeys.conftest import close, page_of, sign_in
from tests.journeys.table import Table
from tests.scenes.conftest import ON_SCREEN, PICTURES, Scene
from tests.scenes.ground import adults
from tests.scenes.keys import choose, walk_to, write
from tests.scenes.people import Clerk, nurse, open_vial_of

PEOPLE = adults(6)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a screen nobody looks: the pauses between tries, and the ten seconds for an undo, take a moment."""
    if not ON_SCREEN:
        monkeypatch.setattr("gui.counters.clinic.SECONDS", 0.2)
        monkeypatch.setattr("gui.printing.queue.PAUSES", (0.3,))


def test_i_printer_dead(scene: Scene, puskesmas: Path) -> None:
    port = dead_port()
    hands = scene.desk(puskesmas)
    set_up_roll(scene, hands, port)
    hands.press(Key.Key_L, control=True)
    clerk = Clerk(hands)
    for person in PEOPLE:
        clerk.known(person)
    hands.press(Key.Key_L, control=True)
    table = nurse(hands)
    open_vial_of(table, "coronavac")
    seconds = [timed(table, number) for number in (1, 2)]
    long(hands, lambda: waits(hands) == "! 2 cetakan menunggu")
    scene.look(hands, "refuses")
    hung = ThermalPrinter(hang_after=4096, port=port)
    look_again(hands)
    long(hands, hung.hanging.is_set)
    back_to(hands, table)
    seconds.append(timed(table, 3))
    long(hands, lambda: waits(hands) == "! 3 cetakan menunggu")
    scene.look(hands, "hangs")
    hung.close()
    printer = ThermalPrinter(port=port)
    look_again(hands)
    long(hands, lambda: len(printer.papers) == 3 and not waits(hands))
    scene.look(hands, "back")
    printer.close()
    back_to(hands, table)
    seconds.append(timed(table, 4))
    long(hands, lambda: waits(hands) == "! 1 cetakan menunggu")
    hung = ThermalPrinter(hang_after=4096, port=port)
    look_again(hands)
    long(hands, hung.hanging.is_set)
    back_to(hands, table)
    seconds.append(timed(table, 5))
    began = time.perf_counter()
    close(hands)  # with one slip half in the printer and one that waits for its undo
    scene.say(f"closed with a hanging printer in {time.perf_counter() - began:.1f} s, with the copy")
    hung.close()
    again = reopened(scene, puskesmas)
    table = nurse(again)
    long(again, lambda: waits(again) == "! 2 cetakan menunggu")
    later = ThermalPrinter(port=port)
    seconds.append(timed(table, 6))
    look_again(again)
    long(again, lambda: len(later.papers) == 3 and not waits(again))
    scene.look(again, "after-restart")
    later.close()
    scene.say(f"one person at the table, printer dead, hanging or back: {min(seconds):.1f} to {max(seconds):.1f} s")
    scene.compare(puskesmas, len(PEOPLE))
    check_slips(scene, puskesmas, [*printer.papers, *later.papers])


def long(hands: Hands, check: Callable[[], bool]) -> None:
    """Longer than an undo of ten seconds and a hanging printer's fifteen."""
    hands.bot.waitUntil(check, timeout=60_000)


def set_up_roll(scene: Scene, hands: Hands, port: int) -> None:
    """The administrator, who sets printers up and sees nobody's slip: a network printer for the roll, slips by themselves."""
    sign_in(hands, "admin")
    page = printers(hands)
    choose(hands, page.boxes["roll"].box, "Pencetak jaringan")
    hands.wait(page.address.line.hasFocus)
    write(hands, page.address, f"127.0.0.1:{port}")
    hands.press(Key.Key_Return)
    choose(hands, page.slip.box, "Gulungan")
    assert page.slip.box.shown() == "Gulungan", "the whole word"
    walk_to(hands, page.by_itself)
    hands.press(Key.Key_Space)
    choices = page.printing.choices
    hands.wait(lambda: choices.address("roll") == f"net:127.0.0.1:{port}" and choices.slip == "roll" and choices.by_itself)
    scene.look(hands, "set-up")


def printers(hands: Hands) -> Any:
    """The page of that name, by its key."""
    window: Any = hands.window
    titles = [entry.title for entry in window.shell._entries]
    hands.press(Key(Key.Key_1 + titles.index("Pencetak")), control=True)
    return page_of(hands, PrintersPage)


def look_again(hands: Hands) -> None:
    """Somebody has been at the printer, and wants what waits now."""
    page = printers(hands)
    long(hands, page.now.isEnabled)
    hands.press(Key.Key_F5)


def back_to(hands: Hands, table: Table) -> None:
    """To the people."""
    window: Any = hands.window
    titles = [entry.title for entry in window.shell._entries]
    hands.press(Key(Key.Key_1 + titles.index("Skrining & suntik")), control=True)
    hands.wait(table.page.isVisible)


def reopened(scene: Scene, path: Path) -> Hands:
    """The program again, half an hour later."""
    hands = scene.desk(path)
    window: Any = hands.window
    window.clock._begin += timedelta(minutes=30)
    return hands


def waits(hands: Hands) -> str:
    """What the head says of papers."""
    window: Any = hands.window
    prints = window.shell.head.prints
    return str(prints.text()) if prints.isVisible() else ""


def timed(table: Table, number: int) -> float:
    """Seconds from the call to the injection."""
    began = time.perf_counter()
    table.serve(number)
    return time.perf_counter() - began


def check_slips(scene: Scene, path: Path, papers: list[bytes]) -> None:
    """What the dots on the paper say: each person's own certificate, genuine, once."""
    opened: Any = open_records(path, demo=False)
    try:
        with opened.database.reading() as records:
            trust = trusted_keys(records)
    finally:
        opened.database.close()
    found = [read_slip(paper, trust) for paper in papers]
    assert all(verdict.valid for verdict in found), found
    names = [str((verdict.certificate or {})["nam"]["fn"]) for verdict in found]
    assert sorted(names) == sorted(person.name for person in PEOPLE)
    scene.say(f"{len(papers)} slips, each person's own, each once, every QR read from the dots and genuine")


def read_slip(commands: bytes, trust: Any) -> Verdict:
    """The QR among the dots of GS v 0, as a reader's camera sees it."""
    picture = picture_of(commands)
    if ON_SCREEN:
        picture.save(PICTURES / f"i_printer_dead-slip-{hash(commands) % 1000:03}.png")
    (code,) = zxingcpp.read_barcodes(picture)
    return verify(code.text, trust, datetime.now(UTC))


def picture_of(commands: bytes) -> Image.Image:
    """Black dots on white, band below band."""
    rows, at, across = b"", 0, 0
    while (at := commands.find(b"\x1dv0\x00", at)) >= 0:
        across, down = (int.from_bytes(commands[at + skip : at + skip + 2], "little") for skip in (4, 6))
        rows += commands[at + 8 : at + 8 + across * down]
        at += 8 + across * down
    white = bytes(255 - byte for byte in rows)
    return Image.frombytes("1", (8 * across, len(rows) // across), white).convert("L")
