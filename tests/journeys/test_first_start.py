"""The first start on a PC: nothing half made, nothing without the recovery code, and then a desk that can be signed in to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gui.copies import outside_state
from gui.first_run.page import SetUpPage
from gui.panels import outside_folder
from gui.set_up import FirstThings, set_up, tidy_after_power_cut
from gui.sign_in import SignInPage
from gui.work import Stopped
from models.errors import Unavailable
from models.places.actions import PostDraft
from models.places.queries import posts
from models.records.backup import prove
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code, recover
from models.records.outside import Outside, read_outside
from models.staff.actions import AccountDraft
from models.staff.rights import Role
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import BEFORE, facility_draft
from tests.journeys.conftest import close, page_of, sign_in

ADMIN = AccountDraft("admin", "Yusuf Admin", [Role.ADMINISTRATOR], "kata-sandi-uji")


def _to_the_account(hands: Hands, page: SetUpPage) -> None:
    """Puskesmas by search, head, one village post and the mobile team, two vaccines."""
    hands.fill(page.place.name.editor, "Puskesmas Uji")
    hands.fill(page.place.code.editor, "p6112090101")
    hands.fill(page.place.search.editor, "sungai kakap")
    hands.press(Key.Key_Down, Key.Key_Return)
    hands.wait(lambda: page.place.chosen() == "61.12.09")
    hands.press(Key.Key_F9)
    hands.wait(page.head.head.line.hasFocus)
    hands.type("dr. Uji")
    hands.fill(page.head.nip.editor, "19790512 200604 2 001")
    hands.press(Key.Key_F9)
    hands.wait(page.posts.villages.lines.hasFocus)
    hands.press(Key.Key_Down, Key.Key_Space)
    page.posts.mobile.setFocus()
    hands.press(Key.Key_Space, Key.Key_F9)
    hands.wait(page.products.products.lines.hasFocus)
    hands.press(Key.Key_Space, Key.Key_Down, Key.Key_Down, Key.Key_Space)
    hands.press(Key.Key_F9)
    hands.wait(page.account.name.line.hasFocus)


def _to_the_copy(hands: Hands, page: SetUpPage) -> str:
    """The administrator, and the code typed back; the answer is the code."""
    hands.fill(page.account.name.editor, "Yusuf Admin")
    hands.fill(page.account.login.editor, "admin")
    hands.fill(page.account.password.editor, "kata-sandi-uji")
    hands.fill(page.account.repeat.editor, "kata-sandi-uji")
    hands.press(Key.Key_F9)
    hands.wait(page.code.isVisible)
    code: str = page.code.shown.text()
    hands.fill(page.code.typed.editor, code.lower().replace("-", " "))
    hands.press(Key.Key_F9)
    hands.wait(page.copy.isVisible)
    return code


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as another disk."""
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(
        outside_folder, "on_the_same_disk", lambda one, other: one.is_relative_to(place) == other.is_relative_to(place)
    )
    return place


def test_set_up_by_keyboard_leads_to_the_sign_in_of_the_administrator(
    tmp_path: Path, stick: Path, open_window: Callable[..., Hands]
) -> None:
    path = tmp_path / "baru"
    path.mkdir()
    hands = open_window(path, (1093, 614))
    page = page_of(hands, SetUpPage)
    hands.press(Key.Key_F9)
    assert page.place.name.fault() == "Kolom ini belum diisi; ketik isinya."
    assert page.place.search.fault()
    _to_the_account(hands, page)
    assert page.place.zone.text() == "WIB"
    code = _to_the_copy(hands, page)
    hands.fill(page.copy.folder.typed.editor, str(stick))
    assert not (path / "keys.json").exists(), "nothing is written before the last step"
    hands.press(Key.Key_F9)
    hands.wait(page.done.isVisible)
    assert "terbukti utuh" in page.done.banner.words()
    assert "buat akun untuk setiap petugas (halaman Akun, Ctrl+" in page.done.words.text()
    hands.press(Key.Key_F9)
    page_of(hands, SignInPage)
    shell = sign_in(hands, "admin", "kata-sandi-uji")
    hands.wait(shell.steps.isVisible)
    assert shell.steps.text().startswith("Langkah awal 1 dari")
    with shell.desk.database.reading() as records:
        found = posts(records, shell.desk.facility.id)
    assert [(post.code, post.kind, post.desa) for post in found] == [
        ("GUDANG", "warehouse", None),
        ("INDUK", "centre", None),
        ("KELILING", "mobile_team", None),
        ("POS1", "village_post", "61.12.09.2002"),
    ]
    assert [each.id for each in shell.desk.catalogue.products.values() if each.in_use] == ["coronavac", "astrazeneca"]
    assert shell.desk.facility.head_nip == "197905122006042001"
    assert len(shell.desk.facility.working_area) == len(page_area(hands))
    close(hands)
    assert {each.name for each in path.iterdir()} >= {"copies", "keys.json", "mark", "outside.json", "records.db"}
    assert not (path / "set-up").exists()
    for folder in (path / "copies", stick / "Pos Vaksin"):
        copies = sorted(folder.glob("*.db"))
        assert len(copies) == 2, "one made at set-up, one at closing"
        assert all(prove(copy, recover(copy.with_suffix(".keys"), code)) for copy in copies)


