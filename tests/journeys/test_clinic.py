"""A day at the clinic's table by keyboard: call, screen, inject, observe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gui.pages.clinic import ClinicPage
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import page_of, sign_in
from tests.journeys.table import Table, people, prepare

Open = Callable[..., Hands]


@pytest.fixture
def sit_down(puskesmas: Path, open_window: Open) -> Callable[..., Table]:
    """`sit_down(people=3)`: a vaccinator at the table of the centre, with so many people in the queue."""

    def sit(count: int = 3, login: str = "suntik", size: tuple[int, int] = (1093, 614)) -> Table:
        visits = prepare(puskesmas, people(count))
        hands = open_window(puskesmas, size)
        shell = sign_in(hands, login)
        titles = [entry.title for entry in shell._entries]
        shell.open_page(titles.index("Skrining & suntik"))
        page = page_of(hands, ClinicPage)
        hands.wait(lambda: page.desk.place.post_id is not None)
        centre = next(post for post in page.desk.place.posts if post.kind == "centre")
        page.desk.place.go_to(centre.id)
        hands.wait(lambda: page.counter.day is not None and len(page.counter.day.queue.waiting) == count)
        return Table(hands, page, page.counter, visits)

    return sit


def test_from_the_queue_to_the_injection_and_the_next_one(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    table.open_vial()
    table.serve(1)
    assert table.visit(1).step == "injected"
    dose = table.doses("budi")[0]
    assert (dose.limb, dose.vaccinator, dose.batch_number, dose.volume_ul) == ("left_arm", "Ns. Nurul", "20210812", 500)
    assert "observasi s.d. 10." in table.page.undo.text()
    table.serve(2)
    assert table.left() == [8]
