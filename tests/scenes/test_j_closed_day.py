"""(j) The head closes at 14.00; at night a dose is taken back and three are typed in late; what was signed stays as it was."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from gui.pages.printers import PrintersPage
from gui.pages.recap.page import RecapPage
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import page_of, sign_in
from tests.journeys.table import Table
from tests.reports.papers import pages
from tests.reports.sheets import sheets
from tests.scenes.conftest import Scene
from tests.scenes.ground import adults
from tests.scenes.keys import choose, walk_to, write
from tests.scenes.people import Clerk, leave, nurse, open_vial_of, put_clock

PEOPLE = adults(7)
MORNING, NIGHT = PEOPLE[:4], PEOPLE[4:]


def test_j_closed_day(scene: Scene, puskesmas: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    hands = scene.desk(puskesmas)
    clerk = Clerk(hands)
    for person in MORNING:
        clerk.known(person)
    leave(hands)
    table = nurse(hands, "vaksinator")
    open_vial_of(table, "coronavac")
    for number in range(1, 5):
        table.serve(number)
    leave(hands)

    put_clock(hands, hour=14)
    page = head_closes(scene, hands)
    signed = printed(hands, home)
    scene.say(f"closed: {page.figures.text()}")
    same_figures(hands, page, home)
    leave(hands)

    put_clock(hands, hour=20)
    nurse(hands, "vaksinator")
    take_back(scene, hands, table, MORNING[0].name)
    leave(hands)
    sign_in(hands, "meja")
    hands.wait(clerk.counter.first.hasFocus)
    for person in NIGHT:
        clerk.known(person)
    leave(hands)
    sign_in(hands, "vaksinator")
    scene.look(hands, "night-table")
    for number, at in enumerate(("1105", "1110", "1115"), 5):
        late(scene, hands, table, number, at)
    leave(hands)

    put_clock(hands, hour=8, days=1)
    sign_in(hands, "kepala")
    page = recap(hands, "Koreksi F11")
    assert "Disuntik 4" in page.figures.text(), "what was signed"
    scene.look(hands, "next-day-closed-version")
    assert printed(hands, home) == signed
    scene.say("the page printed again on the next day: identical bytes")
    hands.press(Key.Key_F11)
    hands.wait(lambda: "Setiap angka yang berubah dijelaskan" in page.state.words() and page.print.isEnabled())
    scene.look(hands, "supplement")
    supplement = " ".join(pages(printed(hands, home)))
    for words in (
        "Orang terdaftar 4 +3 7", "3 × dosis 2 CoronaVac (Sinovac) dicatat menyusul",
        "1 × dosis 2 CoronaVac (Sinovac) dibatalkan: salah ketik, tidak disuntikkan (salah tekan)",
    ):  # fmt: skip
        assert words in supplement, supplement
    assert "TANPA CATATAN" not in supplement
    choose(hands, page.version.box, "Angka sementara")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "Disuntik 6" in page.figures.text() and page.excel.isEnabled())
    same_figures(hands, page, home)
    hands.press(Key.Key_F8)
    hands.wait(lambda: page.day.text() == "21-12-2021" and page.print.isEnabled() and page.view.is_drawn())
    hands.wait(lambda: "21 Desember 2021" in pages(page.paper.pdf)[0])
    scene.look(hands, "next-day")
    (today,) = pages(printed(hands, home))
    assert "Tambahan dan koreksi hari sebelumnya" in today
    for words in ("3 × dosis 2 CoronaVac (Sinovac) ditambahkan", "1 × dosis 2 CoronaVac (Sinovac) dibatalkan"):
        assert words in today, today
    scene.say(f"next day: {today[today.index('Tambahan dan koreksi') :][:400]}")
    scene.compare(puskesmas, 6)


def head_closes(scene: Scene, hands: Hands) -> RecapPage:
    """As kepala: papers as PDF among the documents, a look at the figures, F10, the coordinator's name, F10."""
    sign_in(hands, "kepala")
    window: Any = hands.window
    go(hands, "Pencetak")
    setting = page_of(hands, PrintersPage)
    choose(hands, setting.boxes["a4"].box, "Simpan sebagai PDF")
    page = recap(hands, "Angka sementara")
    assert "Disuntik 4" in page.figures.text()
    scene.look(hands, "before-closing")
    hands.press(Key.Key_F10)
    hands.wait(page.closing.isVisible)
    hands.wait(page.closing.go.hasFocus)
    write(hands, page.closing.coordinator_nip, "198503122010012004")
    scene.look(hands, "closing")
    hands.press(Key.Key_F10)
    hands.wait(lambda: "(versi 1)" in page.state.words() and page.print.isEnabled() and page.view.is_drawn())
    hands.wait(lambda: "versi 1, ditutup 20-12-2021 pukul 14.0" in pages(page.paper.pdf)[0])
    scene.look(hands, "closed")
    assert window.shell.desk.actor.login == "kepala"
    return page


