"""Temperatures by keyboard: a fridge is added, read, too warm at noon, decided on, its Fridge-tag taken in, its card printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gui.pages.cold.lines import ReadingLine
from gui.pages.cold.page import ColdPage
from models.stock.actions import receive_batch
from models.stock.cold.actions import EquipmentDraft, set_equipment
from models.stock.cold.event_actions import ExcursionDraft, save_excursion
from models.stock.cold.queries import excursion_rows, tag_days
from models.stock.tables import batch_status
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import open_page, sign_in
from tests.models.stock.exports import FROST, QUIET, SERIAL, export
from tests.reports.papers import pages


def line_of(page: ColdPage, name: str, session: str) -> ReadingLine:
    """The line of a fridge."""
    return next(line for line in page.entry.lines.lines.values() if (line.equipment.name, line.session) == (name, session))


def warehouse(page: ColdPage) -> Any:
    """Where the fridges stand."""
    assert page._shown is not None
    return next(post.id for post in page._shown.posts if post.kind == "warehouse")


def open_cold(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, ColdPage]:
    """The coordinator's page without any fridge yet."""
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page: ColdPage = open_page(hands, "Suhu", ColdPage)
    hands.wait(lambda: page._shown is not None)
    return hands, page


def add(hands: Hands, page: ColdPage, name: str) -> None:
    """Through F2."""
    hands.press(Key.Key_F2)
    panel = page.tasks.equipment
    hands.wait(panel.isVisible)
    hands.fill(panel.which.editor, "Alat baru")
    panel.which.box.activated.emit(0)
    hands.fill(panel.name.editor, name)
    hands.fill(panel.keeper.editor, "Apt. Rina")
    hands.press(Key.Key_F9)
    hands.wait(lambda: name in [row.name for row in page._shown.equipments] and page.entry.isVisible())  # type: ignore[union-attr]


def test_a_day_at_the_fridge_by_keyboard_alone(puskesmas: Path, open_window: Callable[..., Hands], tmp_path: Path) -> None:
    hands, page = open_cold(puskesmas, open_window)
    assert "F2" in page.entry.nothing.text()
    add(hands, page, "Kulkas 1")
    add(hands, page, "Kulkas 2")
    page.act(
        receive_batch, catalogue=page.desk.catalogue, today=TODAY, post=warehouse(page), product="coronavac", number="20210812",
        expiry=date(2022, 3, 12), vials=10, doses_per_vial=10, ul_per_dose=500, asks=True, done=lambda _batch: None,
    )  # fmt: skip
    hands.wait(lambda: bool(page._shown and page._shown.shelves))
    # At 10.00 nobody has read anything yet: said on the page and in the head, without a dialog.
    hands.wait(lambda: "Suhu pagi belum dicatat: Kulkas 1, Kulkas 2" in page.state.words())
    head = hands.window.shell.head  # type: ignore[attr-defined]  # the window has one by now
    hands.wait(lambda: "Suhu pagi belum dicatat" in head.cold.text() and head.cold.isVisible())
    first, second = line_of(page, "Kulkas 1", "morning"), line_of(page, "Kulkas 2", "morning")
    hands.wait(first.hasFocus)
    hands.type("42")
    hands.press(Key.Key_Return)
    hands.wait(page.question.isVisible)  # forty-two degrees: a comma was forgotten
    hands.press(Key.Key_Escape)
    hands.wait(first.hasFocus)
    assert first.text() == "42", "nothing typed is lost"
    hands.select_all(first)
    hands.type("4,25")
    hands.press(Key.Key_Return)
    assert "satu angka di belakang koma" in page.entry.lines._faults[first.equipment.id].text()
    hands.select_all(first)
    hands.type("4.2")
    hands.press(Key.Key_Return)
    hands.wait(second.hasFocus)  # saved, and on to the next fridge
    hands.type("5")
    hands.press(Key.Key_Return)
    hands.wait(lambda: (first.shown, second.shown) == ("4,2", "5,0") and page.state.isHidden())
    hands.wait(head.cold.isHidden)
    noon(hands, page)
    hands.wait(lambda: "20210812" not in page.state.words() and page.state.isHidden())
    take_in(hands, page, tmp_path)
    hands.wait(page.pane.print.isEnabled)
    hands.wait(lambda: "9,4" in pages(page.pane.pdf)[0] and "Keputusan: ditahan" in pages(page.pane.pdf)[0])
    waiting = len(page.desk.printing.jobs())
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(page.desk.printing.jobs()) == waiting + 1)


