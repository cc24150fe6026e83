"""Two desks change one account or one vaccine: the later is told, and the earlier stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gui.pages.accounts import AccountsPage
from gui.pages.products import ProductsPage
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import accounts_of
from models.vaccines.actions import set_product
from models.vaccines.queries import product_changes
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import open_page, sign_in


def test_an_account_that_another_desk_has_changed_is_not_overwritten(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas)
    sign_in(hands, "admin")
    page: AccountsPage = open_page(hands, "Akun", AccountsPage)
    with page.desk.database.reading() as records:
        row = next(each for each in accounts_of(records, page.desk.facility.id) if each.login == "meja")
    page._show_account(row)
    hands.fill(page.name.editor, "Nama Dari Sini")
    page.desk.act(
        page, set_account, draft=AccountDraft(row.login, "Nama Dari Sana", row.roles, None), account_id=row.id,
        done=lambda _id: None, fault=page.say_problem,
    )  # fmt: skip
    hands.wait(lambda: page.desk.work.oldest() is None)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "meja lain" in page.banner.words())
    with page.desk.database.reading() as records:
        names = [each.name for each in accounts_of(records, page.desk.facility.id) if each.login == "meja"]
    assert names == ["Nama Dari Sana"]
    assert page.name.text() == "Nama Dari Sini", "what was typed stays to be looked at"


def test_a_vaccine_that_another_desk_has_changed_is_not_overwritten(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas)
    sign_in(hands, "koordinator")
    page: ProductsPage = open_page(hands, "Vaksin", ProductsPage)
    hands.wait(lambda: page.list.chosen() is not None)
    product = page.list.chosen().shipped.id
    page._edit()
    page.desk.act(
        page, set_product, shipped=page._shipped, product=product, in_use=False, overrides={}, source="", reason="habis",
        done=lambda _id: None, fault=page.say_problem,
    )  # fmt: skip
    hands.wait(lambda: page.desk.work.oldest() is None)
    hands.fill(page.reason.editor, "dikirim lagi")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "meja lain" in page.banner.words())
    with page.desk.database.reading() as records:
        assert [each.reason for each in product_changes(records, page.desk.facility.id, product)][-1] == "habis"
