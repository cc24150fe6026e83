"""The first start on a PC: nothing half made, nothing without the recovery code, and then a desk that can be signed in to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gui.parts import Banner
from gui.set_up import set_up, tidy_after_power_cut
from gui.set_up_page import SetUpPage
from gui.sign_in import SignInPage
from gui.work import Stopped
from models.errors import Unavailable
from models.records.backup import prove
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code, recover
from models.staff.actions import AccountDraft
from models.staff.rights import Role
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import BEFORE, facility_draft
from tests.journeys.conftest import close, page_of, sign_in

ADMIN = AccountDraft("admin", "Yusuf Admin", [Role.ADMINISTRATOR], "kata-sandi-uji")


def _fill_facility(hands: Hands, page: SetUpPage) -> None:
    hands.fill(page.name.editor, "Puskesmas Uji")
    hands.fill(page.code.editor, "P6112090101")
    hands.fill(page.kecamatan.editor, "sungai kakap")
    hands.press(Key.Key_Down, Key.Key_Return)
    hands.wait(lambda: page.kecamatan.code() == "61.12.09")
    hands.fill(page.head.editor, "dr. Uji")
    hands.fill(page.nip.editor, "19790512 200604 2 001")


def test_set_up_by_keyboard_leads_to_the_sign_in_of_the_administrator(tmp_path: Path, open_window: Callable[..., Hands]) -> None:
    path = tmp_path / "baru"
    path.mkdir()
    hands = open_window(path)
    page = page_of(hands, SetUpPage)
    hands.press(Key.Key_F9)
    assert page.name.fault() == "Kolom ini belum diisi; ketik isinya."
    _fill_facility(hands, page)
    assert page.zone.text() == "WIB"
    hands.press(Key.Key_F9)
    hands.fill(page.admin_name.editor, "Yusuf Admin")
    hands.fill(page.login.editor, "admin")
    hands.fill(page.password.editor, "pendek")
    hands.press(Key.Key_F9)
    assert "sedikitnya 8 huruf" in page.password.fault()
    hands.fill(page.password.editor, "kata-sandi-uji")
    hands.fill(page.repeat.editor, "kata-sandi-uji")
    hands.press(Key.Key_F9)
    hands.press(Key.Key_F6)
    assert (tmp_path / "home" / "Documents" / "kode-pemulihan-pos-vaksin.pdf").read_bytes().startswith(b"%PDF")
    hands.fill(page.typed.editor, new_recovery_code())
    hands.press(Key.Key_F9)
    assert "belum sama" in page.typed.fault()
    assert not (path / "keys.json").exists()
    code = page.shown_code.text()
    hands.fill(page.typed.editor, code.lower().replace("-", " "))
    hands.press(Key.Key_F9)
    page_of(hands, SignInPage)
    shell = sign_in(hands, "admin", "kata-sandi-uji")
    assert [button.accessibleName() for button in shell._buttons] == ["Stok", "Rekap", "Pos", "Akun"]
    hands.wait(shell.steps.isVisible)
    assert shell.steps.text() == "Langkah awal 1 dari 6: buat akun untuk setiap petugas, di halaman Akun (Ctrl+4)."
    close(hands)
    assert sorted(each.name for each in path.iterdir()) == ["copies", "keys.json", "mark", "records.db"]
    copies = sorted((path / "copies").glob("*.db"))
    assert len(copies) == 2, "one made at set-up, one at closing"
    assert all(prove(copy, recover(copy.with_suffix(".keys"), code)) for copy in copies)


@pytest.mark.parametrize("at", range(5))
def test_a_set_up_stopped_at_any_step_leaves_nothing(tmp_path: Path, at: int) -> None:
    def step(done: int, _of: int) -> None:
        if done == at:
            raise Stopped

    with pytest.raises(Stopped):
        set_up(tmp_path, new_recovery_code(), facility_draft(), ADMIN, BEFORE, step)
    assert list(tmp_path.iterdir()) == []


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


def test_records_without_their_key_file_are_not_set_up_over(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    (puskesmas / "keys.json").unlink()
    before = (puskesmas / "records.db").read_bytes()
    hands = open_window(puskesmas)
    hands.wait(lambda: "Berkas kunci tidak ada" in _said(hands))
    close(hands)
    assert (puskesmas / "records.db").read_bytes() == before


def test_a_wrong_key_is_one_sentence(puskesmas: Path, tmp_path: Path, open_window: Callable[..., Hands]) -> None:
    other = tmp_path / "lain"
    DataFolder(other).create(new_recovery_code())
    shutil.copyfile(other / "keys.json", puskesmas / "keys.json")
    hands = open_window(puskesmas)
    hands.wait(lambda: "Kunci tidak cocok" in _said(hands))


def test_a_folder_that_cannot_be_written_refuses_set_up(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("a file, not a folder")
    with pytest.raises(Unavailable) as refused:
        set_up(tmp_path / "berkas", new_recovery_code(), facility_draft(), ADMIN, BEFORE, lambda _done, _of: None)
    assert refused.value.code == "records.cannot_write"


def _said(hands: Hands) -> str:
    return " ".join(banner.words() for banner in hands.window.findChildren(Banner) if banner.isVisible())
