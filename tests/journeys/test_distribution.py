"""A small Kapuas by keyboard: figures, a proposal, a line changed, one box for each post, taken back and made again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.pages.distribution.page import DistributionPage
from gui.pages.stock.consumables import ConsumablesTask
from gui.pages.stock.page import StockPage
from models.overview.planning.consumable_actions import record_consumables
from models.places.actions import PostDraft, set_post
from models.places.queries import posts as places
from models.records.base import new_id
from models.records.perform import perform
from models.stock.actions import receive_batch
from models.stock.deliveries.queries import boxes_waiting
from models.stock.deliveries.sbbk_queries import sbbk_facts
from models.stock.planning.consumables import RECEIVED, SENT
from models.stock.planning.tables import consumable_movement, distribution_made
from models.stock.queries import balances
from reports import formats
from reports.sbbk import draw_sbbk
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import open_page, page_of, sign_in
from tests.reports.papers import pages


def furnish(desk: Any, posts: int = 2) -> None:
    """Village posts, and in the warehouse syringes and two batches, of which the first ends in twelve days."""

    def act(action: Any, **values: Any) -> Any:
        return perform(desk.database, desk.actor, action, desk.now, new_id(), **values)

    for number in range(2, posts + 1):
        act(set_post, draft=PostDraft(code=f"POS{number}", name=f"Pos Desa {number}", kind="village_post"))
    with desk.database.reading() as records:
        warehouse = next(post for post in places(records, desk.facility.id) if post.kind == "warehouse").id
    for batch, expiry, vials in (("20210701", date(2022, 1, 1), 9), ("20211002", date(2022, 6, 30), 30)):
        act(
            receive_batch, catalogue=desk.catalogue, today=TODAY, post=warehouse, product="coronavac", number=batch,
            expiry=expiry, vials=vials, doses_per_vial=10, ul_per_dose=500,
        )  # fmt: skip
    act(record_consumables, catalogue=desk.catalogue, post=warehouse, kind=RECEIVED, pieces={"ads_05": 500})


def opened(puskesmas: Path, open_window: Callable[..., Hands], posts: int = 2) -> tuple[Hands, DistributionPage]:
    """The coordinator's page, with something to distribute."""
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page: DistributionPage = open_page(hands, "Distribusi", DistributionPage)
    furnish(page.desk, posts)
    page.refresh()
    hands.wait(lambda: len(page.posts.rows) == posts + 1 and "39 vial" in page.stock.text())
    return hands, page


def fill_row(hands: Hands, page: DistributionPage, at: int, **figures: str) -> None:
    """Figures of one post."""
    for name, text in figures.items():
        hands.fill(page.posts.rows[at].cells[name].editor, text)


def test_from_figures_to_boxes_by_keyboard_alone(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands, page = opened(puskesmas, open_window)
    hands.fill(page.deadline.editor, "31-12-2021")
    fill_row(hands, page, 1, sasaran="x")
    hands.press(Key.Key_F9)
    assert "angka" in page.posts.rows[1].cells["sasaran"].fault()
    fill_row(hands, page, 1, sasaran="200", capacity="40", target="40", days="Sen-Jum")
    fill_row(hands, page, 2, missing="150", capacity="30", target="30", days="4")
    hands.press(Key.Key_F9)
    lines = page.proposal.lines
    hands.wait(lambda: page.views.currentWidget() is page.proposal and bool(lines.rows))
    # Nine weekdays at 40 for a sasaran of 200; four days at 30 for 150 people, of whom 120 can be reached.
    assert sum(row.count() for row in lines.rows) == 32
    assert "39 vial" in page.proposal.total.text()
    assert "dari kebutuhan 200 dosis" in lines.rows[0].why.text()
    assert "7 vial (70 dosis) tetap" in page.proposal.stays.text()
    assert "Kapas alkohol 320 lembar" in page.proposal.lacks.text(), "said before anything is sent"
    first = lines.rows[0]
    hands.wait(first.vials.editor.hasFocus)
    hands.type("99")
    assert "hanya ada 9 vial" in first.vials.fault()
    hands.press(Key.Key_F9)
    assert page.views.currentWidget() is page.proposal
    hands.select_all(first.vials.editor)
    hands.type("3")
    assert not first.vials.fault()
    assert "diubah dari usulan" in first.why.text()
    assert page.draft() is not None
    hands.press(Key.Key_F8)
    hands.wait(page.pane.print.isEnabled)
    hands.press(Key.Key_Escape)
    hands.wait(first.vials.editor.hasFocus)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "2 kotak dibuat" in page.undo.text())
    hands.wait(lambda: "vial" in page.stock.text() and "39 vial" not in page.stock.text())
    with page.desk.database.reading() as records:
        boxes = boxes_waiting(records, page.desk.facility.id)
        assert len({box.document for box in boxes}) == len(boxes) == 2
        assert records.execute(distribution_made.select()).one().deadline == date(2021, 12, 31)
        along = consumable_movement.select().where(consumable_movement.c.kind == SENT)
        assert {row.box_id for row in records.execute(along)} == {box.id for box in boxes}
        paper = sbbk_facts(records, page.desk.catalogue, page.desk.facility.id, boxes[0].id)
    out = BytesIO()
    assert paper is not None
    draw_sbbk(paper, out)
    assert f"ADS 0,5 ml {formats.number(paper.doses)} buah" in " ".join(pages(out.getvalue())[0].split())
    waiting = len(page.desk.printing.jobs())
    hands.press(Key.Key_F12)
    hands.wait(lambda: len(page.desk.printing.jobs()) == waiting + 2)
    assert not (page.draft() or {}).get("vials")


