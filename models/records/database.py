"""Two doors to the records: `writing()` commits once or not at all, `reading()` cannot save.

Embedded: SQLCipher with a raw 32-byte key, WAL, synchronous FULL. Several desks: PostgreSQL by a URL. The faults of the
surroundings (disk, lock, server, key) become `Unavailable` here and nowhere else, told apart by the driver's own codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError

from models.errors import Unavailable
from models.records.mark import Head, Mark

# Primary result codes of SQLite (https://sqlite.org/rescode.html); the low byte of an extended code.
_SQLITE_FAULTS: Final = {
    3: "records.read_only",  # PERM
    5: "records.busy",  # BUSY
    6: "records.busy",  # LOCKED
    8: "records.read_only",  # READONLY
    10: "records.disk_fault",  # IOERR
    11: "records.damaged",  # CORRUPT
    13: "records.disk_full",  # FULL
    14: "records.cannot_open",  # CANTOPEN
    26: "records.wrong_key",  # NOTADB: not the key of this file, or no database at all
}
# Classes of SQLSTATE of PostgreSQL.
_POSTGRES_FAULTS: Final = {
    "08": "records.server_gone",  # connection exception
    "25": "records.read_only",  # READ ONLY transaction
    "28": "records.server_refused",  # wrong user or password
    "3D": "records.server_refused",  # no such database
    "53": "records.server_full",  # disk or connections
    "55": "records.busy",  # lock_timeout
    "57": "records.server_gone",  # operator intervention: shutting down
}
_RETRY_STATES: Final = {"40001", "40P01"}
BUSY_MILLISECONDS: Final = 5000
_CACHE: Final = 4096
"""KiB of decrypted pages that each connection keeps: a desk has 250 MiB for all it does, and the system keeps the file in memory
anyway. Decrypting a page anew takes some 10 microseconds."""


class Database:
    """One installation's records: an engine that writes, an engine that cannot, and the mark beside them."""

    def __init__(self, write: Engine, read: Engine, mark: Mark) -> None:
        self._write = write
        self._read = read
        self._mark = mark

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._write.dialect.name

    @property
    def site(self) -> UUID:
        """This installation, as every entry it writes names it."""
        return self._mark.site

    @property
    def writer(self) -> Engine:
        """The writing engine, for migration, copies and benchmarks alone."""
        return self._write

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may change the records: committed when the block ends, rolled back when it raises."""
        with _faults(), self._write.begin() as records:
            yield records

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot that cannot be written to, on both databases: the database itself refuses."""
        with _faults(), self._read.begin() as records:
            yield records

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """One transaction for a change of the schema, with SQLite's foreign keys off (they cannot be switched inside one)."""
        with _faults(), self._write.connect() as records:
            if self.dialect == "sqlite":
                records.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            try:
                with records.begin():
                    yield records
            finally:
                if self.dialect == "sqlite":
                    records.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]

    def note_head(self, head: Head) -> None:
        """Note the newest entry outside the database, after its commit."""
        try:
            self._mark.write(head)
        except (OSError, Unavailable):
            # The entry is committed; saying "not saved" now would make people type it twice. `check` reports a missing mark.
            return

    def noted_head(self) -> Head | None:
        """The newest entry that was noted outside the database."""
        return self._mark.read()

    def close(self) -> None:
        """Close every connection."""
        self._write.dispose()
        self._read.dispose()


def open_sqlite(path: Path, key: bytes, mark: Mark) -> Database:
    """Open (or make) the encrypted file at `path`. Unavailable("records.wrong_key") when `key` is not its key."""
    database = Database(_sqlite_engine(path, key, read_only=False), _sqlite_engine(path, key, read_only=True), mark)
    with _faults(), database.writer.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")
    return database


def open_postgresql(url: str, mark: Mark) -> Database:
    """Connect to a PostgreSQL server. The URL is an ordinary `postgresql://user:password@host/name`."""
    try:
        address = sa.make_url(url).set(drivername="postgresql+psycopg")
    except sa.exc.ArgumentError as fault:
        raise Unavailable("records.server_address") from fault
    write = sa.create_engine(
        address,
        pool_size=2,
        hide_parameters=True,
        # Without it a desk waits for ever behind another one that fell asleep in the middle of an action.
        connect_args={"options": f"-c lock_timeout={BUSY_MILLISECONDS}", "connect_timeout": 10},
    )
    read = sa.create_engine(
        address,
        pool_size=2,
        pool_pre_ping=True,
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
        connect_args={"options": "-c default_transaction_read_only=on", "connect_timeout": 10},
    )
    for engine in (write, read):
        event.listen(engine, "handle_error", _drop_values)
    database = Database(write, read, mark)
    with _faults(), database.writer.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    return database


