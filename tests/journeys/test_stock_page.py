"""The stock page by keyboard: figures lead to their lines, paper says what the screen says, papers are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gui.opening import load_shipped
from gui.pages.cold.page import ColdPage
from gui.pages.help import HelpPage
from gui.pages.stock.book import BookTask
from gui.pages.stock.page import StockPage
from gui.pages.stock.report import ReportTask
from gui.pages.stock.search import SearchTask
from models.places.queries import posts
from models.records.base import new_id
from models.records.folder import DataFolder
from models.records.perform import Action, perform
from models.staff.queries import SignedIn, account_for_sign_in
from models.stock.actions import receive_batch
from models.stock.deliveries.box_actions import send_box
from models.stock.deliveries.boxes import BoxLine
from models.stock.opened.actions import close_vial, open_vial
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import open_page, page_of, sign_in
from tests.reports.papers import pages
from tests.reports.sheets import sheets

EIGHT = datetime(2021, 12, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def stocked(puskesmas: Path) -> Path:
    """42 vials that end in eleven days and 100 that do not, of which two were opened and 14 are on the way to the village."""
    database, _ = DataFolder(puskesmas).open()
    catalogue = load_shipped().catalogue
    try:
        with database.reading() as records:
            found = account_for_sign_in(records, "koordinator")
            assert found is not None
            row = found[0]
            places = {each.code: each.id for each in posts(records, row.facility)}
        who = SignedIn(row.id, row.facility, row.login, row.name, row.roles)

        def act(action: Action[..., Any], minutes: int, **values: Any) -> Any:
            return perform(database, who, action, EIGHT + timedelta(minutes=minutes), new_id(), **values)

        store = {"catalogue": catalogue, "today": TODAY, "post": places["GUDANG"], "doses_per_vial": 10, "ul_per_dose": 500}
        act(receive_batch, 0, **store, product="astrazeneca", number="CTMAV512", expiry=date(2021, 12, 31), vials=42)
        batch = act(receive_batch, 1, **store, product="coronavac", number="20210812", expiry=date(2022, 3, 12), vials=100)
        for at in (2, 4):
            opening = {"post": places["GUDANG"], "station": "Meja 1", "batch": batch}
            vial = act(open_vial, at, catalogue=catalogue, today=TODAY, **opening)
            act(close_vial, at + 1, vial=vial, reason="latihan")
        box = {"source": places["GUDANG"], "target": places["POS1"], "lines": [BoxLine(batch, 14)]}
        act(send_box, 6, catalogue=catalogue, today=TODAY, **box)
    finally:
        database.close()
    return puskesmas


def _stock(hands: Hands) -> StockPage:
    sign_in(hands, "koordinator")
    page: StockPage = open_page(hands, "Stok", StockPage)
    hands.wait(lambda: bool(page.overview.shelf.rows_table.rows))
    return page


def test_a_figure_leads_to_its_lines_and_their_book_is_printed_line_by_line(
    stocked: Path, open_window: Callable[..., Hands], tmp_path: Path
) -> None:
    hands = open_window(stocked, (1093, 614))
    page = _stock(hands)
    overview = page.overview
    assert overview.figures.whole.accessibleName() == "Vial utuh: 126 = 1.260 dosis"
    assert overview.figures.ends.value.text() == "✕ 42 vial"
    assert overview.figures.lasts.value.text() == "42,0 hari"  # 84 vials, 2 used in the one day since they came
    assert page.scanned("(01)08991234567891(17)220312(10)20210812")
    assert overview.shelf.chosen().number == "20210812"
    overview.figures.ends.setFocus()
    hands.press(Key.Key_Return)
    assert [row.number for row in overview.shelf.rows_table.rows] == ["CTMAV512"]
    assert overview.total.text() == "42 vial dapat dipakai = 420 dosis"
    overview.figures.lasts.setFocus()
    hands.press(Key.Key_Return)
    assert [row.number for row in overview.shelf.rows_table.rows] == ["20210812"]
    hands.wait(lambda: [row.rest for row in overview.card.list.rows_table.rows] == [84, 98, 100, 0])

    hands.press(Key.Key_F7)
    task = page_of(hands, BookTask)
    hands.wait(task.pane.print.isEnabled)
    rows = task.list.rows_table.rows
    assert [row.rest for row in rows] == [0, 100, 98, 84, 84]
    assert {row.who for row in rows[1:-1]} == {"Bd. Dewi"}
    paper = " ".join(" ".join(pages(task.pane.pdf)).split())
    for row in rows:
        assert " ".join(filter(None, row.cells)) in paper
    hands.press(Key.Key_F5)
    hands.wait(lambda: "Tersimpan" in page.banner.words())
    (book,) = (tmp_path / "home").rglob("kartu-stok-20210812-*.xlsx")
    assert [row[9] for row in sheets(book.read_bytes())["Kartu stok"].rows[-5:]] == [row.rest for row in rows]
    hands.fill(task.each.editor, "satu per satu")
    task.each.left.emit()
    hands.wait(lambda: len(task.list.rows_table.rows) == 6)
    hands.press(Key.Key_F8, Key.Key_Escape)
    assert page.task is task, "the first Escape only puts the paper away"
    hands.press(Key.Key_F1)
    helping = page_of(hands, HelpPage)
    assert helping.view.chapter() == "kartu-stok"
    hands.wait(helping.view.search.line.hasFocus)
    hands.press(Key.Key_Escape)
    assert (page_of(hands, StockPage), page.task) == (page, task), "help leads back to the open task"
    hands.press(Key.Key_Escape)
    assert page.task is None
    overview.figures.cold.setFocus()
    hands.press(Key.Key_Return)
    page_of(hands, ColdPage)


def test_the_report_asks_for_what_is_needed_and_a_paper_is_found_and_printed_again(
    stocked: Path, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window(stocked, (1093, 614))
    page = _stock(hands)
    hands.press(Key.Key_F12)
    task = page_of(hands, ReportTask)
    hands.wait(task.pane.print.isEnabled)
    assert [(row.product, row.closing) for row in task.list.rows_table.rows if not row.post] == [
        ("astrazeneca", 42), ("coronavac", 98),
    ]  # fmt: skip
    assert "Belum ada vial yang dibuka" in task.need.rates.text()
    hands.fill(task.need.people.editor, "2.340")
    hands.press(Key.Key_Return)
    assert task.need.index.fault(), "no IP was measured, and none is typed"
    hands.fill(task.need.index.editor, "9,7")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "minta" in task.need.words.text())
    assert task.need.words.text() == "2.340 orang × 2 dosis × 100 % ÷ IP 9,7 = 483 vial; – sisa 42 = minta 441 vial"
    hands.wait(lambda: "441" in " ".join(pages(task.pane.pdf)))
    assert page.draft() == {
        "open": "report",
        "tasks": {"report": {"needs": {"astrazeneca": {"people": "2.340", "doses": "2", "percent": "100", "index": "9,7"}}}},
    }
    hands.press(Key.Key_Escape, Key.Key_F8)

    titles: list[str] = []
    monkeypatch.setattr(page.desk.printing, "submit", lambda _kind, _pdf, title: titles.append(title))
    search = page_of(hands, SearchTask)
    hands.wait(search.words.line.hasFocus)
    hands.type("desa uji")
    hands.wait(lambda: [getattr(row, "kind", "") for row in search.hits.rows_table.rows] == ["box"])
    hands.wait(search.pane.print.isEnabled)
    assert [(row.number, row.vials, row.state) for row in search.lines.rows_table.rows] == [("20210812", 14, "sent")]
    hands.press(Key.Key_F9)
    assert titles == [f"SBBK {search.hits.rows_table.rows[0].document}"]
    hands.press(Key.Key_Down)
    assert search.hits.hasFocus(), "as the help says"
    hands.press(Key.Key_Tab)
    assert search.lines.hasFocus()
    hands.press(Key.Key_F10)
    hands.wait(page.question.isVisible)
    hands.type("salah pos")
    hands.press(Key.Key_Return)
    hands.wait(lambda: search.hits.rows_table.rows[0].back == 1 and not search.back.isEnabled())
    assert "dibatalkan" in page.banner.words()
    search.words.setFocus()
    hands.select_all(search.words.line)
    hands.type("ctmav")
    hands.wait(lambda: [getattr(row, "number", "") for row in search.hits.rows_table.rows] == ["CTMAV512"])
    search.hits.setFocus()
    hands.press(Key.Key_Return)
    book = page_of(hands, BookTask)
    hands.wait(lambda: len(book.list.rows_table.rows) == 3)
    assert "CTMAV512" in book.words.text()
