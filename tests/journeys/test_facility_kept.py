"""What somebody types in Pengaturan stays theirs when another desk saves, and overwrites nothing unseen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gui.pages.facility import FacilityPage
from models.places.actions import FacilityDraft, set_facility
from models.places.queries import facility
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import open_page, sign_in

ADDRESS = "Jalan Baru 5"


@pytest.fixture
def settings(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, FacilityPage]:
    """The administrator, with an address half typed."""
    hands = open_window(puskesmas)
    sign_in(hands, "admin")
    page: FacilityPage = open_page(hands, "Pengaturan", FacilityPage)
    hands.wait(lambda: page._row is not None)
    page.ways[1].click()
    assert page.draft() is None
    hands.fill(page.head.address.editor, ADDRESS)
    return hands, page


def another_desk_saves(hands: Hands, page: FacilityPage) -> None:
    """A telephone number."""
    row = page._row
    assert row is not None
    values = page.place.values() | page.head.values() | {"address": row.address, "kipi_phone": "0561 555 0000"}
    page.desk.act(
        page, set_facility, draft=FacilityDraft(**values), reason="nomor baru", expected=row.version, done=lambda _id: None,
        fault=lambda problem: pytest.fail(problem.code),
    )  # fmt: skip
    hands.wait(lambda: page.desk.work.oldest() is None)


def save(hands: Hands, page: FacilityPage) -> None:
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    hands.type("pindah gedung")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.desk.work.oldest() is None)


def stored(page: FacilityPage) -> Any:
    with page.desk.database.reading() as records:
        return facility(records, page.desk.facility.id)


def test_what_is_typed_stays_is_said_and_is_saved_only_after_it_was_looked_at(settings: tuple[Hands, FacilityPage]) -> None:
    hands, page = settings
    another_desk_saves(hands, page)
    hands.wait(lambda: "Meja lain" in page.banner.words())
    assert page.head.address.text() == ADDRESS
    save(hands, page)
    assert (stored(page).address, stored(page).kipi_phone) == ("", "0561 555 0000"), "not over what nobody here has seen"
    assert (page.head.address.text(), page.head.kipi.text()) == (ADDRESS, "0561 555 0000")
    save(hands, page)
    assert (stored(page).address, stored(page).kipi_phone) == (ADDRESS, "0561 555 0000")
    assert page.draft() is None


def test_a_draft_of_the_settings_comes_back_over_what_is_stored_now(settings: tuple[Hands, FacilityPage]) -> None:
    hands, page = settings
    draft = page.draft()
    assert draft is not None
    hands.fill(page.head.address.editor, "x")
    page.head.address.set_text(str(page._shown["address"]))
    assert page.draft() is None
    another_desk_saves(hands, page)
    page.restore(draft)
    assert (page.head.address.text(), page.head.kipi.text()) == (ADDRESS, "0561 555 0000")
    assert "Meja lain" in page.banner.words()
