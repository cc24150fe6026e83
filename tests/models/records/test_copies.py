"""Copies are made while the desk works on, proved by opening them, and brought back as a new site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from models.errors import Refused, Unavailable
from models.records import backup
from models.records.backup import KEPT, make_copy, prove, restore
from models.records.base import new_id
from models.records.database import Database, open_sqlite
from models.records.entries import heads, verify_chain
from models.records.folder import DataFolder
from models.records.keys import Keys
from models.records.mark import Mark
from models.records.perform import perform
from tests.models.conftest import AllRights
from tests.models.records.probes import findings, name_account

CODE: Final = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567"
MOMENT: Final = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
ACTOR: Final = AllRights(account=new_id(), facility=new_id())


@dataclass
class Installation:
    """A data folder in use."""

    folder: DataFolder
    database: Database
    keys: Keys

    def write(self, login: str) -> None:
        perform(self.database, ACTOR, name_account, MOMENT, new_id(), login=login)

    def copy(self, at: datetime = MOMENT) -> backup.Copy:
        return make_copy(self.database, self.keys, self.folder.key_file, self.folder.copies, now=at)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set-up data folder with three entries, for tests to copy."""
    folder = DataFolder(tmp_path_factory.mktemp("installed") / "data")
    folder.create(CODE)
    database, keys = folder.open()
    for number in range(1, 4):
        Installation(folder, database, keys).write(f"akun{number}")
    database.close()
    return folder.path


