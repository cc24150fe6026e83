"""A pharmacist's morning by keyboard and scanner alone: two batches come in, three posts get a box, one counts less."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gui.pages.stock.incoming import IncomingTask
from gui.pages.stock.page import StockPage
from gui.pages.stock.receive import ReceiveTask
from gui.pages.stock.send import SendTask
from models.places.actions import PostDraft, set_post
from models.stock.deliveries.gs1 import check_digit
from models.stock.queries import balances
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import open_page, page_of, sign_in

GTIN = "0899123456789" + str(check_digit("0899123456789"))
SINOVAC = f"]d201{GTIN}1722033110202108\x1d21A1"
OTHER = f"]d201{GTIN}17220228102021O799\x1d21A7"


def test_two_batches_by_scan_three_boxes_and_one_short(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page: StockPage = open_page(hands, "Stok", StockPage)
    _more_posts(hands, page)
    _receive(hands, page)
    _send(hands, page)
    _answer(hands, page)
    with page.desk.database.reading() as records:
        desk = page.desk
        found = {(row.post, row.number): row.vials for row in balances(records, desk.catalogue, desk.facility.id, desk.today)}
    assert sorted(found.values()) == [3, 6, 8, 9, 12]


def _more_posts(hands: Hands, page: StockPage) -> None:
    done: list[Any] = []
    for code, name in (("POS2", "Pos Rasau"), ("TIM1", "Tim Perahu")):
        page.act(set_post, draft=PostDraft(code=code, name=name, kind="village_post"), done=done.append)
        hands.wait(lambda: bool(done))
        done.clear()


def _receive(hands: Hands, page: StockPage) -> None:
    hands.press(Key.Key_F2)
    task = page_of(hands, ReceiveTask)
    hands.wait(lambda: task.post.text() != "" and task.document.line.hasFocus())
    hands.type("443/118")
    hands.fill(task.temperature.editor, "4,5")
    hands.scan(SINOVAC)
    first = task.lines.rows[0]
    hands.wait(lambda: first.number.text() == "202108")
    assert (first.expiry.text(), task.document.text()) == ("31-03-2022", "443/118")
    assert "baru" in task.hint.text()
    hands.fill(first.product.editor, "CoronaVac")
    hands.fill(first.doses.editor, "10")
    hands.fill(first.vials.editor, "1.5")
    hands.press(Key.Key_F9)
    assert "angka bulat" in first.vials.fault()
    hands.fill(first.vials.editor, "19")
    hands.fill(first.damaged.editor, "1")
    hands.press(Key.Key_Tab)
    hands.wait(lambda: not first.damage.isHidden())
    hands.scan(OTHER)
    hands.wait(lambda: len(task.lines.rows) == 2)
    second = task.lines.rows[1]
    hands.wait(lambda: second.number.text() == "2021O799" and second.vials.line.hasFocus())
    assert (second.product.text(), second.doses.text()) == ("coronavac", "10"), "the same code on the line above"
    for _ in range(3):
        hands.scan(OTHER)
    hands.wait(lambda: second.vials.text() == "4")
    hands.fill(second.vials.editor, "20")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "rusak" in first.damage.fault())
    hands.fill(first.damage.editor, "satu botol retak")
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    hands.type("tidak tertulis")
    hands.press(Key.Key_Escape)
    assert task.supplier.editor.hasFocus(), "where it is put right"
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    assert page.question.reason.text() == "tidak tertulis", "what was typed is not lost"
    hands.press(Key.Key_Escape)
    hands.type("Dinkes")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "2 batch" in page.undo.text())
    hands.press(Key.Key_Z, control=True)
    hands.wait(lambda: "dibatalkan" in page.banner.words())
    hands.press(Key.Key_F2)
    hands.wait(lambda: task.lines.rows[1].number.text() == "2021O799")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "2 batch" in page.undo.text() and len(page.overview.shelf.rows_table.rows) == 2)


def _send(hands: Hands, page: StockPage) -> None:
    hands.press(Key.Key_F3)
    task = page_of(hands, SendTask)
    hands.wait(lambda: len(task.lines.rows) == 2)
    early, late = task.lines.rows
    assert (early.balance.number, late.balance.number) == ("2021O799", "202108"), "the first to expire stands first"
    left = 39
    for at, (target, wanted) in enumerate((("Pos Desa Uji", "8"), ("Pos Rasau", "3"), ("Tim Perahu", "16")), 1):
        hands.wait(task.target.editor.hasFocus)
        hands.fill(task.target.editor, target)
        hands.fill(task.wanted.editor, wanted)
        hands.press(Key.Key_F10)
        hands.wait(lambda: task.lines.totals()[1] > 0)
        hands.press(Key.Key_F9)
        number = f"{at:03}/SBBK/"
        hands.wait(lambda: page.undo.text().startswith(number))  # noqa: B023 - waited for at once
        left -= int(wanted)
        hands.wait(lambda: sum(row.balance.vials for row in task.lines.rows) == left)  # noqa: B023 - likewise
    assert "16 vial ke Tim Perahu" in page.undo.text()
    hands.press(Key.Key_F12)
    hands.wait(task.sbbk.pane.print.isEnabled)
    hands.press(Key.Key_Escape)
    hands.wait(task.target.editor.hasFocus)
    hands.press(Key.Key_Escape)


def _answer(hands: Hands, page: StockPage) -> None:
    hands.press(Key.Key_F4)
    task = page_of(hands, IncomingTask)
    hands.wait(lambda: len(task.boxes.rows_table.rows) == 3 and bool(task.lines.rows))
    task.boxes.setFocus()
    for left in (2, 1):
        hands.press(Key.Key_F10, Key.Key_F9)
        hands.wait(lambda: len(task.boxes.rows_table.rows) == left and bool(task.lines.rows))  # noqa: B023 - at once
    assert "sudah ada di rak" in page.banner.words()
    counts = [row.row.vials for row in task.lines.rows]
    assert counts == [9, 7]
    hands.fill(task.lines.rows[0].vials.editor, "9")
    hands.fill(task.lines.rows[1].vials.editor, "6")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "alasan" in task.lines.rows[1].reason.fault())
    hands.type("pecah di perahu")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "15 vial sudah ada di rak" in page.banner.words())
    hands.wait(lambda: not task.boxes.rows_table.rows)
    assert "Tidak ada kiriman" in task.summary.text()


