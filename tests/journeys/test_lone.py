"""One person with all desks: registered, screened and injected without leaving the page, each step by its own named person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gui.pages.lone import LonePage
from models.doses.queries import screening_of
from models.doses.queries import visit as visit_of
from models.people.search_queries import search
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN
from tests.journeys.conftest import page_of, sign_in
from tests.journeys.table import Table, people, prepare

Open = Callable[..., Hands]


@pytest.fixture
def lone(puskesmas: Path, open_window: Open) -> Callable[..., Table]:
    """`lone(people=0)`: a vaccinator alone at the centre, with so many people in the queue already."""

    def sit(count: int = 0) -> Table:
        visits = prepare(puskesmas, people(count))
        hands = open_window(puskesmas, (1093, 614))
        shell = sign_in(hands, "suntik")
        shell.open_page([entry.title for entry in shell._entries].index("Meja tunggal"))
        page = page_of(hands, LonePage)
        hands.wait(lambda: page.desk.place.post_id is not None)
        page.desk.place.go_to(next(post for post in page.desk.place.posts if post.kind == "centre").id)
        hands.wait(lambda: page.clinic.day is not None and len(page.clinic.day.queue.waiting) == count)
        hands.wait(lambda: bool(page.clinic.vial.shelf))
        return Table(hands, page, page.clinic, visits)

    return sit


def _open_known(table: Table) -> None:
    first = table.page.registration.first
    table.hands.wait(first.hasFocus)
    table.hands.type("yusuf aminah")
    table.press(Key.Key_Return)
    table.hands.wait(lambda: table.page.registration.folder is not None)


def test_arrival_card_and_injection_in_one_page_and_then_the_first_field_again(lone: Callable[..., Table]) -> None:
    table = lone()
    _open_known(table)
    table.press(Key.Key_F9)
    table.hands.wait(lambda: table.counter.case is not None and table.counter.isVisible())
    assert KNOWN.name in table.counter.visitor.name.text()
    table.measure()
    table.hands.fill(table.counter.card.screener.editor, "Bd. Ratna")
    table.counter.card.questions.begin()
    table.answer()
    table.hands.wait(table.counter.main.hasFocus)
    table.press(Key.Key_F9)
    table.hands.wait(table.counter.injection.limb.hasFocus)
    table.open_vial()
    table.hands.fill(table.counter.injection.vaccinator.editor, "Bd. Dewi")
    table.counter.injection.begin()
    table.inject()
    table.hands.wait(table.page.registration.first.hasFocus)
    dose = table.doses("aminah")[-1]
    assert (dose.number, dose.vaccinator) == (2, "Bd. Dewi")
    assert dose.visit is not None
    with table.page.desk.database.reading() as records:
        card = screening_of(records, dose.visit)
        assert visit_of(records, dose.visit).step == "injected"
    assert card is not None
    assert card.screener == "Bd. Ratna", "who asked is somebody else than who is signed in"


def test_an_injection_taken_back_at_the_lone_desk_brings_the_person_back_to_the_table(lone: Callable[..., Table]) -> None:
    table = lone(1)
    table.press(Key.Key_F3)
    table.hands.wait(lambda: table.counter.case is not None)
    table.open_vial()
    table.counter.card.begin()
    table.screen()
    table.inject()
    table.hands.wait(table.page.registration.first.hasFocus)
    table.press(Key.Key_Z, control=True)
    table.hands.wait(lambda: table.counter.isVisible() and table.counter.doing == "injecting")
    assert table.left() == [10]


def test_esc_at_the_table_leads_back_to_registration_and_what_was_typed_waits(lone: Callable[..., Table]) -> None:
    table = lone(1)
    table.press(Key.Key_F3)
    table.hands.wait(lambda: table.counter.case is not None)
    table.measure("36,9", "130/85")
    table.press(Key.Key_Escape)
    table.hands.wait(table.page.registration.first.hasFocus)
    draft = table.page.draft()
    assert draft is not None
    table.press(Key.Key_F3)
    table.hands.wait(lambda: table.counter.card.temperature.text() == "36,9")


def test_the_vial_and_the_observation_are_reached_from_registration_and_f4_leads_back(lone: Callable[..., Table]) -> None:
    table = lone()
    table.hands.wait(lambda: "Belum ada vial" in table.page.vial.text())
    table.press(Key.Key_F6)
    table.hands.wait(table.counter.vial.isVisible)
    table.open_vial()
    table.press(Key.Key_F4)
    table.hands.wait(table.page.registration.first.hasFocus)
    table.hands.wait(lambda: "10 dosis" in table.page.vial.text())
    with table.page.desk.database.reading() as records:
        assert search(records, "aminah")
