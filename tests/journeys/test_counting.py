"""A pharmacist counts, writes off, destroys and recalls with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gui.pages.stock.back import BackTask
from gui.pages.stock.batch import BatchTask
from gui.pages.stock.count import CountTask
from gui.pages.stock.count_reading import read_counts
from gui.pages.stock.discard import DiscardTask
from gui.pages.stock.page import StockPage
from models.stock.actions import receive_batch
from models.stock.counts.queries import counts
from models.stock.discards.queries import destructions, waiting_vials
from models.stock.queries import balances
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import open_page, page_of, sign_in

Window = Callable[..., Hands]


def ask(page: StockPage, query: Any, *args: Any) -> Any:
    with page.desk.database.reading() as records:
        return query(records, *args)


def shelf(page: StockPage) -> dict[str, tuple[int, str]]:
    desk = page.desk
    found = ask(page, balances, desk.catalogue, desk.facility.id, TODAY)
    where = {each: "here" if each.post == desk.place.post_id else "away" for each in found}
    return {f"{each.number} {where[each]}": (each.vials, each.unusable) for each in found}


@pytest.fixture
def stock(puskesmas: Path, open_window: Window) -> tuple[Hands, StockPage]:
    """Two batches at the centre, the cursor in the list of shelves."""
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page: StockPage = open_page(hands, "Stok", StockPage)
    hands.wait(lambda: len(page.desk.place.posts) == 2)
    for number, vials in (("A1", 10), ("B2", 6)):
        done: list[UUID] = []
        page.act(
            receive_batch, catalogue=page.desk.catalogue, today=TODAY, post=page.desk.place.post_id, product="coronavac",
            number=number, expiry=date(2022, 3, 12), vials=vials, doses_per_vial=10, ul_per_dose=500, asks=True,
            done=done.append,
        )  # fmt: skip
        hands.wait(partial(any, done))
    hands.wait(lambda: len(page.overview.shelf.rows_table.rows) == 2)
    page.overview.shelf.setFocus()
    return hands, page


def choose(hands: Hands, words: str) -> None:
    """In the choice under the cursor."""
    hands.type(words)
    hands.press(Key.Key_Return)


def test_a_count_with_a_difference_is_explained_and_printed_and_a_batch_is_held(stock: tuple[Hands, StockPage]) -> None:
    hands, page = stock
    hands.press(Key.Key_F6)
    task: CountTask = page_of(hands, CountTask)
    hands.wait(lambda: task.places.start.isVisible() and task.places.post is not None)
    hands.press(Key.Key_F9)
    sheet = task.sheet
    hands.wait(lambda: sheet.isVisible() and len(sheet.list.rows_table.rows) == 2)
    assert not any("10" in str(row) and "book" in str(row) for row in sheet.list.rows_table.rows), "nobody sees the book"
    hands.type("-3")
    hands.press(Key.Key_Return)
    assert "angka bulat" in sheet.vials.fault()
    hands.select_all(sheet.vials.editor)
    hands.type("5+3")
    hands.press(Key.Key_Return)
    hands.wait(lambda: sheet.list.rows_table.rows[0].counted == 8 and sheet.list.chosen().number == "B2")
    hands.type("6")
    hands.press(Key.Key_F9)  # Enter was forgotten: it is saved all the same
    view = task.differences
    hands.wait(lambda: view.isVisible() and len(view.list.rows_table.rows) == 2)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "A1" in view.cause.fault())
    hands.wait(view.cause.editor.hasFocus)
    choose(hands, "Pecah")
    hands.press(Key.Key_F9)
    hands.wait(lambda: task.papers.isVisible() and task.papers.pane.print.isEnabled())
    assert shelf(page) == {"A1 here": (8, ""), "B2 here": (6, "")}
    assert "Stok opname selesai" in page.undo.text()
    hands.press(Key.Key_Escape)
    hands.wait(lambda: len(task.places.list.rows_table.rows) == 1)
    hands.press(Key.Key_Escape)
    hands.wait(page.overview.isVisible)
    hands.press(Key.Key_F11)
    batch: BatchTask = page_of(hands, BatchTask)
    hands.wait(lambda: batch.list.chosen() is not None)
    number = batch.list.chosen().number
    hands.press(Key.Key_F3)
    hands.wait(batch.change.letter.editor.hasFocus)
    hands.type("BPOM 12/2021")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "alasan" in batch.change.reason.fault().lower())
    hands.type("KIPI di kabupaten lain")
    hands.press(Key.Key_F9)
    hands.wait(lambda: batch.file.isVisible() and shelf(page)[f"{number} here"][1] == "held")
    hands.wait(lambda: len(batch.file.log.rows_table.rows) == 1)
    hands.press(Key.Key_Z, control=True)
    hands.wait(lambda: shelf(page)[f"{number} here"][1] == "")


def test_vials_are_written_off_destroyed_before_witnesses_and_a_wrong_one_comes_back(stock: tuple[Hands, StockPage]) -> None:
    hands, page = stock
    hands.press(Key.Key_F5)
    task: DiscardTask = page_of(hands, DiscardTask)
    hands.wait(lambda: task.writing.shelf.chosen() is not None)
    hands.press(Key.Key_Return)
    for wrong in ("0", "1,5", "-2"):
        hands.fill(task.writing.vials.editor, wrong)
        hands.press(Key.Key_F9)
        assert task.writing.vials.fault() or task.writing.cause.fault()
    hands.fill(task.writing.vials.editor, "3")
    hands.fill(task.writing.cause.editor, "Pecah")
    number = task.writing.shelf.chosen().number
    before = shelf(page)[f"{number} here"][0]
    hands.press(Key.Key_F9)
    hands.wait(lambda: "dibuang" in page.undo.text())
    hands.press(Key.Key_Z, control=True)
    hands.wait(lambda: shelf(page)[f"{number} here"][0] == before)
    hands.wait(lambda: not page._under_way and not page.desk.work.oldest())  # the list is read again, and keeps its row
    hands.fill(task.writing.vials.editor, "2")
    hands.fill(task.writing.cause.editor, "Beku")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "2 vial" in page.undo.text() and "2 vial utuh" in task.writing.waiting.text())
    hands.press(Key.Key_F7)
    form = task.destroying
    hands.wait(lambda: form.isVisible() and len(form.lines.values()) == 1)
    hands.press(Key.Key_F9)
    assert "Tandai" in form.lines.fault()
    hands.press(Key.Key_F6)
    for field, words in ((form.number, "445/1"), (form.place, "Halaman"), (form.method, "Insin")):
        hands.fill(field.editor, words)
    people = form.people.fields()
    hands.fill(people["witness1"].editor, "Siti Aminah")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "dua saksi" in people["witness2"].fault())
    hands.fill(people["witness2"].editor, "Budi Santoso")
    hands.press(Key.Key_F9)
    hands.wait(lambda: task.papers.isVisible() and task.papers.pane.print.isEnabled())
    facility = page.desk.facility.id
    assert [each.number for each in ask(page, destructions, facility)] == ["445/1"]
    assert ask(page, waiting_vials, facility) == []


def test_a_team_brings_back_its_box_and_the_intact_vials_are_used_first(stock: tuple[Hands, StockPage]) -> None:
    hands, page = stock
    hands.press(Key.Key_F10)
    task: BackTask = page_of(hands, BackTask)
    hands.wait(lambda: len(task.list.rows_table.rows) == 2)
    task.list.setFocus()
    hands.press(Key.Key_Return)
    hands.type("7")
    hands.fill(task.amounts["missing"].editor, "1")
    hands.press(Key.Key_F9)
    assert task.held.fault(), "whether the box held is never a default"
    hands.fill(task.held.editor, "Terjaga")
    hands.press(Key.Key_F9)
    hands.wait(lambda: bool(task.note.fault()))
    hands.fill(task.note.editor, "satu hilang di jalan")
    number = task.list.chosen().number
    hands.press(Key.Key_F9)
    hands.wait(page.overview.isVisible)
    assert shelf(page)[f"{number} away"] == (7, "")
    back = [each for each in ask(page, balances, page.desk.catalogue, page.desk.facility.id, TODAY) if each.returned]
    assert [each.number for each in back] == [number]
    hands.press(Key.Key_Z, control=True)
    hands.wait(lambda: f"{number} away" not in shelf(page))


def test_what_was_being_counted_outlives_a_power_cut(stock: tuple[Hands, StockPage], puskesmas: Path) -> None:
    hands, page = stock
    hands.press(Key.Key_F6)
    task: CountTask = page_of(hands, CountTask)
    hands.wait(lambda: task.places.post is not None and task.places.start.isVisible())
    hands.press(Key.Key_F9)
    hands.wait(lambda: task.sheet.isVisible() and task.sheet.list.chosen() is not None)
    hands.type("9")
    hands.press(Key.Key_Return)
    hands.wait(lambda: task.sheet.list.rows_table.rows[0].counted == 9)
    hands.type("12")
    kept = page.draft()
    assert kept is not None
    fresh = StockPage(page.desk)
    hands.bot.addWidget(fresh)
    fresh.restore(kept)
    again = fresh.built("count")
    assert isinstance(again, CountTask)
    again.sheet.begin()
    again.sheet.show_batches(_counts(page), {})
    assert (again.sheet.vials.text(), again.sheet.list.chosen().number) == ("12", "B2")
    assert [each.state for each in ask(page, counts, page.desk.facility.id)] == ["counting"], "saved figures lie in the records"


def _counts(page: StockPage) -> Any:
    return ask(page, lambda records: read_counts(records, page.desk.facility.id, page.desk.place.post_id, compare=False))


def test_what_was_typed_comes_back_at_its_own_batch_and_its_own_place(stock: tuple[Hands, StockPage]) -> None:
    """After a power cut: three vials of B2 were to be written off, and the other post was being counted."""
    hands, page = stock
    hands.press(Key.Key_F5)
    write: DiscardTask = page_of(hands, DiscardTask)
    hands.wait(lambda: len(write.writing.shelf.rows_table.rows) == 2 and write.writing.shelf.chosen() is not None)
    other = next(at for at, row in enumerate(write.writing.shelf.rows_table.rows) if row.number == "B2")
    write.writing.shelf.selectRow(other)
    hands.fill(write.writing.vials.editor, "3")
    away = next(post for post in page.desk.place.posts if post.id != page.desk.place.post_id)
    draft = page.draft()
    assert draft is not None
    write.writing.restore({})
    write.writing.shelf.selectRow(1 - other)
    page.restore(draft)
    hands.wait(lambda: page.desk.work.oldest() is None)
    assert write.writing.vials.text() == "3"
    assert write.writing.shelf.chosen().number == "B2"

    page.restore({"open": "count", "tasks": {"count": {"post": away.id.hex}}})
    task: CountTask = page_of(hands, CountTask)
    hands.wait(lambda: page.desk.work.oldest() is None and bool(task.places.place.box.count()))
    assert task.places.post == away.id


def test_what_was_typed_into_one_count_is_not_put_into_another(stock: tuple[Hands, StockPage]) -> None:
    hands, page = stock
    hands.press(Key.Key_F6)
    task: CountTask = page_of(hands, CountTask)
    hands.wait(lambda: task.places.start.isVisible() and task.places.post is not None)
    hands.press(Key.Key_F9)
    sheet, view = task.sheet, task.differences
    hands.wait(lambda: sheet.isVisible() and len(sheet.list.rows_table.rows) == 2)
    one, two = (row.batch.hex for row in sheet.list.rows_table.rows)
    before = UUID(int=7).hex
    task.restore(
        {"sheet": {"figure": [two, "4", before]}, "differences": {"count": before, "reasons": {one: ["broken", "jatuh"]}}}
    )
    task.refresh()
    hands.wait(lambda: page.desk.work.oldest() is None)
    assert (sheet.vials.text(), sheet.list.chosen().batch.hex) == ("", one)
    hands.type("8")
    hands.press(Key.Key_F9)
    hands.wait(lambda: view.isVisible() and len(view.list.rows_table.rows) == 2)
    assert (view.cause.text(), view.note.text()) == ("", "")