def noon(hands: Hands, page: ColdPage) -> None:
    """Too warm: what was done is written, and the batch that lay there is held everywhere."""
    extra = line_of(page, "Kulkas 1", "extra")
    extra.setFocus()
    hands.type("9,4")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "Kulkas 1: 9,4 °C" in page.state.words() and "terlalu panas" in page.state.words())
    hands.press(Key.Key_F3)
    panel = page.tasks.excursion
    hands.wait(panel.done.line.hasFocus)  # all that the alarm knows stands there already
    assert panel.highest.text() == "9,4"
    assert panel.batches.values()
    hands.type("dipindah ke kotak dingin 10.10")
    panel.batches.lines.setFocus()
    hands.press(Key.Key_Space)
    hands.fill(panel.decision.editor, "Ditahan")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "1 batch ditahan" in page.banner.words())
    with page.desk.database.reading() as records:
        assert records.execute(batch_status.select()).one().held
        assert excursion_rows(records, page.desk.facility.id)[0].decision == "held"


def take_in(hands: Hands, page: ColdPage, folder: Path) -> None:
    """A file of a Fridge-tag that nobody knows yet: cut off first, then whole."""
    text = export([QUIET, QUIET, FROST])
    (folder / "tag.txt").write_text(text[: len(text) // 2], "utf-8")
    line_of(page, "Kulkas 1", "afternoon").setFocus()
    hands.press(Key.Key_F12)
    panel = page.tasks.importing
    hands.wait(panel.path.line.hasFocus)
    hands.type(str(folder / "tag.txt"))
    hands.press(Key.Key_F10)
    hands.wait(lambda: "terpotong" in panel.path.fault())
    (folder / "tag.txt").write_text(text, "utf-8")
    hands.press(Key.Key_F10)
    hands.wait(lambda: SERIAL in panel.state.words())  # in which fridge?
    assert not panel.go.isEnabled()
    panel.equipment.setFocus()
    hands.press(Key.Key_Down)
    panel.equipment.box.activated.emit(0)
    hands.wait(lambda: "3 baru" in panel.state.words() and panel.go.isEnabled())
    hands.press(Key.Key_F9)
    hands.wait(lambda: "3 hari baru" in page.banner.words())
    with page.desk.database.reading() as records:
        of = line_of(page, "Kulkas 1", "morning").equipment.id
        assert [each.lowest for each in tag_days(records, page.desk.facility.id, of, date(2021, 12, 1), TODAY)] == [-13, 34, 34]
    hands.wait(lambda: "Fridge-tag ALARM 18-12-2021" in page.state.words())
    hands.press(Key.Key_F3)
    panel2 = page.tasks.excursion
    hands.wait(panel2.done.line.hasFocus)
    hands.type("uji kocok: tidak beku")
    hands.fill(panel2.ended.editor, "18-12-2021 05.00")
    hands.fill(panel2.decision.editor, "Masih baik")
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)  # -1,3 for five hours: a reason is asked for
    hands.type("uji kocok 18-12 sore, VVM A")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "Kejadian tersimpan" in page.banner.words())


@pytest.fixture
def cold(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, ColdPage]:
    """One fridge, its cursor in the line of the morning."""
    hands, page = open_cold(puskesmas, open_window)
    draft = EquipmentDraft(warehouse(page), "Kulkas 1", "fridge", 20, 80)
    page.act(set_equipment, draft=draft, done=lambda _id: None)
    hands.wait(lambda: bool(page.entry.lines.lines))
    page.begin()
    return hands, page


