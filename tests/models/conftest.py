"""Both databases for every test of the models: an encrypted SQLite file and PostgreSQL, with the schema already there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.records.base import new_id
from models.records.database import Database, open_postgresql, open_sqlite
from models.records.mark import Mark
from models.records.perform import Action, perform
from models.records.schema import prepare

KEY: Final = bytes(range(32))
SITE: Final = UUID("01922222-0000-7000-8000-000000000001")


@dataclass(frozen=True)
class AllRights:
    """An actor who may do everything: tests of rights use accounts."""

    account: UUID
    facility: UUID

    def may(self, _records: sa.Connection, _right: str, _now: datetime) -> bool:
        return True


@pytest.fixture
def now() -> datetime:
    """09.00 WIB on the demo's day."""
    return datetime(2021, 12, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def today() -> date:
    """The puskesmas' own day of `now`."""
    return date(2021, 12, 20)


@pytest.fixture
def actor() -> AllRights:
    """Somebody with every right at some facility."""
    return AllRights(account=new_id(), facility=new_id())


@pytest.fixture
def run(database: Database, actor: AllRights, now: datetime) -> Callable[..., Any]:
    """`run(action, **values)`: perform it as `actor` at `now` with a new request."""

    def run(act: Action[..., Any], *, at: datetime = now, request: UUID | None = None, **values: Any) -> Any:
        return perform(database, actor, act, at, request or new_id(), **values)

    return run


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encrypted database with the schema, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("sqlite")
    database = open_sqlite(folder / "template.db", KEY, Mark(folder / "mark", SITE))
    prepare(database)
    database.close()
    return folder / "template.db"


@pytest.fixture
def sqlite_database(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """A fresh encrypted file."""
    shutil.copyfile(sqlite_template, tmp_path / "records.db")
    database = open_sqlite(tmp_path / "records.db", KEY, Mark(tmp_path / "mark", SITE))
    yield database
    database.close()


@pytest.fixture
def postgresql_database(tmp_path: Path, postgresql_url: str) -> Iterator[Database]:
    """The fresh database on the server, opened as a desk does."""
    database = open_postgresql(postgresql_url, Mark(tmp_path / "mark", SITE))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each of the two engines in turn."""
    opened: Database = request.getfixturevalue(f"{request.param}_database")
    return opened