def go(hands: Hands, title: str) -> None:
    """The page of this title, by its key in the sidebar."""
    window: Any = hands.window
    titles = [entry.title for entry in window.shell._entries]
    hands.press(Key(Key.Key_1 + titles.index(title)), control=True)


def recap(hands: Hands, words: str) -> RecapPage:
    """The page with its paper drawn."""
    go(hands, "Rekap")
    page: RecapPage = page_of(hands, RecapPage)
    hands.wait(lambda: words in page.state.words() and page.print.isEnabled() and page.view.is_drawn())
    return page


def printed(hands: Hands, home: Path) -> bytes:
    """F9; the one file that is new among the documents."""
    before = set(home.rglob("*.pdf"))
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(set(home.rglob("*.pdf")) - before) == 1)
    (path,) = set(home.rglob("*.pdf")) - before
    hands.wait(lambda: path.read_bytes().rstrip().endswith(b"%%EOF"))
    return path.read_bytes()


def same_figures(hands: Hands, page: RecapPage, home: Path) -> None:
    """Screen, paper and workbook say the same of the people."""
    before = set(home.rglob("*.xlsx"))
    hands.press(Key.Key_F5)
    hands.wait(lambda: len(set(home.rglob("*.xlsx")) - before) == 1 and "Tersimpan" in page.banner.words())
    (path,) = set(home.rglob("*.xlsx")) - before
    book, paper = sheets(path.read_bytes())["Orang"], pages(page.paper.pdf)[0]
    shown = re.findall(r"([A-Z][A-Za-z ]+?) (\d+)", page.figures.text())
    assert len(shown) == 6
    for words, count in shown:
        assert book.row(words)[1] == int(count), words
        assert f"{count} {words.lower()}" in paper, (words, count, paper)


def take_back(scene: Scene, hands: Hands, table: Table, name: str) -> None:
    """Typed by mistake in the morning, never injected."""
    counter = table.counter
    hands.wait(counter.seek.isVisible)
    hands.press(Key.Key_F2)
    hands.wait(counter.waiting.line.hasFocus)
    hands.type(name.lower())
    hands.press(Key.Key_Return)
    hands.wait(counter.past.doses.isVisible)
    hands.press(Key.Key_F11)
    question = table.page.question
    hands.wait(question.isVisible)
    choose(hands, question.ways.box, "Salah ketik")
    write(hands, question.reason, "salah tekan")
    scene.look(hands, "taken-back")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "Dosis dibatalkan" in table.page.banner.words())
    hands.press(Key.Key_Escape)
    hands.wait(lambda: not counter.past.isVisible())
    table.call(1)  # whose visit is open again: nothing was injected
    hands.press(Key.Key_F10)
    hands.wait(question.isVisible)
    hands.wait(question.reason.line.hasFocus)
    hands.type("pulang, tidak jadi disuntik")
    hands.press(Key.Key_F9)
    hands.wait(lambda: counter.case is None and "Tidak diberikan" in table.page.undo.text())


def late(scene: Scene, hands: Hands, table: Table, number: int, at: str) -> None:
    """From a sheet of paper: the card, the arm, and the time of the injection."""
    counter = table.counter
    table.call(number)
    table.screen()
    hands.wait(lambda: counter.doing == "injecting")
    walk_to(hands, counter.injection.limb)  # the cursor asks for another vial: the hour of this one is over by now
    hands.press(Key.Key_K)
    walk_to(hands, counter.injection.time)
    hands.type(at)
    if number == 5:
        scene.look(hands, "late-entry")
    hands.press(Key.Key_F9)
    hands.wait(lambda: counter.case is None and "tersimpan" in table.page.undo.text())
    if number == 5:
        scene.look(hands, "late-entry-saved")