def test_a_slip_is_undone_a_correction_keeps_what_was_written_and_a_draft_survives(cold: tuple[Hands, ColdPage]) -> None:
    hands, page = cold
    line = line_of(page, "Kulkas 1", "morning")
    hands.wait(line.hasFocus)
    hands.type("3,9")
    assert page.draft() == {"day": TODAY.isoformat(), "typed": {f"{line.equipment.id.hex} morning": "3,9"}}
    hands.press(Key.Key_Return)
    hands.wait(lambda: line.shown == "3,9" and page.draft() is None)
    page.undo.button.click()
    hands.wait(lambda: line.shown == "" and line.hasFocus())
    hands.type("6,1")
    hands.press(Key.Key_Return)
    hands.wait(lambda: line.shown == "6,1")
    hands.select_all(line)
    hands.type("4,1")
    hands.press(Key.Key_Return)
    hands.wait(page.question.isVisible)
    hands.type("salah baca")
    hands.press(Key.Key_Return)
    hands.wait(lambda: line.shown == "4,1")
    hands.wait(lambda: [row.tenths for row in page.entry.history.rows_table.rows] == [39, None, 61, 41])
    page.undo.button.click()  # the correction is taken back, not the reading
    hands.wait(lambda: line.shown == "6,1")
    hands.press(Key.Key_F7)
    hands.wait(lambda: page.entry.day.day == 19 and line.text() == "")
    page.restore({"day": "2021-12-19", "typed": {f"{line.equipment.id.hex} morning": "4,4"}})
    page.refresh()
    hands.wait(lambda: line_of(page, "Kulkas 1", "morning").text() == "4,4")
    hands.press(Key.Key_F3)
    panel = page.tasks.excursion
    hands.wait(panel.isVisible)
    hands.fill(panel.done.editor, "listrik padam")
    kept = page.draft()
    hands.press(Key.Key_Escape)
    hands.wait(page.entry.isVisible)
    panel.done.set_text("")
    page.restore(kept or {})
    page.refresh()
    hands.wait(lambda: panel.isVisible() and panel.done.text() == "listrik padam")


def test_a_task_left_by_a_power_cut_comes_back_with_what_it_was_about(cold: tuple[Hands, ColdPage]) -> None:
    hands, page = cold

    def back(kept: Any) -> None:
        hands.press(Key.Key_Escape)
        hands.wait(page.entry.isVisible)
        page._chosen = line_of(page, "Kulkas 1", "morning").equipment.id  # where the page is when it is opened anew
        page.restore(kept)
        page.refresh()

    hands.press(Key.Key_F2)
    panel = page.tasks.equipment
    hands.wait(panel.isVisible)
    hands.fill(panel.which.editor, "Alat baru")
    panel.which.box.activated.emit(0)
    hands.fill(panel.name.editor, "Kulkas 2")
    back(page.draft())
    hands.wait(lambda: panel.isVisible() and panel.name.text() == "Kulkas 2")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.entry.isVisible() and page._shown is not None and len(page._shown.equipments) == 2)
    assert page._shown is not None
    one, two = sorted(page._shown.equipments, key=lambda row: row.name)
    assert (one.name, one.version, two.name) == ("Kulkas 1", 1, "Kulkas 2")

    story = ExcursionDraft(one.id, page.desk.now - timedelta(hours=2), None, None, 91, "", (), "open")
    page.act(save_excursion, draft=story, done=lambda _id: None)
    hands.wait(lambda: page._shown is not None and len(page._shown.excursions) == 1)
    hands.press(Key.Key_F3)
    about = page.tasks.excursion
    hands.wait(about.isVisible)
    about.equipment.set_text(two.id.hex)
    about.equipment.box.activated.emit(0)
    hands.fill(about.began.editor, "06.00")
    hands.fill(about.highest.editor, "9,9")
    back(page.draft())
    hands.wait(lambda: about.isVisible() and about.highest.text() == "9,9")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page._shown is not None and page.entry.isVisible())
    with page.desk.database.reading() as records:
        rows = {row.equipment: (row.version, row.highest) for row in excursion_rows(records, page.desk.facility.id)}
    assert rows == {one.id: (1, 91), two.id: (1, 99)}

    hands.press(Key.Key_F11)
    tag = page.tasks.tag
    hands.wait(lambda: tag.isVisible() and page.desk.work.oldest() is None)
    hands.fill(tag.highest.editor, "7,7")
    back(page.draft())
    hands.wait(lambda: tag.isVisible() and page.desk.work.oldest() is None)
    assert tag.highest.text() == "7,7"


def test_a_page_left_open_overnight_is_of_the_new_day(cold: tuple[Hands, ColdPage]) -> None:
    hands, page = cold
    page.desk.clock._begin += timedelta(days=1)  # type: ignore[attr-defined]  # the clock of the demo
    page._minute()
    hands.wait(lambda: page.entry.day == page.desk.today and page.desk.work.oldest() is None)
    assert page.entry.day_field.text() == "21-12-2021"
    line = line_of(page, "Kulkas 1", "morning")
    hands.fill(line, "3,9")
    page.desk.clock._begin += timedelta(days=1)  # type: ignore[attr-defined]
    page._minute()
    hands.wait(lambda: page.desk.work.oldest() is None)
    assert (page.entry.day.day, line.text()) == (21, "3,9"), "what was typed stays with the day it was typed for"
