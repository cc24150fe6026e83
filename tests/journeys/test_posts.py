"""Posts and service days by keyboard, and what the stock page says of vials that may not be used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from gui.pages.posts import PostsPage
from gui.pages.stock.page import StockPage
from models.places.queries import post_by_code, posts, service_day
from models.stock.actions import receive_batch
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import open_page, sign_in


def _open_posts(hands: Hands) -> PostsPage:
    page: PostsPage = open_page(hands, "Pos", PostsPage)
    hands.wait(lambda: len(page.list.rows_table.rows) == 3)
    return page


def test_a_mobile_team_is_added_and_can_be_served_at(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page = _open_posts(hands)
    hands.press(Key.Key_F2)
    form = page.form
    hands.wait(form.code.line.hasFocus)
    hands.fill(form.code.editor, "pos1")
    hands.fill(form.name.editor, "Tim keliling Uji")
    hands.press(Key.Key_F9)
    assert "pilih jenisnya" in form.kind.fault()
    hands.fill(form.kind.editor, "Tim keliling")
    hands.fill(form.desa.editor, "zzz")
    hands.press(Key.Key_F9)
    assert form.desa.fault()
    wanted = page.desk.regions.name("61.12.09.2002")
    hands.fill(form.desa.editor, wanted)
    hands.press(Key.Key_Down, Key.Key_Return)
    hands.wait(lambda: form.desa.code() == "61.12.09.2002")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "POS1 sudah dipakai" in form.code.fault())
    assert form.name.text() == "Tim keliling Uji", "nothing typed is lost"
    hands.fill(form.code.editor, "tim 1")
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(page.list.rows_table.rows) == 4)
    row = page.list.rows_table.rows[-1]
    assert (row.code, row.kind, row.desa, row.active) == ("TIM1", "mobile_team", "61.12.09.2002", True)
    hands.wait(lambda: "Tim keliling Uji" in [post.name for post in page.desk.place.posts])


def test_a_post_out_of_use_is_no_longer_offered(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page = _open_posts(hands)
    page.list.setFocus()
    page.list.selectRow(2)
    hands.press(Key.Key_F3)
    assert (page.form.code.text(), page.form.kind.text()) == ("POS1", "village_post")
    page.form.active.setFocus()
    hands.press(Key.Key_Space, Key.Key_F9)
    hands.wait(lambda: not page.list.rows_table.rows[2].active)
    hands.wait(lambda: len(page.desk.place.posts) == 1)


def test_a_day_of_service_is_planned_and_changed(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page = _open_posts(hands)
    page.list.setFocus()
    page.list.selectRow(2)
    hands.press(Key.Key_F4)
    panel = page.service
    hands.wait(panel.day.line.hasFocus)
    hands.fill(panel.day.editor, "22 Des 2021")
    hands.press(Key.Key_Return)
    hands.fill(panel.target.editor, "120")
    hands.press(Key.Key_F9)
    assert panel.roster_fault.isVisible(), "somebody has to vaccinate"
    panel.roster.setFocus()
    hands.type("Bd. Ratna, A.Md.Keb")
    hands.fill(panel.account.editor, "Bd. Dewi")
    panel.add.setFocus()
    hands.press(Key.Key_Return)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "22-12-2021 tersimpan" in page.banner.words())
    hands.wait(lambda: len(panel.list.rows_table.rows) == 1)
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_F4)
    assert panel.roster.toPlainText().splitlines() == ["Bd. Ratna, A.Md.Keb", "Bd. Dewi"], "the last roster is proposed"
    hands.fill(panel.day.editor, "22122021")
    hands.press(Key.Key_Return)
    hands.wait(lambda: panel.target.text() == "120")
    hands.fill(panel.target.editor, "150")
    hands.press(Key.Key_F9)
    hands.wait(lambda: panel.list.rows_table.rows[0].target == 150)
    with page.desk.database.reading() as records:
        post = post_by_code(records, page.desk.facility.id, "POS1")
        assert post is not None
        found = service_day(records, post, date(2021, 12, 22))
    assert found is not None
    assert (found.roster, found.target, found.version) == (("Bd. Ratna, A.Md.Keb", "Bd. Dewi"), 150, 2)


def test_the_sum_of_the_stock_counts_what_may_be_used_and_says_why_the_rest_may_not(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas)
    sign_in(hands, "koordinator")
    page: StockPage = open_page(hands, "Stok", StockPage)
    hands.wait(lambda: "Belum ada stok" in page.overview.total.text())
    _receive(hands, page, "20210812", date(2022, 3, 12), 200)
    _receive(hands, page, "20210501", date(2021, 12, 1), 6)
    assert page.overview.total.text() == "200 vial dapat dipakai = 2.000 dosis; 6 tidak (lewat ED)"


def _receive(hands: Hands, page: StockPage, number: str, expiry: date, vials: int) -> None:
    with page.desk.database.reading() as records:
        post = posts(records, page.desk.facility.id)[0].id
    page.act(
        receive_batch, catalogue=page.desk.catalogue, today=TODAY, post=post, product="coronavac", number=number,
        expiry=expiry, vials=vials, doses_per_vial=10, ul_per_dose=500, asks=True,
        answered=(frozenset({"batch.expired"}), "datang sudah lewat"), done=lambda _batch: None,
    )  # fmt: skip
    hands.wait(lambda: any(row.number == number for row in page.overview.shelf.rows_table.rows))
