"""What is half filled in at the table stays with its visit and its day, and nothing else is moved by what happens elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gui.pages.lone import LonePage
from models.doses.actions import leave
from tests.gui.hands import Hands, Key
from tests.journeys import test_clinic
from tests.journeys.conftest import arrive_known, open_page, sign_in
from tests.journeys.table import Table

sit_down = test_clinic.sit_down
Sit = Callable[..., Table]


def _half_filled(table: Table) -> dict[str, Any]:
    table.call(1)
    table.measure("36,9", "130/85")
    table.press(Key.Key_T)
    typed: dict[str, Any] | None = table.counter.card.state()
    assert typed is not None
    return typed


def _read(table: Table) -> None:
    """Until everything that was asked has been answered."""
    table.hands.wait(lambda: table.page.desk.work.oldest() is None)


def test_a_scan_of_whoever_is_at_the_table_keeps_their_card(sit_down: Sit) -> None:
    table = sit_down(2)
    typed = _half_filled(table)
    case = table.counter.case
    assert case is not None
    table.counter.scanned("1")
    table.hands.wait(lambda: table.counter.case is not case)
    assert table.counter.card.state() == typed
    table.counter.open_visit(table.visits[0])
    _read(table)
    assert table.counter.card.state() == typed


def test_a_card_that_is_being_mended_waits_after_esc(sit_down: Sit) -> None:
    table = sit_down(1)
    table.open_vial()
    table.call(1)
    table.screen()
    table.hands.wait(lambda: table.counter.doing == "injecting")
    table.counter.recorded.mend.emit()
    table.hands.wait(lambda: table.counter.doing == "screening")
    table.hands.fill(table.counter.card.temperature.editor, "37,1")
    table.press(Key.Key_Escape)
    table.hands.wait(lambda: table.counter.case is None)
    table.counter.open_visit(table.visits[0])
    table.hands.wait(lambda: table.counter.doing == "injecting")
    table.counter.recorded.mend.emit()
    table.hands.wait(lambda: table.counter.doing == "screening")
    assert table.counter.card.temperature.text() == "37,1"


def test_what_was_filled_in_for_a_visit_that_ended_elsewhere_is_forgotten(sit_down: Sit) -> None:
    table = sit_down(2)
    _half_filled(table)
    table.press(Key.Key_Escape)
    table.hands.wait(lambda: table.counter.case is None)
    assert table.page.draft() is not None
    desk = table.page.desk
    desk.act(table.page, leave, visit=table.visits[0], reason="pulang", done=lambda _step: None, fault=pytest.fail)
    table.hands.wait(lambda: table.page.draft() is None)


def test_a_card_of_yesterday_does_not_come_back(sit_down: Sit) -> None:
    table = sit_down(2)
    _half_filled(table)
    draft = table.page.draft()
    table.press(Key.Key_Escape)
    table.hands.wait(lambda: table.counter.case is None)
    table.page.desk.clock._begin += timedelta(days=1)
    table.page.restore(draft)
    _read(table)
    assert table.counter.case is None
    table.counter.refresh()
    table.hands.wait(lambda: table.page.draft() is None)
    table.counter.open_visit(table.visits[0])
    table.hands.wait(lambda: "Daftarkan orangnya lagi" in table.page.banner.words())
    assert table.counter.case is None


def test_a_scan_while_a_dose_elsewhere_is_written_belongs_to_its_line(sit_down: Sit) -> None:
    table = sit_down(2)
    table.call(1)
    table.press(Key.Key_F11)
    table.hands.wait(table.counter.past.doses.isVisible)
    table.press(Key.Key_F6)
    table.hands.wait(table.counter.past.elsewhere.isVisible)
    table.hands.fill(table.counter.past.elsewhere.where.editor, "RS Harapan")
    assert not table.page.scanned("2")
    assert table.counter.past.elsewhere.isVisible()
    table.press(Key.Key_Escape)
    assert table.page.scanned("2")
    table.hands.wait(lambda: table.counter.case is not None and table.counter.case.row.visit.queue_no == 2)
    assert table.counter.past.case is None


def test_the_list_stays_where_somebody_scrolled_to(sit_down: Sit) -> None:
    table = sit_down(40)
    shown = table.counter.waiting.list
    shown.selectRow(0)
    bar = shown.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0
    table.counter.tick()
    assert bar.value() == place
    desk = table.page.desk
    desk.act(table.page, leave, visit=table.visits[2], reason="pulang", done=lambda _step: None, fault=pytest.fail)
    table.hands.wait(lambda: len(table.counter.day.queue.waiting) == 39)  # type: ignore[union-attr]  # it has been read
    assert bar.value() == place
    assert shown.chosen().visit.id == table.visits[0]


def test_pages_out_of_sight_read_nothing_when_the_place_is_another_one_until_they_are_shown(
    puskesmas: Path, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window(puskesmas)
    shell = sign_in(hands, "koordinator")
    for title in ("Pendaftaran", "Skrining & suntik", "Meja tunggal", "Rekap"):
        shell.open_page([entry.title for entry in shell._entries].index(title))
    hands.wait(lambda: shell.desk.work.oldest() is None)
    lone = next(page for page in shell._pages.values() if isinstance(page, LonePage))
    asked: list[object] = []
    read = shell.desk.work.read

    def noted(owner: object, *args: Any, **values: Any) -> None:
        asked.append(owner)
        read(owner, *args, **values)

    monkeypatch.setattr(shell.desk.work, "read", noted)
    place = shell.desk.place
    place.go_to(next(post.id for post in place.posts if post.id != place.post_id))
    lone.clinic.tick()
    assert not [owner for owner in asked if owner in shell._pages.values()]
    open_page(hands, "Meja tunggal", LonePage)
    assert lone in asked


def test_taking_back_an_arrival_at_the_lone_desk_blames_no_other_desk(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    arrive_known(hands, page)
    hands.wait(lambda: "Terdaftar" in page.undo.text())
    hands.fill(page.clinic.card.temperature.editor, "36,9")
    page.undo.button.click()
    hands.wait(lambda: "keluar dari antrean" in page.banner.words())
    hands.wait(lambda: page.desk.work.oldest() is None)
    assert "meja lain" not in page.banner.words()
    assert page.clinic.case is None
    assert page.draft() is None
    assert page.registration.isVisible()


def test_the_page_goes_on_saying_that_a_card_has_come_back(sit_down: Sit) -> None:
    table = sit_down(1)
    _half_filled(table)
    draft = table.page.draft()
    table.press(Key.Key_Escape)
    table.hands.wait(lambda: table.counter.case is None)
    table.counter.aside.clear()
    assert draft is not None
    table.page.restore(draft)
    table.page.say("calm", "Isian dikembalikan")  # as the shell does
    table.hands.wait(lambda: table.counter.case is not None)
    _read(table)
    assert "dikembalikan" in table.page.banner.words()
