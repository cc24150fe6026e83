"""Copies outside the PC: where they go, what is remembered, and what is no error."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from models.errors import Unavailable
from models.records.backup import copies_of, prove
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.keys import Keys, load, new_recovery_code, recover
from models.records.outside import Outside, copy_outside, first_copy, present_folder, read_outside, remember_outside

CODE: Final = new_recovery_code()
MOMENT: Final = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
LATER: Final = MOMENT + timedelta(days=1)
posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode")


def _step(_done: int, _of: int) -> None:
    """Goes on."""


class Installed:
    """A data folder in use, and a disk beside it."""

    def __init__(self, path: Path) -> None:
        self.folder = DataFolder(path / "data")
        self.folder.create(CODE)
        self.database: Database
        self.keys: Keys
        self.database, self.keys = self.folder.open()
        self.stick = path / "stick"
        self.stick.mkdir()

    def first(self) -> Path:
        return first_copy(self.database, self.keys, self.folder, self.stick, now=MOMENT, step=_step).path

    def again(self, *roots: Path) -> Outside:
        return copy_outside(self.database, self.keys, self.folder, now=LATER, roots=roots, step=_step)


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[Installed]:
    found = Installed(tmp_path)
    yield found
    found.database.close()


def test_the_first_copy_is_proved_opens_with_the_code_alone_and_its_place_is_remembered(pc: Installed) -> None:
    copy = pc.first()
    assert copy.parent == pc.stick / "Pos Vaksin"
    assert prove(copy, recover(copy.with_suffix(".keys"), CODE)) is not None
    assert read_outside(pc.folder) == Outside(pc.stick / "Pos Vaksin", copied_at=MOMENT)


def test_the_next_copy_goes_to_the_same_place(pc: Installed) -> None:
    pc.first()
    assert pc.again() == Outside(pc.stick / "Pos Vaksin", copied_at=LATER)
    assert len(copies_of(pc.stick / "Pos Vaksin", pc.keys.site)) == 2


def test_a_disk_that_is_not_plugged_in_is_said_and_no_error_and_nothing_is_made_in_its_place(pc: Installed) -> None:
    pc.first()
    pc.stick.rename(pc.stick.with_name("pocket"))
    pc.stick.mkdir()  # the mount point stays
    assert pc.again() == Outside(pc.stick / "Pos Vaksin", copied_at=MOMENT, fault="records.outside_absent")
    assert list(pc.stick.iterdir()) == []
    assert read_outside(pc.folder).copied_at == MOMENT, "the age of the last good copy is kept"


def test_the_same_disk_under_another_letter_is_found_and_remembered_there(pc: Installed, tmp_path: Path) -> None:
    pc.first()
    moved = pc.stick.rename(tmp_path / "F")
    assert pc.again(tmp_path / "E", moved) == Outside(moved / "Pos Vaksin", copied_at=LATER)


def test_another_puskesmas_disk_is_not_taken_for_ours(pc: Installed, tmp_path: Path) -> None:
    pc.first()
    moved = pc.stick.rename(tmp_path / "F")
    for copy in (moved / "Pos Vaksin").iterdir():
        copy.rename(copy.with_name(copy.name.replace(pc.keys.site.hex[-8:], "00000000")))
    assert present_folder(read_outside(pc.folder), pc.keys, [moved]) is None


def test_a_disk_that_cannot_be_written_is_said_and_no_error(pc: Installed) -> None:
    pc.first()
    place = pc.stick / "Pos Vaksin"
    for copy in place.iterdir():
        copy.unlink()
    (place / f"pos-vaksin-{pc.keys.site.hex[-8:]}-{LATER:%Y%m%d-%H%M%S}.part").mkdir()
    assert pc.again().fault == "records.copy_failed"


def test_a_folder_that_is_not_there_is_refused_and_not_remembered(pc: Installed) -> None:
    with pytest.raises(Unavailable) as refused:
        first_copy(pc.database, pc.keys, pc.folder, pc.stick / "none", now=MOMENT, step=_step)
    assert (refused.value.code, refused.value.field) == ("records.outside_missing", "outside")
    assert read_outside(pc.folder) == Outside()


def test_a_copy_that_is_stopped_leaves_no_folder_on_the_disk(pc: Installed) -> None:
    class Stopped(Exception):
        """Cancel."""

    def stop(_done: int, _of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        first_copy(pc.database, pc.keys, pc.folder, pc.stick, now=MOMENT, step=stop)
    assert list(pc.stick.iterdir()) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"folder": 3}', '{"folder": null, "reason": "", "fault": ""}'])
def test_what_cannot_be_read_counts_as_no_copy_outside(pc: Installed, content: str) -> None:
    pc.folder.outside.write_text(content)
    assert read_outside(pc.folder) == Outside()


def test_nothing_is_copied_where_nobody_chose_a_folder(pc: Installed) -> None:
    kept = remember_outside(pc.folder, Outside(reason="flash disk dibeli besok"))
    assert pc.again() == kept


@posix_only
def test_a_data_folder_is_its_owners_alone(pc: Installed) -> None:
    assert stat.S_IMODE(pc.folder.path.stat().st_mode) == 0o700
    assert stat.S_IMODE(pc.folder.key_file.stat().st_mode) == 0o600


@posix_only
def test_a_folder_prepared_for_a_group_stays_so_with_all_that_is_made_in_it(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        shared = tmp_path / "shared"
        shared.mkdir()
        shared.chmod(0o2770)
        folder = DataFolder(shared)
        folder.create(CODE)
        database, _ = folder.open()
        database.close()
        assert stat.S_IMODE(shared.stat().st_mode) == 0o2770
        assert {stat.S_IMODE(each.stat().st_mode) for each in shared.iterdir()} == {0o660}
    finally:
        os.umask(before)


def test_a_key_file_of_another_user_is_named_as_that(pc: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_path: Path, _encoding: str) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", closed)  # a mode would not stop root
    with pytest.raises(Unavailable) as refused:
        load(pc.folder.key_file)
    assert refused.value.code == "records.keys_of_other_user"