def page_area(hands: Hands) -> list[tuple[str, str]]:
    """The villages of the kecamatan that was chosen."""
    window: Any = hands.window
    children: list[tuple[str, str]] = window.shipped.regions.children("61.12.09")
    return children


def test_the_kecamatan_is_found_from_the_province_downwards_and_going_back_loses_nothing(
    tmp_path: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(tmp_path / "baru", (1093, 614))
    page = page_of(hands, SetUpPage)
    hands.fill(page.place.name.editor, "Puskesmas Uji")
    hands.fill(page.place.code.editor, "P9471010101")
    for field, name in (
        (page.place.province, "Papua Selatan"), (page.place.kabupaten, "Kabupaten Merauke"), (page.place.kecamatan, "Merauke"),
    ):  # fmt: skip
        hands.fill(field.editor, name)
        field.box.activated.emit(field.box.currentIndex())
    assert page.place.zone.text() == "WIT", "the clocks follow the region"
    assert page.place.area.ticked() == page.place.area.values(), "all villages belong to it at first"
    page.place.area.setFocus()
    hands.press(Key.Key_Space)
    kept = page.place.area.ticked()
    hands.press(Key.Key_F9)
    hands.fill(page.head.head.editor, "dr. Uji")
    hands.press(Key.Key_Escape)
    assert page.place.isVisible()
    assert (page.place.name.text(), page.place.area.ticked()) == ("Puskesmas Uji", kept)
    hands.press(Key.Key_F9)
    assert page.head.head.text() == "dr. Uji"
    hands.press(Key.Key_F9)
    assert page.posts.villages.values() == kept, "posts are offered in the working area only"
    assert not (tmp_path / "baru" / "keys.json").exists()


def test_each_step_says_what_is_missing_and_stays(tmp_path: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(tmp_path / "baru", (1093, 614))
    page = page_of(hands, SetUpPage)
    hands.fill(page.place.name.editor, "Puskesmas Uji")
    hands.fill(page.place.code.editor, "P6112090101")
    hands.fill(page.place.search.editor, "sungai kakap")
    hands.press(Key.Key_Down, Key.Key_Return, Key.Key_F9)
    hands.fill(page.head.head.editor, "dr. Uji")
    hands.fill(page.head.acting_nip.editor, "197905122006042001")
    hands.press(Key.Key_F9)
    assert page.head.acting.fault(), "a NIP needs its name"
    page.head.acting_nip.set_text("")
    hands.press(Key.Key_F9, Key.Key_F9, Key.Key_F9)
    assert page.products.isVisible()
    assert "sedikitnya satu vaksin" in page.products.products.fault()
    hands.press(Key.Key_F4, Key.Key_F9)
    assert page.products.unused() == []
    hands.fill(page.account.name.editor, "Yusuf Admin")
    hands.fill(page.account.login.editor, "admin")
    hands.fill(page.account.password.editor, "pendek")
    hands.press(Key.Key_F9)
    assert "sedikitnya 8 huruf" in page.account.password.fault()
    code = _to_the_copy_after(hands, page)
    hands.press(Key.Key_F9)
    assert "Tulis alasannya" in page.copy.folder.typed.fault(), "a folder or a reason"
    hands.fill(page.copy.folder.typed.editor, str(tmp_path))
    hands.press(Key.Key_F9)
    assert "diska yang sama" in page.copy.folder.typed.fault()
    assert code == page.code.code
    assert not (tmp_path / "baru" / "keys.json").exists()


def _to_the_copy_after(hands: Hands, page: SetUpPage) -> str:
    """Another code is refused, the sheet can be saved, then as it should be."""
    hands.fill(page.account.password.editor, "kata-sandi-uji")
    hands.fill(page.account.repeat.editor, "kata-sandi-uji")
    hands.press(Key.Key_F9)
    _helped_and_back(hands, page)
    sheet = page._path.parent / "kode.pdf"
    page.code.save_at(sheet)
    assert "diska komputer ini" in page.code.state.text()
    assert not sheet.exists()
    page.code.save_at(sheet)  # all the same
    assert sheet.read_bytes().startswith(b"%PDF")
    assert f"{sheet}. Cetak sekarang" in page.code.state.text()
    hands.fill(page.code.typed.editor, new_recovery_code())
    hands.press(Key.Key_F9)
    assert "belum sama" in page.code.typed.fault()
    return _to_the_copy(hands, _back_one(hands, page))


def _helped_and_back(hands: Hands, page: SetUpPage) -> None:
    """F1 and Esc, and the cursor is where it was."""
    page.code.typed.setFocus()
    hands.press(Key.Key_F1)
    hands.wait(page._helping.search.line.hasFocus)
    assert page._helping.chapter() == "pemasangan"
    hands.press(Key.Key_Escape)
    hands.wait(page.code.typed.line.hasFocus)
    assert page.code.isVisible()


def _back_one(hands: Hands, page: SetUpPage) -> SetUpPage:
    hands.press(Key.Key_Escape)
    return page


def test_without_a_disk_the_reason_is_kept_and_the_reminder_stands(tmp_path: Path, open_window: Callable[..., Hands]) -> None:
    path = tmp_path / "baru"
    hands = open_window(path, (1093, 614))
    page = page_of(hands, SetUpPage)
    _to_the_account(hands, page)
    _to_the_copy(hands, page)
    hands.fill(page.copy.reason.editor, "flash disk dibeli besok")
    hands.press(Key.Key_F9)
    hands.wait(page.done.isVisible)
    assert "Belum ada salinan di luar komputer ini" in page.done.banner.words()
    hands.press(Key.Key_F9)
    page_of(hands, SignInPage)
    assert read_outside(DataFolder(path)) == Outside(reason="flash disk dibeli besok")
    assert outside_state(DataFolder(path), BEFORE) == ("Belum ada salinan di luar komputer ini", "ask")


@pytest.mark.parametrize("at", range(7))
def test_a_set_up_stopped_at_any_step_leaves_nothing(tmp_path: Path, at: int) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    path = tmp_path / "baru"
    more = FirstThings(posts=[PostDraft(code="POS1", name="Pos Uji", kind="village_post")], outside=stick)

    def step(done: int, _of: int) -> None:
        if done == at:
            raise Stopped

    with pytest.raises(Stopped):
        set_up(path, new_recovery_code(), facility_draft(), ADMIN, BEFORE, step, more=more)
    assert not path.exists() or list(path.iterdir()) == []
    assert list(stick.iterdir()) == []


def test_a_disk_that_takes_no_copy_leaves_nothing_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "Pos Vaksin").write_text("a file in the way")
    path = tmp_path / "baru"
    with pytest.raises(Unavailable) as refused:
        set_up(
            path, new_recovery_code(), facility_draft(), ADMIN, BEFORE, lambda _done, _of: None,
            more=FirstThings(outside=tmp_path / "stick"),
        )  # fmt: skip
    assert refused.value.field == "outside"
    assert list(path.iterdir()) == []


def test_a_power_cut_while_moving_is_finished_at_the_next_start(puskesmas: Path) -> None:
    draft = puskesmas / "set-up"
    draft.mkdir()
    for name in ("mark", "copies", "keys.json"):
        shutil.move(puskesmas / name, draft / name)
    tidy_after_power_cut(puskesmas)
    assert DataFolder(puskesmas).is_set_up
    assert not draft.exists()
    database, _ = DataFolder(puskesmas).open()
    database.close()


def test_a_power_cut_before_that_leaves_an_empty_folder(tmp_path: Path) -> None:
    draft = tmp_path / "set-up"
    draft.mkdir()
    (draft / "records.db").write_bytes(b"half")
    tidy_after_power_cut(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_refuses_set_up(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("a file, not a folder")
    with pytest.raises(Unavailable) as refused:
        set_up(tmp_path / "berkas", new_recovery_code(), facility_draft(), ADMIN, BEFORE, lambda _done, _of: None)
    assert refused.value.code == "records.cannot_write"
