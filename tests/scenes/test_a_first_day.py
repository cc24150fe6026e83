"""(a) From an empty folder to the first dose: what to do next is told, and that is what is done."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox

from gui.first_run.page import SetUpPage
from gui.pages.accounts import AccountsPage
from gui.pages.stock.incoming import IncomingTask
from gui.pages.stock.page import StockPage
from gui.pages.stock.receive import ReceiveTask
from gui.pages.stock.send import SendTask
from gui.panels import outside_folder
from gui.sign_in import SignInPage
from models.records.backup import prove
from models.records.keys import recover
from models.staff.rights import Role
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import PASSWORD
from tests.journeys.conftest import page_of, sign_in
from tests.scenes.conftest import Scene
from tests.scenes.files import name_file
from tests.scenes.ground import STAFF, adults
from tests.scenes.keys import choose, walk_to, write
from tests.scenes.people import Clerk, nurse, open_vial_of


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as another disk."""
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(
        outside_folder, "on_the_same_disk", lambda one, other: one.is_relative_to(place) == other.is_relative_to(place)
    )
    return place


def test_a_first_day_from_an_empty_folder_to_the_first_dose(scene: Scene, tmp_path: Path, stick: Path) -> None:
    path = tmp_path / "baru"
    path.mkdir()
    hands = scene.desk(path)
    code = _set_up(scene, hands, stick)
    window: Any = hands.window

    sign_in(hands, "admin")
    assert "buat akun untuk setiap petugas" in _told(hands)
    _follow(hands, "buat akun")
    accounts: AccountsPage = page_of(hands, AccountsPage)
    scene.look(hands, "administrator-is-told-to-make-accounts")
    for login in ("farmasi", "meja", "perawat"):
        _make_account(hands, accounts, login)
    scene.look(hands, "accounts")
    hands.wait(lambda: "terima batch vaksin pertama; tugas farmasi" in window.shell.steps.text())

    _change(hands)
    sign_in(hands, "farmasi")
    assert "terima batch vaksin pertama" in _told(hands)
    _follow(hands, "terima batch")
    stock: StockPage = page_of(hands, StockPage)
    hands.wait(lambda: "terima batch pertama dengan F2" in stock.overview.total.text())
    scene.look(hands, "no-stock-yet")
    _receive(scene, hands, stock)
    hands.wait(lambda: "kirim vial dari gudang ke pos" in window.shell.steps.text())
    _send_and_accept(scene, hands, stock)

    _change(hands)
    clerk = Clerk(hands)
    hands.wait(lambda: "buka vial dan layani orang pertama; tugas vaksinator" in window.shell.steps.text())
    scene.look(hands, "registration-of-an-empty-day")
    first = adults(1)[0]
    clerk.new(first)
    scene.look(hands, "first-person-registered")

    _change(hands)
    table = nurse(hands)
    assert "buka vial dan layani orang pertama" in _told(hands)
    scene.look(hands, "the-table-before-the-first-vial")
    open_vial_of(table, "coronavac")
    table.call(1)
    scene.look(hands, "the-card")
    table.screen()
    table.hands.wait(table.counter.injection.limb.hasFocus)
    scene.look(hands, "before-the-injection")
    table.inject()
    hands.wait(lambda: not window.shell.steps.isVisible())
    scene.look(hands, "first-dose")
    assert [dose.number for dose in table.doses(first.name)] == [1]

    hands.press(Key.Key_O, control=True)
    hands.wait(table.counter.observation.list.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(table.counter.past.doses.list.hasFocus)
    hands.press(Key.Key_F7)
    slip = table.counter.past.slip
    hands.wait(slip.print.isEnabled)
    scene.look(hands, "slip")
    hands.press(Key.Key_Escape)
    hands.wait(table.counter.past.doses.list.hasFocus)
    scene.compare(path, injections=1)
    copies = sorted((stick / "Pos Vaksin").glob("*.db"))
    assert copies
    assert all(prove(copy, recover(copy.with_suffix(".keys"), code)) for copy in copies)
    scene.say(f"{len(copies)} copies on the stick open with the recovery code")


def _set_up(scene: Scene, hands: Hands, stick: Path) -> str:
    """The assistant to its end; the answer is the recovery code."""
    page = page_of(hands, SetUpPage)
    hands.wait(page.place.name.line.hasFocus)
    write(hands, page.place.name, "Puskesmas Uji")
    write(hands, page.place.code, "p6112090101")
    write(hands, page.place.search, "sungai kakap")
    hands.press(Key.Key_Down, Key.Key_Return)
    hands.wait(lambda: page.place.chosen() == "61.12.09")
    scene.look(hands, "set-up-puskesmas")
    hands.press(Key.Key_F9)
    hands.wait(page.head.head.line.hasFocus)
    write(hands, page.head.head, "dr. Uji")
    write(hands, page.head.nip, "19790512 200604 2 001")
    write(hands, page.head.kipi, "0561 555 0119")
    scene.look(hands, "set-up-head")
    hands.press(Key.Key_F9)
    hands.wait(page.posts.villages.lines.hasFocus)
    hands.press(Key.Key_Down, Key.Key_Space)
    walk_to(hands, page.posts.mobile)
    hands.press(Key.Key_Space)
    scene.look(hands, "set-up-posts")
    hands.press(Key.Key_F9)
    hands.wait(page.products.products.lines.hasFocus)
    hands.press(Key.Key_Space)
    scene.look(hands, "set-up-vaccines")
    hands.press(Key.Key_F9)
    hands.wait(page.account.name.line.hasFocus)
    account = page.account
    for field, text in (
        (account.name, "Yusuf Admin"), (account.login, "admin"), (account.password, PASSWORD), (account.repeat, PASSWORD),
    ):  # fmt: skip
        write(hands, field, text)
    scene.look(hands, "set-up-administrator")
    hands.press(Key.Key_F9)
    hands.wait(page.code.print.hasFocus)
    for said in ("diska komputer ini", "Tersimpan"):  # chosen twice, for want of another disk here
        hands.press(Key.Key_F7)
        name_file(hands, stick / "kode.pdf")
        hands.wait(lambda said=said: said in page.code.state.text())  # type: ignore[misc]
    hands.wait(page.code.typed.line.hasFocus)
    code: str = page.code.shown.text()
    hands.press(Key.Key_F9)
    assert page.code.typed.fault(), "nobody goes on without having written it down"
    scene.look(hands, "set-up-recovery-code")
    hands.type(code.lower().replace("-", " "))
    hands.press(Key.Key_F9)
    hands.wait(page.copy.isVisible)
    write(hands, page.copy.folder.typed, str(stick))
    scene.look(hands, "set-up-copy")
    hands.press(Key.Key_F9)
    hands.wait(page.done.isVisible)
    assert "terbukti utuh" in page.done.banner.words()
    scene.look(hands, "set-up-done")
    hands.press(Key.Key_F9)
    page_of(hands, SignInPage)
    scene.look(hands, "sign-in")
    return code


def _told(hands: Hands) -> str:
    """What the head of the window says is to be done."""
    window: Any = hands.window
    hands.wait(window.shell.steps.isVisible)
    return str(window.shell.steps.text())


def _follow(hands: Hands, words: str) -> None:
    """Press the key that the sentence names."""
    hands.wait(lambda: words in _told(hands))
    found = re.search(r"Ctrl\+(\d)", _told(hands))
    assert found is not None, _told(hands)
    hands.press(Key(Key.Key_0 + int(found[1])), control=True)


def _make_account(hands: Hands, page: AccountsPage, login: str) -> None:
    name, role = STAFF[login]
    hands.press(Key.Key_F2)
    hands.wait(page.login.line.hasFocus)
    for field, text in ((page.login, login), (page.name, name), (page.password, PASSWORD)):
        write(hands, field, text)
    box: QCheckBox = page.roles[Role(role)]
    walk_to(hands, box)
    hands.press(Key.Key_Space, Key.Key_F9)
    hands.wait(lambda: f"Akun {login} tersimpan" in page.banner.words())


def _change(hands: Hands) -> None:
    """Somebody else takes the desk."""
    hands.press(Key.Key_L, control=True)
    page_of(hands, SignInPage)


def _receive(scene: Scene, hands: Hands, page: StockPage) -> None:
    hands.press(Key.Key_F2)
    receipt = page_of(hands, ReceiveTask)
    hands.wait(lambda: receipt.post.text() != "")
    write(hands, receipt.document, "SBBK 12")
    write(hands, receipt.supplier, "Dinkes")
    write(hands, receipt.temperature, "4,5")
    row = receipt.lines.rows[0]
    choose(hands, row.product.box, "CoronaVac")
    for field, text in ((row.number, "2021 0812"), (row.expiry, "03/2022"), (row.doses, "10"), (row.vials, "20")):
        write(hands, field, text)
    scene.look(hands, "a-batch-comes-in")
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(page.overview.shelf.rows_table.rows) == 1)


def _send_and_accept(scene: Scene, hands: Hands, page: StockPage) -> None:
    hands.press(Key.Key_F3)
    sending = page_of(hands, SendTask)
    hands.wait(lambda: len(sending.lines.rows) == 1)
    choose(hands, sending.target.box, "Puskesmas Uji")
    write(hands, sending.lines.rows[0].vials, "5")
    scene.look(hands, "vials-are-sent")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "5 vial" in page.undo.text())
    hands.press(Key.Key_Escape)
    hands.wait(lambda: len(page.overview.boxes.rows_table.rows) == 1)
    hands.wait(lambda: "terima kiriman di pos tujuan" in _told(hands))
    hands.press(Key.Key_F4)
    incoming = page_of(hands, IncomingTask)
    hands.wait(lambda: len(incoming.lines.rows) == 1)
    hands.press(Key.Key_F10)
    scene.look(hands, "vials-are-counted")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "sudah ada di rak" in page.banner.words())
    hands.press(Key.Key_Escape)
    hands.wait(lambda: len(page.overview.shelf.rows_table.rows) == 2)
    scene.look(hands, "stock")