def test_what_was_typed_outlives_a_power_cut_and_boxes_are_taken_back(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands, page = opened(puskesmas, open_window)
    fill_row(hands, page, 2, missing="50", capacity="30", days="4")
    hands.press(Key.Key_F9)
    lines = page.proposal.lines
    hands.wait(lambda: page.views.currentWidget() is page.proposal and bool(lines.rows))
    hands.type("2")
    kept = json.loads(json.dumps(page.draft()))
    hands.press(Key.Key_Escape)
    for name in ("missing", "days"):  # capacity is kept with the post
        page.posts.rows[2].cells[name].set_text("")
    page._kept = {}
    page.restore(kept)
    hands.wait(lambda: page.posts.rows[2].cells["missing"].text() == "50")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.views.currentWidget() is page.proposal and lines.rows[0].vials.text() == "2")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "1 kotak dibuat" in page.undo.text())
    page.undo.button.click()
    hands.wait(lambda: "ditarik kembali" in page.banner.words())
    with page.desk.database.reading() as records:
        assert sum(row.vials for row in balances(records, page.desk.catalogue, page.desk.facility.id, TODAY)) == 39


def test_consumables_are_received_counted_and_struck_by_keyboard(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    stock: StockPage = open_page(hands, "Stok", StockPage)
    hands.wait(lambda: bool(stock.overview.buttons))
    QTest.keyClick(hands.window, Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    task: ConsumablesTask = page_of(hands, ConsumablesTask)
    hands.wait(lambda: bool(task.cells) and bool(task.post.text()))
    hands.fill(task.cells["ads_05"].editor, "-3")
    hands.press(Key.Key_F9)
    hands.wait(task.cells["ads_05"].editor.hasFocus)
    assert "angka" in task.cells["ads_05"].fault()
    hands.fill(task.cells["ads_05"].editor, "100")
    hands.fill(task.cells["swab"].editor, "200")
    assert stock.draft() is not None
    hands.press(Key.Key_F9)
    hands.wait(lambda: "2 barang tersimpan" in stock.undo.text() and len(task.held.rows_table.rows) == 2)
    assert [row.account.closing for row in task.held.rows_table.rows] == [100, 200]
    hands.fill(task.kind.editor, "Hitung")
    hands.fill(task.cells["ads_05"].editor, "95")
    hands.press(Key.Key_F9)
    hands.wait(lambda: [row.account.closing for row in task.held.rows_table.rows] == [95, 200])
    task.lines.setFocus()
    task.lines.selectRow(0)
    hands.press(Key.Key_F7)
    hands.wait(stock.question.isVisible)
    hands.type("salah hitung")
    hands.press(Key.Key_F9)
    hands.wait(lambda: [row.account.closing for row in task.held.rows_table.rows] == [100, 200])
    hands.press(Key.Key_F8)
    hands.wait(task.shown_items.isVisible)
    hands.fill(task.shown_items.per.editor, "2")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "tersimpan" in stock.banner.words())
