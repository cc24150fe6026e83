"""A printer that hangs or has become silent, and a paper that is held back: nothing is lost, nothing comes out twice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from gui.printing.escpos import commands_of
from gui.printing.network import Network
from gui.printing.queue import job_words
from gui.printing.transports import Roll
from tests.gui.printing.printers import ThermalPrinter, dead_port, paper
from tests.gui.printing.test_queue import Open, states


def test_a_printer_that_hangs_has_printed_nothing_and_prints_once_it_lives_again(qtbot: QtBot, open_queue: Open) -> None:
    hung, queue = ThermalPrinter(hang_after=4096), open_queue(ways={"net": Network(write=0.5)})
    queue.choices.choose("roll", hung.address)
    slip = paper(size=(204.0, 480.0))  # as large as a real one: far less than what the system would take off our hands
    queue.submit("roll", slip, "Slip")
    qtbot.waitUntil(lambda: bool(queue.jobs()[0].code), timeout=10_000)
    assert queue.summary() == ("ask", "1 cetakan menunggu")
    assert states(queue)[0] in {"waiting", "printing"}
    hung.close()
    printer = ThermalPrinter(port=hung.port)
    qtbot.waitUntil(lambda: states(queue) == ["printed"], timeout=10_000)
    assert printer.papers == [commands_of(slip, Roll())]
    printer.close()


def test_a_program_closed_while_the_printer_hangs_prints_that_paper_after_the_next_start(qtbot: QtBot, open_queue: Open) -> None:
    hung, queue = ThermalPrinter(hang_after=4096), open_queue()
    queue.choices.choose("roll", hung.address)
    QSettings.sync(queue.choices._settings)
    slip = paper(size=(204.0, 480.0))
    queue.submit("roll", slip, "Slip")
    qtbot.waitUntil(hung.hanging.is_set, timeout=10_000)
    queue.close()
    hung.close()
    printer, again = ThermalPrinter(port=hung.port), open_queue()
    qtbot.waitUntil(lambda: states(again) == ["printed"], timeout=10_000)
    assert printer.papers == [commands_of(slip, Roll())]
    printer.close()


def test_a_printer_that_used_to_answer_and_does_not_is_not_believed(qtbot: QtBot, open_queue: Open) -> None:
    printer, queue = ThermalPrinter(), open_queue(ways={"net": Network(answer=0.3, patience=0.6)})
    queue.choices.choose("roll", printer.address)
    queue.submit("roll", paper(), "Slip")
    qtbot.waitUntil(lambda: states(queue) == ["printed"], timeout=10_000)
    printer.silent = True
    queue.submit("roll", paper(), "Slip")
    qtbot.waitUntil(lambda: states(queue) == ["printed", "failed"], timeout=10_000)
    assert "Lihat kertasnya" in job_words(queue.jobs()[0])
    printer.close()


def test_a_vain_try_goes_on_being_said_while_the_next_one_is_made(qtbot: QtBot, open_queue: Open) -> None:
    hung, queue = ThermalPrinter(hang_after=4096), open_queue(ways={"net": Network(write=0.5)})
    queue.choices.choose("roll", hung.address)
    queue.submit("roll", paper(size=(204.0, 480.0)), "Slip")
    qtbot.waitUntil(lambda: queue.jobs()[0].tries > 0, timeout=10_000)
    qtbot.waitUntil(lambda: states(queue) == ["printing"], timeout=10_000)
    assert queue.summary() == ("ask", "1 cetakan menunggu")
    hung.close()


def test_a_paper_held_back_for_its_undo_goes_later_or_at_once_when_asked_or_after_a_restart(
    qtbot: QtBot, open_queue: Open, tmp_path: Path
) -> None:
    queue = open_queue()
    queue.choices.choose("a6", f"folder:{tmp_path / 'out'}")
    QSettings.sync(queue.choices._settings)
    first, second, third = (queue.submit("a6", paper(), "Slip", after=3600) for _ in range(3))
    fourth = queue.submit("a6", paper(), "Slip", after=0.2)
    qtbot.waitUntil(lambda: states(queue) == ["waiting"] * 3 + ["printed"], timeout=10_000)
    assert queue.summary() == ("calm", ""), "nothing has to be said of what is held back on purpose"
    queue.retry(second)
    qtbot.waitUntil(lambda: states(queue) == ["waiting", "printed", "waiting", "printed"], timeout=10_000)
    queue.cancel(first)
    queue.close()
    again = open_queue()
    qtbot.waitUntil(lambda: {job.id: job.state for job in again.jobs()} == dict.fromkeys((second, third, fourth), "printed"))
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_a_paper_held_back_waits_visibly_afterwards_though_its_printer_is_dead(qtbot: QtBot, open_queue: Open) -> None:
    queue = open_queue()
    queue.choices.choose("roll", f"net:127.0.0.1:{dead_port()}")
    for _ in range(2):
        queue.submit("roll", paper(), "Slip", after=0.1)
    qtbot.waitUntil(lambda: queue.summary() == ("ask", "2 cetakan menunggu"), timeout=10_000)
