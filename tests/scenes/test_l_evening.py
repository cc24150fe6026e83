"""(l) A pharmacist's evening: too warm at noon, a team comes back one vial short, a thawed batch at its end, a count."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from gui.opening import load_shipped
from gui.pages.clinic import ClinicPage
from gui.pages.cold.lines import ReadingLine
from gui.pages.cold.page import ColdPage
from gui.pages.stock.back import BackTask
from gui.pages.stock.count import CountTask
from models.places.actions import PostDraft, set_post
from models.stock.actions import answer_transfer, receive_batch, send_vials
from models.stock.cold.actions import EquipmentDraft, set_equipment
from models.stock.cold.queries import excursion_rows
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import page_of
from tests.scenes.conftest import Scene
from tests.scenes.ground import TODAY, act_as, places_of
from tests.scenes.keys import choose, walk_to, write
from tests.scenes.people import go_to, leave, nurse, put_clock
from tests.scenes.pharmacist import Pharmacist

CENTRE, STORE, TEAM, CORONAVAC = "Puskesmas", "Gudang", "Tim Perahu", "202108"
THAWED, FRESH = "940915", "940801"
"""Moderna: the first has been at 2-8 °C for 29 days of 30, the second for 10 and ends two weeks from now by its label."""


@pytest.fixture
def evening(puskesmas: Path) -> Path:
    """Yesterday twenty vials came; this morning eight of them went out with the team."""
    yesterday = act_as(puskesmas, "koordinator", datetime(2021, 12, 19, 4, tzinfo=UTC))
    morning = act_as(puskesmas, "koordinator", datetime(2021, 12, 20, 0, tzinfo=UTC))
    yesterday(set_post, draft=PostDraft(code="TIM1", name=TEAM, kind="mobile_team"))
    place = places_of(puskesmas)
    yesterday(set_equipment, draft=EquipmentDraft(place["GUDANG"], "Kulkas 1", "fridge", 20, 80))
    came = {"catalogue": load_shipped().catalogue, "today": TODAY - timedelta(days=1), "ul_per_dose": 500}
    batch: UUID = yesterday(
        receive_batch, **came, post=place["GUDANG"], product="coronavac", number=CORONAVAC, expiry=date(2022, 3, 31), vials=20,
        doses_per_vial=10,
    )  # fmt: skip
    for number, expiry, days in ((THAWED, date(2022, 6, 30), 29), (FRESH, date(2022, 1, 4), 10)):
        yesterday(
            receive_batch, **came, post=place["INDUK"], product="moderna", number=number, expiry=expiry, vials=3,
            doses_per_vial=14, thawed_on=TODAY - timedelta(days=days),
        )  # fmt: skip
    transfer = morning(send_vials, batch=batch, source=place["GUDANG"], target=place["TIM1"], vials=8)
    morning(answer_transfer, transfer=transfer, answer="received")
    return puskesmas


def test_l_evening(scene: Scene, evening: Path, tmp_path: Path) -> None:
    hands = scene.desk(evening)
    lina = Pharmacist(scene, hands, tmp_path / "home")
    lina.papers_go_to_a_folder()
    _temperatures(scene, lina)
    put_clock(hands, hour=15, minute=30)
    lina.to_the_stock()
    _team_comes_back(scene, lina)
    _one_more_day(scene, lina)
    _count(scene, lina)
    lina.point_at(STORE, CORONAVAC)
    here = lina.print_card()
    lina.point_at(STORE, CORONAVAC)
    all_of_it = lina.print_card(everywhere=True)
    ledger = lina.ledger()
    scene.say(f"card of {CORONAVAC} at the warehouse: {here}; at all posts: {all_of_it}")
    assert (here.closing, all_of_it.closing) == (ledger[STORE, CORONAVAC], ledger[STORE, CORONAVAC]) == (19, 19)
    leave(hands)
    _which_is_opened_first(scene, hands)
    scene.compare(evening, 0)


def _temperatures(scene: Scene, lina: Pharmacist) -> None:
    """4,2 in the morning; at five past twelve the door stood open."""
    hands = lina.hands
    page: ColdPage = go_to(hands, "Suhu", ColdPage)
    hands.wait(lambda: bool(page.entry.lines.lines))
    morning, extra = (_line(page, session) for session in ("morning", "extra"))
    hands.wait(morning.hasFocus)
    scene.look(hands, "nobody-read-the-fridge")
    hands.type("4,2")
    hands.press(Key.Key_Return)
    hands.wait(lambda: morning.shown == "4,2")
    put_clock(hands, hour=12, minute=5)
    walk_to(hands, extra)
    hands.type("9,4")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "9,4 °C" in page.state.words())
    scene.look(hands, "alarm-at-noon")
    hands.press(Key.Key_F3)
    panel = page.tasks.excursion
    hands.wait(panel.done.line.hasFocus)
    hands.type("pintu tidak rapat; vial ke kotak dingin 12.10, kulkas 5,0 pukul 12.40")
    choose(hands, panel.decision.box, "Ditahan")
    walk_to(hands, panel.batches.lines)
    hands.press(Key.Key_Space)
    scene.look(hands, "what-was-done")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "1 batch ditahan" in page.banner.words())
    scene.look(hands, "held-until-looked-at")
    with page.desk.database.reading() as records:
        (event,) = excursion_rows(records, page.desk.facility.id)
    assert (event.highest, event.decision, len(event.batches)) == (94, "held", 1)


def _line(page: ColdPage, session: str) -> ReadingLine:
    return next(line for line in page.entry.lines.lines.values() if line.session == session)


def _team_comes_back(scene: Scene, lina: Pharmacist) -> None:
    """Eight went, seven unopened vials are in the box, which held."""
    hands, page = lina.hands, lina.page
    lina.point_at(TEAM, CORONAVAC)
    hands.press(Key.Key_F10)
    task: BackTask = page_of(hands, BackTask)
    hands.wait(lambda: len(task.list.rows_table.rows) == 1)
    write(hands, task.amounts["back"], "7")
    write(hands, task.amounts["missing"], "1")
    choose(hands, task.held.box, "Terjaga")
    write(hands, task.note, "satu vial tidak ada di kotak, sudah dicari di perahu")
    scene.look(hands, "seven-of-eight")
    hands.press(Key.Key_F9)
    hands.wait(page.overview.isVisible)
    hands.wait(lambda: "Kotak diterima" in page.undo.text())
    shelf = page.overview.shelf.rows_table
    hands.wait(lambda: all(page.overview.name(row.post) != TEAM for row in shelf.rows))
    scene.look(hands, "back-on-the-shelf")


def _one_more_day(scene: Scene, lina: Pharmacist) -> None:
    """The stock page says so of the thawed batch."""
    shelf = lina.page.overview.shelf
    lina.point_at(CENTRE, THAWED)
    row = shelf.chosen()
    assert row.usable_until == TODAY + timedelta(days=1)
    scene.look(lina.hands, "one-more-day")


def _count(scene: Scene, lina: Pharmacist) -> None:
    """All of it is there."""
    hands = lina.hands
    lina.point_at(STORE, CORONAVAC)
    hands.press(Key.Key_F6)
    task: CountTask = page_of(hands, CountTask)
    hands.wait(lambda: task.places.start.hasFocus() and task.places.post is not None)
    hands.press(Key.Key_F9)
    sheet = task.sheet
    hands.wait(lambda: sheet.vials.line.hasFocus() and len(sheet.list.rows_table.rows) == 1)
    hands.type("12+7")
    hands.press(Key.Key_F9)
    view = task.differences
    hands.wait(lambda: view.isVisible() and len(view.list.rows_table.rows) == 1)
    hands.wait(lambda: "cocok" in view.sum.text())
    scene.look(hands, "nothing-differs")
    hands.press(Key.Key_F9)
    hands.wait(lambda: task.papers.isVisible() and task.papers.pane.print.isEnabled())
    hands.press(Key.Key_Escape)
    hands.wait(lambda: task.places.isVisible() and len(task.places.list.rows_table.rows) == 1)
    hands.press(Key.Key_Escape)
    hands.wait(lina.page.overview.isVisible)


def _which_is_opened_first(scene: Scene, hands: Hands) -> None:
    """Today the one with one more day; on its 31st day it stands last, says why, and is refused."""
    put_clock(hands, hour=16)
    assert _moderna(scene, hands, days=29) == [THAWED, FRESH]
    hands.press(Key.Key_Escape)
    leave(hands)
    put_clock(hands, hour=9, days=2)
    assert _moderna(scene, hands, days=31) == [FRESH]
    hands.press(Key.Key_End, control=True)
    hands.press(Key.Key_Return)
    table = page_of(hands, ClinicPage)
    hands.wait(table.banner.isVisible)
    scene.look(hands, "refused-on-day-31")
    assert "tidak dapat dibuka: lewat 21-12-2021" in table.banner.words()


def _moderna(scene: Scene, hands: Hands, *, days: int) -> list[str]:
    """F12 at the vaccinator's table: the batches that may be opened, in the order they are proposed."""
    table = nurse(hands, "vaksinator")
    panel, chooser = table.counter.vial, table.counter.vial_keys.shelf
    hands.wait(lambda: bool(panel.shelf) and any(row.unusable for row in panel.shelf) == (days > 30))
    hands.press(Key.Key_F12)
    hands.wait(chooser.list.hasFocus)
    scene.look(hands, f"moderna-on-day-{days}")
    rows = [row for row in chooser.list.rows_table.rows if row.product == "moderna"]
    offered = [row.number for row in rows if not row.unusable]
    scene.say(f"Moderna {days} days after thawing, offered in this order: {', '.join(offered)}")
    assert len(rows) == 2
    return offered
