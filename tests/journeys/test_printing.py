"""Printers chosen with keys, a printer that is dead while the desk goes on, and the slip on both papers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.pages.clinic import ClinicPage
from gui.pages.printers import PrintersPage, trial_paper
from gui.panels.slip import SlipPanel
from gui.printing.escpos import commands_of
from gui.printing.jobs import KINDS
from gui.printing.telling import Telling
from gui.printing.transports import Roll
from models.records.base import new_id
from reports.raster import one_bit, size_mm
from tests.gui.hands import Hands, Key
from tests.gui.printing.printers import NAME, ThermalPrinter, dead_port
from tests.journeys.conftest import page_of, sign_in
from tests.journeys.table import Table, people, prepare
from tests.reports.papers import FULL


@pytest.fixture
def desk(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, Any]:
    """The coordinator at the page of printers of a PC that has none of its own."""
    hands = open_window(puskesmas, (1093, 614))
    shell = sign_in(hands, "koordinator")
    at = next(at for at, entry in enumerate(shell._entries) if entry.build is PrintersPage)
    shell.open_page(at)
    return hands, page_of(hands, PrintersPage)


def choose_network(hands: Hands, page: PrintersPage, address: str) -> None:
    """With the keyboard alone."""
    hands.fill(page.boxes["roll"].box, "Pencetak jaringan")
    hands.wait(lambda: page.address.isVisible() and page.address.line.hasFocus())
    hands.type(address)
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.printing.choices.address("roll") == f"net:{address}")


def _has_jobs(page: PrintersPage, count: int) -> bool:
    return len(page.printing.jobs()) == count


def test_a_dead_printer_waits_in_the_head_and_prints_once_it_lives(desk: tuple[Hands, PrintersPage]) -> None:
    hands, page = desk
    port, head = dead_port(), hands.window.shell.head  # type: ignore[attr-defined]
    assert page.nothing.isVisible()
    choose_network(hands, page, f"127.0.0.1:{port}")
    page.tests["roll"].setFocus()
    hands.press(Key.Key_Return)
    hands.wait(lambda: "1 cetakan menunggu" in head.prints.text() and head.prints.isVisible())
    hands.wait(lambda: "tidak menjawab" in page.state.text())
    hands.window.shell.open_page(0)  # type: ignore[attr-defined]  # as above
    assert not page.isVisible()
    QTest.mouseClick(head.prints, Qt.MouseButton.LeftButton)
    hands.wait(page.isVisible)
    printer = ThermalPrinter(port=port)
    hands.press(Key.Key_F5)
    hands.wait(lambda: page.state.text() == "Tercetak.")
    assert not head.prints.isVisible()
    assert printer.papers == [commands_of(trial_paper("roll", Roll()), Roll())]
    hands.press(Key.Key_F5)  # once too often
    hands.press(Key.Key_F6)
    hands.wait(lambda: [job.state for job in page.printing.jobs()] == ["printed"] * 2)
    for left in (1, 0):
        hands.press(Key.Key_F11)
        hands.wait(partial(_has_jobs, page, left))
    assert page.nothing.isVisible()
    printer.close()


def test_a_page_says_truly_what_became_of_a_paper(desk: tuple[Hands, PrintersPage], tmp_path: Path) -> None:
    hands, page = desk
    telling, said = Telling(page), page.banner.words
    telling.follow(page.printing.submit("a6", trial_paper("a6", Roll()), "Slip uji"))
    hands.wait(lambda: "belum dipilih" in said())
    assert said().startswith("Slip uji")
    assert "10." in str(page.list.model().index(0, 0).data()), "by the clock of the demo"
    page.printing.choices.choose("a6", f"folder:{tmp_path / 'a6'}")
    page.printing.choices_changed()
    hands.wait(lambda: str(tmp_path / "a6") in said())
    page.say("calm", "Lain")
    telling.follow(page.printing.submit("a6", trial_paper("a6", Roll()), "Slip lain"))
    page.say("calm", "Lain lagi")
    hands.wait(lambda: [job.state for job in page.printing.jobs()] == ["printed"] * 2)
    assert said() == "Lain lagi", "what was said meanwhile stays"


def test_arrow_keys_that_pass_over_a_printer_send_nothing_to_it(desk: tuple[Hands, PrintersPage], tmp_path: Path) -> None:
    hands, page = desk
    page.printing.submit("a5", trial_paper("a5", Roll()), "Uji")
    hands.wait(lambda: page.printing.jobs()[0].code == "print.no_printer")
    box = page.boxes["a5"].box
    box.setFocus()
    hands.press(Key.Key_Down)
    assert box.currentText().startswith("Simpan sebagai PDF")
    hands.press(Key.Key_Up)
    hands.wait(lambda: not page._settle.isActive())
    assert (page.printing.choices.address("a5"), page.printing.jobs()[0].state) == ("", "waiting")
    hands.press(Key.Key_Down)
    hands.wait(lambda: page.printing.jobs()[0].state == "printed")


def test_the_administrator_sets_printers_up_and_sees_nobody_s_slip(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    shell = sign_in(hands, "admin")
    shell.open_page(next(at for at, entry in enumerate(shell._entries) if entry.build is PrintersPage))
    page: PrintersPage = page_of(hands, PrintersPage)
    printer = ThermalPrinter()
    page.printing.submit("roll", trial_paper("roll", Roll()), f"Slip {NAME}", of_person=True)
    hands.wait(lambda: page.list.model().rowCount() == 1)
    shown = str(page.list.model().index(0, 1).data())
    assert shown.startswith("Slip\n")
    assert NAME not in shown
    choose_network(hands, page, f"127.0.0.1:{printer.port}")
    hands.wait(lambda: page.printing.jobs()[0].state == "printed")
    assert not page.again.isEnabled(), "a second slip of somebody is for who may print slips"
    hands.press(Key.Key_F5, Key.Key_F6)
    assert len(printer.papers) == 1
    printer.close()


def test_an_address_that_is_none_is_said_beside_its_field_and_nothing_is_chosen(desk: tuple[Hands, PrintersPage]) -> None:
    hands, page = desk
    hands.fill(page.boxes["roll"].box, "Pencetak jaringan")
    hands.wait(page.address.line.hasFocus)
    hands.type("http://kasir")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "192.168.1.50" in page.address.fault())
    assert page.printing.choices.address("roll") == ""


def test_a_slip_is_looked_at_and_printed_on_both_papers_and_the_choice_is_kept(
    desk: tuple[Hands, PrintersPage], tmp_path: Path
) -> None:
    hands, page = desk
    for kind in KINDS:
        page.printing.choices.choose(kind, f"folder:{tmp_path / kind}")
    panel = SlipPanel(page.desk)
    hands.bot.addWidget(panel)
    panel.resize(965, 482)  # what the least window leaves of its 1093 x 614
    with hands.bot.waitExposed(panel):
        panel.show()
    panel._wanted = dose = new_id()
    panel._read(dose, FULL)
    hands.wait(lambda: panel.print.isEnabled() and panel.view.is_drawn())
    assert panel.view.area.verticalScrollBar().maximum() == 0, "the whole slip is in sight"
    assert panel.view._sheets.scale > 0.66 * 96 / 72, "and can be read"
    panel.print.click()
    panel.print.click()
    hands.wait(lambda: (tmp_path / "a6").exists() and str(tmp_path / "a6") in panel.state.text())
    (a6,) = (tmp_path / "a6").iterdir()
    assert panel.state.text() == f"Disimpan sebagai PDF, tidak dicetak: {a6}"
    assert [round(each) for each in size_mm(a6.read_bytes())] == [105, 148]
    panel.paper.setCurrentIndex(panel.paper.findData("roll"))
    panel._choose()
    hands.wait(lambda: panel.print.isEnabled() and panel.view.is_drawn())
    panel.print.click()
    hands.wait(lambda: (tmp_path / "roll").exists() and str(tmp_path / "roll") in panel.state.text())
    (roll,) = (tmp_path / "roll").iterdir()
    (page_of_dots,) = one_bit(roll.read_bytes(), 203)
    white = bytes(255 - byte for byte in page_of_dots.rows)
    picture = Image.frombytes("1", (page_of_dots.width, page_of_dots.height), white).convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [FULL.certificate]
    assert page.printing.choices.slip == "roll"


def test_every_paper_has_a_test_page_of_its_size_with_a_line_to_measure(desk: tuple[Hands, PrintersPage]) -> None:
    for kind, size in (("a4", (210, 297)), ("a5", (148, 210)), ("a6", (105, 148))):
        assert size_mm(trial_paper(kind, Roll())) == pytest.approx(size, abs=0.1)  # type: ignore[arg-type]
    for roll in (Roll(), Roll(300, 848), Roll(203, 384)):
        (page_of_dots,) = one_bit(trial_paper("roll", roll), roll.dpi)
        assert page_of_dots.width == roll.dots
        first = page_of_dots.rows[: page_of_dots.stride]
        assert set(first) == {255}, "the frame reaches every dot of the head"


def test_the_slip_that_prints_by_itself_waits_for_its_undo_and_comes_out_once(
    puskesmas: Path, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    visits = prepare(puskesmas, people(3))
    hands = open_window(puskesmas, (1093, 614))
    shell = sign_in(hands, "suntik")
    shell.open_page([entry.title for entry in shell._entries].index("Skrining & suntik"))
    page: Any = page_of(hands, ClinicPage)
    hands.wait(lambda: page.desk.place.post_id is not None)
    page.desk.place.go_to(next(post for post in page.desk.place.posts if post.kind == "centre").id)
    hands.wait(lambda: page.counter.day is not None and len(page.counter.day.queue.waiting) == 3)
    table = Table(hands, page, page.counter, visits)
    printer, printing = ThermalPrinter(), table.page.desk.printing
    printing.choices.choose("roll", printer.address)
    printing.choices.set_slip("roll")
    printing.choices.set_by_itself(True)
    table.open_vial()
    table.serve(1)
    hands.wait(lambda: len(printing.jobs()) == 1)
    hands.press(Key.Key_Z, control=True)
    hands.wait(lambda: not printing.jobs() and table.counter.doing == "injecting")
    table.inject()
    hands.wait(lambda: len(printing.jobs()) == 1)
    assert printing.jobs()[0].state == "waiting"
    hands.press(Key.Key_F7)  # now, and not a second time after ten seconds
    hands.wait(lambda: [job.state for job in printing.jobs()] == ["printed"])
    monkeypatch.setattr("gui.counters.clinic.SECONDS", 0.1)
    table.serve(2)
    hands.wait(lambda: [job.state for job in printing.jobs()] == ["printed"] * 2)
    assert len(printer.papers) == 2
    printer.close()