def must_be_repeated(fault: DBAPIError) -> bool:
    """True for a clash with another desk that going through the action once more settles: a unique or foreign key taken
    meanwhile, a deadlock, a serialization failure."""
    return isinstance(fault, IntegrityError) or getattr(fault.orig, "sqlstate", None) in _RETRY_STATES


def _sqlite_engine(path: Path, key: bytes, *, read_only: bool) -> Engine:
    from sqlcipher3 import dbapi2  # only where the records are a file

    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        module=dbapi2,
        pool_size=1,
        max_overflow=4,
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False},
    )

    def prepare(connection: Any, _record: object) -> None:
        run = connection.cursor().execute
        run("PRAGMA cipher_log_level = NONE")
        run(f"PRAGMA key = \"x'{key.hex()}'\"")
        run(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        run("PRAGMA foreign_keys = ON")
        # Without it INSERT OR REPLACE deletes the old row without firing the trigger that guards it.
        run("PRAGMA recursive_triggers = ON")
        run(f"PRAGMA cache_size = -{_CACHE}")
        run("PRAGMA temp_store = MEMORY")
        if read_only:
            run("PRAGMA query_only = ON")
        else:
            run("PRAGMA journal_mode = WAL")
            run("PRAGMA synchronous = FULL")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _drop_values(context: sa.engine.ExceptionContext) -> None:
    """Cut psycopg's text down to what names no value: its DETAIL quotes the whole row, and a log must not hold a NIK."""
    diagnosis = getattr(context.original_exception, "diag", None)
    if diagnosis is None or diagnosis.sqlstate is None:
        return
    told = (diagnosis.sqlstate, diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name)
    # Class 22 (data exception) quotes the value in its first line as well.
    first_line = None if diagnosis.sqlstate.startswith("22") else diagnosis.message_primary
    text = " ".join(filter(None, (*told, first_line)))
    context.original_exception.args = (text,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (text,)


@contextmanager
def _faults() -> Iterator[None]:
    """Turn faults of the surroundings into `Unavailable`; let bugs and clashes of data through as they are."""
    try:
        yield
    except DBAPIError as fault:
        code = _code_of(fault)
        if code is None:
            raise
        raise Unavailable(code) from None
    except Exception as fault:
        # `connect` events run outside SQLAlchemy's own wrapping, so a wrong key arrives as the bare driver's error.
        number = getattr(fault, "sqlite_errorcode", None)
        if number is None:
            raise
        raise Unavailable(_SQLITE_FAULTS.get(number & 0xFF, "records.disk_fault")) from None


def _code_of(fault: DBAPIError) -> str | None:
    number = getattr(fault.orig, "sqlite_errorcode", None)
    if number is not None:
        return _SQLITE_FAULTS.get(number & 0xFF)
    state = getattr(fault.orig, "sqlstate", None)
    if state is not None:
        return _POSTGRES_FAULTS.get(state[:2])
    # psycopg has no SQLSTATE for an attempt to connect. A server that answers and quotes a name does not know the user or
    # the database; one that is starting or shutting down quotes nothing.
    if re.search(r"connection failed.*FATAL: .*[\"«„“]", str(fault.orig), re.DOTALL):
        return "records.server_refused"
    return "records.server_gone" if fault.connection_invalidated or isinstance(fault, sa.exc.OperationalError) else None


def engine_version(records: Connection) -> str:
    """What keeps the records and in which version, for the page about the program."""
    if records.dialect.name == "sqlite":
        cipher = records.exec_driver_sql("PRAGMA cipher_version").scalar_one()
        return f"SQLite {records.exec_driver_sql('SELECT sqlite_version()').scalar_one()} · SQLCipher {cipher}"
    return f"PostgreSQL {records.exec_driver_sql('SHOW server_version').scalar_one()}"
