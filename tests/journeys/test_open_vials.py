"""Open vials at the clinic's table: asked before one is opened for few, handed over, late entry, and people called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gui.pages.clinic import ClinicPage
from models.people.birth import BirthDate
from models.people.nik import Nik
from models.records.base import new_id
from models.records.perform import OpenEntry, action, perform
from models.stock.ledger_actions import move
from models.stock.queries import vial
from models.stock.tables import batch as batch_table
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import page_of, sign_in
from tests.journeys.table import Table, people, prepare, register_more


@action(needs="vials.open", changes={"stock"})
def receive_sinopharm(entry: OpenEntry, *, catalogue: Any, post: UUID) -> None:
    """Five vials of one dose with a VVM, put there by hand: the vaccinator at the table may not receive any."""
    batch = entry.add(
        batch_table, product="sinopharm", number="202107B2601", expiry=date(2022, 2, 1), doses_per_vial=1, ul_per_dose=500,
        donor="",
    )  # fmt: skip
    move(entry, batch=batch, source="supplier", target=str(post), vials=5, kind="receipt")


@pytest.fixture
def table(puskesmas: Path, open_window: Callable[..., Hands]) -> Table:
    """Three in the queue, and a neighbour of 71 years with a telephone at home."""
    visits = prepare(puskesmas, people(3))
    old = replace(
        people(1)[0], name="SITI MARIAM", sex="female", birth=BirthDate(date(1950, 3, 2)), nik=Nik.parse("6112094203509001"),
        phone="+628125550100", dusun="Parit Baru", rt="003",
    )  # fmt: skip
    register_more(puskesmas, [old])
    hands = open_window(puskesmas, (1093, 614))
    shell = sign_in(hands, "suntik")
    shell.open_page([entry.title for entry in shell._entries].index("Skrining & suntik"))
    page = page_of(hands, ClinicPage)
    hands.wait(lambda: page.desk.place.post_id is not None)
    page.desk.place.go_to(next(post for post in page.desk.place.posts if post.kind == "centre").id)
    hands.wait(lambda: page.counter.day is not None and len(page.counter.day.queue.waiting) == 3)
    return Table(hands, page, page.counter, visits)


def test_an_afternoon_with_more_doses_than_people(table: Table) -> None:
    hands, vials, panel = table.hands, table.counter.vial_keys, table.counter.vial
    before = vials.opening.before
    hands.wait(panel.open_button.isEnabled)
    table.press(Key.Key_F12)
    hands.wait(vials.shelf.list.hasFocus)
    table.press(Key.Key_Return)
    hands.wait(before.keys.hasFocus)
    assert "3 orang menunggu, vial berikut 10 dosis: buka?" in before.banner.words()
    table.press(Key.Key_Escape)
    hands.wait(lambda: not before.isVisible())
    assert table.held() is None, "asked, and left closed"
    table.press(Key.Key_F12)
    hands.wait(vials.shelf.list.hasFocus)
    table.press(Key.Key_Return)
    hands.wait(before.keys.hasFocus)
    table.press(Key.Key_3)
    hands.wait(lambda: table.held() is not None)
    assert "Bd" in panel.dates.text() or "Ns. Nurul" in panel.dates.text()
    # The wrong one: taken back within seconds, and opened again.
    table.press(Key.Key_Z, control=True)
    hands.wait(lambda: table.held() is None and table.left() == [])
    table.open_vial()
    held = table.held()
    assert held is not None
    # Two hours before its hour nobody is there for seven doses.
    table.pass_minutes(4 * 60)
    table.counter.refresh()
    hands.wait(panel.call.isVisible)
    table.press(Key.Key_W, control=True)
    calls = vials.calls.panel
    hands.wait(lambda: calls.list.hasFocus() and calls.sheet is not None)
    assert [line.name for line in calls.sheet.lines] == ["SITI MARIAM"]  # type: ignore[union-attr]
    table.press(Key.Key_1)
    hands.wait(lambda: calls.sheet is not None and calls.sheet.coming == 1)
    table.press(Key.Key_Escape)
    # Another table takes it over with its clock, then closes it.
    table.page.desk.place.sit_at("Meja 9")
    table.counter.refresh()
    hands.wait(lambda: panel.own() == [])
    table.press(Key.Key_F5)
    hands.wait(vials.open_ones.list.hasFocus)
    table.press(Key.Key_F8)
    hands.wait(lambda: [each.vial for each in panel.own()] == [held])
    table.press(Key.Key_F6)
    hands.wait(table.page.question.isVisible)
    hands.fill(table.page.question.ways.editor, "Akhir sesi")
    table.press(Key.Key_F9)
    hands.wait(lambda: table.held() is None and len(panel.closed) == 1)
    # Somebody had been injected before that and was forgotten.
    table.call(1)
    table.screen()
    hands.wait(table.counter.injection.limb.hasFocus)
    table.press(Key.Key_F5)
    hands.wait(vials.open_ones.list.hasFocus)
    table.press(Key.Key_F9)
    hands.wait(lambda: "hanya susulan" in panel.clock.text())
    hands.fill(table.counter.injection.time.editor, "10.05")
    table.counter.injection.limb.setFocus()
    table.press(Key.Key_K, Key.Key_F9)
    hands.wait(table.page.question.isVisible)
    hands.fill(table.page.question.reason.editor, "lupa dicatat")
    table.press(Key.Key_F9)
    hands.wait(lambda: table.counter.case is None)
    assert table.doses("budi")[0].asked == ("vial.closed_since",)
    with table.page.desk.database.reading() as records:
        found = vial(records, held)
    assert found is not None
    assert (found.station, found.left_ul, found.doses) == ("Meja 9", 4500, 1)


def test_vials_of_one_dose_open_with_it_and_their_label_is_looked_at_first(table: Table) -> None:
    hands, opening, panel = table.hands, table.counter.vial_keys.opening, table.counter.vial
    keys, main = opening.before.keys, opening.before.main
    perform(
        table.page.desk.database, table.page.desk.actor, receive_sinopharm, table.page.desk.now, new_id(),
        catalogue=table.page.desk.catalogue, post=table.page.desk.place.post_id,
    )  # fmt: skip
    table.counter.refresh()
    hands.wait(lambda: len(panel.shelf) == 3)

    def shown(vials: int) -> bool:
        return next(each.vials for each in panel.shelf if each.product == "sinopharm") == vials

    def look(key: Key) -> None:
        hands.wait(keys.hasFocus)
        table.press(key)

    table.press(Key.Key_F12)
    hands.wait(opening.shelf.list.hasFocus)
    at = [each.product for each in opening.shelf.list.rows_table.rows].index("sinopharm")
    table.press(Key.Key_Home, *[Key.Key_Down] * at, Key.Key_Return)
    look(Key.Key_C)
    hands.wait(lambda: main.isVisible() and "jangan dipakai" in opening.before.banner.words())
    table.press(Key.Key_F9)
    hands.wait(lambda: "disisihkan" in table.page.banner.words() and shown(4))
    table.press(Key.Key_F12)
    hands.wait(opening.shelf.list.hasFocus)
    table.press(Key.Key_Home, *[Key.Key_Down] * at, Key.Key_Return)
    look(Key.Key_A)
    hands.wait(lambda: table.held() is not None)
    table.serve(1)
    hands.wait(lambda: table.held() is None and shown(3))
    # Too early: neither was the injection, nor is the vial open.
    table.press(Key.Key_Z, control=True)
    hands.wait(lambda: table.counter.doing == "injecting" and shown(4))
    table.press(Key.Key_F9)
    look(Key.Key_A)
    hands.wait(lambda: table.counter.case is None and shown(3))
    # The next one is opened by the key that records its dose.
    table.call(2)
    table.screen()
    hands.wait(table.counter.injection.limb.hasFocus)
    table.press(Key.Key_K, Key.Key_F9)
    look(Key.Key_B)
    hands.wait(lambda: table.counter.case is None and shown(2))
    assert [dose.product for dose in table.doses("citra")] == ["sinopharm"]
    assert table.left() == []