@pytest.fixture
def desk(installed: Path, tmp_path: Path) -> Iterator[Installation]:
    """That folder, opened."""
    folder = DataFolder(Path(shutil.copytree(installed, tmp_path / "data")))
    database, keys = folder.open()
    yield Installation(folder, database, keys)
    database.close()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_made_while_the_desk_works_on_is_whole_and_as_of_one_moment(
    desk: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PAGES_PER_STEP", 8)
    steps: list[tuple[int, int]] = []

    def step(done: int, of: int) -> None:
        assert len(steps) < 200, "the copy starts anew after every entry"
        steps.append((done, of))
        desk.write(f"selama{len(steps)}")

    copy = make_copy(desk.database, desk.keys, desk.folder.key_file, desk.folder.copies, now=MOMENT, step=step)
    assert len(steps) > 3
    assert steps == sorted(steps)
    assert copy.heads[desk.keys.site].seq == 3
    with desk.database.reading() as records:
        assert heads(records)[desk.keys.site].seq == 3 + len(steps)
    assert _names(desk.folder.copies) == sorted([copy.path.name, copy.path.with_suffix(".keys").name])
    assert copy.size == copy.path.stat().st_size
    opened = open_sqlite(copy.path, desk.keys.key, Mark(desk.folder.path / "none", desk.keys.site))
    with opened.reading() as records:
        assert verify_chain(records, copy.heads) == []
    opened.close()
    assert findings(desk.database) == []


class _Cancelled(Exception):
    """The person pressed Esc."""


def test_a_cancelled_copy_leaves_nothing_and_the_desk_works_on(
    desk: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PAGES_PER_STEP", 8)

    def cancel(done: int, _of: int) -> None:
        if done > 16:
            raise _Cancelled

    with pytest.raises(_Cancelled):
        make_copy(desk.database, desk.keys, desk.folder.key_file, desk.folder.copies, now=MOMENT, step=cancel)
    assert _names(desk.folder.copies) == []
    desk.write("sesudah")
    assert desk.copy().heads[desk.keys.site].seq == 4


def test_a_copy_that_cannot_be_put_in_place_leaves_nothing(desk: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        with pytest.raises(Unavailable):
            desk.copy()
    assert _names(desk.folder.copies) == []
    desk.folder.copies.rmdir()
    desk.folder.copies.write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match=r"^records\.copy_failed$"):
        desk.copy()


def test_a_copy_that_lacks_what_the_records_hold_is_no_copy(
    desk: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "prove", lambda _path, _keys: {})
    with pytest.raises(Unavailable, match=r"^records\.copy_damaged$"):
        desk.copy()
    assert _names(desk.folder.copies) == []


def test_one_changed_bit_anywhere_makes_a_copy_unusable(desk: Installation) -> None:
    copy = desk.copy()
    whole = copy.path.read_bytes()
    assert prove(copy.path, desk.keys) == copy.heads
    for at in (0, 20, 100, 4095, 4096, len(whole) // 3, len(whole) // 2, len(whole) - 4000, len(whole) - 1):
        damaged = bytearray(whole)
        damaged[at] ^= 1
        copy.path.write_bytes(damaged)
        with pytest.raises(Unavailable, match=r"^records\.copy_damaged$"):
            prove(copy.path, desk.keys)
    copy.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unavailable, match=r"^records\.copy_damaged$"):
        prove(copy.path, desk.keys)
    copy.path.write_bytes(whole)
    with pytest.raises(Unavailable, match=r"^records\.copy_damaged$"):
        prove(copy.path, Keys(desk.keys.site, bytes(32)))


def test_the_newest_seven_are_kept_with_their_keys(desk: Installation) -> None:
    copies = [desk.copy(MOMENT + timedelta(seconds=number)) for number in range(KEPT + 2)]
    kept = [copy.path for copy in copies[2:]]
    assert _names(desk.folder.copies) == sorted(
        path.name for copy in kept for path in (copy, copy.with_suffix(".keys"))
    )


def test_a_new_copy_is_kept_also_when_the_clock_was_wrong_before(desk: Installation) -> None:
    for number in range(KEPT):
        desk.copy(MOMENT + timedelta(days=3650, seconds=number))
    copy = desk.copy()
    assert copy.path.exists()
    assert len(list(desk.folder.copies.glob("*.db"))) == KEPT


def test_the_copies_of_another_installation_in_the_same_folder_stay(desk: Installation) -> None:
    desk.folder.copies.mkdir()
    others = [desk.folder.copies / f"pos-vaksin-0badcafe-20210101-00000{number}.db" for number in range(9)]
    for other in others:
        other.touch()
    desk.copy()
    assert all(other.exists() for other in others)


def test_a_restored_copy_opens_as_a_new_site_and_works_on(desk: Installation, tmp_path: Path) -> None:
    copy = desk.copy()
    restored = DataFolder(tmp_path / "restored")
    keys = restore(copy.path, copy.path.with_suffix(".keys"), restored.path, CODE)
    assert keys.site != desk.keys.site
    assert _names(restored.path) == ["keys.json", "records.db"]
    database, opened = restored.open()
    assert opened == keys
    perform(database, ACTOR, name_account, MOMENT, new_id(), login="baru")
    with database.reading() as records:
        assert {site: head.seq for site, head in heads(records).items()} == {desk.keys.site: 3, keys.site: 1}
        assert verify_chain(records, copy.heads) == []
    database.close()


def test_restore_refuses_a_folder_in_use(desk: Installation, tmp_path: Path) -> None:
    copy = desk.copy()
    for used in ("records.db", "keys.json", "records.db-wal"):
        folder = tmp_path / used.replace(".", "-")
        folder.mkdir()
        (folder / used).write_text("used")
        with pytest.raises(Unavailable, match=r"^records\.folder_in_use$"):
            restore(copy.path, copy.path.with_suffix(".keys"), folder, CODE)
        assert (folder / used).read_text() == "used"
        assert _names(folder) == [used]


def test_restore_with_a_wrong_code_or_from_a_damaged_copy_leaves_the_folder_empty(
    desk: Installation, tmp_path: Path
) -> None:
    copy = desk.copy()
    target = tmp_path / "restored"
    with pytest.raises(Refused, match=r"^records\.recovery_wrong$"):
        restore(copy.path, copy.path.with_suffix(".keys"), target, CODE.replace("A", "B"))
    damaged = bytearray(copy.path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    copy.path.write_bytes(damaged)
    with pytest.raises(Unavailable, match=r"^records\.copy_damaged$"):
        restore(copy.path, copy.path.with_suffix(".keys"), target, CODE)
    assert _names(target) == []


def test_restore_into_a_place_that_cannot_be_made_is_a_sentence(desk: Installation, tmp_path: Path) -> None:
    copy = desk.copy()
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match=r"^records\.cannot_write$"):
        restore(copy.path, copy.path.with_suffix(".keys"), tmp_path / "file" / "restored", CODE)


def test_an_older_file_put_in_place_of_the_records_is_not_opened(desk: Installation) -> None:
    copy = desk.copy()
    desk.write("akun4")
    desk.database.close()
    shutil.copyfile(copy.path, desk.folder.records)
    with pytest.raises(Unavailable, match=r"^records\.set_back$"):
        desk.folder.open()


def test_records_of_the_same_length_but_another_history_are_not_opened(desk: Installation) -> None:
    copy = desk.copy()
    desk.write("akun4")
    desk.database.close()
    shutil.copyfile(copy.path, desk.folder.records)
    (desk.folder.path / "mark").rename(desk.folder.path / "true mark")
    database, _ = desk.folder.open()
    for login in ("lain4", "lain5"):
        perform(database, ACTOR, name_account, MOMENT, new_id(), login=login)
    database.close()
    (desk.folder.path / "true mark").replace(desk.folder.path / "mark")
    with pytest.raises(Unavailable, match=r"^records\.set_back$"):
        desk.folder.open()


def test_lost_records_are_not_replaced_by_empty_ones(desk: Installation) -> None:
    desk.database.close()
    desk.folder.records.unlink()
    with pytest.raises(Unavailable, match=r"^records\.lost$"):
        desk.folder.open()
    desk.folder.records.touch()
    with pytest.raises(Unavailable, match=r"^records\.set_back$"):
        desk.folder.open()


def test_records_ahead_of_the_mark_after_a_power_cut_open(desk: Installation) -> None:
    mark = (desk.folder.path / "mark").read_bytes()
    desk.write("akun4")
    desk.write("akun5")
    desk.database.close()
    (desk.folder.path / "mark").write_bytes(mark)
    database, _ = desk.folder.open()
    assert findings(database) == []
    database.close()
