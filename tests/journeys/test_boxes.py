"""Boxes at the window: what was typed outlives a power cut, an old spelling is offered, boxes go back, one is lent away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from gui.pages.stock.incoming import IncomingTask
from gui.pages.stock.page import StockPage
from gui.pages.stock.receive import ReceiveTask
from gui.pages.stock.send import SendTask
from models.stock.actions import receive_batch
from models.stock.deliveries.box_actions import answer_box
from models.stock.deliveries.boxes import LineAnswer
from models.stock.deliveries.queries import boxes_waiting
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import open_page, page_of, sign_in


def _stock(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, StockPage]:
    """Twenty vials in the warehouse."""
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page: StockPage = open_page(hands, "Stok", StockPage)
    hands.press(Key.Key_F2)
    task = page_of(hands, ReceiveTask)
    hands.wait(lambda: task.post.text() != "")
    _done(
        hands, page, receive_batch, catalogue=page.desk.catalogue, today=TODAY, post=UUID(task.post.text()),
        product="coronavac", number="2021O812", expiry=date(2022, 3, 12), vials=20, doses_per_vial=10, ul_per_dose=500, asks=True,
    )  # fmt: skip
    return hands, page


def _done(hands: Hands, page: StockPage, action: Any, **values: Any) -> None:
    answers: list[Any] = []
    page.act(action, done=answers.append, **values)
    hands.wait(lambda: bool(answers))


def test_a_spelling_is_offered_and_a_delivery_half_typed_is_there_again(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands, page = _stock(puskesmas, open_window)
    task = page_of(hands, ReceiveTask)
    hands.fill(task.document.editor, "443/7")
    hands.fill(task.supplier.editor, "Dinkes")
    row = task.lines.rows[0]
    hands.fill(row.product.editor, "CoronaVac")
    hands.fill(row.number.editor, "2021-0812")
    hands.press(Key.Key_Tab)
    hands.wait(lambda: "mirip batch 2021O812" in task.hint.text())
    hands.press(Key.Key_F12)
    assert row.number.text() == "2021O812"
    hands.fill(row.expiry.editor, "12-3-2022")
    hands.fill(row.vials.editor, "-3")
    hands.press(Key.Key_F9)
    assert "angka bulat" in row.vials.fault()
    draft = page.draft()
    assert draft is not None
    task.lines.clear()
    task.document.set_text("")
    page.restore(draft)
    row = task.lines.rows[0]
    assert (task.document.text(), row.number.text(), row.vials.text()) == ("443/7", "2021O812", "-3")
    hands.fill(row.vials.editor, "1.000")
    hands.fill(task.when.day.editor, "19-12-2021")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "perlu diisi" in task.when.time.fault() or "perlu diisi" in row.doses.fault())
    hands.fill(task.when.time.editor, "16.30")
    hands.fill(row.doses.editor, "10")
    hands.fill(task.temperature.editor, "9,5")
    hands.press(Key.Key_F9)
    hands.wait(lambda: not page.question.isHidden())
    assert "9,5 °C, di luar" in page.question.banner.words()
    hands.type("dus dibuka, VVM diperiksa")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "1.000 vial" in page.undo.text())
    hands.press(Key.Key_Escape)
    page.desk.clock._begin += timedelta(days=1)  # type: ignore[attr-defined]  # the window stays open overnight
    hands.press(Key.Key_F2)
    hands.wait(task.isVisible)
    assert (task.when.day.text(), task.when.is_now()) == ("21-12-2021", True)


def test_boxes_are_lent_refused_taken_back_and_answered_by_somebody_else_first(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands, page = _stock(puskesmas, open_window)
    hands.press(Key.Key_Escape, Key.Key_F3)
    task = page_of(hands, SendTask)
    hands.wait(lambda: len(task.lines.rows) == 1)
    row = task.lines.rows[0]

    def send(target: str, vials: str) -> None:
        hands.fill(task.target.editor, target)
        if target.startswith("Faskes"):
            hands.fill(task.to_facility.editor, "Puskesmas Rasau Jaya")
        hands.fill(row.vials.editor, vials)
        left = row.balance.vials - int(vials)
        hands.press(Key.Key_F9)
        hands.wait(lambda: row.balance.vials == left)

    hands.press(Key.Key_F9)
    assert "perlu diisi" in task.target.fault()
    hands.fill(task.target.editor, "Pos Desa Uji")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "paling sedikit satu batch" in row.vials.fault())
    send("Faskes lain", "2")
    for vials in ("3", "4", "5"):
        send("Pos Desa Uji", vials)
    hands.press(Key.Key_Escape, Key.Key_F4)
    boxes = page_of(hands, IncomingTask)
    hands.wait(lambda: len(boxes.boxes.rows_table.rows) == 3 and bool(boxes.lines.rows))
    for key, reason, said in ((Key.Key_F5, "kotak basah", "3 vial kembali"), (Key.Key_F6, "salah pos", "4 vial")):
        hands.press(key)
        hands.wait(page.question.reason.editor.hasFocus)
        hands.type(reason)
        hands.press(Key.Key_Return)
        hands.wait(lambda: said in page.banner.words() and page.body.isEnabled())  # noqa: B023 - waited for at once
        hands.wait(lambda: bool(boxes.lines.rows))
    hands.wait(lambda: len(boxes.boxes.rows_table.rows) == 1)
    with page.desk.database.reading() as records:
        (waiting,) = boxes_waiting(records, page.desk.facility.id)
    hands.press(Key.Key_F10)
    _done(hands, page, answer_box, answers=[LineAnswer(each, 5) for each in waiting.transfers])
    hands.wait(lambda: not boxes.boxes.rows_table.rows)
    assert "Tidak ada kiriman" in boxes.summary.text()
    assert not boxes.save.isEnabled()
