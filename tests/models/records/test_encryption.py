"""Nothing of a person can be read from the files, whichever of them is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.records.backup import make_copy
from models.records.base import new_id
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.perform import perform
from models.staff.tables import account
from tests.models.conftest import AllRights
from tests.models.records.probes import modules_named, name_account

modules_named("tables")
CODE = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567"
NIK = "6112096512990007"
NAME = "Nurhayati Contohwati"


def _files_with(folder: Path, *words: str) -> list[str]:
    """Files in which a word stands in any of the ways text is stored."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes().lower()
        for word in words:
            forms = (word.lower().encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
            if any(form in content for form in forms):
                found.append(f"{path.name}: {word}")
    return found


def test_no_name_and_no_nik_stands_in_any_file_while_open_and_after(
    tmp_path: Path, actor: AllRights, now: datetime
) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create(CODE)
    database, keys = folder.open()
    words = (NIK, NAME, "Contohwati", "account_version", "SQLite format 3")
    for number in range(30):
        perform(database, actor, name_account, now, new_id(), login=f"{NIK}-{number}", name=f"{NAME} {number}")
    make_copy(database, keys, folder.key_file, folder.copies, now=now)
    perform(database, actor, name_account, now, new_id(), login=NIK, name=NAME)
    with database.reading() as records:
        assert len(records.execute(sa.select(account.c.name).where(account.c.name.startswith(NAME))).all()) == 31
        assert (folder.path / "records.db-wal").stat().st_size > 10_000
        assert (folder.path / "records.db-shm").exists()
        assert _files_with(folder.path, *words) == []
    database.close()
    assert sorted(path.name for path in folder.path.iterdir()) == ["copies", "keys.json", "mark", "records.db"]
    assert _files_with(folder.path, *words) == []
    assert keys.key.hex() not in folder.key_file.read_text("utf-8")


def test_the_search_would_find_a_name_that_was_not_encrypted(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE account (name TEXT)")
    plain.execute("INSERT INTO account VALUES (?)", (NAME,))
    plain.commit()
    plain.close()
    assert _files_with(tmp_path, NIK, NAME) == [f"plain.db: {NAME}"]


def test_plain_sqlite_cannot_open_the_file(sqlite_database: Database, tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "records.db")
    try:
        with pytest.raises(sqlite3.DatabaseError, match="not a database"):
            plain.execute("SELECT * FROM sqlite_schema").fetchall()
    finally:
        plain.close()


@pytest.mark.parametrize("opening", [lambda path: DataFolder(path).path, lambda path: DataFolder(path).is_set_up])
def test_looking_at_a_folder_makes_nothing(tmp_path: Path, opening: Callable[[Path], object]) -> None:
    opening(tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_the_folder_of_the_data_is_the_owners_alone(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create(CODE)
    assert folder.path.stat().st_mode & 0o777 == 0o700
