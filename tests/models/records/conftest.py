"""Databases that a whole module of tests shares, because they leave them as they were."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from models.records.base import new_id
from models.records.database import Database, open_postgresql, open_sqlite
from models.records.mark import Mark
from tests.models.conftest import KEY, SITE

Fresh = Callable[[str], Database]


@contextmanager
def fresh_postgresql(server: sa.URL) -> Iterator[sa.URL]:
    """A database with the schema, dropped afterwards."""
    name = f"t{new_id().hex}"
    admin = server.set(database="postgres", drivername="postgresql").render_as_string(False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_records")
        try:
            yield server.set(database=name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """`fresh("sqlite")`: records with the schema and nothing else, closed when the module's tests are done."""
    with ExitStack() as left:

        def make(dialect: str) -> Database:
            folder = tmp_path_factory.mktemp(dialect)
            mark = Mark(folder / "mark", SITE)
            if dialect == "sqlite":
                template: Path = request.getfixturevalue("sqlite_template")
                shutil.copyfile(template, folder / "records.db")
                database = open_sqlite(folder / "records.db", KEY, mark)
            else:
                url = left.enter_context(fresh_postgresql(request.getfixturevalue("postgresql_server")))
                database = open_postgresql(url.render_as_string(False), mark)
            return left.enter_context(closing(database))

        yield make
