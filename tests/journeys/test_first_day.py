"""A first day by keyboard alone: sign in, receive, send, accept, then three people and a slip."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtWidgets import QApplication

from gui.opening import open_records
from gui.pages.lone import LonePage
from gui.pages.stock.incoming import IncomingTask
from gui.pages.stock.page import StockPage
from gui.pages.stock.receive import ReceiveTask
from gui.pages.stock.send import SendTask
from gui.panels.questions import SURVIVOR
from models.doses.queries import doses_of
from models.people.search_queries import search
from models.stock.queries import balances, open_vials
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import close, inject, open_page, page_of, sign_in


def test_from_a_batch_to_three_doses_and_a_slip(puskesmas: Path, open_window: Callable[..., Hands], tmp_path: Path) -> None:
    hands = open_window(puskesmas)
    shell = sign_in(hands, "koordinator")
    hands.wait(lambda: "3 dari 6: terima batch" in shell.steps.text())
    _receive_and_send(hands)
    hands.wait(lambda: "6 dari 6: buka vial" in shell.steps.text())
    page: LonePage = open_page(hands, "Meja tunggal", LonePage)
    _choose_post(hands, page)

    _find(hands, page, "6112 0952 0662 9003")
    assert "dosis 2" in page.registration.plan.words()
    hands.press(Key.Key_F9)
    _screen_and_inject(hands, page, survivor=False)
    hands.wait(lambda: not shell.steps.isVisible())

    form = page.registration.form
    page.registration.first.setFocus()
    hands.type("6112096503909002")
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.registration.left.currentWidget() is form)
    assert form.birth.text() == "25-03-1990"
    hands.fill(form.name.editor, "dewi lestari")
    hands.press(Key.Key_F9)
    _screen_and_inject(hands, page, survivor=True)

    page.registration.first.setFocus()
    hands.press(Key.Key_F4)
    hands.wait(lambda: page.registration.left.currentWidget() is form)
    hands.fill(form.without.editor, "KTP hilang, sedang diurus")
    hands.fill(form.name.editor, "tan")
    hands.fill(form.birth.editor, "1948")
    hands.fill(form.sex.editor, "Laki-laki")
    hands.press(Key.Key_F9)
    _screen_and_inject(hands, page, survivor=True)

    slip = _print_slip(hands, page)
    text = pypdfium2.PdfDocument(slip)[0].get_textpage().get_text_range()
    assert "TAN" in text
    assert "CoronaVac" in text
    close(hands)
    _compare_with_records(puskesmas)


def _receive_and_send(hands: Hands) -> None:
    page: StockPage = open_page(hands, "Stok", StockPage)
    shelf, boxes = page.overview.shelf.rows_table, page.overview.boxes.rows_table
    hands.wait(lambda: "Belum ada stok" in page.overview.total.text())
    hands.press(Key.Key_F2)
    receipt = page_of(hands, ReceiveTask)
    hands.wait(lambda: receipt.post.text() != "")
    hands.fill(receipt.document.editor, "SBBK 12")
    hands.fill(receipt.supplier.editor, "Dinkes")
    hands.fill(receipt.temperature.editor, "4,5")
    row = receipt.lines.rows[0]
    hands.fill(row.product.editor, "CoronaVac")
    hands.fill(row.number.editor, "2021 0812")
    hands.fill(row.expiry.editor, "03/2022")
    hands.fill(row.doses.editor, "10")
    hands.fill(row.vials.editor, "20")
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(shelf.rows) == 1)
    found = shelf.rows[0]
    assert (found.number, found.vials, f"{found.expiry}") == ("20210812", 20, "2022-03-31")
    hands.press(Key.Key_F3)
    sending = page_of(hands, SendTask)
    hands.wait(lambda: len(sending.lines.rows) == 1)
    hands.fill(sending.target.editor, "Pos Desa Uji")
    hands.fill(sending.lines.rows[0].vials.editor, "5")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "5 vial" in page.undo.text())
    hands.press(Key.Key_Escape)
    hands.wait(lambda: len(boxes.rows) == 1)
    hands.press(Key.Key_F4)
    incoming = page_of(hands, IncomingTask)
    hands.wait(lambda: len(incoming.lines.rows) == 1)
    hands.press(Key.Key_F10, Key.Key_F9)
    hands.wait(lambda: "sudah ada di rak" in page.banner.words())
    hands.press(Key.Key_Escape)
    hands.wait(lambda: len(shelf.rows) == 2)


def _choose_post(hands: Hands, page: LonePage) -> None:
    hands.wait(lambda: len(page.desk.place.posts) == 2)
    page.desk.place.go_to(next(post.id for post in page.desk.place.posts if post.name == "Pos Desa Uji"))
    hands.wait(lambda: len(page.clinic.vial.shelf) == 1)


def _find(hands: Hands, page: LonePage, text: str) -> None:
    page.registration.first.setFocus()
    hands.type(text)
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.registration.folder is not None)


def _screen_and_inject(hands: Hands, page: LonePage, *, survivor: bool) -> None:
    """Every question is answered by a key of its own; survivors fell ill too long ago to wait."""
    card = page.clinic.card
    hands.wait(lambda: page.clinic.doing == "screening" and card.temperature.line.hasFocus())
    assert [row.answer for row in card.questions.rows] == [None] * len(card.questions.rows)
    hands.type("36,6")
    hands.press(Key.Key_Return)
    hands.wait(card.pressure.line.hasFocus)
    hands.type("120/80")
    hands.press(Key.Key_Return)
    hands.wait(card.questions.rows[0].hasFocus)
    for row in card.questions.rows:
        hands.press(Key.Key_R if survivor and row.code == SURVIVOR else Key.Key_T)
    if survivor:
        hands.wait(card.recovered.line.hasFocus)
        hands.type("1-3-2021")
        hands.press(Key.Key_Return)
    hands.wait(page.clinic.main.hasFocus)
    hands.press(Key.Key_F9)
    inject(hands, page)


def _print_slip(hands: Hands, page: LonePage) -> bytes:
    """From the history of who was injected last."""
    page.clinic.open_visit(page.clinic.day.queue.waiting[-1].visit.id)  # type: ignore[union-attr]  # it has been read
    past = page.clinic.past
    hands.wait(past.doses.isVisible)
    hands.press(Key.Key_F7)
    hands.wait(past.slip.save.isEnabled)
    hands.press(Key.Key_F6)
    hands.wait(lambda: "Tersimpan" in past.slip.state.text())
    return Path(past.slip.state.text().removeprefix("Tersimpan: ")).read_bytes()


def _compare_with_records(path: Path) -> None:
    opened: Any = open_records(path, demo=False)
    from gui.opening import load_shipped

    catalogue = load_shipped().catalogue
    try:
        with opened.database.reading() as records:
            numbers = {}
            for name in ("aminah", "dewi lestari", "tan"):
                person = search(records, name)[0]
                numbers[person.name] = [dose.number for dose in doses_of(records, person.id)]
            shelves = balances(records, catalogue, opened.facility.id, TODAY)
            vials = [vial for shelf in shelves for vial in open_vials(records, shelf.post)]
    finally:
        opened.database.close()
    assert numbers == {"AMINAH BINTI YUSUF": [1, 2], "DEWI LESTARI": [1], "TAN": [1]}
    assert sorted(shelf.vials for shelf in shelves) == [4, 15]
    assert [(vial.drawn_ul, vial.doses) for vial in vials] == [(1500, 3)]
    assert list((path / "copies").glob("*.db")), "closing made a copy"
    assert QApplication.overrideCursor() is None
