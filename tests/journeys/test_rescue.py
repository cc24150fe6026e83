"""Records that do not open: the recovery code is typed right there, and what was saved is there again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gui.parts import Banner
from gui.rescue_page import RescuePage
from gui.set_up import set_up
from gui.sign_in import SignInPage
from models.errors import Refused
from models.records import backup
from models.records.backup import copies_of, finish_put_back, put_back, reopen
from models.records.folder import DataFolder
from models.records.keys import load, new_recovery_code
from models.staff.actions import AccountDraft
from models.staff.queries import accounts_of
from models.staff.rights import Role
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import BEFORE, facility_draft
from tests.journeys.conftest import close, page_of

CODE = new_recovery_code()


@pytest.fixture
def founded(tmp_path: Path) -> Path:
    """A set-up data folder whose recovery code is known, with one copy."""
    path = tmp_path / "data"
    administrator = AccountDraft("admin", "Yusuf Admin", [Role.ADMINISTRATOR], "kata-sandi-uji")
    set_up(path, CODE, facility_draft(), administrator, BEFORE, lambda _done, _of: None)
    return path


def _type_code(hands: Hands, code: str = CODE) -> RescuePage:
    page: RescuePage = page_of(hands, RescuePage)
    hands.wait(lambda: page.list.chosen() is not None)
    hands.window.activateWindow()  # see sign_in
    hands.fill(page.code.editor, code.lower())
    hands.press(Key.Key_F9)
    return page


@pytest.mark.parametrize("lost", ["gone", "broken", "of another puskesmas"])
def test_a_key_file_that_does_not_open_is_made_anew_with_the_code(
    founded: Path, tmp_path: Path, open_window: Callable[..., Hands], lost: str
) -> None:
    before = load(founded / "keys.json")
    if lost == "gone":
        (founded / "keys.json").unlink()
    elif lost == "broken":
        (founded / "keys.json").write_text("{")
    else:
        DataFolder(tmp_path / "lain").create(new_recovery_code())
        shutil.copyfile(tmp_path / "lain" / "keys.json", founded / "keys.json")
    hands = open_window(founded, (1093, 614))
    page = page_of(hands, RescuePage)
    hands.wait(lambda: page.list.chosen() is not None)
    assert page.list.chosen().copy is None, "the records themselves come first"
    _type_code(hands, new_recovery_code())
    hands.wait(lambda: bool(page.code.fault()))
    assert "bukan milik data ini" in page.code.fault()
    assert not (founded / "keys.json.found").exists()
    _type_code(hands)
    page_of(hands, SignInPage)
    after = load(founded / "keys.json")
    assert after.key == before.key
    assert after.site != before.site, "what was opened by the code counts its entries anew"


def test_lost_records_come_back_from_the_newest_copy(founded: Path, open_window: Callable[..., Hands]) -> None:
    (founded / "records.db").unlink()
    hands = open_window(founded, (1093, 614))
    _type_code(hands)
    page_of(hands, SignInPage)
    close(hands)
    assert (founded / "aside-1" / "keys.json").exists(), "nothing of the old is thrown away"


def test_records_without_a_copy_are_not_set_up_over(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    (puskesmas / "keys.json").unlink()
    shutil.rmtree(puskesmas / "copies")
    before = (puskesmas / "records.db").read_bytes()
    hands = open_window(puskesmas)
    hands.wait(lambda: "Berkas kunci tidak ada" in _said(hands))
    _type_code(hands)
    hands.wait(lambda: "Berkas kunci salinan (.keys) tidak ada" in _said(hands))
    close(hands)
    assert (puskesmas / "records.db").read_bytes() == before


def test_a_data_folder_of_which_only_copies_are_left_is_not_set_up_over(
    founded: Path, open_window: Callable[..., Hands]
) -> None:
    for name in ("records.db", "keys.json", "mark"):
        (founded / name).unlink()
    hands = open_window(founded, (1093, 614))
    _type_code(hands)
    page_of(hands, SignInPage)


def test_the_right_code_for_other_records_changes_nothing(founded: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain"
    administrator = AccountDraft("admin", "Siti Admin", [Role.ADMINISTRATOR], "kata-sandi-uji")
    set_up(other, CODE, facility_draft(), administrator, BEFORE, lambda _done, _of: None)
    keys = (founded / "keys.json").read_bytes()
    with pytest.raises(Refused) as refused:
        reopen(founded / "records.db", other / "keys.json", founded / "keys.json", CODE)
    assert refused.value.code == "records.recovery_other_records"
    assert (founded / "keys.json").read_bytes() == keys


@pytest.mark.parametrize("moves", range(8))
def test_a_power_cut_while_a_copy_is_put_back_never_leaves_an_empty_folder(
    founded: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    copy = copies_of(founded / "copies")[0]
    done: list[Any] = []
    replace = Path.replace

    class Cut(Exception):
        """The power goes."""

    def cut(one: Path, other: Path) -> Path:
        of_draft = one.parent.name == backup.RESTORED and one.name in {"records.db", "keys.json"}
        if one.parent == founded or of_draft:
            if len(done) == moves:
                raise Cut
            done.append(one)
        return replace(one, other)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", cut)
        try:
            put_back(copy, copy.with_suffix(".keys"), founded, CODE)
        except Cut:
            pass
        else:
            assert moves >= 4, "the cut never came"
    finish_put_back(founded)
    database, _ = DataFolder(founded).open()
    with database.reading() as records:
        assert [row.login for row in accounts_of(records)] == ["admin"]
    database.close()
    assert not (founded / backup.RESTORED).exists()


def _said(hands: Hands) -> str:
    return " ".join(banner.words() for banner in hands.window.findChildren(Banner) if banner.isVisible())
